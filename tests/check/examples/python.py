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
            lines_become_a_table]])
