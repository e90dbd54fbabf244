#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What `kakaoocr index` takes of an hour of 1080p H.264 that pans, with a key
frame every two seconds, beside decoding it alone; and of captions over a film,
with gate=text. Prints rows for tests/bench/run.

indexing.py BUILD [SECONDS]

CPU time: of the program; what reading takes of the service is told of the film
alone, since of the other video the service reads nothing. The video is its first
SECONDS / LOOPS over and over.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../recognition'))
import episodes  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3600
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
SERVER = os.path.join(BUILD, 'gst/server/kakaoocr-server')
LOOP_SECONDS = 20
# Of a long video a busy moment is a small part.
ROUNDS = 3 if SECONDS < 600 else 1
# Times decoding alone; times faster by key frames; of the speed of decoding.
INDEX_LIMIT, KEYFRAMES_LIMIT, TEXT_GATE_LIMIT = 1.25, 8, 0.75
FILM_SECONDS, FILM_SEED = 60, 8120
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
    """Reads every picture, or answers each with the file `answer`."""

    def __init__(self, answer=None):
        engine = 'replay:' + answer if answer else 'tesseract'
        self.process = subprocess.Popen(
            [SERVER, '--engine', engine, '--exit-with-stdin'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def cpu_seconds(self):
        with open('/proc/%d/stat' % self.process.pid, encoding='ascii') as stat:
            user, system = stat.read().rpartition(')')[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf('SC_CLK_TCK')

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


def decode(video):
    return cpu_seconds('gst-launch-1.0', '-q', 'filesrc', 'location=' + video,
                       '!', 'decodebin', '!', 'videoconvert', '!', 'fakesink')


def index(video, service, folder, *options):
    return cpu_seconds(TOOL, 'index', '--endpoint', service.url, '--results',
                       tempfile.mkdtemp(dir=folder), *options, video)


def least(measures):
    """The least of each, taken in turns."""
    rounds = [{name: measure() for name, measure in measures.items()}
              for _ in range(ROUNDS)]
    return {name: min(taken[name] for taken in rounds) for name in measures}


def measure_video(folder):
    answer = os.path.join(folder, 'answer.json')
    with open(answer, 'w', encoding='utf-8') as out:
        json.dump(ANSWER, out)
    video = make_video(folder)
    with Service(answer) as service:
        took = least({
            'decoding': lambda: decode(video),
            'index': lambda: index(video, service, folder),
            'keyframes': lambda: index(video, service, folder, '--keyframes'),
            'ffmpeg': lambda: cpu_seconds(
                'ffmpeg', '-nostdin', '-v', 'error', '-skip_frame', 'nokey',
                '-i', video, '-f', 'null', '-')})
    what = '%d s of 1080p H.264' % SECONDS
    row('index of ' + what, took['index'], 'decoding alone', took['decoding'],
        INDEX_LIMIT)
    row('index of %s by key frames' % what, took['keyframes'],
        'of all frames', took['index'], 1 / KEYFRAMES_LIMIT)
    row('index of %s by key frames' % what, took['keyframes'],
        'ffmpeg -skip_frame nokey', took['ffmpeg'])


def measure_film(folder):
    film = episodes.Episode(folder)
    film.make(min(SECONDS, FILM_SECONDS) / 60, FILM_SEED, 1080)
    with Service() as service:
        before = service.cpu_seconds()
        took = least({
            'decoding': lambda: decode(film.path),
            'index': lambda: index(film.path, service, folder, '--set',
                                   'gate=text')})
        reading = (service.cpu_seconds() - before) / ROUNDS
    what = 'index with gate=text of captions over %d s of 1080p' % min(
        SECONDS, FILM_SECONDS)
    row(what, took['index'], 'decoding alone', took['decoding'],
        1 / TEXT_GATE_LIMIT)
    row(what + ', with its reading', took['index'] + reading,
        'decoding alone', took['decoding'])


def main():
    with tempfile.TemporaryDirectory(prefix='kakaoocr-bench-') as folder:
        measure_video(folder)
        measure_film(folder)


main()
