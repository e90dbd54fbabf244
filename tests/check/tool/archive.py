#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr index, merge, search, export and estimate.

archive.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata

import media
import results
import tap

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
                ('27', ['Gate 27', 'gate 28, then 27']),
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


def read_by_ffmpeg(path):
    """(text, start, end) of each cue, as ffmpeg takes them."""
    srt = media.run(['ffmpeg', '-nostdin', '-v', 'warning', '-i', path, '-f',
                     'srt', '-']).replace('\r', '')
    cues = [cue.split('\n', 2) for cue in srt.strip().split('\n\n')]
    return [(text.replace('{\\an8}', '').replace('\u2060', ''),
             *times.split(' --> ')) for _, times, text in cues]


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


CLIP = ('videotestsrc num-buffers=30 pattern=black ! '
        'video/x-raw,width=480,height=270,framerate=15/1')


def make_videos(out):
    """Two clips of different texts, three that are broken, and other files."""
    videos = os.path.join(out, 'videos')
    os.makedirs(os.path.join(videos, 'more'))
    media.make_clip(os.path.join(videos, 'one'), CLIP)
    media.make_clip(os.path.join(videos, 'more', 'two.mkv'), CLIP +
                    ' ! textoverlay text=HELLO valignment=top '
                    'font-desc=Sans,40')
    with open(os.path.join(videos, 'one'), 'rb') as clip:
        whole = clip.read()
    with open(os.path.join(videos, 'cut.mkv'), 'wb') as cut:
        cut.write(whole[:len(whole) // 3])
    open(os.path.join(videos, 'empty.mp4'), 'wb').close()
    with open(os.path.join(videos, 'text.mp4'), 'w', encoding='ascii') as text:
        text.write('no video at all\n' * 100)
    with open(os.path.join(videos, 'notes.txt'), 'w', encoding='ascii') as text:
        text.write('notes\n')
    return videos


def a_folder_is_indexed_once():
    with folder() as out:
        videos, database = make_videos(out), os.path.join(out, 'a.db')
        said, complaints = call('index', '--jobs', '2', database, videos,
                                status=2)
        for broken in ('cut.mkv', 'empty.mp4', 'text.mp4'):
            assert broken + ': ' in complaints, complaints
        assert 'notes' not in said + complaints, said
        texts = rows(database, 'SELECT text FROM track JOIN video '
                     "ON video.id = video WHERE state = 'indexed'")
        assert sorted(media.letters(text) for text, in texts) == \
            ['exit42', 'exit42', 'hello'], texts
        assert search(database, 'hello')
        # Not by its name, and upright.
        assert rows(database, 'SELECT width, height, state FROM video '
                    "WHERE path LIKE '%/one'") == [(480, 270, 'indexed')]
        left = os.path.join(out, 'subtitles')
        call('export', '--format', 'srt', '--out', left, database)
        (text, start, end), = read_by_ffmpeg(os.path.join(left, 'two.srt'))
        assert sorted(media.letters(line) for line in text.splitlines()) == \
            ['exit42', 'hello'] and start == '00:00:00,000', text
        assert end == '00:00:02,000', end
        crops = rows(database, 'SELECT crop FROM track WHERE crop NOTNULL')
        assert crops and all(crop[:2] == b'\xff\xd8' for crop, in crops)
        # Once more: nothing is sent, the broken ones are named again.
        said, again = call('index', database, videos, status=2, )
        assert said.startswith('0 read, 2 known already, 3 failed'), said
        assert sorted(again.splitlines()) == sorted(complaints.splitlines())


def files_that_change_move_or_go_are_noticed():
    with folder() as out:
        videos, database = os.path.join(out, 'v'), os.path.join(out, 'a.db')
        os.mkdir(videos)
        clip = os.path.join(videos, 'a.mkv')
        media.make_clip(clip, CLIP)

        def index(*options):
            return call('index', *options, database, videos)[0]
        assert index().splitlines()[-1].startswith('1 read')
        os.utime(clip, (1, 1))
        assert index().startswith('0 read, 1 known')
        moved = os.path.join(videos, 'b.mkv')
        os.rename(clip, moved)
        assert index().startswith('0 read, 1 known')
        assert rows(database, 'SELECT path FROM video') == [(moved,)]
        media.make_clip(moved, CLIP + ' ! textoverlay text=HELLO '
                        'valignment=top font-desc=Sans,40')
        assert index().splitlines()[-1].startswith('1 read')
        assert len(rows(database, 'SELECT text FROM track')) == 2
        os.unlink(moved)
        assert index('--prune').endswith('1 removed\n')
        assert rows(database, 'SELECT * FROM track') == []
        assert search(database, 'exit') == []


def killed_it_goes_on_where_it_was():
    with folder() as out:
        videos, database = os.path.join(out, 'v'), os.path.join(out, 'a.db')
        os.mkdir(videos)
        for i in range(3):
            media.make_clip(os.path.join(videos, '%d.mkv' % i), CLIP +
                            ' ! textoverlay text=N%d%d%d valignment=top '
                            'font-desc=Sans,40' % (i, i, i))
        running = subprocess.Popen([TOOL, 'index', '--json', database, videos],
                                   stdout=subprocess.PIPE)
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=media.TIMEOUT)
        done = rows(database, 'SELECT path FROM video')
        assert 1 <= len(done) < 3, done
        said, _ = call('index', database, videos)
        assert said.splitlines()[-1].startswith(
            '%d read, %d known' % (3 - len(done), len(done))), said
        assert len(rows(database, 'SELECT text FROM track')) == 6


def results_and_names_on_stdin():
    with folder() as out:
        clip, left = os.path.join(out, 'a.mkv'), os.path.join(out, 'r')
        media.make_clip(clip, CLIP)
        for expected in ('1 read', '0 read, 1 known'):
            said, _ = call('index', '--results', left, '-',
                           given=clip.encode() + b'\n')
            assert said.splitlines()[-1].startswith(expected), said
        database = os.path.join(out, 'a.db')
        call('merge', database, left)
        assert [media.letters(text) for text in search(database, 'exit')] == \
            ['exit42']


def tasks_of_a_cluster_read_each_video_once():
    """The scripts of the example as Slurm runs them, a task killed in the
    middle and started again."""
    def task(name, *arguments, number=0):
        path = os.path.dirname(TOOL) + ':' + os.environ['PATH']
        return subprocess.Popen(
            [os.path.join(SOURCE, 'examples/cluster', name + '.sbatch'),
             *arguments], stdout=subprocess.PIPE, env=dict(
                 os.environ, PATH=path, SLURM_ARRAY_TASK_ID=str(number + 5),
                 SLURM_ARRAY_TASK_MIN='5', SLURM_ARRAY_TASK_MAX='6',
                 KAKAOOCR_MAX_RATE='50'))

    with folder() as out:
        left, database = os.path.join(out, 'r'), os.path.join(out, 'a.db')
        clips = [os.path.join(out, '%d.mkv' % i) for i in range(4)]
        texts = ['river', 'bridge', 'market', 'garden']
        for text, clip in zip(texts, clips):
            media.make_clip(clip, CLIP + ' ! textoverlay text=%s '
                            'valignment=top font-desc=Sans,40' % text.upper())
        names = os.path.join(out, 'videos.txt')
        with open(names, 'w', encoding='utf-8') as file:
            file.write(''.join(clip + '\n' for clip in clips))
        running = task('index', names, left, '--json', number=1)
        assert b'1.mkv' in running.stdout.readline()
        running.kill()
        running.communicate(timeout=media.TIMEOUT)
        for number in range(2):
            again = task('index', names, left, number=number)
            said = again.communicate(timeout=media.TIMEOUT)[0].decode()
            assert again.returncode == 0, said
            assert ('2 read, 0 known', '1 read, 1 known')[number] in said, said
        merge = task('merge', database, left)
        said = merge.communicate(timeout=media.TIMEOUT)[0].decode()
        assert said == '4 taken in, 0 known already, 0 failed\n', said
        assert sorted(media.letters(text) for text, in rows(
            database, 'SELECT text FROM track')) == sorted(
                4 * ['exit42'] + texts)


def a_service_that_refuses_ends_it():
    with folder() as out:
        clip = os.path.join(out, 'a.mkv')
        media.make_clip(clip, CLIP)
        key = os.path.join(out, 'key')
        with open(key, 'w', encoding='ascii') as file:
            file.write('x')
        os.chmod(key, 0o600)
        _, complaints = call('index', '--endpoint', 'http://example.invalid/',
                             '--api-key-file', key,
                             os.path.join(out, 'a.db'), clip, status=3)
        assert 'a.mkv: ' in complaints, complaints


def an_estimate_agrees_and_sends_nothing():
    with folder() as out:
        clip = os.path.join(out, 'a.mkv')
        media.make_clip(clip, CLIP)
        said, _ = call('estimate', '--json', '--price', '0.5',
                       '--endpoint', 'http://example.invalid/', clip)
        cost = json.loads(said)
        # Two seconds, a sample each half second; the picture stands still.
        assert cost['samples'] == 4 and cost['requests'] == 1, cost
        assert cost['bytes'] > 1000 and cost['price'] == 0.5, cost


tap.run([(test.__name__, test) for test in (
    queries_find_parts_of_words, a_query_as_it_stands_comes_first,
    what_was_misread_is_found_by_a_fuzzy_query,
    hits_may_be_of_some_files_and_times, hits_tell_where_and_when,
    a_terminal_is_not_steered, merging_twice_is_merging_once,
    results_that_are_not_whole_are_told, what_is_no_archive_is_refused,
    texts_are_exported, subtitles_are_exported_as_ffmpeg_reads_them,
    each_video_gets_subtitles_of_its_own, a_folder_is_indexed_once,
    files_that_change_move_or_go_are_noticed, killed_it_goes_on_where_it_was,
    results_and_names_on_stdin, tasks_of_a_cluster_read_each_video_once,
    a_service_that_refuses_ends_it,
    an_estimate_agrees_and_sends_nothing)])
