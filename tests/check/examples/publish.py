#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lines of text by MQTT, through a real broker that is stopped and started.

publish.py SOURCE-ROOT BUILD-ROOT
"""
import contextlib
import json
import os
import pwd
import queue
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

import media
import tap

PUBLISH = os.path.join(os.path.abspath(sys.argv[2]),
                       'examples/kakaoocr-publish')
LINES = 10000
STOPS = (LINES // 5, LINES // 2)
CONFIGURATION = '''
listener {port} 127.0.0.1
user {user}
allow_anonymous {anonymous}
persistence {keeps}
persistence_location {folder}/
max_queued_messages 0
# Of more that are half way to who listens when it is stopped, 2.0.11 sends some
# twice.
max_inflight_messages 1
'''


def find(program):
    found = shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin')
    if not found:
        raise tap.Skip('%s is not there: apt-get install mosquitto '
                       'mosquitto-clients' % program)
    return found


class Broker:
    """Mosquitto. What it keeps over a stop is whose sessions it has, and what
    nobody has taken yet."""

    def __init__(self, anonymous=True, keeps=True):
        if not os.path.exists(PUBLISH):
            raise tap.Skip('it was built without libmosquitto')
        self.program = find('mosquitto')
        self.folder = tempfile.mkdtemp(prefix='kakaoocr-mqtt-')
        with socket.create_server(('127.0.0.1', 0)) as held:
            self.port = str(held.getsockname()[1])
        with open(self.path('conf'), 'w', encoding='ascii') as out:
            out.write(CONFIGURATION.format(
                port=self.port, folder=self.folder,
                # Of root's it would become another one, who may not write here.
                user=pwd.getpwuid(os.getuid()).pw_name,
                anonymous=str(anonymous).lower(), keeps=str(keeps).lower()))

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self):
        """It may not hear that it is to stop before it has served anybody."""
        self.process = subprocess.Popen(
            [self.program, '-c', self.path('conf')], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for said in self.process.stderr:
            if said.rstrip().endswith('running'):
                break
        # Whatever else it says is nobody's concern.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(media.TIMEOUT) == 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)


class Subscriber:
    """What comes, message by message; it does not outlive a failure."""

    def __init__(self, broker, topic, *options):
        self.process = subprocess.Popen(
            ['stdbuf', '-oL', find('mosquitto_sub'), '-d', '-p', broker.port,
             '-t', topic, '-q', '2', '-i', 'subscriber', '-c', *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for said in self.process.stdout:
            if said.startswith('Subscribed'):
                break
        self.messages = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for said in self.process.stdout:
            if not said.startswith(('Client ', 'Subscribed ')):
                self.messages.put(said.rstrip('\n'))

    def get(self):
        return self.messages.get(timeout=media.TIMEOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """While it looks for its broker it hears of nothing else."""
        self.process.kill()
        self.process.wait(media.TIMEOUT)


@contextlib.contextmanager
def publishing(broker, *options, **pipes):
    """The program with a stdin; it does not outlive a failure."""
    with subprocess.Popen(
            [PUBLISH, '--port', broker.port, '--topic', 'texts', *options],
            stdin=subprocess.PIPE, text=True, **pipes) as publisher:
        try:
            yield publisher
        except BaseException:
            publisher.kill()
            raise


def feed(publisher):
    for n in range(LINES):
        publisher.stdin.write('{"text":"출구 %d"}\n' % n)
    publisher.stdin.close()


def numbers_of(lines):
    return [int(json.loads(line)['text'].split()[1]) for line in lines]


def each_line_comes_once_when_the_broker_restarts():
    with Broker() as broker, Subscriber(broker, 'texts') as subscriber, \
            publishing(broker, '--buffer', '500') as publisher:
        feeding = threading.Thread(target=feed, args=[publisher])
        feeding.start()
        came = []
        for stops_at in STOPS:
            came += [subscriber.get() for _ in range(stops_at - len(came))]
            broker.stop()
            broker.start()
        while numbers_of(came[-1:]) != [LINES - 1]:
            came.append(subscriber.get())
        feeding.join()
        assert publisher.wait(media.TIMEOUT) == 0
    numbers = numbers_of(came)
    assert numbers == list(range(LINES)), (
        'lost', sorted(set(range(LINES)) - set(numbers))[:99],
        'twice', len(numbers) - len(set(numbers)),
        'not in order', numbers != sorted(numbers))


def a_broker_that_forgets_is_told_of():
    with Broker(keeps=False) as broker, \
            publishing(broker, stderr=subprocess.PIPE) as publisher:
        with Subscriber(broker, 'texts/status') as subscriber:
            assert subscriber.get() == 'online'
        broker.stop()
        assert 'is gone' in publisher.stderr.readline()
        broker.start()
        assert 'has forgotten' in publisher.stderr.readline()
        publisher.stdin.close()
        assert publisher.wait(media.TIMEOUT) == 0


def a_broker_may_come_later():
    broker = Broker()
    with publishing(broker, stderr=subprocess.PIPE) as publisher:
        publisher.stdin.write('a line\n')
        publisher.stdin.flush()
        assert 'No broker at localhost' in publisher.stderr.readline()
        # It may be told before anybody listens; of the next line that is sure.
        with broker, Subscriber(broker, 'texts') as subscriber:
            publisher.stdin.write('another\n')
            publisher.stdin.close()
            came = subscriber.get()
            assert came in ('a line', 'another'), came
            assert publisher.wait(media.TIMEOUT) == 0


def its_end_is_told_however_it_ends():
    with Broker() as broker, \
            Subscriber(broker, 'texts/#', '-v') as subscriber:
        for ends in ('by itself', 'killed'):
            with publishing(broker) as publisher:
                assert subscriber.get() == 'texts/status online'
                publisher.stdin.write('a line\n')
                publisher.stdin.flush()
                assert subscriber.get() == 'texts a line'
                if ends == 'killed':
                    publisher.kill()
            assert subscriber.get() == 'texts/status offline', ends


def a_refusal_ends_it():
    with Broker(anonymous=False) as broker:
        done = subprocess.run([PUBLISH, '--port', broker.port], input=b'line\n',
                              stderr=subprocess.PIPE, timeout=media.TIMEOUT)
        assert done.returncode == 2, done
        assert b'The broker refuses: ' in done.stderr, done


def the_page_s_command_takes_texts_to_the_broker():
    with open(os.path.join(sys.argv[1], 'docs/publish.md'),
              encoding='utf-8') as page:
        command = re.search(r'(?m)^gst-launch-1.0 .*kakaoocr-publish.*$',
                            page.read()).group()
    for there, here in (
            # Not live: a camera's last frame waits for no service that is busy.
            ('v4l2src', 'videotestsrc num-buffers=30 pattern=black ! '
             'video/x-raw,framerate=15/1 ! textoverlay text="EXIT 42" '
             'font-desc="Sans 40"'),
            ('kakaoocr-publish', PUBLISH),
            ('--host broker', '--host localhost --port %s')):
        assert there in command, command
        command = command.replace(there, here)
    with Broker() as broker, Subscriber(broker, 'station/text') as subscriber:
        media.run(command % broker.port, shell=True)
        assert media.is_in('EXIT 42', subscriber.get())


def it_explains_itself():
    if not os.path.exists(PUBLISH):
        raise tap.Skip('it was built without libmosquitto')
    assert 'Usage' in media.run([PUBLISH, '--help'])
    for wrong in (['--port', '0'], ['--buffer', '0'], ['--qos', '0'], ['--no-such'],
                  ['more']):
        done = subprocess.run([PUBLISH, *wrong], stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=media.TIMEOUT)
        assert done.returncode == 1 and b'--help' in done.stderr, wrong


tap.run([(test.__name__, test) for test in (
    each_line_comes_once_when_the_broker_restarts,
    a_broker_that_forgets_is_told_of, a_broker_may_come_later,
    its_end_is_told_however_it_ends, a_refusal_ends_it,
    the_page_s_command_takes_texts_to_the_broker, it_explains_itself)])
