#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr index and estimate.

indexing.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import resource
import subprocess

import greys
import media
import tap
from program import BUILD, TOOL, call, folder, read_by_ffmpeg, rows, search

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


def a_name_steers_no_terminal():
    with folder() as out:
        open(os.path.join(out, 'a\n\x1b[2Jb.mp4'), 'wb').close()
        _, complaints = call('index', os.path.join(out, 'a.db'), out, status=3)
        assert '/a  [2Jb.mp4: ' in complaints, complaints


def what_is_kept_beside_an_archive_is_no_video():
    with folder() as out:
        database = os.path.join(out, 'a.db')
        for ending in ('-shm', '-wal', '-journal'):
            media.make_clip(os.path.join(out, 'b.db' + ending), CLIP)
        open(os.path.join(out, 'b.db'), 'wb').close()
        media.make_clip(os.path.join(out, 'a-shm'), CLIP)
        said, _ = call('index', database, out)
        assert said.splitlines()[-1].startswith('1 read'), said
        assert rows(database, 'SELECT path FROM video') == [
            (os.path.join(out, 'a-shm'),)]


# Of 2, 1 and 1 s, as browsers and messengers write them; and a picture alone.
def a_gif_is_a_video():
    with folder() as out:
        text = ("drawtext=text='%s':font=DejaVu Sans:fontsize=40:x=20:y=60:"
                "fontcolor=black:enable='between(t,%s)'")
        for name, seconds in (('a', '4'), ('still', '0.1')):
            media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi',
                       '-i', 'color=white:s=320x160:r=10:d=' + seconds, '-vf',
                       text % ('GATE 27', '0,1.99') + ',' +
                       text % ('EXIT 42', '3,9'),
                       os.path.join(out, name + '.gif')])
        database = os.path.join(out, 'a.db')
        said, _ = call('index', database, out)
        assert said.splitlines()[-1].startswith('2 read'), said
        assert rows(database, 'SELECT text, start, end FROM track JOIN video '
                    "ON video.id = video WHERE path LIKE '%/a.gif' "
                    'ORDER BY start') == [
                        ('GATE 27', 0, 2 * 10**9), ('EXIT 42', 3 * 10**9,
                                                    4 * 10**9)]
        assert search(database, 'gate') == ['GATE 27', 'GATE 27']


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


def an_estimate_sends_nothing():
    with folder() as out:
        clip = os.path.join(out, 'a.mkv')
        media.make_clip(clip, CLIP)
        said, _ = call('estimate', '--json', '--price', '0.5',
                       '--endpoint', 'http://example.invalid/', clip)
        cost = json.loads(said)
        # Two seconds, a sample each half second; the picture stands still.
        assert cost['samples'] == 4 and cost['requests'] == 1, cost
        assert cost['bytes'] > 1000 and cost['price'] == 0.5, cost


def make_lively_videos(out):
    """Text that fades in, for which a change is less of one than elsewhere, and
    text that moves."""
    clips = []
    for name, position in (('fade', 'x=40:y=40:alpha=t/4'),
                           ('move', 'x=40+60*t:y=90')):
        clips.append(os.path.join(out, name + '.mp4'))
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i',
                   'color=gray:s=480x270:d=4:r=15', '-vf',
                   "drawtext=text='CARD 4111':fontsize=48:fontfile="
                   '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:' +
                   position, '-g', '15', clips[-1]])
    return clips


def an_estimate_is_what_is_sent():
    """To three in a hundred, and one picture: where text fades, whether one has
    changed is asked of the text's own contrast, if its answer is there by then."""
    with folder() as out:
        clips = make_lively_videos(out)
        for i, options in enumerate(([], ['--keyframes'],
                                     ['--set', 'gate=text'],
                                     ['--set', 'sample-on-change=true'])):
            def costs(*command):
                said, _ = call(*command, *options, *clips)
                return [json.loads(line) for line in said.splitlines()]

            expected = costs('estimate', '--json')
            sent = costs('index', '--json', os.path.join(out, '%d.db' % i))
            assert len(expected) == len(sent) == len(clips), (expected, sent)
            for one, other in zip(expected, sent):
                picture = {'samples': 0, 'requests': 1,
                           'bytes': 1.1 * other['bytes'] / other['requests']}
                for what, more in picture.items():
                    assert 0 < one[what] and abs(one[what] - other[what]) <= \
                        0.03 * other[what] + more, (options, one, other)


