#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What kakaoocrenc writes as WebVTT, by the parser of the W3C, which finds every
fault of a file (npm's webvtt-parser, fetched when the test runs).

webvtt.py SOURCE-ROOT BUILD-ROOT
"""
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile

import media
import tap

BUILD = os.path.abspath(sys.argv[2])
PACKAGE = 'webvtt-parser@2.2.0'
WIDTH, HEIGHT = 640, 360
PARSE = '''
const { WebVTTParser } = require('webvtt-parser');
const text = require('fs').readFileSync(process.argv[1], 'utf8');
console.log(JSON.stringify(new WebVTTParser().parse(text, 'subtitles'),
  (key, value) => key === 'tree' ? undefined : value));
'''
# Writes what is read of frames, one a second: [[[text, x, y], ...], ...].
WRITE = '''
import json, sys
import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstKakaoOcr', '1.0')
from gi.repository import Gst, GstKakaoOcr
Gst.init(None)
path, size, frames = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
pipeline = Gst.parse_launch(
    'appsrc name=in format=time caps=video/x-raw,format=GRAY8,width=%d,height=%d,framerate=1/1 ! '
    'kakaoocrenc ! application/x-subtitle-vtt ! filesink name=out' % tuple(size))
pipeline.get_by_name('out').props.location = path
source = pipeline.get_by_name('in')
pipeline.set_state(Gst.State.PLAYING)
for second, texts in enumerate(frames):
    regions = [{'text': text, 'words': [text], 'page': 1, 'track': None,
                'box': [[x, y], [x + 150, y], [x + 150, y + 30], [x, y + 30]]} for text, x, y in texts]
    result = {'type': 'result', 'source': None, 'producer': None, 'pts': second * Gst.SECOND, 'stream_time': None,
              'running_time': None, 'utc': None, 'frame': {'width': size[0], 'height': size[1]}, 'text': '',
              'truncated': False, 'latency': 0, 'regions': regions}
    buffer = Gst.Buffer.new_wrapped(bytes(size[0] * size[1]))
    buffer.pts, buffer.duration = second * Gst.SECOND, Gst.SECOND
    GstKakaoOcr.buffer_add_kakao_ocr_meta(buffer, GstKakaoOcr.KakaoOcrResult.from_json(json.dumps(result)))
    source.emit('push-buffer', buffer)
source.emit('end-of-stream')
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
pipeline.set_state(Gst.State.NULL)
sys.exit(message.type == Gst.MessageType.ERROR)
'''


@functools.lru_cache(maxsize=None)
def packages():
    """A folder with the parser."""
    if not shutil.which('npm'):
        raise tap.Skip('npm is not installed')
    folder = tempfile.TemporaryDirectory(prefix='kakaoocr-npm-')
    done = subprocess.run(['npm', 'install', '--prefix', folder.name, '--no-audit', '--no-fund', '--ignore-scripts',
                           '--prefer-offline', PACKAGE], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=media.TIMEOUT)
    if done.returncode:
        raise tap.Skip('npm cannot fetch %s' % PACKAGE)
    return folder


def parse(path):
    done = media.run(['node', '-e', PARSE, path],
                     env=dict(os.environ, NODE_PATH=os.path.join(packages().name, 'node_modules')))
    return json.loads(done)


def write(frames):
    """The cues of what was read, of which the parser must have nothing to say."""
    packages()
    gst = os.path.join(BUILD, 'gst')
    environment = dict(os.environ)
    for name, part in (('GI_TYPELIB_PATH', 'kakaoocr'), ('LD_LIBRARY_PATH', 'kakaoocr')):
        environment[name] = '%s/%s:%s' % (gst, part, os.environ.get(name, ''))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'text.vtt')
        try:
            media.run([sys.executable, '-c', WRITE, path, json.dumps([WIDTH, HEIGHT]), json.dumps(frames)],
                      env=environment)
        except AssertionError as error:
            if 'Namespace GstKakaoOcr' in str(error):
                raise tap.Skip('there are no bindings') from error
            raise
        parsed = parse(path)
        with open(path, encoding='utf-8') as file:
            text = file.read()
    assert not parsed['errors'], (parsed['errors'], text)
    return parsed['cues']


def a_file_without_a_cue_is_valid():
    assert write([[], [], []]) == []


def texts_are_what_they_were():
    texts = ['a < b && c > d', 'one --> two', '<b>bold</b> &amp; &lt;', '서울 지하철 2호선', 'שלום עולם', 'مرحبا 123',
             '♪ la la ♪', 'WEBVTT', 'NOTE nothing', 'STYLE', '00:01.000', '{\\an8}', '日本語', 'a\u2028b']
    cues = write([[[text, 100, 150]] for text in texts for _ in range(2)])
    # Turned by no entity and hidden by no comment; what breaks lines breaks them.
    entities = {'&lt;': '<', '&gt;': '>', '&amp;': '&'}
    found = []
    for cue in cues:
        text = cue['text']
        for entity, sign in entities.items():
            text = text.replace(entity, sign)
        found.append(text)
    assert found == [text.replace('\u2028', '\n') for text in texts], found


def cues_stand_where_their_texts_stood():
    corners = [('left', 0, 0), ('middle', 245, 170), ('right', 490, 330), ('below', -20, 350), ('beyond', 630, -10)]
    cues = write([[list(corner)] for corner in corners for _ in range(2)])
    assert len(cues) == len(corners), cues
    for cue in cues:
        assert 0 <= cue['linePosition'] <= 100, cue
    assert [cue['alignment'] for cue in cues][:3] == ['start', 'center', 'end'], cues


def cues_overlap():
    stands, passes = ['stands', 20, 20], ['passes', 300, 300]
    cues = write([[stands], [stands, passes], [stands, passes], [stands], [stands, ['later', 20, 300]], [stands]])
    assert len(cues) == 3, cues
    assert cues[0]['startTime'] <= cues[1]['startTime'] and cues[0]['endTime'] > cues[2]['endTime'] - .001, cues


def a_fault_is_found():
    """Or the others show nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'text.vtt')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('WEBVTT\n\n00:01.000 --> 00:00.500 line:200%\na & b\n')
        assert parse(path)['errors']


tap.run([(test.__name__, test) for test in (
    a_file_without_a_cue_is_valid, texts_are_what_they_were, cues_stand_where_their_texts_stood, cues_overlap,
    a_fault_is_found)])
