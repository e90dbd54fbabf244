#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pipelines that other programs make: players, streaming, editors, GL.

players.py SOURCE-ROOT BUILD-ROOT
"""
import functools
import glob
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading

import media
import rtspcamera
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
TEXT = 'EXIT 42'
# Whole macroblocks: libav of GStreamer 1.26 may abort where it crops a picture in
# memory of others, and gst-launch cannot tell decodebin's decoder otherwise.
VIDEO = ('videotestsrc num-buffers=45 pattern=black ! '
         'video/x-raw,width=480,height=272,framerate=15/1')
READ = 'videoconvert ! kakaoocr timing=exact interval=500'
H264 = 'x264enc speed-preset=ultrafast key-int-max=15 bframes=0 ! h264parse'


class Place:
    """A folder with a clip of three seconds that shows a text all the time."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='kakaoocr-players-')
        self.clip = self.path('clip.mkv')
        self.uri = 'file://' + self.clip
        media.make_clip(self.clip, VIDEO)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def check_cue(self, name='text.srt', seconds=3, slack=0.0):
        with open(self.path(name), encoding='utf-8') as subtitles:
            cue = subtitles.read().split('\n')
        assert media.letters(cue[2]) == media.letters(TEXT), cue
        begin, end = (float(time[6:].replace(',', '.'))
                      for time in cue[1].split(' --> '))
        assert begin <= slack and abs(end - seconds) <= slack + 0.001, cue


def run(line, **variables):
    """As a shell has it."""
    return media.run(line, env=dict(os.environ, **variables), shell=True)


def subtitles_to(path):
    return 'kakaoocrenc ! application/x-subtitle ! filesink location=' + path


def playbin_reads_in_its_filter():
    with Place() as place:
        run('gst-launch-1.0 -q playbin uri="%s" video-filter="%s" '
            'video-sink="%s" audio-sink=fakesink' % (
                place.uri, READ, subtitles_to(place.path('text.srt'))))
        place.check_cue()


def gst_play_reads_in_its_sink():
    with Place() as place:
        run('gst-play-1.0 --no-interactive --videosink="%s ! %s" "%s"' % (
            READ, subtitles_to(place.path('text.srt')), place.clip))
        place.check_cue()


def uridecodebin3_is_read():
    with Place() as place:
        run('gst-launch-1.0 -q uridecodebin3 uri="%s" ! %s ! kakaoocrenc ! '
            'application/x-subtitle ! filesink location="%s"' % (
                place.uri, READ, place.path('text.srt')))
        place.check_cue()


def read_page():
    with open(os.path.join(SOURCE, 'docs/players.md'), encoding='utf-8') as page:
        return page.read()


def count_sound(path):
    return int(run('ffprobe -v error -select_streams a -count_packets '
                   '-show_entries stream=nb_read_packets -of csv=p=0 "%s"' % path))


def a_file_keeps_its_sound():
    """As docs/players.md has it."""
    line = re.search(r'(?m)^gst-launch.* matroskademux .*$', read_page()).group()
    with Place() as place:
        media.make_clip(place.clip, VIDEO, 'audiotestsrc num-buffers=130')
        run('cd "%s" && %s' % (place.folder.name, line))
        made = place.path('annotated.mkv')
        assert media.count_frames(made) == 45
        assert count_sound(made) == count_sound(place.clip) > 100


def serve_files(folder):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler,
                                directory=folder)
    handler.func.log_message = lambda *_: None
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def hls_is_read():
    # More than hlsdemux2 takes in ahead: it fails where it has all before its pad
    # is there (GStreamer 1.22).
    seconds = 45
    video = VIDEO.replace('15/1', '1/1')
    with Place() as place:
        run('cd "%s" && gst-launch-1.0 -q %s ! textoverlay text="%s" '
            'font-desc="Sans 40" ! %s ! mpegtsmux ! hlssink target-duration=15 '
            'max-files=9 playlist-length=0' % (
                place.folder.name, video, TEXT, H264))
        with serve_files(place.folder.name) as server:
            for source in ('souphttpsrc location=%s ! hlsdemux ! decodebin',
                           'uridecodebin3 uri=%s'):
                url = 'http://127.0.0.1:%d/playlist.m3u8' % server.server_port
                run('gst-launch-1.0 -q %s ! %s ! kakaoocrenc ! '
                    'application/x-subtitle ! filesink location="%s"' % (
                        source % url, READ, place.path('text.srt')))
                # Its times begin where the first segment does.
                place.check_cue(seconds=seconds, slack=0.25)
            server.shutdown()


