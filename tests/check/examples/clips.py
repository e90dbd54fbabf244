#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Small clips, each with a thing that subtitles get wrong, through the pipeline
of the documentation: what is written has each text once, from the frame that
shows it first to the frame that shows it no more.

ffmpeg draws them; the service of this machine reads them.
"""
import os
import re
import sys
import tempfile

import media
import tap

RATE = 25
# Whole macroblocks: libav of GStreamer 1.26 may abort where it crops a picture in
# memory of others, and gst-launch cannot tell decodebin's decoder otherwise.
WIDTH, HEIGHT = 640, 368
ASS = '''[Script Info]
ScriptType: v4.00+
PlayResX: %d
PlayResY: %d

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Noto Sans CJK KR,34,&H00FFFFFF,&H0000FFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,0,2,20,20,20,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
''' % (WIDTH, HEIGHT)

LEFT = r'{\an1\pos(60,330)}'


def written(text, start, step, end):
    """Letter by letter."""
    return [(start + i * step, end if i + 1 == len(text) else
             start + (i + 1) * step, LEFT + text[:i + 1])
            for i in range(len(text))]


def rolled(lines, start, step, by):
    """A page that rolls upwards for three seconds after half a second."""
    return [(0, 9, r'{\an1\move(60,%d,60,%d,500,3500)}' % (
        start + i * step, start + i * step - by) + line)
        for i, line in enumerate(lines)]


# Name, what is drawn from when to when, length, and what is to be written; what
# is drawn itself where that is not said. Then frames a second, and how many
# frames a time may be off.
CLIPS = [
    ('frame_exact_edges_at_an_interval_of_a_second',
     [(1.24, 2.88, '첫 번째 자막'), (3.16, 4.72, 'The second caption'),
      (4.72, 6.36, '세 번째 자막')], 7, None),
    ('a_countdown_by_a_digit',
     [(1, 2, 'Starts in 3'), (2, 3, 'Starts in 2'), (3, 4, 'Starts in 1')], 5, None),
    ('the_same_twice',
     [(1, 2.52, '네. 그렇습니다'), (3.32, 5, '네. 그렇습니다')], 6, None),
    ('another_name_under_the_same_title',
     [(1, 4, LEFT + '홍길동 기자'), (4, 7, LEFT + '김철수 기자')], 8, None),
    ('a_line_that_loses_its_end',
     [(1, 4, LEFT + 'Page 10'), (4, 7, LEFT + 'Page 1')], 8, None),
    ('a_line_that_loses_its_last_word',
     [(1, 4, LEFT + 'Total 25 items'), (4, 7, LEFT + 'Total 25')], 8, None),
    ('word_by_word',
     [(1, 1.6, LEFT + '우리는'), (1.6, 2.2, LEFT + '우리는 오늘'),
      (2.2, 4, LEFT + '우리는 오늘 갑니다')], 5,
     [(1, 4, '우리는 오늘 갑니다')]),
    ('a_caption_in_the_last_moments', [(3.4, 4, '마지막 자막')], 4, None),
    ('captions_of_less_than_half_a_second',
     [(0.32, 0.72, 'Go now'), (1.32, 1.72, '잠깐만')], 3, None),
    ('lines_that_roll_up',
     [(1, 3, LEFT + 'The first line'), (3, 5, LEFT + '그리고 둘째 줄'),
      (3, 5, r'{\an1\pos(60,290)}The first line')], 6,
     [(1, 5, 'The first line'), (3, 5, '그리고 둘째 줄')]),
    ('a_clock_that_runs_is_one',
     [(i, i + 1, LEFT + '12:34:%02d' % (50 + i)) for i in range(5)], 5,
     [(0, 5, '12:34:50–12:34:54')]),
    ('frames_that_are_counted_are_one',
     [(i / RATE, (i + 1) / RATE, LEFT + 'Frame %04d' % (120 + i))
      for i in range(5 * RATE)], 5, [(0, 5, 'Frame 0120–0244')]),
    ('a_fade_from_its_half_to_its_half',
     [(1.2, 4.4, r'{\fad(1000,1000)}Slow fade')], 5.4, [(1.7, 3.9, 'Slow fade')],
     RATE, 2),
    ('two_speakers_of_whom_one_stays',
     [(1, 3, r'- Where are you?\N- In the kitchen.'),
      (3, 5, r'- Where are you?\N- Upstairs now.')], 6,
     [(1, 3, '- Where are you?'), (1, 3, '- In the kitchen.'),
      (3, 5, '- Where are you?'), (3, 5, '- Upstairs now.')]),
    ('a_song_whose_words_are_lit_one_by_one',
     [(1, 5, r'{\k30}{\kf80}Twinkle {\kf80}twinkle {\kf80}little {\kf80}star')],
     6, [(1, 5, 'Twinkle twinkle little star')]),
    ('letter_by_letter', written('Hello again', 1, 0.12, 5), 6,
     [(1, 5, 'Hello again')]),
    ('a_page_that_rolls_and_then_stands',
     rolled(['Chapter seven', 'The house by the lake', 'was empty for years'],
            200, 50, 110), 9,
     [(0, 9, 'Chapter seven'), (0, 9, 'The house by the lake'),
      (0, 9, 'was empty for years')]),
    ('a_line_that_runs_through',
     [(0.6, 9.6, r'{\an1\move(640,330,-800,330)}'
       'Heavy rain is expected across the coast tonight')], 10.6,
     [(0.6, 7.8, 'Heavy rain is expected across the coast tonight')],
     RATE, 4),
    ('slides_a_frame_each',
     [(0, 10, 'The first slide'), (10, 20, 'And the second'),
      (20, 30, 'Then the last')], 30, None, 0.1),
]


def to_ass(seconds):
    return '%d:%02d:%05.2f' % (seconds // 3600, seconds // 60 % 60,
                               seconds % 60)


def draw(folder, events, length, rate):
    script = os.path.join(folder, 'clip.ass')
    clip = os.path.join(folder, 'clip.mkv')
    with open(script, 'w') as out:
        out.write(ASS)
        for start, end, text in events:
            out.write('Dialogue: 0,%s,%s,Default,,0,0,0,,%s\n' % (
                to_ass(start), to_ass(end), text))
    try:
        media.run(['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i',
                   'color=0x204060:s=%dx%d:r=%g:d=%g' % (WIDTH, HEIGHT, rate,
                                                         length),
                   '-vf', 'subtitles=clip.ass', '-c:v', 'libx264',
                   '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', clip],
                  cwd=folder)
    except FileNotFoundError:
        raise tap.Skip('there is no ffmpeg')
    return clip


def to_seconds(text):
    seconds = 0
    for part in text.split(':'):
        seconds = seconds * 60 + float(part)
    return seconds


def read_cues(path):
    """Start, end and text of each line of a file of WebVTT."""
    cues = []
    with open(path) as file:
        blocks = file.read().split('\n\n')
    for block in blocks:
        found = re.search(r'^([\d:.]+) --> ([\d:.]+).*\n((?:.|\n)*)', block,
                          re.M)
        if found:
            start, end, lines = found.groups()
            cues += [(to_seconds(start), to_seconds(end), line)
                     for line in lines.strip().split('\n')]
    return cues


def check(events, length, expected, rate=RATE, frames_off=1):
    if expected is None:
        expected = [(start, end, re.sub(r'^{.*?}', '', text))
                    for start, end, text in events]
    with tempfile.TemporaryDirectory() as folder:
        clip = draw(folder, events, length, rate)
        cues = os.path.join(folder, 'clip.vtt')
        media.launch(['filesrc', 'location=' + clip, '!', 'decodebin', '!',
                      'videoconvert', '!', 'kakaoocr', 'sample-on-change=true',
                      '!', 'kakaoocrenc', '!', 'application/x-subtitle-vtt',
                      '!', 'filesink', 'location=' + cues])
        found = read_cues(cues)
    print('# %s' % found)
    assert [cue[2] for cue in found] == [cue[2] for cue in expected], found
    for cue, right in zip(found, expected):
        for time, told in zip(right[:2], cue[:2]):
            assert abs(time - told) <= 0.01 + frames_off / RATE, (cue, right)


with media.reading_service(sys.argv[2]):
    tap.run([(name, lambda row=row: check(*row)) for name, *row in CLIPS])