def key_frames_alone_are_a_first_pass():
    """A file that goes on without one to its end is whole."""
    with folder() as out:
        clip, database = os.path.join(out, 'a.mp4'), os.path.join(out, 'a.db')
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i',
                   'color=white:s=320x180:d=8:r=10', '-vf',
                   "drawtext=text='EXIT 42':fontsize=40:x=20:y=60:fontfile="
                   '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', '-g',
                   '60', clip])
        for options, samples in (['--keyframes'], 2), ([], 16):
            said, _ = call('index', '--json', *options, database, clip)
            [video] = [json.loads(line) for line in said.splitlines()]
            assert (video['state'], video['samples'], video['texts']) == \
                ('indexed', samples, 1), video
            os.unlink(database)


def what_cannot_be_read_is_named_and_the_rest_goes_on():
    with folder() as out:
        videos = os.path.join(out, 'v')
        os.mkdir(videos)

        def path(name):
            return os.path.join(videos, name)
        media.make_clip(path('z.mkv'), CLIP)
        media.launch(['audiotestsrc', 'num-buffers=50', '!', 'vorbisenc', '!',
                      'matroskamux', '!', 'filesink', 'location=' +
                      path('sound.mkv')])
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i',
                   'sine=d=1', path('sound.mp4')])
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i',
                   'testsrc=s=320x180:d=2', '-encryption_scheme',
                   'cenc-aes-ctr', '-encryption_key', 32 * 'a',
                   '-encryption_kid', 32 * 'b', path('locked.mp4')])
        database = os.path.join(out, 'a.db')
        said, complaints = call('index', database, videos, status=2)
        assert said.splitlines()[-1] == '1 read, 0 known already, 3 failed', \
            said
        for name, reason in (('sound.mkv', 'There is no video in it'),
                             ('sound.mp4', 'There is no video in it'),
                             ('locked.mp4', 'it is encrypted')):
            assert '%s: %s\n' % (path(name), reason) in complaints, complaints
        assert 'it is encrypted' in call(
            'read', '--out', os.path.join(out, 'read'), path('locked.mp4'),
            status=3)[1]
        assert search(database, 'exit')
        # None of them will be read another time.
        assert rows(database, 'SELECT DISTINCT state FROM video '
                    'WHERE error NOTNULL') == [('broken',)]


def a_full_disk_loses_what_does_not_fit():
    """As a limit of the size of files has it."""
    texts = ['gate %d' % i for i in range(20)]
    with folder() as out, greys.Service(BUILD, texts) as service:
        videos, database = os.path.join(out, 'v'), os.path.join(out, 'a.db')
        os.mkdir(videos)
        greys.make_clips(texts,
                         lambda i: os.path.join(videos, '%02d.mkv' % i))

        def index(*names, **options):
            return subprocess.run(
                [TOOL, 'index', '--endpoint', service.url, database, *names],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, timeout=media.TIMEOUT,
                **options)
        assert index(os.path.join(videos, '00.mkv')).returncode == 0
        room = os.path.getsize(database) + 40000
        # What Python ignores, the program does not hear of either.
        full = index(videos, restore_signals=False, preexec_fn=lambda:
                     resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
        assert full.returncode == 2 and full.stderr.count('.mkv: ') > 1, full
        before = len(rows(database, 'SELECT text FROM track'))
        assert before < len(texts), before
        after = index(videos)
        assert after.returncode == 0, after
        assert sorted(text for text, in rows(
            database, 'SELECT text FROM track')) == sorted(texts)


tap.run([(test.__name__, test) for test in (
    a_folder_is_indexed_once, a_name_steers_no_terminal,
    what_is_kept_beside_an_archive_is_no_video, a_gif_is_a_video,
    files_that_change_move_or_go_are_noticed,
    results_and_names_on_stdin, a_service_that_refuses_ends_it,
    an_estimate_sends_nothing, an_estimate_is_what_is_sent,
    key_frames_alone_are_a_first_pass,
    what_cannot_be_read_is_named_and_the_rest_goes_on,
    a_full_disk_loses_what_does_not_fit)])
