#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr merge, search and export.

archive.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import re
import sqlite3
import unicodedata

import tap
from program import call, folder, make_archive, read_by_ffmpeg, rows, search

SIGNS = {'/videos/station.mkv': [
    ('서울역 3번 출구', 1, 3), ('출국 심사', 2, 4), ('Gate 27', 5, 6),
    ('gate 28, then 27', 6, 7), ('100% "off"', 7, 8), ('50 off', 8, 9),
    ('각 층', 9, 10), ('가 나', 10, 11), ('LÉGER', 11, 12)]}


def queries_find_parts_of_words():
    with folder() as out:
        database = make_archive(out, SIGNS)
        for query, expected in (
                ('출구', ['서울역 3번 출구']), ('역 3번', ['서울역 3번 출구']),
                ('출구 서울역', ['서울역 3번 출구']),
                ('출', ['서울역 3번 출구', '출국 심사']),
                ('가', ['가 나']), ('각', ['각 층']),
                ('GATE 27', ['Gate 27', 'gate 28, then 27']),
                ('27 gate', ['Gate 27', 'gate 28, then 27']),
                ('27', ['Gate 27', 'gate 28, then 27']),
                ('나 가', ['가 나']), ('가 28', []),
                ('léger', ['LÉGER']), ('eger', []), ('nothing', []), ('', []),
                (unicodedata.normalize('NFD', '출구'), ['서울역 3번 출구']),
                ('%', ['100% "off"']), ('_', []), ('100%', ['100% "off"']),
                ('"off"', ['100% "off"']), ('off', ['50 off', '100% "off"']),
                ('off OR gate', []), ('off*', []), ('NEAR(gate)', []),
                ("'; DROP TABLE track; --", [])):
            found = search(database, query)
            assert sorted(found) == sorted(expected), (query, found)


def a_query_as_it_stands_comes_first():
    with folder() as out:
        database = make_archive(out, SIGNS)
        assert search(database, 'gate 27')[0] == 'Gate 27'
        said, _ = call('search', '--limit', '1', database, 'gate', '27')
        assert said.count('\n') == 1 and 'Gate 27' in said, said


def of_equals_the_shorter_comes_first():
    """However late it was put in, and whatever else was found before."""
    with folder() as out:
        database = make_archive(out, {'/v.mkv': [
            *[('to gate 27 and %d' % i, i, i + 1) for i in range(80)],
            ('27 is no gate', 80, 81), ('gate 27', 90, 91)]})
        assert search(database, 'gate 27')[0] == 'gate 27'
        said, _ = call('search', '--json', '--limit', '82', database,
                       'gate 27')
        hits = json.loads(said)
        assert hits[-1]['text'] == '27 is no gate', hits[-1]
        assert [hit['score'] for hit in hits[::81]] == [1, 0.9], hits


def what_was_misread_is_found_by_a_fuzzy_query():
    with folder() as out:
        database = make_archive(out, SIGNS)
        for query, expected in (('출구', '서울역 3번 출구'),
                                ('서울역 3번 줄구', '서울역 3번 출구'),
                                ('서올역 3번 출구', '서울역 3번 출구'),
                                ('Gste 27', 'Gate 27')):
            said, _ = call('search', '--json', '--fuzzy', database, query)
            assert json.loads(said)[0]['text'] == expected, (query, said)
        said, _ = call('search', '--json', '--fuzzy', database, 'zzzzzz')
        assert json.loads(said) == [], said


def hits_may_be_of_some_files_and_times():
    with folder() as out:
        database = make_archive(out, {
            '/videos/a.mkv': [('exit', 1, 2), ('exit', 100, 160)],
            '/videos/b.mkv': [('exit', 1, 2)]})

        def count(*options):
            said, _ = call('search', '--json', *options, database, 'exit')
            return len(json.loads(said))
        assert count() == 3
        assert count('--file', '*b.mkv') == 1
        assert count('--from', '2:00') == 1
        assert count('--from=90', '--to', '0:01:39.5') == 0
        assert count('--to', '3') == 2
        for wrong in (['--from', 'soon'], ['--to', '1:99'], ['--limit', '0']):
            _, complaints = call('search', *wrong, database, 'exit', status=1)
            assert '--from' in complaints, complaints


