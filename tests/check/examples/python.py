# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in Python, on the sample clip, with a service that reads one text
in every picture."""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

import gi
import tap

SOURCE, BUILD = sys.argv[1:3]
CLIP = os.path.join(BUILD, 'examples/sample.mkv')
TEXT = '출구'
ANSWER = {'responses': [{'page': 1, 'results': [{
    'box': [[10, 10], [90, 10], [90, 40], [10, 40]],
    'recognized_word': [TEXT]}]}]}
ENVIRONMENT = dict(os.environ, PYTHONIOENCODING='utf-8', GI_TYPELIB_PATH=os.path.join(
    BUILD, 'gst/kakaoocr'))


def output(name, *arguments):
    return subprocess.run(
        ['/usr/bin/python3', os.path.join(SOURCE, 'examples/python', name),
         *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE,
        encoding='utf-8', check=True).stdout


def the_signal_gives_results():
    told = output('results.py', CLIP)
    assert told.startswith('0.00 s\n  %s at 10, 10\n' % TEXT), told


def a_probe_sees_each_frame():
    lines = output('frames.py', CLIP).splitlines()
    assert len(lines) > 200, len(lines)
    assert lines[0] == '0.00 s: %s at 10, 10' % TEXT, lines[0]


# Frames as a detector of objects would leave them: only who made a buffer can
# write to it in Python.
DETECTED = '''
import sys
sys.path.insert(0, sys.argv[1])
from objects import GLib, Gst, GstAnalytics, look

Gst.init(None)
pipeline = Gst.parse_launch(
    'appsrc name=frames format=time caps=video/x-raw,format=GRAY8,width=320,'
    'height=64,framerate=1/1 ! kakaoocr name=ocr attach=analytics ! fakesink')
pipeline.get_by_name('ocr').get_static_pad('src').add_probe(
    Gst.PadProbeType.BUFFER, look)
pipeline.set_state(Gst.State.PLAYING)
frame = Gst.Buffer.new_wrapped(bytes(320 * 64))
frame.pts = 0
relations = GstAnalytics.buffer_add_analytics_relation_meta(frame)
for name, x in [('sign', 0), ('car', 200)]:
    relations.add_od_mtd(GLib.quark_from_string(name), x, 0, 120, 60, 0.9)
pipeline.get_by_name('frames').emit('push-buffer', frame)
pipeline.get_by_name('frames').emit('end-of-stream')
pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
'''


def texts_relate_to_what_others_found():
    try:
        gi.require_version('GstAnalytics', '1.0')
    except ValueError as reason:
        raise tap.Skip(str(reason))
    told = subprocess.run(
        ['/usr/bin/python3', '-c', DETECTED,
         os.path.join(SOURCE, 'examples/python')],
        env=ENVIRONMENT, stdout=subprocess.PIPE, encoding='utf-8',
        check=True).stdout
    assert told == '0.00 s: %s at 10, 10 on sign\n' % TEXT, told
    assert '%s at 10, 10\n' % TEXT in output('objects.py', CLIP)


def lines_become_a_table():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'text.jsonl')
        subprocess.run(
            ['gst-launch-1.0', '-q', 'filesrc', 'location=' + CLIP, '!',
             'decodebin', '!', 'videoconvert', '!', 'kakaoocr', 'interval=500',
             '!', 'kakaoocrenc', 'granularity=track', '!', 'filesink',
             'location=' + path], env=ENVIRONMENT, check=True)
        rows = list(csv.DictReader(io.StringIO(output('table.py',
                                                      path))))
    assert [row['text'] for row in rows] == [TEXT], rows
    assert float(rows[0]['start']) == 0 < float(rows[0]['end']), rows


with tempfile.NamedTemporaryFile('w', suffix='.json') as answer:
    json.dump(ANSWER, answer)
    answer.flush()
    with subprocess.Popen(
            [os.path.join(BUILD, 'gst/server/kakaoocr-server'),
             '--exit-with-stdin', '--engine', 'replay:' + answer.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        ENVIRONMENT['KAKAOOCR_ENDPOINT'] = \
            server.stdout.readline().decode().strip()
        tap.run([(test.__name__, test) for test in [
            the_signal_gives_results, a_probe_sees_each_frame,
            texts_relate_to_what_others_found,
            lines_become_a_table]])
