#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What `kakaoocr index` takes of an hour of 1080p H.264 that pans, with a key
frame every two seconds, beside decoding it alone. Prints rows for
tests/bench/run.

indexing.py BUILD [SECONDS]

CPU time: of the program, not of the service, which reads nothing here. The video
is its first SECONDS / LOOPS over and over.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3600
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
SERVER = os.path.join(BUILD, 'gst/server/kakaoocr-server')
LOOP_SECONDS = 20
ROUNDS = 3
# Times decoding alone; times faster by key frames.
INDEX_LIMIT, KEYFRAMES_LIMIT = 1.25, 8
FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'
ANSWER = {'responses': [{'page': 1, 'results': [
    {'box': [[80, 980], [600, 980], [600, 1040], [80, 1040]],
     'recognized_word': ['a caption']}]}]}


def make_video(folder):
    loop, video = (os.path.join(folder, name)
                   for name in ('loop.mp4', 'video.mp4'))
    scene = ('mandelbrot=s=2560x1080:rate=30:maxiter=200,'
             'scroll=horizontal=0.001,crop=1920:1080:0:0,'
             "drawtext=fontfile=%s:text='a caption':fontsize=56:x=80:y=980:"
             'fontcolor=white:borderw=3' % FONT)
    ffmpeg = ['ffmpeg', '-nostdin', '-v', 'error', '-y']
    subprocess.run([*ffmpeg, '-f', 'lavfi', '-i', scene, '-t',
                    str(min(SECONDS, LOOP_SECONDS)), '-c:v', 'libx264',
                    '-preset', 'veryfast', '-g', '60', '-keyint_min', '60',
                    '-sc_threshold', '0', '-pix_fmt', 'yuv420p', loop],
                   check=True)
    subprocess.run([*ffmpeg, '-stream_loop',
                    str(max(SECONDS // LOOP_SECONDS - 1, 0)), '-i', loop,
                    '-c', 'copy', video], check=True)
    return video


def cpu_seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime
            + after.ru_stime - before.ru_stime)


class Service:
    """Answers every picture with the same."""

    def __init__(self, folder):
        answer = os.path.join(folder, 'answer.json')
        with open(answer, 'w', encoding='utf-8') as out:
            json.dump(ANSWER, out)
        self.process = subprocess.Popen(
            [SERVER, '--engine', 'replay:' + answer, '--exit-with-stdin'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A child that ends is one whose time counts.
        self.process.communicate()


def row(name, value, peer, peer_value, limit=None, at_least=False):
    ratio = value / peer_value
    out = {'group': 'index', 'name': name, 'unit': 'CPU s', 'value': value,
           'peer': peer, 'peer_value': peer_value, 'ratio': ratio,
           'good': True}
    if limit is not None:
        out |= {'held': 'ratio', 'figure': ratio, 'limit': limit,
                'at_least': at_least,
                'good': ratio >= limit if at_least else ratio <= limit}
    print(json.dumps(out), flush=True)


def measure(video, service, folder):
    """The least of each, taken in turns."""
    def index(*options):
        return [TOOL, 'index', '--endpoint', service.url, '--results',
                tempfile.mkdtemp(dir=folder), *options, video]

    def commands():
        return {
            'decoding': ['gst-launch-1.0', '-q', 'filesrc',
                         'location=' + video, '!', 'decodebin', '!',
                         'videoconvert', '!', 'fakesink'],
            'index': index(), 'keyframes': index('--keyframes'),
            'ffmpeg': ['ffmpeg', '-nostdin', '-v', 'error', '-skip_frame',
                       'nokey', '-i', video, '-f', 'null', '-'],
        }
    least = {}
    for _ in range(ROUNDS):
        for name, command in commands().items():
            seconds = cpu_seconds(*command)
            least[name] = min(seconds, least.get(name, seconds))
    return least


def main():
    with tempfile.TemporaryDirectory(prefix='kakaoocr-bench-') as folder:
        video = make_video(folder)
        with Service(folder) as service:
            took = measure(video, service, folder)
    what = '%d s of 1080p H.264' % SECONDS
    row('index of ' + what, took['index'], 'decoding alone', took['decoding'],
        INDEX_LIMIT)
    row('index of %s by key frames' % what, took['keyframes'],
        'of all frames', took['index'], 1 / KEYFRAMES_LIMIT)
    row('index of %s by key frames' % what, took['keyframes'],
        'ffmpeg -skip_frame nokey', took['ffmpeg'])


main()
