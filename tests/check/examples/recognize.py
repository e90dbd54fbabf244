#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/recognize, which is what examples/quickstart runs.

recognize.py SOURCE-ROOT BUILD-ROOT
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
RECOGNIZE = os.path.join(BUILD, 'examples/recognize')
QUICKSTART = os.path.join(SOURCE, 'examples/quickstart')
SAMPLE = os.path.join(BUILD, 'examples/sample.mkv')
SPAN = re.compile(r'^  (\d+):(\d\d):(\d\d\.\d) – (\d+):(\d\d):(\d\d\.\d)  (.*)$')


def folder():
    return tempfile.TemporaryDirectory(prefix='kakaoocr recognize 한글 ')


def seconds(hours, minutes, rest):
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def read_spans(out):
    """What was printed as text that was seen: (start, end, text)."""
    matches = (SPAN.match(line) for line in out.splitlines())
    return [(seconds(*match.groups()[:3]), seconds(*match.groups()[3:6]),
             match.group(7)) for match in matches if match]


def recognize(source, out, ok=True):
    done = subprocess.run([RECOGNIZE, source, out], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=media.TIMEOUT)
    said = done.stdout.decode() + done.stderr.decode()
    assert (done.returncode == 0) == ok, said
    return said


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
        spans = read_spans(recognize(SAMPLE, out))
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
        said = recognize(clip, out)
        annotated = os.path.join(out, 'annotated.mkv')
        assert any(media.is_in('EXIT 42', text)
                   for _, _, text in read_spans(said)), said
        assert media.count_frames(annotated) == 60
        # 90 × 1024 samples of 44.1 kHz in packets of 20 ms.
        assert 100 <= media.count_sound(annotated) <= 110


def a_video_without_text_makes_an_empty_list():
    with folder() as out:
        clip = os.path.join(out, 'plain.mkv')
        old = os.path.join(out, 'crops', 'text-00007.png')
        os.mkdir(os.path.dirname(old))
        open(old, 'w', encoding='ascii').close()
        media.launch(['videotestsrc', 'num-buffers=30', 'pattern=blue', '!',
                      'vp8enc', 'deadline=1', '!', 'matroskamux', '!',
                      'filesink', 'location=' + clip])
        assert read_spans(recognize(clip, out)) == []
        assert media.count_frames(os.path.join(out, 'annotated.mkv')) == 30
        assert os.listdir(os.path.dirname(old)) == []
        media.picture_size(os.path.join(out, 'contact-sheet.png'))


def what_is_not_there_is_said():
    with folder() as out:
        said = recognize(os.path.join(out, 'none.mkv'), out, ok=False)
        assert 'no such file' in said, said


def sound_alone_is_an_error():
    with folder() as out:
        clip = os.path.join(out, 'sound.ogg')
        media.launch(['audiotestsrc', 'num-buffers=50', '!', 'vorbisenc', '!',
                      'oggmux', '!', 'filesink', 'location=' + clip])
        said = recognize(clip, out, ok=False)
        assert 'no video' in said, said


def an_interrupt_keeps_what_was_read():
    with folder() as out:
        clip = os.path.join(out, 'long.mkv')
        media.make_clip(clip, 'videotestsrc num-buffers=3600 pattern=black ! '
                  'video/x-raw,width=640,height=360,framerate=30/1')
        program = subprocess.Popen([RECOGNIZE, clip, out],
                                   stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE)
        said = ''
        for line in iter(program.stdout.readline, b''):
            said += line.decode()
            if re.search(r'[1-9]\d* pictures read', said):
                program.send_signal(signal.SIGINT)
                break
        said += program.communicate(timeout=media.TIMEOUT)[0].decode()
        assert program.returncode == 0, said
        assert 0 < media.count_frames(os.path.join(out, 'annotated.mkv')) \
            < 3600
        assert any(media.is_in('EXIT 42', text)
                   for _, _, text in read_spans(said)), said


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
    a_video_without_text_makes_an_empty_list, what_is_not_there_is_said,
    sound_alone_is_an_error, an_interrupt_keeps_what_was_read,
    quickstart_does_it_all, quickstart_explains_itself)])