def hls_of_one_s_own_has_the_subtitles():
    """As docs/players.md has it, but for where the files are, a second instead of
    six, an encoder that holds no frames back, which are all of so short a clip, and,
    as that page says of short clips, at its own pace: an end that comes before the
    pipeline plays may be lost.
    """
    script = re.search(r'with the texts as its subtitles(?:.|\n)*?```sh\n((?:.|\n)*?)```', read_page()).group(1)
    for of_page, of_test in (('target-duration=6', 'target-duration=1'),
                             ('key-int-max=50', 'key-int-max=15 tune=zerolatency'),
                             ('! videoconvert ! kakaoocr !',
                              '! identity sync=true ! videoconvert ! kakaoocr timing=exact !')):
        assert of_page in script
        script = script.replace(of_page, of_test)
    with Place() as place:
        run('cd "%s" && set -e\n%s' % (place.folder.name, script))
        first = run("ffprobe -v error -select_streams v -show_entries packet=pts -of csv=p=0 '%s' | head -n 1"
                    % place.path('part00000.ts'))
        with open(place.path('text.vtt'), encoding='utf-8') as file:
            text = file.read()
        with open(place.path('text.m3u8'), encoding='utf-8') as file:
            seconds = float(re.search(r'EXTINF:([\d.]+)', file.read()).group(1))
        assert os.path.exists(place.path('master.m3u8'))
    header, cue = text.split('\n\n', 1)
    clock, local = re.fullmatch(r'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:(\d+),LOCAL:([\d:.]+)', header).groups()
    assert local == '00:00:00.000' and int(clock) == int(first.split(',')[0]), (text, first)
    assert media.letters(TEXT) in media.letters(cue) and abs(seconds - 3) < .1, (text, seconds)


def rtsp_is_read():
    with rtspcamera.camera(rtspcamera.video(TEXT)) as camera:
        # It goes on for ever: until the first line of it that was read.
        line = ('gst-launch-1.0 -q rtspsrc location=rtsp://%s ! decodebin ! '
                'videoconvert ! kakaoocr interval=200 ! kakaoocrenc ! '
                'application/x-ndjson ! fdsink' % camera).split()
        with subprocess.Popen(line, stdout=subprocess.PIPE,
                              text=True) as reader:
            read = next((said for said in reader.stdout
                         if media.is_in(TEXT, said)), '')
            reader.terminate()
    assert read, 'it ended'


def split_files_have_the_subtitles():
    with Place() as place:
        # At its own pace: what ends while splitmuxsink still starts, ends for
        # nobody (GStreamer 1.22, also without elements of ours).
        run('cd "%s" && gst-launch-1.0 -q filesrc location=clip.mkv ! decodebin '
            '! identity sync=true ! tee name=t t. ! queue max-size-time=0 '
            'max-size-bytes=0 max-size-buffers=0 ! videoconvert ! %s ! s.video splitmuxsink '
            'name=s muxer=mp4mux max-size-time=1000000000 '
            'location=part%%d.mp4 t. ! queue ! %s ! kakaoocrenc '
            'max-duration=1000 ! text/x-raw ! s.subtitle_0' % (
                place.folder.name, H264, READ))
        parts = sorted(glob.glob(glob.escape(place.folder.name) + '/part*.mp4'))
        assert len(parts) >= 2, parts
        texts = ''.join(media.run(['ffmpeg', '-nostdin', '-v', 'error', '-i',
                                   part, '-map', '0:s:0', '-f', 'srt', '-'])
                        for part in parts)
        assert media.is_in(TEXT, texts), texts


def an_editor_takes_it_as_an_effect():
    with Place() as place:
        made = place.path('edited.mkv')
        run('ges-launch-1.0 -t video +clip "%s" duration=2.0 +effect '
            '"%s ! kakaoocroverlay ! videoconvert" -o "file://%s" '
            '-f "video/x-matroska:video/x-h264"' % (place.clip, READ, made),
            # GES 1.26 asks for properties that are only to be written, too.
            XDG_RUNTIME_DIR=place.folder.name, G_DEBUG='')
        run('gst-launch-1.0 -q filesrc location="%s" ! decodebin ! %s ! '
            'kakaoocrenc ! application/x-ndjson ! filesink location="%s"' % (
                made, READ, place.path('text.jsonl')))
        with open(place.path('text.jsonl'), encoding='utf-8') as text:
            read = media.read_lines(text.read())
        # Its own label is read, too.
        assert media.is_in(TEXT, read[0]['text']), read
        assert read[0]['text'].count('42') == 2, read


def frames_in_gl_memory_are_read():
    with Place() as place:
        run('xvfb-run -a gst-launch-1.0 -q filesrc location="%s" ! decodebin ! '
            'glupload ! glcolorconvert ! "video/x-raw(memory:GLMemory)" ! '
            'kakaoocr timing=exact ! kakaoocrenc ! application/x-subtitle ! '
            'filesink location="%s"' % (place.clip, place.path('text.srt')),
            XDG_RUNTIME_DIR=place.folder.name)
        place.check_cue()


with media.reading_service(BUILD):
    tap.run([(test.__name__, test) for test in (
        playbin_reads_in_its_filter, gst_play_reads_in_its_sink,
        uridecodebin3_is_read, a_file_keeps_its_sound, hls_is_read, hls_of_one_s_own_has_the_subtitles,
        rtsp_is_read,
        split_files_have_the_subtitles, an_editor_takes_it_as_an_effect,
        frames_in_gl_memory_are_read)])
