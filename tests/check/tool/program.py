# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program and its archives, for tests of them: theirs are the command line's
source and build."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import media
import results

SOURCE, BUILD = (os.path.abspath(root) for root in sys.argv[1:3])
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')


def folder():
    return tempfile.TemporaryDirectory(prefix='kakaoocr archive 한글 ')


def call(*arguments, status=0, given=None):
    """Runs kakaoocr: what it printed, and what it complained of."""
    done = subprocess.run([TOOL, *arguments], input=given,
                          stdin=None if given else subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=media.TIMEOUT)
    said, complaints = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == status, (done.returncode, said, complaints)
    return said, complaints


def make_archive(out, videos):
    """An archive of {path: texts}, and its path."""
    folder_of_results = os.path.join(out, 'results')
    os.makedirs(folder_of_results, exist_ok=True)
    for i, (video, texts) in enumerate(videos.items()):
        results.write(os.path.join(folder_of_results, '%d.jsonl' % i), video,
                      texts)
    database = os.path.join(out, 'archive.db')
    call('merge', database, folder_of_results)
    return database


def search(database, *words, status=0):
    said, _ = call('search', '--json', '--', database, *words, status=status)
    return [hit['text'] for hit in json.loads(said)]


def rows(database, query):
    connection = sqlite3.connect(database)
    try:
        assert connection.execute('PRAGMA integrity_check').fetchall() == \
            [('ok',)]
        connection.execute("INSERT INTO track_text (track_text) "
                           "VALUES ('integrity-check')")
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def read_by_ffmpeg(path):
    """(text, start, end) of each cue, as ffmpeg takes them."""
    srt = media.run(['ffmpeg', '-nostdin', '-v', 'warning', '-i', path, '-f',
                     'srt', '-']).replace('\r', '')
    cues = [cue.split('\n', 2) for cue in srt.strip().split('\n\n')]
    return [(text.replace('{\\an8}', '').replace('\u2060', ''),
             *times.split(' --> ')) for _, times, text in cues]
