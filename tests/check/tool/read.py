#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr read, which is what examples/quickstart runs.

read.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

import media
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
QUICKSTART = os.path.join(SOURCE, 'examples/quickstart')
SAMPLE = os.path.join(BUILD, 'examples/sample.mkv')
SPAN = re.compile(r'^  (\d+):(\d\d):(\d\d\.\d) – (\d+):(\d\d):(\d\d\.\d)  (.*)$')


def folder():
    return tempfile.TemporaryDirectory(prefix='kakaoocr read 한글 ')


def seconds(hours, minutes, rest):
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def read_spans(out):
    """What was printed as text that was seen: (start, end, text)."""
    matches = (SPAN.match(line) for line in out.splitlines())
    return [(seconds(*match.groups()[:3]), seconds(*match.groups()[3:6]),
             match.group(7)) for match in matches if match]


def call(*arguments, env=None):
    """Runs kakaoocr: exit status, stdout, stderr."""
    done = subprocess.run([TOOL, *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=media.TIMEOUT, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def read(source, out, *options, status=0):
    """kakaoocr read: all that it said."""
    returned, said, complaints = call('read', '--out', out, *options, '--',
                                      source)
    assert returned == status, (returned, said, complaints)
    return said + complaints


def make_plain_clip(path):
    media.launch(['videotestsrc', 'num-buffers=30', 'pattern=blue', '!',
                  'vp8enc', 'deadline=1', '!', 'matroskamux', '!', 'filesink',
                  'location=' + path])


def check_cues(vtt, spans):
    """Each text that was printed is in the subtitles, and nothing else is."""
    assert vtt.startswith('WEBVTT\n'), vtt
    cues = [line for line in vtt.splitlines()[1:]
            if line and '-->' not in line]
    assert sorted(cues) == sorted(text for _, _, text in spans), vtt


def check_pictures(out, n_texts):
    crops = os.listdir(os.path.join(out, 'crops'))
    assert len(crops) == n_texts, crops
    for crop in crops:
        width, height = media.picture_size(os.path.join(out, 'crops', crop))
        # Lines of the clip, which lie or are tilted by a few degrees.
        assert height <= 100 and width > 2 * height, (crop, width, height)
    width, height = media.picture_size(os.path.join(out, 'contact-sheet.png'))
    assert width > 1000 and height > 600, (width, height)


def the_sample_clip_is_read():
    with open(os.path.join(BUILD, 'examples/sample.json'),
              encoding='utf-8') as truth:
        texts = json.load(truth)['texts']
    with folder() as out:
        spans = read_spans(read(SAMPLE, out))
        assert media.count_frames(os.path.join(out, 'annotated.mkv')) == 420
        with open(os.path.join(out, 'text.jsonl'), encoding='utf-8') as text:
            assert len(media.read_lines(text.read())) == 28
        with open(os.path.join(out, 'text.vtt'), encoding='utf-8') as text:
            check_cues(text.read(), spans)
        check_pictures(out, len(spans))
    missing = []
    for entry in texts:
        seen = [(start, end) for start, end, text in spans
                if media.is_in(entry['text'], text)]
        # A picture each half second, and one that may be missed at each end.
        if not any(abs(start - entry['start'] / 1e9) <= 1.1
                   and abs(end - entry['end'] / 1e9) <= 1.1
                   for start, end in seen):
            missing.append((entry['text'], seen))
    assert len(missing) <= 2, 'not seen in time: %s\nof %s' % (missing, spans)


def odd_sizes_and_sound_come_through():
    with folder() as out:
        clip = os.path.join(out, 'a "clip" #1 100%.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=60 pattern=black ! '
                  'video/x-raw,width=641,height=361,framerate=30/1',
                  'audiotestsrc num-buffers=90')
        said = read(clip, out)
        annotated = os.path.join(out, 'annotated.mkv')
        assert any(media.is_in('EXIT 42', text)
                   for _, _, text in read_spans(said)), said
        assert media.count_frames(annotated) == 60
        # 90 × 1024 samples of 44.1 kHz in packets of 20 ms.
        assert 100 <= media.count_sound(annotated) <= 110


def tag_as_turned(lying, clip):
    """A quarter turn, as ffmpeg 6 is told of it, or an older one."""
    ffmpeg = ['ffmpeg', '-nostdin', '-y', '-v', 'error']
    try:
        media.run(ffmpeg + ['-display_rotation:v', '90', '-i', lying, '-c',
                            'copy', clip])
    except AssertionError:
        media.run(ffmpeg + ['-i', lying, '-c', 'copy', '-metadata:s:v',
                            'rotate=90', clip])


def a_phone_s_video_is_read_upright():
    """Its pictures lie on their side, and the file says how to turn them."""
    with folder() as out:
        lying, clip = os.path.join(out, 'a.mp4'), os.path.join(out, 'b.mp4')
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i',
                   'color=white:s=360x640:d=1:r=10', '-vf',
                   "drawtext=text='CARD 4111':fontsize=48:x=40:y=300:"
                   'fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf,'
                   'transpose=clock', lying])
        tag_as_turned(lying, clip)
        spans = read_spans(read(clip, out))
        assert [media.letters(text) for _, _, text in spans] == ['card4111'], \
            spans
        size = media.run(['ffprobe', '-v', 'error', '-show_entries',
                          'stream=width,height', '-of', 'csv=p=0',
                          os.path.join(out, 'annotated.mkv')])
        assert size.strip() == '360,640', size


