#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each command of the documents is run: here, as it is written but for the names of
files and addresses, or by the test that ELSEWHERE names.

documents.py SOURCE-ROOT BUILD-ROOT
"""
import contextlib
import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile

import media
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
TEXT = 'EXIT 42'
PAGES = ['README.md', 'CONTRIBUTING.md', 'tests/README.md'] + sorted(
    'docs/' + os.path.basename(path)
    for path in glob.glob(os.path.join(SOURCE, 'docs/*.md'))
    if os.path.basename(path) not in ('README.ko.md', 'map.md'))
# What a line of shell begins with, after variables.
COMMAND = re.compile(
    r"(?:\w+=\S+ )*(?:…|job=|sudo|(?:\./)?(?:tests|examples|build|docs)/\S+|"
    r'(?:gst|ges)-[a-z]+-1\.0|kakaoocr|kakaoocr-server|meson|ninja|curl|cc|'
    r'python3|find|sbatch|systemctl|systemd-socket-activate|openssl|tesseract|'
    r'ls|cd|mkdir|pkg-config|\./\S+|build-fuzz/\S+)(?: |$)')
# Not a command but how one is called.
SYNOPSIS = re.compile(r'\[.*\]$|…$|\b(?:FILE|DIR|DB|FOLDER|COMMAND|URI)\b')
# A program alone, or with properties, whose names readme.py checks.
NAMED = re.compile(r"(?:kakaoocr|kakaoocr-server|gst-launch-1\.0|tesseract)"
                   r'(?: [a-z-]+=\S+| -+\w\S*(?: [\w+]+)?| [a-z]+)*$|'
                   r'(?:docs|tests|examples|build)/\S+$|… ! [a-z]+ ! tee name=t$')
# By which test other commands are run, or why by none. Patterns of a page and of
# its commands.
ELSEWHERE = [
    ('README', r'gst-launch-1\.0|build/examples/print-results',
     'examples/readme.py'),
    ('README', r'(?:sudo )?meson (?:setup --prefix|install)',
     'install/installed.py'),
    ('README', r'sudo apt install', 'as examples/debian/check does'),
    ('README', r'meson devenv', 'examples/scripts.py sets the same variables'),
    ('README', r'gst-inspect-1\.0|pkg-config', 'install/installed.py'),
    ('README', r'kakaoocr serve', 'tool/page.py'),
    ('docs/archive', r'kakaoocr serve', 'tool/page.py'),
    ('docs/archive', r'meson devenv', 'as README'),
    ('docs/archive', r'job=|sbatch', 'tool/cluster.py'),
    ('docs/kakaoocr-server', r'systemctl|curl .*8060', 'install/systemd.py'),
    ('docs/kakaoocr-server', r'meson install', 'install/systemd.py'),
    ('docs/meta', r'cc ', 'install/installed.py'),
    ('docs/players', r'gst-play|ges-launch|gst-launch-1\.0 playbin|'
     r'.* matroskademux ',
     'examples/players.py'),
    ('docs/publish', r'… .*(?:kcat|redis-cli)', 'examples/brokers.py'),
    ('docs/publish', r'.*kakaoocr-publish', 'examples/publish.py'),
    ('docs/troubleshooting', r'ls /usr', 'install/systemd.py starts what is there'),
    ('docs/(?:kakaoocr|design)', r'gst-inspect', 'examples/readme.py'),
    # They are the tests themselves, or take longer than tests may.
    ('CONTRIBUTING|tests/README|README', r'meson|ninja|CC=|mkdir|build-fuzz|'
     r'docs/make-map|(?:\./)?tests/', 'the suite itself'),
    ('docs/', r'(?:\./)?tests/|meson test|\./tests', 'measures'),
    ('docs/recognition', r'cd |python3 |\./read-frames|examples/engine-paddle|'
     'tesseract', 'measures'),
]


def code_of(page):
    """What a page has as code: blocks of shell, indented blocks, code in a line."""
    with open(os.path.join(SOURCE, page), encoding='utf-8') as file:
        text = file.read()
    fenced = re.compile(r'(?ms)^```(\w*)\n(.*?)^```$')
    for language, block in fenced.findall(text):
        if language in ('', 'sh'):
            yield block
    text = fenced.sub('', text)
    for block in re.findall(r'(?m)(?:^    .*\n)+', text):
        yield re.sub(r'(?m)^    ', '', block)
    yield from re.findall(r'`([^`\n]+)`', text)


def commands_of(page):
    for block in code_of(page):
        for line in re.sub(r' *\\\n *', ' ', block).splitlines():
            line = re.sub(r'  +#.*', '', line).strip()
            if COMMAND.match(line):
                yield line


def run_elsewhere(page, command):
    return any(re.match(pages, page) and re.match(pattern, command)
               for pages, pattern, _ in ELSEWHERE)


def is_pipeline(command):
    return ' ! ' in command and not NAMED.match(command) and not SYNOPSIS.search(
        re.sub('^… | ! …$', '', command))


class Desk:
    """A folder with the files that the documents speak of."""

    CLIPS = ('clip.mkv', 'clip.mp4', 'film.mkv', 'talk.mp4',
             'build/examples/sample.mkv', 'Videos/clip.mp4')

    def __init__(self, folder, made=None):
        """With what @made has, which is made once."""
        self.folder = folder
        for name in self.CLIPS:
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            if made:
                os.symlink(made.path(self.CLIPS[0]), self.path(name))
        if made:
            os.symlink(made.path('frame.jpg'), self.path('frame.jpg'))
            shutil.copy(made.path('key'), self.path('key'))

    def make(self):
        # The text is over, and told, before an encoder has seen enough frames to
        # give one out.
        with open(self.path('said'), 'w', encoding='ascii') as said:
            said.write('1\n00:00:00,000 --> 00:00:01,000\n%s\n' % TEXT)
        self.run('gst-launch-1.0 textoverlay name=t font-desc="Sans 40" ! '
                 'videoconvert ! x264enc ! h264parse ! mp4mux ! filesink '
                 'location=%s videotestsrc num-buffers=75 pattern=black ! video/'
                 'x-raw,width=480,height=272,framerate=15/1 ! t. filesrc '
                 'location=said ! subparse ! t.' % self.CLIPS[0])
        self.run('gst-launch-1.0 filesrc location=clip.mkv ! decodebin ! '
                 'videoconvert ! jpegenc snapshot=true ! filesink '
                 'location=frame.jpg')
        with open(self.path('key'), 'w', encoding='ascii') as key:
            key.write('a-key\n')
        os.chmod(key.name, 0o600)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, command):
        return media.run(command, shell=True, cwd=self.folder, env=dict(
            os.environ, HOME=self.folder, XDG_RUNTIME_DIR=self.folder,
            PATH=':'.join([os.path.join(BUILD, 'gst/tool'),
                           os.path.join(BUILD, 'gst/server'),
                           os.path.join(BUILD, 'examples'),
                           os.environ['PATH']])))

    def written(self):
        """What a command left, by its name."""
        there = {}
        for path in glob.glob(self.path('*')):
            name = os.path.basename(path)
            if os.path.isfile(path) and name not in self.CLIPS + (
                    'frame.jpg', 'key'):
                with open(path, 'rb') as file:
                    there[name] = file.read()
        return there


@contextlib.contextmanager
def desk_like(made=None):
    with tempfile.TemporaryDirectory(prefix='kakaoocr-docs-') as folder:
        yield Desk(folder, made)


# What is another's machine in a line, and what stands for it here.
STANDS_FOR = [
    (r'^… ! (?=kakaoocrenc)', '… ! kakaoocr ! '),
    (r'^… ', 'gst-launch-1.0 filesrc location=clip.mkv ! decodebin ! '
     'videoconvert '),
    (r'^gst-launch-1\.0 filesrc location=clip.mkv ! decodebin ! videoconvert ! '
     '(?=qtdemux)', 'gst-launch-1.0 filesrc location=clip.mkv ! '),
    (r' ! …$', ' ! filesink location=out'),
    (r'v4l2src|rtspsrc location=\S+ ! decodebin',
     'videotestsrc is-live=true num-buffers=30 pattern=black ! '
     'video/x-raw,width=1920,height=1080,framerate=15/1 ! textoverlay '
     'text="%s" font-desc="Sans 40"' % TEXT),
    (r'autovideosink', 'fakevideosink'),
    (r'endpoint=https://…', 'endpoint=%(url)s'),
    (r'/etc/kakaoocr.key', 'key'),
    # A clip of some seconds may end while splitmuxsink, which hlssink2 has in it,
    # still starts, and then ends for nobody (GStreamer 1.22). So it goes at its own
    # pace, and is no live video for that.
    (r'decodebin ! (.*)kakaoocr ! (?=.*(?:splitmuxsink|hlssink2))',
     r'decodebin ! identity sync=true ! \1kakaoocr timing=exact ! '),
]


def here(command):
    for pattern, stands in STANDS_FOR:
        command = re.sub(pattern, stands % {'url': os.environ[
            'KAKAOOCR_ENDPOINT']} if '%(' in stands else stands, command)
    return command


def check_pipeline(desk, command):
    """It ends, without an error, and leaves what it says; a text is the clip's."""
    said = desk.run(here(command))
    left = desk.written()
    names = re.findall(r'filesink (?:async=false )?location=(\S+)', here(command))
    for name in names:
        if '%' in name:
            assert any(re.fullmatch(re.sub('%0(\\d)d', r'\\d{\1}', name), there)
                       for there in left), (name, sorted(left))
        else:
            assert left.get(name), (name, sorted(left))
    for name, what in left.items():
        if name.endswith(('.jsonl', '.vtt', '.srt')):
            assert media.is_in(TEXT, what.decode()), (name, what)
    if command.endswith('! fdsink'):
        assert media.is_in(TEXT, said), said
    if 'stats-interval' in command:
        assert 'kakaoocr-stats' in said, said


