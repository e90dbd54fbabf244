#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""README.md's pipelines run as they stand there, and do what is said of them.

readme.py SOURCE-ROOT BUILD-ROOT
"""
import datetime
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import media
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
README = open(os.path.join(SOURCE, 'README.md'), encoding='utf-8').read()
KEY = 'a-key-of-the-test'


def find_line(heading):
    """The command that stands below a heading in bold."""
    match = re.search(r'\*\*%s\.\*\*.*?```sh\n(.*?)\n```' % heading, README,
                      re.DOTALL)
    assert match, 'README.md has no pipeline "%s"' % heading
    assert '\n' not in match.group(1), 'more than one line'
    return match.group(1)


class Shell:
    """A folder that looks like the top of a tree that quickstart built."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='kakaoocr-readme-')
        os.symlink(BUILD, os.path.join(self.folder.name, 'build'))
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def read_lines(self, name):
        with open(self.path(name), encoding='utf-8') as text:
            return media.read_lines(text.read())

    def run(self, heading, **variables):
        return self.run_line(find_line(heading), **variables)

    def run_line(self, line, **variables):
        env = dict(os.environ, **variables)
        return media.run(line, cwd=self.folder.name, env=env, shell=True)


def sample_texts():
    with open(os.path.join(BUILD, 'examples/sample.json'),
              encoding='utf-8') as truth:
        return [entry['text'] for entry in json.load(truth)['texts']]


def check_texts(text):
    """All but one or two of the clip's lines were read."""
    missing = [line for line in sample_texts() if not media.is_in(line, text)]
    assert len(missing) <= 2, 'not read: %s\nin %s' % (missing, text)


def a_file_to_an_annotated_file():
    with Shell() as shell:
        shell.run('A file to an annotated file')
        assert media.count_frames(shell.path('annotated.mkv')) == 420


def a_file_to_ndjson():
    with Shell() as shell:
        shell.run('A file to NDJSON')
        with open(shell.path('text.jsonl'), encoding='utf-8') as text:
            lines = media.read_lines(text.read())
    assert len(lines) == 28, len(lines)
    assert [line['pts'] for line in lines] == sorted(
        line['pts'] for line in lines)
    assert all(line['source'] == 'sample' for line in lines)
    check_texts('\n'.join(line['text'] for line in lines))


def check_cues(path):
    """ffmpeg reads the clip's texts out of a file, the last one (a slide of
    six lines) in one cue and at its time. How many cues there are."""
    srt = media.run(['ffmpeg', '-nostdin', '-v', 'warning', '-i', path, '-map',
                     '0:s:0', '-f', 'srt', '-'])
    check_texts(srt)
    cues = re.findall(r'^00:00:([\d,]+) --> 00:00:([\d,]+)\n(.*?)\n\n', srt,
                      re.MULTILINE | re.DOTALL)
    start, end = (float(time.replace(',', '.')) for time in cues[-1][:2])
    assert abs(start - 9.3) <= 0.5 and abs(end - 14) <= 0.5, srt
    assert cues[-1][2].count('\n') >= 4, srt
    return len(cues)


def a_file_to_subtitles():
    """Of the clip's twelve lines eight come and go with another."""
    with Shell() as shell:
        shell.run('A file to subtitles')
        assert 6 <= check_cues(shell.path('text.vtt')) <= 8


def a_file_with_a_subtitle_track():
    """Texts that stand for more than five seconds are cut."""
    with Shell() as shell:
        shell.run('A file with a subtitle track')
        path = shell.path('subtitled.mkv')
        assert 8 <= check_cues(path) <= 11
        assert media.count_frames(path) == 420


def a_live_stream():
    """It does not wait for its service, which takes its time to come up on a
    busy machine: then a longer stream than the page's has its text."""
    line = find_line('A live stream')
    assert 'num-buffers=150 ' in line, line
    with Shell() as shell:
        for n_frames in 150, 600, 3000:
            shell.run_line(line.replace('=150 ', f'={n_frames} '), TZ='UTC')
            lines = shell.read_lines('live.jsonl')
            if lines:
                break
    assert lines, 'no line'
    for line in lines:
        # The picture's clock is the line's; drawn a moment later. The line's is
        # reckoned from two clocks, which a busy machine reads a little apart.
        shown = datetime.datetime.strptime(
            line['utc'][:11] + line['text'], '%Y-%m-%dT%H:%M:%S')
        taken = datetime.datetime.strptime(
            line['utc'], '%Y-%m-%dT%H:%M:%S.%fZ')
        assert -1.1 < (shown - taken).total_seconds() < 1, line


