#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of what things cost beside their peers, and the same as JSON."""
import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile

import plot

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWER = '{"responses":[{"page":1,"results":[{"box":[[8,4],[24,4],[24,12],[8,12]],"recognized_word":["EXIT"]}]}]}'

# Times the guide's sample takes to scale and encode the same picture.
ENCODE_LIMITS = {'360p I420': 0.09, '720p I420': 0.09, '1080p I420': 0.09, '4K I420': 0.09, '8K to 4096 I420': 0.14}
SAMPLES, IN_FLIGHT, LATENCY_MS = 320, 8, 200
# Of the limit: a window that opens by 2, 6, 8 can have 0.976 of it with these.
PIPELINE_LIMIT = 0.95
# The guide's loop over fewer pictures, which take the same time each.
GUIDE_SAMPLES = 16
REQUESTS, BODY_BYTES = 100, 200_000
# Of what is measured beside a peer that is a process of its own, or is held to a
# limit that it comes close to: the median counts.
ROUNDS = 5


class Bench:
    def __init__(self, build):
        self.build = build
        self.rows = []

    def program(self, name, *arguments):
        """Runs a benchmark: its rows."""
        path = os.path.join(self.build, 'tests/bench', 'bench-' + name)
        run = subprocess.run([path, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f'{path} ended with {run.returncode}')
        return [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{')]

    def peer(self, script, *arguments):
        """What a peer takes: a process of its own, as a user has it."""
        command = [sys.executable, os.path.join(HERE, script), *map(str, arguments)]
        return float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    def guide(self, *arguments):
        return self.peer('guide.py', *arguments)

    def add(self, rows):
        for row in rows:
            print(format_row(row), flush=True)
        self.rows += rows

    def add_ratio(self, row, peer, peer_value, limit, at_least=False):
        ratio = row['value'] / peer_value
        self.add([row | {'peer': peer, 'peer_value': peer_value, 'ratio': ratio, 'held': 'ratio', 'figure': ratio,
                         'limit': limit, 'at_least': at_least,
                         'good': ratio >= limit if at_least else ratio <= limit}])


def median_turn(turns, peer):
    """Of turns of a row and its peer's value, that of the median ratio: a row, its peer and the peer's value."""
    row, value = sorted(turns, key=lambda turn: turn[0]['value'] / turn[1])[len(turns) // 2]
    return row, peer, value


@contextlib.contextmanager
def service(*arguments):
    """A kakaoocr-server that answers every picture: its URL."""
    with tempfile.NamedTemporaryFile('w', suffix='.json') as answer:
        answer.write(ANSWER)
        answer.flush()
        command = [os.environ['KAKAOOCR_SERVER'], '--exit-with-stdin', '--engine', 'replay:' + answer.name, *arguments]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            yield process.stdout.readline().strip()
            process.stdin.close()


@contextlib.contextmanager
def distant_service(latency_ms):
    """A service that answers every picture after a time, and takes nothing of this machine: its URL."""
    command = [sys.executable, os.path.join(HERE, 'distant.py'), ANSWER, str(latency_ms)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()


def encode(bench):
    bench.add(bench.program('encode'))
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'picture.ppm')
        for name, limit in ENCODE_LIMITS.items():
            turns = [(bench.program('encode', '--picture', path, name)[0], bench.guide('encode', path))
                     for _ in range(ROUNDS)]
            bench.add_ratio(*median_turn(turns, "the guide's sample"), limit)


def pipeline(bench):
    with distant_service(LATENCY_MS) as url, tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'picture.ppm')
        bench.program('encode', '--picture', path, '1080p I420')
        guide = bench.guide('loop', url, path, GUIDE_SAMPLES) * SAMPLES / GUIDE_SAMPLES
        seconds = statistics.median(bench.program('pipeline', url, SAMPLES)[0]['value'] for _ in range(ROUNDS))
    rate = {'group': 'pipeline', 'name': f'{IN_FLIGHT} in flight, {LATENCY_MS} ms', 'unit': 'samples a second',
            'value': SAMPLES / seconds}
    bench.add_ratio(rate, 'the limit', IN_FLIGHT * 1000 / LATENCY_MS, PIPELINE_LIMIT,
                    at_least=True)
    bench.add_ratio(rate, "the guide's loop", SAMPLES / guide, 7, at_least=True)


def request(bench):
    with service() as url:
        turns = [(bench.program('request', url, REQUESTS, BODY_BYTES)[0],
                  bench.guide('request', url, BODY_BYTES, REQUESTS)) for _ in range(ROUNDS)]
    row, peer, value = median_turn(turns, 'requests.post')
    bench.add([row])
    bench.add_ratio(row, peer, value, 0.4)


def motion(bench):
    with tempfile.TemporaryDirectory() as directory:
        rows = bench.program('motion', '--dump', directory)
        flow = bench.peer('flow.py', directory)
    bench.add(rows)
    row = next(row for row in rows if row['name'].startswith('of it the flow'))
    bench.add_ratio(row, "OpenCV's pyramidal LK", flow, 0.5)


def script(name):
    def run(bench):
        command = [sys.executable, os.path.join(HERE, name), bench.build]
        rows = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        bench.add([json.loads(line) for line in rows.splitlines()])
    return run


def program(name):
    return lambda bench: bench.add(bench.program(name))


GROUPS = {'passing': program('passing'), 'encode': encode, 'request': request, 'pipeline': pipeline,
          'edges': program('edges'), 'gate': program('gate'), 'motion': motion, 'overlay': program('overlay'), 'streams': program('streams'),
          'rate': program('rate'), 'archive': script('archive.py'),
          'index': script('indexing.py')}


def format_number(value):
    return f'{value:.0f}' if abs(value) >= 1000 else f'{value:.3g}'


def format_row(row):
    peer = f'{row["peer"]}: {format_number(row["peer_value"])}' if 'peer' in row else ''
    ratio = f'{row["ratio"]:.3g} x' if 'ratio' in row else ''
    held = ''
    if 'held' in row:
        held = f'{row["held"]} {format_number(row["figure"])} {"≥" if row["at_least"] else "≤"} {row["limit"]:g}'
        held += '' if row['good'] else '   MISSED'
    return (f'{row["group"]:10} {row["name"]:44} {format_number(row["value"]):>7} {row["unit"]:17} '
            f'{peer:38} {ratio:>8}  {held}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', default='build')
    parser.add_argument('--plot', metavar='DIR')
    parser.add_argument('groups', nargs='*', metavar='GROUP', help=', '.join(GROUPS))
    arguments = parser.parse_args()
    bench = Bench(arguments.build)
    for group in arguments.groups or GROUPS:
        GROUPS[group](bench)
    with open(os.path.join(arguments.build, 'bench.json'), 'w', encoding='utf-8') as file:
        json.dump(bench.rows, file, indent=1)
    if arguments.plot:
        plot.plot_all(bench.rows, arguments.plot)
    missed = sum(not row['good'] for row in bench.rows)
    print(f'{len(bench.rows)} rows, {missed} missed')
    return missed > 0


if __name__ == '__main__':
    sys.exit(main())
