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
import media
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


# No Slurm is needed for what a task calls.
def the_tasks_share_the_videos_and_the_rate():
    with tempfile.TemporaryDirectory(prefix='kakaoocr cluster 한글 ') as out:
        program, names = (os.path.join(out, name)
                          for name in ('kakaoocr', 'videos.txt'))
        with open(program, 'w', encoding='ascii') as stub:
            stub.write('#!/bin/sh\necho "$*"\ncat\n')
        os.chmod(program, 0o755)
        with open(names, 'w', encoding='utf-8') as videos:
            videos.write('a b.mkv\n나.mkv\nc.mkv\nd.mkv\ne.mkv\n')
        # An array may begin anywhere; a language may write 0,5.
        calls = [media.run(
            [script('index'), names, 'r', '--jobs', '2'],
            env=dict(os.environ, PATH=out + ':' + os.environ['PATH'],
                     LC_ALL='de_DE.UTF-8', KAKAOOCR_MAX_RATE='1.5',
                     SLURM_ARRAY_TASK_MIN='3', SLURM_ARRAY_TASK_MAX='4',
                     SLURM_ARRAY_TASK_ID=str(task))).splitlines()
            for task in (3, 4)]
        options = 'index --results r --max-rate 0.7500 --jobs 2 -'
        assert calls == [[options, 'a b.mkv', 'c.mkv', 'e.mkv'],
                         [options, '나.mkv', 'd.mkv']], calls


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
    the_tasks_share_the_videos_and_the_rate,
    twelve_videos_in_four_tasks_one_of_them_killed)])
