#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An archive of a million texts: what it takes on disk, to be made and to be
searched. Prints rows for tests/bench/run.

archive.py BUILD [TEXTS]

CPU time of the program alone, so that what runs beside it does not count.
"""
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import urllib.parse

TOOL = os.path.join(sys.argv[1], 'gst/tool/kakaoocr')
INSERTING = os.path.join(sys.argv[1], 'tests/bench/bench-inserting')
TEXTS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
TEXTS_A_VIDEO = 1000
QUERIES = ('출구', '서울역 3번', 'gate 27')
ROUNDS = 20
# Limits: p95 of a query and of a fuzzy one, ms; bytes a text.
QUERY_MS, FUZZY_MS, BYTES = 60, 150, 300

# Signs, captions and noise, as many kinds as there are in footage of a city.
PLACES = ('서울역 강남 홍대입구 시청 종로 잠실 신촌 부산역 대전 광주 인천 수원 '
          '판교 여의도 명동 이태원').split()
THINGS = ('출구 입구 안내 매표소 화장실 주차장 버스 지하철 공항 병원 약국 편의점 '
          '정류장 뉴스 속보 날씨 미세먼지 교통').split()
WORDS = ('exit gate platform line sale open closed news live weather station '
         'airport hotel bank market street').split()
SYLLABLES = [chr(code) for code in range(0xac00, 0xd7a4, 7)]


def make_text(draw):
    kind = draw.random()
    if kind < 0.3:
        return '%s %d번 %s' % (draw.choice(PLACES), draw.randint(1, 15),
                              draw.choice(THINGS))
    if kind < 0.6:
        return '%s %s %d' % (draw.choice(WORDS), draw.choice(WORDS),
                             draw.randint(1, 99))
    if kind < 0.8:
        return ' '.join(''.join(draw.choices(SYLLABLES, k=draw.randint(2, 5)))
                        for _ in range(draw.randint(1, 4)))
    return '%s %s' % (draw.choice(THINGS), ''.join(
        draw.choices('abcdefghijklmnopqrstuvwxyz0123456789', k=8)))


def write_results(folder):
    draw = random.Random(1)
    for video in range(0, TEXTS, TEXTS_A_VIDEO):
        n = min(TEXTS_A_VIDEO, TEXTS - video)
        path = '/archive/videos/%06d.mp4' % (video // TEXTS_A_VIDEO)
        lines = [{'type': 'video', 'path': path, 'size': 1, 'mtime': 1,
                  'sha256': '%064x' % video, 'duration': 10 ** 13,
                  'width': 1920, 'height': 1080, 'orientation': None,
                  'state': 'indexed', 'error': None, 'indexed': 1,
                  'tracks': n}]
        for i in range(n):
            x, y = draw.randint(0, 1500), draw.randint(0, 1000)
            lines.append({
                'type': 'track', 'track': i + 1, 'text': make_text(draw),
                'start': i * 10 ** 9, 'end': (i + 3) * 10 ** 9, 'samples': 6,
                'agreement': 0.9, 'moving': False, 'crop': None,
                'box': [[x, y], [x + 300, y], [x + 300, y + 50], [x, y + 50]]})
        with open(os.path.join(folder, '%d.jsonl' % video), 'w',
                  encoding='utf-8') as out:
            for line in lines:
                out.write(json.dumps(line, ensure_ascii=False) + '\n')


def insert(database, folder):
    """Rows of what it took."""
    made = subprocess.run([INSERTING, database, folder], text=True,
                          stdout=subprocess.PIPE)
    print(made.stdout, end='', flush=True)


class Server:
    def __init__(self, database):
        self.process = subprocess.Popen(
            [TOOL, 'serve', '--port', '0', database], stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL, text=True)
        url = self.process.stdout.readline().strip()
        self.connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(url).netloc, timeout=600)

    def cpu_ms(self):
        with open('/proc/%d/schedstat' % self.process.pid,
                  encoding='ascii') as stat:
            return int(stat.read().split()[0]) / 1e6

    def search(self, query, fuzzy=False):
        """CPU ms and texts."""
        before = self.cpu_ms()
        self.connection.request('GET', '/api/search?' + urllib.parse.urlencode(
            {'q': query, 'fuzzy': int(fuzzy)}))
        hits = json.loads(self.connection.getresponse().read())['hits']
        return self.cpu_ms() - before, [hit['text'] for hit in hits]

    def close(self):
        self.connection.close()
        self.process.terminate()
        self.process.communicate()


def p95(values):
    return sorted(values)[int(0.95 * (len(values) - 1))]


def misread(query, draw):
    """The query with one syllable or letter that is another."""
    places = [i for i, letter in enumerate(query) if letter.isalpha()]
    i = draw.choice(places)
    if '가' <= query[i] <= '힣':
        # One jamo: another vowel or final consonant of the same syllable.
        base = (ord(query[i]) - 0xac00) // 28 * 28 + 0xac00
        wrong = chr(base + (ord(query[i]) - base + draw.randint(1, 27)) % 28)
    else:
        wrong = draw.choice('abcdefghijklmnopqrstuvwxyz'.replace(query[i], ''))
    return query[:i] + wrong + query[i + 1:]


def row(name, unit, value, limit=None, at_least=False):
    out = {'group': 'archive', 'name': name, 'unit': unit, 'value': value,
           'good': True}
    if limit is not None:
        out |= {'held': 'value', 'figure': value, 'limit': limit,
                'at_least': at_least,
                'good': value >= limit if at_least else value <= limit}
    print(json.dumps(out), flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix='kakaoocr bench ') as folder:
        database = os.path.join(folder, 'a.db')
        results = os.path.join(folder, 'results')
        os.mkdir(results)
        write_results(results)
        insert(database, results)
        row('a text on disk', 'bytes', os.path.getsize(database) / TEXTS,
            BYTES)
        server = Server(database)
        try:
            for query in QUERIES:
                times = [server.search(query)[0] for _ in range(ROUNDS)]
                row('“%s” among %d texts, p95' % (query, TEXTS), 'ms',
                    p95(times), QUERY_MS)
            draw, times, found = random.Random(2), [], 0
            for i in range(ROUNDS * len(QUERIES)):
                query = QUERIES[i % len(QUERIES)]
                # Alone a word of two syllables has no right line for certain.
                query = {'출구': '강남 7번 출구'}.get(query, query)
                ms, texts = server.search(misread(query, draw), fuzzy=True)
                times.append(ms)
                found += bool(texts) and query in texts[0]
            row('one letter wrong, --fuzzy, p95', 'ms', p95(times), FUZZY_MS)
            row('of these the right line first', '%',
                100 * found / len(times), 95, at_least=True)
        finally:
            server.close()


main()
