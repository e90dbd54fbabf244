#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The short examples beside quickstart.

scripts.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile

import gi
import media
import rtspcamera
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


def turn(path):
    """Says in a QuickTime file's track header that its picture is to be shown
    a quarter turn clockwise, as a phone that was held upright does."""
    with open(path, 'r+b') as movie:
        contents = movie.read()
        matrix = contents.index(b'tkhd') + 44
        one = 1 << 16
        movie.seek(matrix)
        movie.write(struct.pack('>9i', 0, one, 0, -one, 0, 0, 360 * one, 0,
                                1 << 30))


def redact_hides_the_text_of_a_phone_that_was_held_upright():
    with folder() as out:
        clip = os.path.join(out, 'phone.mov')
        hidden = os.path.join(out, 'hidden.mkv')
        media.launch(
            'videotestsrc num-buffers=6 pattern=gradient ! '
            'video/x-raw,width=640,height=360,framerate=4/1 ! textoverlay '
            'text=55512 valignment=top font-desc=Sans,40 ! textoverlay '
            'text=EXIT font-desc=Sans,40 ! videoflip video-direction=90l ! '
            'jpegenc ! qtmux ! filesink'.split() + ['location=' + clip])
        turn(clip)
        tags = media.launch(['-t', 'filesrc', 'location=' + clip, '!',
                             'decodebin', '!', 'fakesink'])
        assert 'rotate-90' in tags, tags
        example('redact', clip, hidden, '[0-9]{3}')
        said = texts_of(hidden)
        assert media.is_in('EXIT', said), said
        assert '555' not in said and '512' not in said, said
        # Upright, and not to be turned once more.
        assert '"width":640' in said, said
        tags = media.launch(['-t', 'filesrc', 'location=' + hidden, '!',
                             'decodebin', '!', 'fakesink'])
        assert 'orientation' not in tags, tags


def a_copy_does_not_empty_its_input():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=4 pattern=black')
        link = os.path.join(out, 'link.mkv')
        os.symlink(clip, link)
        with open(clip, 'rb') as video:
            before = video.read()
        for copy in (clip, link, os.path.join(out, '.', 'clip.mkv')):
            for name, more in (('redact', ['x']), ('subtitles', [])):
                done = subprocess.run(
                    [os.path.join(SOURCE, 'examples', name), clip, copy]
                    + more, env=ENV, stdin=subprocess.DEVNULL,
                    stderr=subprocess.PIPE, timeout=media.TIMEOUT)
                assert done.returncode != 0, (name, copy)
                assert b'would be lost' in done.stderr, done.stderr
                with open(clip, 'rb') as video:
                    assert video.read() == before, (name, copy)


def names_may_have_any_letter():
    with folder() as out:
        clip = os.path.join(out, """-a "b" 'c' \\d : e!%20 한.mkv""")
        media.make_clip(os.path.join(out, 'clip.mkv'),
                        'videotestsrc num-buffers=4 pattern=black ! '
                        'video/x-raw,framerate=4/1')
        os.rename(os.path.join(out, 'clip.mkv'), clip)
        crops = os.path.join(out, 'crops "1"')
        example('crops', clip, crops)
        assert os.listdir(crops) == ['crop-00000.png']
        for name, more in (('redact', ['x']), ('subtitles', [])):
            copy = os.path.join(out, name + ' "of" it.mkv')
            example(name, clip, copy, *more)
            assert media.count_frames(copy) == 4


def crops_that_cannot_be_written_are_an_error():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=4 pattern=black')
        os.makedirs(os.path.join(out, 'crops', 'crop-00000.png'))
        done = subprocess.run(
            [os.path.join(SOURCE, 'examples/crops'), clip,
             os.path.join(out, 'crops')], env=ENV, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            timeout=media.TIMEOUT)
        assert done.returncode != 0, done.stderr
        assert b'crop-00000.png' in done.stderr, done.stderr