def every_command_is_run():
    missing = []
    told = {entry: 0 for entry in ELSEWHERE}
    for page in PAGES:
        for command in commands_of(page):
            for entry in ELSEWHERE:
                told[entry] += bool(re.match(entry[0], page)
                                    and re.match(entry[1], command))
            if not (run_elsewhere(page, command) or SYNOPSIS.search(command)
                    or NAMED.match(command) or is_pipeline(command)
                    or (page, command) in SHELL):
                missing.append((page, command))
    assert not missing, missing
    assert all(told.values()), [entry for entry in told if not told[entry]]
    for _, _, where in ELSEWHERE:
        for name in re.findall(r'\S+\.py', where):
            assert os.path.exists(os.path.join(SOURCE, 'tests/check', name)), name
    # A line of SHELL is one of a page still.
    for page, command in SHELL:
        assert command in commands_of(page), (page, command)


def files_are_indexed_and_found(desk):
    for command in ('kakaoocr index videos.db ~/Videos',
                    'kakaoocr export videos.db > text.jsonl'):
        desk.run(command)
    assert TEXT.split()[1] in desk.run('kakaoocr search videos.db 42')
    desk.run('kakaoocr search videos.db 출구')
    with open(os.path.join(SOURCE, 'docs/from-google.md'),
              encoding='utf-8') as page:
        script = re.search(r'(?ms)^```python\n(.*?)^```$', page.read()).group(1)
    with open(desk.path('script.py'), 'w', encoding='utf-8') as out:
        out.write(script)
    assert media.is_in(TEXT, desk.run('/usr/bin/python3 script.py'))