def the_cloud():
    """The same API, on this machine, with a key that it checks."""
    if not os.path.exists(os.environ['KAKAOOCR_SERVER']):
        raise tap.Skip('kakaoocr-server was not built')
    env = dict(os.environ, KAKAOOCR_API_KEY=KEY)
    with Shell() as shell:
        with open(shell.path('kakaoocr.key'), 'w', encoding='ascii') as key:
            os.chmod(key.name, 0o600)
            key.write(KEY + '\n')
        server = subprocess.Popen(
            [os.environ['KAKAOOCR_SERVER'], '--exit-with-stdin',
             '--api-key-file', shell.path('kakaoocr.key')], env=env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            url = server.stdout.readline().decode().strip()
            shell.run('The cloud', KAKAOOCR_ENDPOINT=url)
            lines = shell.read_lines('cloud.jsonl')
        finally:
            server.stdin.close()
            server.wait(media.TIMEOUT)
            server.stdout.close()
    check_texts('\n'.join(line['text'] for line in lines))


def your_application():
    with Shell() as shell:
        out = shell.run('Your application')
    check_texts('\n'.join(re.findall(r'^  (.*)  from \(', out, re.MULTILINE)))


def properties_of(element):
    inspected = media.run(['gst-inspect-1.0', element])
    return set(re.findall(r'^  ([a-z-]+) +: ', inspected, re.MULTILINE))


def lines_set_what_there_is():
    """Of our elements, in every line of the documents that uses one."""
    there = {name: properties_of(name) for name in (
        'kakaoocr', 'kakaoocroverlay', 'kakaoocrcrop', 'kakaoocrenc')}
    unknown = []
    for path in glob.glob(os.path.join(SOURCE, 'docs', '*.md')) + [
            os.path.join(SOURCE, 'README.md')]:
        with open(path, encoding='utf-8') as page:
            text = page.read()
        for element, settings in re.findall(
                r'\b(kakaoocr(?:overlay|crop|enc)?)((?:[ \\\n]+[a-z-]+=[^ `\n]+)+)',
                text):
            unknown += [(os.path.basename(path), element, name)
                        for name in re.findall(r'([a-z-]+)=', settings)
                        if name not in there[element]]
    assert not unknown, unknown


def the_table_of_stats_is_complete():
    with open(os.path.join(SOURCE, 'docs/troubleshooting.md'),
              encoding='utf-8') as file:
        page = file.read()
    table = page[page.index('## How often'):page.index('## Privacy')]
    told = set()
    for cell in re.findall(r'^\| (`[^|]*) \|', table, re.MULTILINE):
        names = re.findall(r'`([a-z0-9-]+)`', cell)
        # `encode-` `carry-p50` `-p95`: each of the one with each of the other.
        ends = [end for end in ('-p50', '-p95') if any(
            name.endswith(end) for name in names)]
        told.update(re.sub(r'(-p50|-)$', '', name) + end
                    for name in names if not name.startswith('-')
                    for end in ends or [''])
    inspected = media.run(['gst-inspect-1.0', 'kakaoocr'])
    stats = inspected[inspected.index('  stats  '):].split('\n\n')[0]
    there = set(re.findall(r'^ +([a-z0-9-]+): ', stats, re.MULTILINE))
    assert told == there - {'flags'}, told ^ there


def the_property_table_is_complete():
    page = open(os.path.join(SOURCE, 'docs/kakaoocr.md'),
                encoding='utf-8').read()
    table = page[page.index('## Properties'):page.index('## Which frames')]
    told = set()
    for row in re.findall(r'^\| (`[^|]*) \|', table, re.MULTILINE):
        told.update(re.findall(r'`([a-z-]+)`', row))
    there = properties_of('kakaoocr') - {'name', 'parent', 'qos'}
    assert told == there, 'only in docs/kakaoocr.md: %s; missing there: %s' % (
        told - there, there - told)


def files_that_are_named_exist():
    for name in re.findall(r'\]\(([^)#]+)', README):
        if '://' not in name:
            assert os.path.exists(os.path.join(SOURCE, name)), name


tap.run([(test.__name__, test) for test in (
    a_file_to_an_annotated_file, a_file_to_ndjson, a_file_to_subtitles,
    a_file_with_a_subtitle_track, a_live_stream, the_cloud, your_application,
    the_property_table_is_complete, lines_set_what_there_is,
    the_table_of_stats_is_complete, files_that_are_named_exist)])