def a_video_without_text_makes_an_empty_list():
    with folder() as out:
        clip = os.path.join(out, 'plain.mkv')
        old = os.path.join(out, 'crops', 'text-00007.png')
        os.mkdir(os.path.dirname(old))
        open(old, 'w', encoding='ascii').close()
        make_plain_clip(clip)
        assert read_spans(read(clip, out)) == []
        assert media.count_frames(os.path.join(out, 'annotated.mkv')) == 30
        assert os.listdir(os.path.dirname(old)) == []
        media.picture_size(os.path.join(out, 'contact-sheet.png'))


def what_is_not_there_is_said():
    with folder() as out:
        said = read(os.path.join(out, 'none.mkv'), out, status=3)
        assert 'no such file' in said, said


def sound_alone_is_an_error():
    with folder() as out:
        clip = os.path.join(out, 'sound.ogg')
        media.launch(['audiotestsrc', 'num-buffers=50', '!', 'vorbisenc', '!',
                      'oggmux', '!', 'filesink', 'location=' + clip])
        said = read(clip, out, status=3)
        assert 'Written:' not in said, said
        assert 'no video' in said, said


def what_fails_at_once_leaves_nothing():
    with folder() as out:
        clip = os.path.join(out, 'broken.mkv')
        with open(clip, 'wb') as broken:
            # It begins as Matroska does.
            broken.write(b'\x1a\x45\xdf\xa3' + bytes(range(256)) * 64)
        made = os.path.join(out, 'new', 'folder')
        said = read(clip, made, status=3)
        assert 'Written' not in said, said
        assert os.listdir(out) == ['broken.mkv'], os.listdir(out)
        # A folder that was there stays, with what else is in it.
        os.mkdir(os.path.join(out, 'crops'))
        open(os.path.join(out, 'crops', 'mine.png'), 'wb').close()
        status, said, _ = call('read', '--json', '--out', out, clip)
        assert status == 3, said
        done = json.loads(said)
        assert not done['complete'] and done['written'] == [], done
        assert sorted(os.listdir(out)) == ['broken.mkv', 'crops']
        assert os.listdir(os.path.join(out, 'crops')) == ['mine.png']


def what_fails_later_is_whole_as_far_as_it_was_read():
    """Of the sample, whose text changes, three pictures may be read."""
    with folder() as out:
        said = read(SAMPLE, out, '--max-requests', '3', status=2)
        assert 'Written, as far as it was read:' in said, said
        # What ends an MKV that is whole: how long it is.
        annotated = os.path.join(out, 'annotated.mkv')
        length = float(media.run(['ffprobe', '-v', 'error', '-show_entries',
                                  'format=duration', '-of', 'csv=p=0',
                                  annotated]))
        assert 1 < length < 13, length
        assert abs(media.count_frames(annotated) - 30 * length) <= 2, length
        with open(os.path.join(out, 'text.jsonl'), encoding='utf-8') as text:
            assert len(media.read_lines(text.read())) >= 3
        with open(os.path.join(out, 'text.vtt'), encoding='utf-8') as text:
            check_cues(text.read(), read_spans(said))
        media.picture_size(os.path.join(out, 'contact-sheet.png'))