def many_machines_fill_one_archive(desk):
    command = ('find ~/Videos -type f | parallel -j 4 kakaoocr index '
               '--results results {}')
    if not shutil.which('parallel'):
        command = command.replace('parallel -j 4', 'xargs -I {}')
    desk.run(command.replace('-type f', '-xtype f'))
    desk.run('kakaoocr merge videos.db results')
    assert '42' in desk.run('kakaoocr search videos.db 42')


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as held:
        return held.getsockname()[1]


def the_server_answers_curl(desk):
    port = free_port()
    # As the page has it, and waits for the first line before it asks.
    said = desk.run(
        'coproc kakaoocr-server --port %d; read -r url <&${COPROC[0]}; '
        'curl -s -F image=@frame.jpg http://127.0.0.1:%d/ai/OCR/local; '
        'kill $COPROC_PID' % (port, port))
    assert media.is_in('EXIT', said) and '"responses"' in said, said
    if shutil.which('systemd-socket-activate'):
        said = desk.run(
            'coproc systemd-socket-activate -l $XDG_RUNTIME_DIR/ocr.socket '
            'kakaoocr-server --listen-fd 3 2>&1; read -r said <&${COPROC[0]}; '
            'curl -s --unix-socket $XDG_RUNTIME_DIR/ocr.socket '
            '-F image=@frame.jpg http://localhost/ai/OCR/local; '
            'kill $COPROC_PID')
        assert media.is_in('EXIT', said), said


