# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in Python, on the sample clip."""
import csv
import io
import os
import subprocess
import sys
import tempfile

import tap

SOURCE, BUILD = sys.argv[1:3]
CLIP = os.path.join(BUILD, 'examples/sample.mkv')
ENVIRONMENT = dict(os.environ, PYTHONIOENCODING='utf-8', GI_TYPELIB_PATH=os.path.join(
    BUILD, 'gst/kakaoocr'))


def output(name, *arguments):
    return subprocess.run(
        ['/usr/bin/python3', os.path.join(SOURCE, 'examples/python', name),
         *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE,
        encoding='utf-8', check=True).stdout


def the_signal_gives_results():
    told = output('results.py', CLIP)
    assert told.startswith('0.00 s\n') and '초미세먼지' in told, told


def a_probe_sees_each_frame():
    lines = output('frames.py', CLIP).splitlines()
    assert len(lines) > 200, len(lines)
    assert any('초미세먼지' in line for line in lines), lines[:5]


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
    times = [(float(row['start']), float(row['end'])) for row in rows
             if '초미세먼지' in row['text']]
    assert times and all(start < end for start, end in times), rows


tap.run([(test.__name__, test) for test in [
    the_signal_gives_results, a_probe_sees_each_frame, lines_become_a_table]])