def an_interrupt_keeps_what_was_read():
    """Of a video that does not end by itself, however fast it is read."""
    with folder() as out:
        clip = os.path.join(out, 'long.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=120 pattern=black ! '
                        'video/x-raw,width=640,height=360,framerate=30/1')
        program = subprocess.Popen(
            [TOOL, 'read', '--progress', '--out', out, 'fd://0'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with open(clip, 'rb') as video:
            program.stdin.write(video.read())
        program.stdin.flush()
        said = ''
        for line in iter(program.stdout.readline, b''):
            said += line.decode()
            if re.search(r'[1-9]\d* pictures read', said):
                program.send_signal(signal.SIGINT)
                break
        # Its input stays open to its end.
        said += ''.join(line.decode() for line in program.stdout)
        assert program.wait(timeout=media.TIMEOUT) == 0, said
        program.stdin.close()
        assert 0 < media.count_frames(os.path.join(out, 'annotated.mkv')) \
            <= 120
        assert any(media.is_in('EXIT 42', text)
                   for _, _, text in read_spans(said)), said


def only_what_is_asked_for_is_left():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=30 pattern=black')
        said = read(clip, os.path.join(out, 'some'), '--only', 'vtt,jsonl')
        assert sorted(os.listdir(os.path.join(out, 'some'))) == \
            ['text.jsonl', 'text.vtt']
        assert 'annotated' not in said, said
        read(clip, os.path.join(out, 'crops'), '--only=crops')
        assert os.listdir(os.path.join(out, 'crops')) == ['crops']
        assert len(os.listdir(os.path.join(out, 'crops', 'crops'))) == 1


def machines_get_one_object():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=30 pattern=black')
        status, said, complaints = call('read', '--json', '--only', 'vtt',
                                        '--out', out, clip)
        assert status == 0, complaints
        done = json.loads(said)
        assert done['source'] == 'clip.mkv' and done['complete'], done
        assert done['pictures'] >= 1, done
        assert [media.letters(track['text']) for track in done['tracks']] == \
            ['exit42'], done
        assert done['tracks'][0]['end'] > done['tracks'][0]['start'], done
        assert done['written'] == [os.path.join(out, 'text.vtt')], done


def nothing_is_written_over_its_input():
    with folder() as out:
        clip = os.path.join(out, 'annotated.mkv')
        make_plain_clip(clip)
        with open(clip, 'rb') as video:
            before = video.read()
        other = os.path.join(out, 'other')
        os.mkdir(other)
        os.symlink(clip, os.path.join(other, 'text.vtt'))
        for source, into in ((clip, out), (clip, other),
                             ('file://' + clip.replace(' ', '%20'), out)):
            said = read(source, into, status=3)
            assert 'written over' in said, said
        with open(clip, 'rb') as video:
            assert video.read() == before


def what_cannot_be_written_is_an_error():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        make_plain_clip(clip)
        said = read(clip, clip, status=3)
        assert 'cannot be made' in said, said
        # A folder that stands where the picture should.
        os.mkdir(os.path.join(out, 'contact-sheet.png'))
        said = read(clip, out, '--only', 'sheet', status=2)
        assert 'Written' not in said, said
        assert 'contact-sheet.png cannot be written' in said, said


def what_is_wrong_is_said_before_anything_is_done():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        make_plain_clip(clip)
        for options, word in (
                (['--set', 'interval=soon'], 'interval'),
                (['--set', 'no-such=1'], 'no-such'),
                (['--set', 'interval'], 'NAME=VALUE'),
                (['--set', 'max-in-flight=65'], 'max-in-flight'),
                (['--only', 'png'], 'png'), (['--max-rate', '-1'], 'max-rate'),
                (['--what'], '--what'), (['more'], 'too much')):
            status, said, complaints = call(
                'read', '--out', os.path.join(out, 'made'), *options, clip)
            assert status == 1 and not said, (options, status, said)
            assert word in complaints, complaints
            assert not os.path.exists(os.path.join(out, 'made')), options


def properties_reach_the_element():
    with folder() as out:
        clip = os.path.join(out, 'clip.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=30 pattern=black')
        status, said, complaints = call(
            'read', '--json', '--only', 'jsonl', '--out', out, '--set',
            'active=false', clip)
        assert status == 0, complaints
        assert json.loads(said)['pictures'] == 0, said


def passwords_are_not_told():
    with folder() as out:
        for url in ('rtsp://user:s3cret@127.0.0.1:1/stream',
                    'rtsp://user:s3cret@127.0.0.1:1',
                    'http://127.0.0.1:1/video?key=s3cret'):
            said = read(url, out, status=3)
            assert 's3cret' not in said, said
            assert '127.0.0.1' in said, said


def the_program_explains_itself():
    for arguments in (['--help'], ['-h'], ['help'], ['read', '--help']):
        status, said, _ = call(*arguments)
        assert status == 0 and 'Usage' in said, arguments
    assert call('--version')[1].startswith('kakaoocr ')
    for arguments in ([], ['no-such-command'], ['read']):
        status, said, complaints = call(*arguments)
        assert status == 1 and not said, arguments
        assert 'Usage' in complaints, arguments


def quickstart_does_it_all():
    """With a build that is ready, as on its second run."""
    with folder() as out:
        said = media.run([QUICKSTART, SAMPLE, '--out', out],
                         env=dict(os.environ, KAKAOOCR_BUILD=BUILD))
        for line in said[said.index('Written:'):].splitlines()[1:]:
            assert os.path.exists(line.split('  ')[1].rstrip()), line


def quickstart_explains_itself():
    media.check_usage([QUICKSTART],
                      (['--out'], ['--no-such-option'], ['one', 'two']))


tap.run([(test.__name__, test) for test in (
    the_sample_clip_is_read, odd_sizes_and_sound_come_through,
    a_phone_s_video_is_read_upright,
    a_video_without_text_makes_an_empty_list, what_is_not_there_is_said,
    sound_alone_is_an_error, what_fails_at_once_leaves_nothing,
    what_fails_later_is_whole_as_far_as_it_was_read,
    an_interrupt_keeps_what_was_read,
    only_what_is_asked_for_is_left, machines_get_one_object,
    nothing_is_written_over_its_input, what_cannot_be_written_is_an_error,
    what_is_wrong_is_said_before_anything_is_done,
    properties_reach_the_element, passwords_are_not_told,
    the_program_explains_itself, quickstart_does_it_all,
    quickstart_explains_itself)])
