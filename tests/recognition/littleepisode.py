#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""littleepisode.py BUILD: fails when an episode's subtitles are read worse than
is promised. Its scenes are drawn, so that it needs no photographs."""
import sys
import tempfile

sys.dont_write_bytecode = True
MINUTES, SEED, HEIGHT = .5, 6, 480

try:
    import gi  # noqa: F401  # by subtitlereader.py
    import episodes
    import film
except ImportError as error:
    print(f'1..0 # SKIP {error.name}: python3-numpy, python3-opencv and python3-gi are needed')
    sys.exit(0)

with tempfile.TemporaryDirectory() as out:
    episode = episodes.Episode(out)
    try:
        episode.make(MINUTES, SEED, HEIGHT, film.drawings)
    except FileNotFoundError:
        print('1..0 # SKIP ffmpeg is needed')
        sys.exit(0)
    with episodes.Cost() as cost:
        scored, stats = episode.read(sys.argv[1], 'text', episodes.GATES['text'])
requests = stats['submitted'] / len(scored.lines)
print(f'# {cost.spent:.1f} s of CPU')
for line in scored.report:
    print('#', line)
print('1..6')
for number, (name, value, holds) in enumerate([
        ('no_line_of_an_episode_is_missed', scored.missed, scored.missed == 0),
        ('nothing_but_lines_is_a_cue', scored.phantom, scored.phantom == 0),
        ('seven_of_ten_lines_and_more_are_exact', 100 * scored.exact_rate, scored.exact_rate >= .7),
        ('an_episode_s_character_error_rate_is_at_most_3_percent', scored.cer, scored.cer <= 3),
        ('cues_begin_and_end_within_a_frame', 100 * scored.within(scored.frame), scored.within(scored.frame) >= .95),
        ('a_line_takes_at_most_3_requests', requests, requests <= 3)], 1):
    print(f'# {value:.2f}')
    print(f'{"ok" if holds else "not ok"} {number} - {name}')