def the_server_fails_as_it_is_told(desk):
    with open(desk.path('answer.json'), 'w', encoding='ascii') as answer:
        answer.write('{"responses":[{"page":1,"results":[]}]}')
    for command, statuses in (
            ('kakaoocr-server --engine replay:answer.json --latency 300+-100 '
             '--fail 503=0.333', '200|503'),
            ('kakaoocr-server --fail 425/Domain_not_deployed=1', '425')):
        said = desk.run(
            'coproc %s; read -r url <&${COPROC[0]}; curl -s -o body -w '
            '"%%{http_code}" -F image=@frame.jpg "$url"; kill $COPROC_PID'
            % command)
        assert re.fullmatch(statuses, said), said


def the_certificate_of_one_s_own_is_trusted(desk):
    port = free_port()
    with open(os.path.join(SOURCE, 'docs/kakaoocr-server.md'),
              encoding='utf-8') as page:
        command = re.search(r'(?m)^openssl (?:.*\\\n)*.*$', page.read()).group()
    said = desk.run(
        '%s 2>said && coproc kakaoocr-server --port %d --tls-cert cert.pem '
        '--tls-key key.pem; read -r url <&${COPROC[0]}; curl -s --cacert '
        'cert.pem --resolve ocr.example:%d:127.0.0.1 -F image=@frame.jpg '
        'https://ocr.example:%d/ai/OCR/local; kill $COPROC_PID' % (
            command, port, port, port))
    assert media.is_in('EXIT', said), said


def code_blocks(page, language):
    with open(os.path.join(SOURCE, page), encoding='utf-8') as file:
        return re.findall(r'(?ms)^```%s\n(.*?)^```$' % language, file.read())


# What the page's blocks leave to who copies them.
AROUND = '''
import gi
gi.require_version('Gst', '1.0')
from gi.repository import GLib, Gst
Gst.init(None)
pipeline = Gst.parse_launch(
    'filesrc location=clip.mkv ! decodebin ! videoconvert ! '
    'kakaoocr name=ocr emit-signals=true ! fakesink name=sink')
%s
pipeline.get_by_name('sink').get_static_pad('sink').add_probe(
    Gst.PadProbeType.BUFFER, print_texts)
loop = GLib.MainLoop()
bus.connect('message::eos', lambda *_: loop.quit())
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
'''


def python_reads_as_the_page_says(desk):
    blocks = code_blocks('docs/meta.md', 'python')
    assert len(blocks) == 3, blocks
    with open(desk.path('app.py'), 'w', encoding='utf-8') as app:
        app.write(AROUND % '\n'.join(blocks))
    said = desk.run('GI_TYPELIB_PATH=%s/gst/kakaoocr /usr/bin/python3 app.py'
                    % BUILD)
    # A message and a signal, which may be told in the middle of a line; words of
    # frames with their places.
    assert len(re.findall(r'\d+ EXIT 42', said)) >= 2, said
    assert '42 [' in said and said.count('EXIT 42') > 3, said


