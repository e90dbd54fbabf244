#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr index over many videos, killed again and again.

killed.py SOURCE-ROOT BUILD-ROOT
"""
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile

import greys
import media
import tap

BUILD = os.path.abspath(sys.argv[2])
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
CLIPS, BROKEN, KILLS = 40, 3, 5
TEXTS = ['%s %d' % (('출구', 'gate')[i % 2], i) for i in range(CLIPS)]


def make_videos(folder):
    """As many as there are texts, the last of which are broken."""
    def path(i):
        return os.path.join(folder, '%02d.mkv' % i)
    greys.make_clips(TEXTS, path)
    with open(path(CLIPS - 1), 'rb') as clip:
        whole = clip.read()
    for i, content in zip(range(CLIPS - BROKEN, CLIPS),
                          (whole[:len(whole) // 3], b'', b'no video\n' * 99)):
        with open(path(i), 'wb') as broken:
            broken.write(content)


def index(service, database, videos):
    return subprocess.Popen(
        [TOOL, 'index', '--jobs', '2', '--json', '--endpoint', service.url,
         database, videos], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)


def kill_after(running, n_videos):
    """When it told of so many, at whatever it does then."""
    for _ in range(n_videos):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=media.TIMEOUT)
    assert running.returncode == -signal.SIGKILL, running.returncode


def texts_in(database):
    """Of an archive that is whole."""
    connection = sqlite3.connect(database)
    try:
        assert connection.execute('PRAGMA integrity_check').fetchall() == \
            [('ok',)]
        connection.execute("INSERT INTO track_text (track_text) "
                           "VALUES ('integrity-check')")
        return [text for text, in connection.execute(
            'SELECT text FROM track JOIN video ON video.id = video '
            "WHERE state = 'indexed' ORDER BY text")]
    finally:
        connection.close()


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def finish(service, database, videos):
    """Its complaints, and the CPU time it took."""
    before = cpu_seconds()
    running = index(service, database, videos)
    said, complaints = running.communicate(timeout=media.TIMEOUT)
    assert running.returncode == 2, (running.returncode, said, complaints)
    return sorted(complaints.splitlines()), cpu_seconds() - before


def killed_five_times_it_has_each_text_once():
    seed = random.randrange(1 << 32)
    print('# seed %d' % seed)
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix='kakaoocr killed 한글 ') as out, \
            greys.Service(BUILD, TEXTS, '--latency', '40') as service:
        videos, database = os.path.join(out, 'v'), os.path.join(out, 'a.db')
        os.mkdir(videos)
        make_videos(videos)
        known = 0
        for _ in range(KILLS):
            kill_after(index(service, database, videos), draw.randint(1, 5))
            texts = texts_in(database)
            assert len(texts) == len(set(texts)) >= known, texts
            known = len(texts)
        complaints, reading = finish(service, database, videos)
        assert texts_in(database) == sorted(TEXTS[:-BROKEN])
        broken = range(CLIPS - BROKEN, CLIPS)
        assert [line.split(': ')[0] for line in complaints] == \
            [os.path.join(videos, '%02d.mkv' % i) for i in broken], complaints
        # Once more there is nothing to do.
        sent = service.count_pictures()
        again, looking = finish(service, database, videos)
        assert again == complaints, again
        assert service.count_pictures() == sent
        print('# CPU seconds: %.2f to read what was left, %.2f once more'
              % (reading, looking))
        assert looking < reading / 2, (looking, reading)


tap.run([(test.__name__, test) for test in (
    killed_five_times_it_has_each_text_once,)])