def hits_tell_where_and_when():
    with folder() as out:
        database = make_archive(out, SIGNS)
        said, _ = call('search', '--json', database, '출구')
        assert json.loads(said) == [{
            'video': 1, 'file': '/videos/station.mkv', 'track': 1,
            'start': 10 ** 9, 'end': 3 * 10 ** 9, 'text': '서울역 3번 출구',
            'box': [[1, 2], [3, 2], [3, 4], [1, 4]], 'score': 1.0}], said
        said, _ = call('search', database, '출구')
        assert said == '/videos/station.mkv  0:00:01.0 – 0:00:03.0  ' \
            '서울역 3번 출구\n', said


def a_terminal_is_not_steered():
    with folder() as out:
        database = make_archive(out, {'/v\x1b[2J.mkv': [
            ('exit \x1b]0;owned\x07 now', 1, 2)]})
        said, _ = call('search', database, 'exit')
        assert '\x1b' not in said and '\x07' not in said, said


def merging_twice_is_merging_once():
    with folder() as out:
        database = make_archive(out, SIGNS)
        before = rows(database, 'SELECT id, video, text FROM track')
        said, _ = call('merge', database, os.path.join(out, 'results'))
        assert said.startswith('0 taken in, 1 known already'), said
        assert rows(database, 'SELECT id, video, text FROM track') == before


def results_that_are_not_whole_are_told():
    with folder() as out:
        database = make_archive(out, SIGNS)
        left = os.path.join(out, 'results')
        with open(os.path.join(left, '0.jsonl'), encoding='utf-8') as lines:
            whole = lines.readlines()
        for name, lines in (('cut', whole[:-1]), ('headless', whole[1:]),
                            ('empty', []), ('noise', ['\x00{"type":']),
                            ('deep', ['{"type":"video","path":"a","tracks":0,'
                                      '"x":', '[' * 10 ** 6, ']' * 10 ** 6,
                                      '}'])):
            with open(os.path.join(left, name + '.jsonl'), 'w',
                      encoding='utf-8') as out_file:
                out_file.writelines(lines)
        said, complaints = call('merge', database, left, status=2)
        assert said == '0 taken in, 1 known already, 5 failed\n', said
        for name in ('cut', 'headless', 'empty', 'noise', 'deep'):
            assert name + '.jsonl: ' in complaints, complaints


def what_is_no_archive_is_refused():
    with folder() as out:
        other = os.path.join(out, 'other.db')
        connection = sqlite3.connect(other)
        connection.execute('CREATE TABLE bookmarks (url)')
        connection.commit()
        connection.close()
        text = os.path.join(out, 'text')
        with open(text, 'w', encoding='ascii') as file:
            file.write('no database' * 1000)
        newer = make_archive(out, SIGNS)
        connection = sqlite3.connect(newer)
        connection.execute('PRAGMA user_version = 99')
        connection.close()
        for path, word in ((other, 'no archive'), (text, ''),
                           (os.path.join(out, 'none'), ''),
                           (newer, 'newer')):
            _, complaints = call('search', path, 'x', status=3)
            assert word in complaints, complaints
            _, complaints = call('export', path, status=3)
            assert word in complaints, complaints
        for path in (other, text, newer):
            call('index', path, out, status=3)
        assert not os.path.exists(os.path.join(out, 'none'))


# As the first kakaoocr made it.
FIRST_SCHEMA = '''
CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,
  size INTEGER, mtime INTEGER, sha256 TEXT, duration INTEGER, width INTEGER,
  height INTEGER, orientation TEXT, state TEXT NOT NULL, error TEXT,
  indexed INTEGER);
CREATE INDEX video_sha256 ON video (sha256);
CREATE TABLE track (id INTEGER PRIMARY KEY,
  video INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
  track INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER, "end" INTEGER,
  samples INTEGER, agreement REAL, moving INTEGER, box TEXT, crop BLOB);
CREATE INDEX track_video ON track (video);
CREATE VIRTUAL TABLE track_text USING fts5 (text, content = '',
  tokenize = 'trigram case_sensitive 1');
PRAGMA user_version = 1;
PRAGMA application_id = 1802202979;
INSERT INTO video (id, path, size, state) VALUES (7, '/old.mkv', 1, 'indexed');
INSERT INTO track (id, video, track, text, start, "end") VALUES
  (9, 7, 3, '나가는 곳', 1000000000, 2000000000);
'''


