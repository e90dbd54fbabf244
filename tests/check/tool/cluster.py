#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/cluster under a real Slurm.

cluster.py SOURCE-ROOT BUILD-ROOT
"""
import glob
import os
import sqlite3
import sys
import tempfile

import greys
import slurm
import tap

SOURCE, BUILD = (os.path.abspath(root) for root in sys.argv[1:3])
CLIPS, TASKS = 12, 4
TEXTS = ['%s %d' % (('출구', 'gate')[i % 2], i) for i in range(CLIPS)]
# The service takes so long for a picture that a task is caught in the middle.
LATENCY_MS = 700


def script(name):
    return os.path.join(SOURCE, 'examples/cluster', name + '.sbatch')


def texts_in(database):
    connection = sqlite3.connect(database)
    try:
        assert connection.execute('PRAGMA integrity_check').fetchall() == \
            [('ok',)]
        return [text for text, in connection.execute('SELECT text FROM track')]
    finally:
        connection.close()


def twelve_videos_in_four_tasks_one_of_them_killed():
    with slurm.Cluster() as cluster, \
            tempfile.TemporaryDirectory(prefix='kakaoocr cluster 한글 ') as out, \
            greys.Service(BUILD, TEXTS, '--latency',
                          str(LATENCY_MS)) as service:
        def path(name):
            return os.path.join(out, name)

        def read_by(task):
            """Of its videos, how many."""
            return sum(bool(glob.glob(glob.escape(path('results')) +
                                      '/%02d.mkv-*.jsonl' % i))
                       for i in range(task, CLIPS, TASKS))

        def state(job):
            return cluster.ask('squeue', '-h', '-a', '-r', '-j', job,
                               '-t', 'all', '-o', '%T')

        greys.make_clips(TEXTS, lambda i: path('%02d.mkv' % i))
        with open(path('videos.txt'), 'w', encoding='utf-8') as names:
            names.write(''.join(path('%02d.mkv\n' % i)
                                for i in range(CLIPS)))
        cluster.env['PATH'] = os.path.join(BUILD, 'gst/tool') + ':' + \
            os.environ['PATH']
        cluster.env['KAKAOOCR_MAX_RATE'] = '40'
        job = cluster.ask(
            'sbatch', '--parsable', '--array=0-%d' % (TASKS - 1),
            '--output=' + path('task-%a.log'), script('index'),
            path('videos.txt'), path('results'), '--endpoint', service.url)
        assert job, 'it was not taken'
        victim = job + '_1'
        slurm.wait_until(lambda: read_by(1) == 1, 'the first video of a task')
        cluster.ask('scancel', '--signal=KILL', victim)
        slurm.wait_until(lambda: state(victim) in ('CANCELLED', 'FAILED'),
                         'the end of the task')
        assert read_by(1) < CLIPS // TASKS, 'it was killed too late'
        cluster.ask('scontrol', 'requeue', victim)
        merge = cluster.ask(
            'sbatch', '--parsable', '--dependency=afterany:' + job,
            '--output=' + path('merge.log'), script('merge'), path('a.db'),
            path('results'))
        assert merge, 'it was not taken'
        slurm.wait_until(lambda: state(merge) == 'COMPLETED', 'the merge')
        with open(path('merge.log'), encoding='utf-8') as said:
            assert said.read() == \
                '%d taken in, 0 known already, 0 failed\n' % CLIPS
        assert sorted(texts_in(path('a.db'))) == sorted(TEXTS)
        # What the task had read was not paid for twice.
        assert service.count_pictures() <= CLIPS + 1


tap.run([(test.__name__, test) for test in (
    twelve_videos_in_four_tasks_one_of_them_killed,)])
