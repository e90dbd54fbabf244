#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lines of text to Kafka and Redis, by the commands of docs/publish.md.

brokers.py SOURCE-ROOT BUILD-ROOT
"""
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

import media
import tap

with open(os.path.join(sys.argv[1], 'docs/publish.md'), encoding='utf-8') as page:
    COMMANDS = re.findall(r'^ *… ! kakaoocrenc ! fdsink \| (.*)$', page.read(),
                          re.MULTILINE)
# Blanks and quotes as JSON has them, and what a shell would take for its own.
LINES = ['{"text":"출구 %d \\"A\\" $HOME \\\\ *"}' % n for n in range(300)]


def need(program, package):
    if not shutil.which(program):
        raise tap.Skip('%s is not there: apt-get install %s'
                       % (program, package))


def command_of(program, broker):
    """What the page writes, with the broker of the test."""
    command, = [c for c in COMMANDS if program in c]
    assert ' broker ' in command, command
    return command.replace(' broker ', ' %s ' % broker)


@contextlib.contextmanager
def ends_with_it(process):
    """All that @process started ends with the test."""
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def publish(command, lines, **options):
    return ends_with_it(subprocess.Popen(
        ['sh', '-c', 'printf "%s\\n" "$@" | ' + command, 'publish', *lines],
        encoding='utf-8', stdout=subprocess.DEVNULL, start_new_session=True,
        **options))


class Redis:
    def __init__(self, folder):
        with socket.create_server(('127.0.0.1', 0)) as held:
            self.port = str(held.getsockname()[1])
        self.folder = folder

    def __enter__(self):
        self.process = subprocess.Popen(
            ['redis-server', '--port', self.port, '--bind', '127.0.0.1',
             '--dir', self.folder, '--appendonly', 'yes', '--appendfsync',
             'always'], stdout=subprocess.PIPE, encoding='utf-8')
        for said in self.process.stdout:
            if 'Ready to accept connections' in said:
                return self
        raise AssertionError('redis-server has ended')

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=media.TIMEOUT)

    def ask(self, *words):
        return subprocess.run(['redis-cli', '-p', self.port, '--json', *words],
                              stdout=subprocess.PIPE, encoding='utf-8',
                              check=True).stdout


def entries(redis):
    return [dict(zip(fields[::2], fields[1::2]))['json'] for _, fields
            in json.loads(redis.ask('XRANGE', 'text', '-', '+'))]


def redis_loses_none_in_a_restart():
    need('redis-server', 'redis-server')
    need('redis-cli', 'redis-tools')
    with tempfile.TemporaryDirectory(prefix='kakaoocr-redis-') as folder:
        redis = Redis(folder)
        command = command_of('redis-cli', '127.0.0.1 -p ' + redis.port)
        with contextlib.ExitStack() as first:
            first.enter_context(redis)
            with publish(command, LINES, stderr=subprocess.PIPE) as publisher:
                # Blocks until there is an entry beyond the hundredth.
                last = '0'
                for _ in range(100):
                    (_, ((last, _),)), = json.loads(redis.ask(
                        'XREAD', 'COUNT', '1', 'BLOCK', '0', 'STREAMS', 'text',
                        last)).items()
                first.close()
                # One has been tried in vain.
                assert any('refused' in said for said in publisher.stderr)
                with redis:
                    publisher.communicate(timeout=media.TIMEOUT)
                    came = entries(redis)
                assert publisher.returncode == 0
    # One that was taken and not answered for comes once more.
    assert [line for i, line in enumerate(came)
            if i == 0 or line != came[i - 1]] == LINES, came


def kafka_gets_each_line():
    need('kcat', 'kcat')
    # It is its own broker, which others reach as well.
    with ends_with_it(subprocess.Popen(
            ['kcat', '-C', '-u', '-b', 'mock', '-X', 'test.mock.num.brokers=1',
             '-X', 'allow.auto.create.topics=true',
             '-X', 'topic.metadata.refresh.interval.ms=200', '-t', 'text', '-o',
             'beginning', '-c', str(len(LINES))],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
            start_new_session=True)) as consumer:
        said = consumer.stderr.readline()
        broker = re.search(r'replaced with (\S+)', said).group(1)
        with publish(command_of('kcat', broker), LINES) as publisher:
            assert publisher.wait(media.TIMEOUT) == 0
        came, _ = consumer.communicate(timeout=media.TIMEOUT)
    assert came.splitlines() == LINES


tap.run([(test.__name__, test) for test in (
    redis_loses_none_in_a_restart, kafka_gets_each_line)])
