#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures of captions, as kakaoocrcrop gives them where nothing is set: they are
for whoever reads or sees them next.

crops.py SOURCE-ROOT BUILD-ROOT
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

import media
import tap

RATE, SECONDS = 25, 1.6
# Whole macroblocks, as in clips.py.
WIDTH, HEIGHT = 1280, 720
GROUND = 'gradients=size=%dx%d:rate=%d:duration=%%g:speed=0.005:seed=9:c0=0x203048:c1=0x405030' % (WIDTH, HEIGHT, RATE)
# What drawtext is told of each, beside where it stands.
PLAIN, OUTLINED = 'fontcolor=white', 'fontcolor=white:borderw=3:bordercolor=black'
YELLOW = 'fontcolor=0xffe060:borderw=3:bordercolor=black'
PLATE, PAPER = 'fontcolor=white:box=1:boxcolor=0x102080:boxborderw=14', 'fontcolor=black:box=1:boxcolor=white:boxborderw=12'
CAPTIONS = [
    ('The last ferry leaves at nine', OUTLINED), ('버스는 십 분 뒤에 도착합니다', OUTLINED),
    ('Nobody told me about the letter', YELLOW), ('우산을 두고 왔어요', YELLOW),
    ('Harbour Master', PLATE), ('국립 해양 박물관', PLATE),
    ('Please return to your seats', PAPER), ('잠시 후 다시 시작합니다', PLAIN)]
# Seconds that a caption fades in and out.
FADE = .8
# A steady text's contrast, as two drawings of it differ.
STEADY = .97


def draw(path, captions, seconds):
    """captions: (text, style, start, end)."""
    if not shutil.which('ffmpeg'):
        raise tap.Skip('there is no ffmpeg')
    drawn = ','.join(
        "drawtext=font='Noto Sans CJK KR':fontsize=44:%s:text='%s':x=(w-tw)/2:y=h-110:enable='between(t,%g,%g)'" % (
            style, text, start, end) for text, style, start, end in captions)
    media.run(['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', GROUND % seconds, '-vf', drawn + ',noise=alls=4:allf=t',
               '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', 'yuv420p', path])


def cut(folder, clip, *settings):
    """The paths of what is cut out."""
    media.launch(['filesrc', 'location=' + clip, '!', 'decodebin', '!', 'videoconvert', '!', 'kakaoocr',
                  'interval=500', '!', 'kakaoocrcrop', *settings, '!', 'pngenc', '!', 'multifilesink',
                  'location=' + os.path.join(folder, 'crop-%05d.png')])
    return sorted(glob.glob(os.path.join(folder, 'crop-*.png')))


def count_read(clip, *settings):
    """How many captions tesseract reads letter by letter: as a line, since its
    analysis of pages finds nothing in one line of Hangul, however much ground is
    around."""
    with tempfile.TemporaryDirectory(prefix='kakaoocr-crops-') as folder:
        read = [subprocess.run(['tesseract', crop, 'stdout', '-l', 'kor+eng', '--psm', '7'], check=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
                for crop in cut(folder, clip, *settings)]
    assert len(read) == len(CAPTIONS), read
    print('# %s: %s' % (settings, [text.strip() for text in read]))
    return sum(media.letters(text) == media.letters(found) for (text, _), found in zip(CAPTIONS, read))


def tesseract_reads_what_has_a_little_ground_around():
    """All eight, or all but one: a letter at an outline's edge it sometimes takes
    for another. Of boxes as tight as they are found it reads half."""
    if not shutil.which('tesseract'):
        raise tap.Skip('there is no tesseract')
    with tempfile.TemporaryDirectory(prefix='kakaoocr-crops-') as folder:
        clip = os.path.join(folder, 'clip.mkv')
        draw(clip, [(text, style, 2 * i + .2, 2 * i + .2 + SECONDS) for i, (text, style) in enumerate(CAPTIONS)],
             2 * len(CAPTIONS))
        n = count_read(clip)
        assert n >= len(CAPTIONS) - 1, n
        assert count_read(clip, 'padding=0') < n


def contrast(crop):
    from PIL import Image
    levels = sorted(Image.open(crop).convert('L').getdata())
    return levels[-len(levels) // 50] - levels[len(levels) // 50]


def a_fade_is_shown_as_it_stood():
    try:
        import PIL  # noqa: F401
    except ImportError as error:
        raise tap.Skip('there is no python3-pil') from error
    alpha = ":alpha='clip(min((t-.2)/%g,(4.2-t)/%g),0,1)'" % (FADE, FADE)
    found = {}
    for name, style in (('steady', OUTLINED), ('fading', OUTLINED + alpha)):
        with tempfile.TemporaryDirectory(prefix='kakaoocr-crops-') as folder:
            clip = os.path.join(folder, 'clip.mkv')
            draw(clip, [('Slowly it came', style, .2, 4.2)], 5)
            crops = cut(folder, clip)
            assert len(crops) == 1, crops
            found[name] = contrast(crops[0])
    assert found['fading'] >= STEADY * found['steady'], found


with media.reading_service(sys.argv[2]):
    tap.run([(test.__name__, test) for test in (
        tesseract_reads_what_has_a_little_ground_around, a_fade_is_shown_as_it_stood)])
