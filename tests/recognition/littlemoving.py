#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""littlemoving.py BUILD: fails when texts that move are followed worse than is
promised: some credits, and lines that cross."""
import sys
import tempfile

sys.dont_write_bytecode = True
SECONDS = 4
SCENES = 'credits', 'crossing'
MODE = 'exact, 250'

try:
    import gi  # noqa: F401  # by metareader.py
    import film
    import movingscenes
    import movingtexts
except ImportError as error:
    print(f'1..0 # SKIP {error.name}: python3-numpy, python3-opencv, python3-pil and python3-gi are needed')
    sys.exit(0)


def follow(name, out):
    rate, _, draw = movingscenes.SCENES[name]
    movingscenes.SCENES[name] = rate, SECONDS, draw
    scene = movingtexts.MovingTexts(out, name)
    scene.make(5, film.drawings)
    return scene.read(sys.argv[1], MODE)


with tempfile.TemporaryDirectory() as folder:
    try:
        scores = {name: follow(name, folder) for name in SCENES}
    except FileNotFoundError:
        print('1..0 # SKIP ffmpeg is needed')
        sys.exit(0)
print(f'1..{4 * len(SCENES)}')
number = 0
for scene, (followed, read) in scores.items():
    print(f'# {scene}: {followed.row()} | {read.row()}')
    for line in followed.report:
        print('#', line)
    for promise, holds in [('keep_their_tracks', followed.switches == 0),
                           ('have_one_track_in_nine_of_ten_frames', followed.idf1 >= .9),
                           ('are_where_their_boxes_are', followed.motp >= .85),
                           ('say_what_stands_there', read.idf1 >= .85)]:
        number += 1
        print(f'{"ok" if holds else "not ok"} {number} - {scene}_{promise}')
