#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The short examples beside quickstart.

scripts.py SOURCE-ROOT BUILD-ROOT
"""
import os
import re
import signal
import subprocess
import sys
import tempfile

import media
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
SAMPLE = os.path.join(BUILD, 'examples/sample.mkv')
ENV = dict(os.environ, KAKAOOCR_BUILD=BUILD)


def folder():
    return tempfile.TemporaryDirectory(prefix='kakaoocr scripts 한글 ')


def example(name, *arguments):
    return media.run([os.path.join(SOURCE, 'examples', name)] +
                     list(arguments), env=ENV)


def streams(path, media_type):
    """How many streams of a type matroskademux finds in a file."""
    out = media.launch(['-v', 'filesrc', 'location=' + path, '!',
                        'matroskademux', 'name=d', 'd.', '!', media_type, '!',
                        'fakesink', 'num-buffers=1', 'sync=false'])
    return len(re.findall(r'fakesink0.GstPad:sink: caps = ', out))


def texts_of(path):
    """The text that kakaoocr reads in a file."""
    return media.launch(['-q', 'filesrc', 'location=' + path, '!', 'decodebin',
                         '!', 'videoconvert', '!', 'kakaoocr', '!',
                         'kakaoocrenc', '!', 'fdsink'])


def crops_are_left_as_files():
    with folder() as out:
        crops = os.path.join(out, '100% crops')
        example('crops', SAMPLE, crops)
        names = sorted(os.listdir(crops))
        # The clip has twelve lines.
        assert 11 <= len(names) <= 14, names
        assert names[0] == 'crop-00000.png', names
        for name in names:
            media.picture_size(os.path.join(crops, name))


def subtitles_are_a_track_beside_the_streams_as_they_were():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        copy = os.path.join(out, 'copy "1".mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=60 pattern=black ! '
                        'video/x-raw,width=640,height=360,framerate=30/1',
                        'audiotestsrc num-buffers=90')
        example('subtitles', clip, copy)
        assert streams(copy, 'video/x-vp8') == 1
        assert streams(copy, 'audio/x-vorbis') == 1
        assert media.count_frames(copy) == 60
        said = media.launch(['-q', 'filesrc', 'location=' + copy, '!',
                             'matroskademux', '!', 'text/x-raw', '!',
                             'fdsink'])
        assert media.is_in('EXIT 42', said), said


def redact_hides_what_matches_and_nothing_else():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        hidden = os.path.join(out, 'hidden.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=8 pattern=gradient ! '
                        'video/x-raw,width=640,height=360,framerate=4/1 ! '
                        'textoverlay text=55512 valignment=top '
                        'font-desc=Sans,40', 'audiotestsrc num-buffers=90')
        assert media.is_in('55512', texts_of(clip))
        example('redact', clip, hidden, '[0-9]{3}')
        said = texts_of(hidden)
        assert media.is_in('EXIT 42', said), said
        assert '555' not in said and '512' not in said, said
        assert media.count_frames(hidden) == 8
        assert media.count_sound(hidden) >= 100


def a_live_camera_prints_what_it_reads():
    camera = subprocess.Popen(
        [os.path.join(SOURCE, 'examples/live-camera'), 'test', '--headless'],
        env=ENV, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        lines = [camera.stdout.readline().decode() for _ in range(2)]
    finally:
        camera.send_signal(signal.SIGINT)
        camera.communicate(timeout=media.TIMEOUT)
    for line in media.read_lines(''.join(lines)):
        assert line['source'] == 'test', line
        # The test picture's clock, read, is the time that the line has.
        clock = re.sub(r'\D', '', line['text'])[-4:]
        assert clock == re.sub(r'\D', '', line['utc'])[10:14], line


def a_live_camera_is_shown():
    """In a window where there is a display; here up to the window."""
    with open(os.path.join(SOURCE, 'examples/live-camera'),
              encoding='utf-8') as script:
        shown = re.search(r'output=\((kakaoocroverlay.*) ! autovideosink\)',
                          script.read()).group(1)
    media.launch(('videotestsrc is-live=true num-buffers=10 ! videoconvert ! '
                  'kakaoocr ! %s ! fakevideosink' % shown).split())


def all_explain_themselves():
    for name, wrong in (('crops', ([], ['a', 'b', 'c'])),
                        ('subtitles', ([], ['a'])),
                        ('redact', ([], ['a', 'b'])),
                        ('live-camera', (['--what'], ['a', 'b']))):
        media.check_usage([os.path.join(SOURCE, 'examples', name)], wrong)


tap.run([(test.__name__, test) for test in (
    crops_are_left_as_files,
    subtitles_are_a_track_beside_the_streams_as_they_were,
    redact_hides_what_matches_and_nothing_else,
    a_live_camera_prints_what_it_reads, a_live_camera_is_shown,
    all_explain_themselves)])
