#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clips of one grey each, and a service that reads a text in each of them: many
videos for little, that still are told apart.

As a program it is an engine for `kakaoocr-server --engine exec:…`:

greys.py TEXT…
"""
import json
import os
import re
import subprocess
import sys
import urllib.request

import media

# Greys that JPEG keeps apart.
FIRST, STEP = 20, 5
MOST = (250 - FIRST) // STEP


def make_clips(texts, path_of, seconds=2):
    """The clip of texts[i] at path_of (i), all of them in one go."""
    assert len(texts) <= MOST
    words = []
    for i in range(len(texts)):
        words += ['videotestsrc', 'pattern=solid-color',
                  'foreground-color=0xff%06x' % (0x10101 * (FIRST + STEP * i)),
                  'num-buffers=%d' % (4 * seconds), '!',
                  'video/x-raw,format=I420,width=64,height=48,framerate=4/1',
                  '!', 'jpegenc', '!', 'matroskamux', '!', 'filesink',
                  'location=' + path_of(i)]
    media.launch(words)


class Service:
    """On a port of its own, as a service elsewhere would be."""

    def __init__(self, build, texts, *options):
        command = ' '.join([sys.executable, os.path.abspath(__file__)] + [
            "'%s'" % text for text in texts])
        self.process = subprocess.Popen(
            [os.path.join(build, 'gst/server/kakaoocr-server'), '--engine',
             'exec:' + command, '--exit-with-stdin', '--jobs', '4', *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate(timeout=media.TIMEOUT)

    def count_pictures(self):
        """How many came so far."""
        root = self.url.split('/', 3)[:3]
        with urllib.request.urlopen('/'.join(root + ['metrics']),
                                    timeout=media.TIMEOUT) as answer:
            metrics = answer.read().decode()
        return int(re.search(r'^kakaoocr_reading_seconds_count (\d+)$', metrics,
                             re.MULTILINE).group(1))


def main(texts):
    from PIL import Image
    for line in sys.stdin:
        with Image.open(line.rstrip('\n')) as picture:
            luma = picture.convert('L').getpixel((8, 8))
        # videotestsrc draws in video range, which JPEG takes as it is.
        grey = (luma - 16) * 255 / 219
        text = texts[min(max(round((grey - FIRST) / STEP), 0), len(texts) - 1)]
        words = [{'box': [[4, 4], [60, 4], [60, 20], [4, 20]],
                  'recognized_word': [text]}]
        print(json.dumps({'responses': [{'page': 1, 'results': words}]}),
              flush=True)


if __name__ == '__main__':
    main(sys.argv[1:])