def an_older_archive_is_brought_up():
    with folder() as out:
        database = os.path.join(out, 'old.db')
        connection = sqlite3.connect(database)
        connection.executescript(FIRST_SCHEMA)
        connection.execute(
            'INSERT INTO track_text (rowid, text) VALUES (9, ?)',
            (unicodedata.normalize('NFD', '나가는 곳'),))
        connection.commit()
        connection.close()
        _, complaints = call('search', database, '나가는', status=3)
        assert 'older' in complaints, complaints
        # A new one stands beside what it had.
        newest = rows(make_archive(out, SIGNS), 'PRAGMA user_version')
        call('merge', database, os.path.join(out, 'results'))
        assert rows(database, 'PRAGMA user_version') == newest
        assert search(database, '나가는') == ['나가는 곳']
        assert search(database, '출구') == ['서울역 3번 출구']
        assert rows(database, 'SELECT id, track, places FROM track '
                    'WHERE video = 7') == [(9, 3, None)]


def texts_are_exported():
    with folder() as out:
        database = make_archive(out, {'/v.mkv': [('=1+1', 1, 2),
                                                 ('a "b", c', 3, 4)]})
        said, _ = call('export', database)
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line['text'] for line in lines] == ['=1+1', 'a "b", c'], lines
        assert lines[0]['moving'] is False and lines[0]['box'][2] == [3, 4]
        said, _ = call('export', '--format', 'csv', database)
        header, first, second = said.split('\r\n')[:3]
        assert header.startswith('file,track,start,end,text'), header
        # A spreadsheet computes nothing of it.
        assert ',"\'=1+1",' in first, first
        assert ',"a ""b"", c",' in second, second
        call('export', '--format', 'doc', database, status=1)


def subtitles_are_exported_as_ffmpeg_reads_them():
    with folder() as out:
        database = make_archive(out, {'/v.mkv': [
            ('<i>출구</i> & "3"', 1, 2.5), ('alone', 1.5, 2),
            ('together', 1.1, 2.4), ('a\n\n00:00:09.000 --> 00:00:10.000\nb',
                                     3, 4),
            ('seen once', 5, 5), ('late -->', 3700.25, 3701)]})
        for form in ('vtt', 'srt'):
            path = os.path.join(out, 'v.' + form)
            said, _ = call('export', '--format', form, database)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(said)
            cues = read_by_ffmpeg(path)
            assert cues == [
                ('<i>출구</i> & "3"\ntogether', '00:00:01,000',
                 '00:00:02,500'),
                ('alone', '00:00:01,500', '00:00:02,000'),
                ('a\n00:00:09.000 --> 00:00:10.000\nb', '00:00:03,000',
                 '00:00:04,000'),
                ('seen once', '00:00:05,000', '00:00:05,001'),
                ('late -->', '01:01:40,250', '01:01:41,000')], (form, cues)


def each_video_gets_subtitles_of_its_own():
    with folder() as out:
        database = make_archive(out, {
            '/one/a.mkv': [('first', 1, 2)], '/two/a.mkv': [('second', 1, 2)],
            '/b': [], '/.c': [('third', 1, 2)]})
        _, complaints = call('export', '-f', 'vtt', database, status=1)
        assert '--out' in complaints, complaints
        said, _ = call('export', '-f', 'srt', '--file', '/two/*', database)
        assert said == '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}second\n' \
            '\n', said
        left = os.path.join(out, 'new', 'subtitles')
        said, _ = call('export', '-f', 'vtt', '--out', left, database)
        assert said == '', said
        texts = {}
        for name in os.listdir(left):
            with open(os.path.join(left, name), encoding='utf-8') as file:
                texts[name] = file.read()
        assert 'first' in texts.pop('a.vtt'), texts
        assert 'third' in texts.pop('.c.vtt'), texts
        assert texts.pop('b.vtt') == 'WEBVTT\n\n', texts
        (name, text), = texts.items()
        assert re.fullmatch(r'a\.\d\.vtt', name) and 'second' in text, texts
        call('export', '--out', left, database, status=1)


tap.run([(test.__name__, test) for test in (
    queries_find_parts_of_words, a_query_as_it_stands_comes_first,
    of_equals_the_shorter_comes_first, an_older_archive_is_brought_up,
    what_was_misread_is_found_by_a_fuzzy_query,
    hits_may_be_of_some_files_and_times, hits_tell_where_and_when,
    a_terminal_is_not_steered, merging_twice_is_merging_once,
    results_that_are_not_whole_are_told, what_is_no_archive_is_refused,
    texts_are_exported, subtitles_are_exported_as_ffmpeg_reads_them,
    each_video_gets_subtitles_of_its_own)])