def a_camera_s_password_is_not_in_its_lines():
    """What the example makes of a URL, without the camera."""
    with open(os.path.join(SOURCE, 'examples/live-camera'),
              encoding='utf-8') as script:
        name = re.search(r'name=\$\((sed .*)\)', script.read()).group(1)
    for url, shown in (
            ('rtsp://user:p%40ss@cam/live', 'rtsp://cam/live'),
            ('rtsp://us@er:pass@cam:554', 'rtsp://cam:554'),
            ('rtsps://cam/live?token=1', 'rtsps://cam/live'),
            ('/dev/video0', '/dev/video0'), ('test', 'test')):
        said = media.run('source="%s"; %s' % (url, name), shell=True)
        assert said == shown + '\n', said


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


def a_camera_whose_sound_comes_first_is_read():
    # A picture a second, and 50 packets of sound.
    with rtspcamera.camera(rtspcamera.SOUND, rtspcamera.video(
            'EXIT 42', rate=1)) as camera, rtspcamera.watched(camera):
        reader = subprocess.Popen(
            [os.path.join(SOURCE, 'examples/live-camera'),
             'rtsp://user:secret@' + camera, '--headless'], env=ENV,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        read = next((said for said in reader.stdout
                     if media.is_in('EXIT 42', said)), '')
        reader.send_signal(signal.SIGINT)
        reader.communicate(timeout=media.TIMEOUT)
    assert read, 'it ended'
    assert json.loads(read)['source'] == 'rtsp://' + camera, read


def a_live_camera_is_shown():
    """In a window where there is a display; here up to the window."""
    with open(os.path.join(SOURCE, 'examples/live-camera'),
              encoding='utf-8') as script:
        shown = re.search(r'output=\((kakaoocroverlay.*) ! autovideosink\)',
                          script.read()).group(1)
    media.launch(('videotestsrc is-live=true num-buffers=10 ! videoconvert ! '
                  'kakaoocr ! %s ! fakevideosink' % shown).split())


def wrong_arguments_are_told_of():
    for name, wrong in (('crops', ([], ['a', 'b', 'c'])),
                        ('subtitles', ([], ['a'])),
                        ('redact', ([], ['a', 'b'])),
                        ('live-camera', (['--what'], ['a', 'b']))):
        media.check_usage([os.path.join(SOURCE, 'examples', name)], wrong)


def programs_of(root, *folders):
    """What can be run of them, by path."""
    found = [os.path.join(root, folder, name) for folder in folders
             for name in sorted(os.listdir(os.path.join(root, folder)))]
    return [path for path in found
            if os.path.isfile(path) and os.access(path, os.X_OK)]


def has_analytics():
    try:
        gi.require_version('GstAnalytics', '1.0')
    except ValueError:
        return False
    return True


def all_explain_themselves():
    """Whatever a person may call."""
    programs = programs_of(SOURCE, 'examples', 'examples/debian',
                           'examples/engine-paddle', 'examples/python')
    programs += [path for path in programs_of(SOURCE, 'tests', 'tests/bench',
                                              'tests/recognition')
                 if not path.endswith('.py')]
    programs += programs_of(BUILD, 'examples', 'gst/server', 'gst/tool')
    assert len(programs) >= 20, programs
    for path in programs:
        name = os.path.basename(path)
        if name != 'objects.py' or has_analytics():
            said = media.run([path, '--help'], env=dict(
                os.environ, GI_TYPELIB_PATH=os.path.join(
                    BUILD, 'gst/kakaoocr')))
            assert name in said or 'sage' in said, (path, said)


tap.run([(test.__name__, test) for test in (
    crops_are_left_as_files,
    subtitles_are_a_track_beside_the_streams_as_they_were,
    redact_hides_what_matches_and_nothing_else,
    redact_hides_the_text_of_a_phone_that_was_held_upright,
    a_copy_does_not_empty_its_input, names_may_have_any_letter,
    crops_that_cannot_be_written_are_an_error,
    a_camera_s_password_is_not_in_its_lines,
    a_live_camera_prints_what_it_reads,
    a_camera_whose_sound_comes_first_is_read, a_live_camera_is_shown,
    wrong_arguments_are_told_of, all_explain_themselves)])