def c_is_compiled_as_the_page_says(desk):
    for block in code_blocks('docs/meta.md', 'c'):
        with open(desk.path('app.c'), 'w', encoding='utf-8') as app:
            app.write(block if '#include' in block else
                      '#include <gst/analytics/analytics.h>\n'
                      '#include <gst/kakaoocr/kakaoocr.h>\n'
                      'void list (GstBuffer * buffer);\n'
                      'void list (GstBuffer * buffer) {\n%s}\n' % block)
        if '#include' in block or subprocess.run(
                ['pkg-config', '--exists', 'gstreamer-analytics-1.0']
                ).returncode == 0:
            desk.run('export PKG_CONFIG_PATH=%s/meson-uninstalled; cc -c -Wall -Werror '
                     '-Wno-unused-function app.c $(pkg-config --cflags '
                     'gstreamer-kakaoocr-1.0)' % BUILD)


# What is run above, as it is written or nearly so.
SHELL = [
    ('README.md', 'kakaoocr index videos.db ~/Videos'),
    ('README.md', 'kakaoocr search videos.db 출구'),
    ('docs/archive.md', 'kakaoocr index videos.db ~/Videos'),
    ('docs/archive.md', 'kakaoocr search videos.db 출구'),
    ('docs/archive.md', 'find ~/Videos -type f | parallel -j 4 kakaoocr index '
     '--results results {}'),
    ('docs/archive.md', 'kakaoocr merge videos.db results'),
    ('docs/from-google.md', 'kakaoocr export videos.db > text.jsonl'),
    ('docs/kakaoocr-server.md', 'kakaoocr-server --port 8080 &'),
    ('docs/kakaoocr-server.md',
     'curl -s -F image=@frame.jpg http://127.0.0.1:8080/ai/OCR/local'),
    ('docs/kakaoocr-server.md',
     'systemd-socket-activate -l $XDG_RUNTIME_DIR/ocr.socket kakaoocr-server '
     '--listen-fd 3 &'),
    ('docs/kakaoocr-server.md',
     'curl -s --unix-socket $XDG_RUNTIME_DIR/ocr.socket -F image=@frame.jpg '
     'http://localhost/ai/OCR/local'),
    ('docs/kakaoocr-server.md', 'kakaoocr-server --engine replay:answer.json '
     '--latency 300+-100 --fail 503=0.333'),
    ('docs/kakaoocr-server.md',
     'kakaoocr-server --fail 425/Domain_not_deployed=1'),
    ('docs/kakaoocr-server.md', 'openssl req -x509 -newkey ec -pkeyopt '
     'ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days '
     '365 -subj /CN=ocr.example -addext subjectAltName=DNS:ocr.example'),
]


with media.reading_service(BUILD):
    tests = [
        ('%s_%d' % (os.path.basename(page)[:-3], i),
         lambda desk, command=command: check_pipeline(desk, command))
        for page in PAGES
        for i, command in enumerate(commands_of(page))
        if is_pipeline(command) and not run_elsewhere(page, command)
    ] + [(test.__name__, test) for test in (
        files_are_indexed_and_found, many_machines_fill_one_archive,
        the_server_answers_curl, the_server_fails_as_it_is_told,
        the_certificate_of_one_s_own_is_trusted,
        python_reads_as_the_page_says, c_is_compiled_as_the_page_says)]

    def with_a_desk(test):
        def run():
            with desk_like(made) as desk:
                test(desk)
        return run

    with desk_like() as made:
        made.make()
        tap.run([(every_command_is_run.__name__, every_command_is_run)] + [
            (name, with_a_desk(test)) for name, test in tests])
