# SPDX-License-Identifier: LGPL-2.1-or-later
"""An application that has this project as a subproject of meson: it compiles
against the tree, and reads a video with a service that has one text for every
picture."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import tap

SOURCE, BUILD = sys.argv[1:3]
TEXT = '출구'
ANSWER = {'responses': [{'page': 1, 'results': [{
    'box': [[10, 10], [90, 10], [90, 40], [10, 40]],
    'recognized_word': [TEXT]}]}]}

scratch = tempfile.TemporaryDirectory(prefix='kakaoocr-subproject-')


def run(*command, **environment):
    done = subprocess.run(command, env=dict(os.environ, **environment),
                          cwd=scratch.name, encoding='utf-8', check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, (command, done.stdout[-2000:])
    return done.stdout


def it_builds():
    shutil.copytree(os.path.join(SOURCE, 'examples/subproject'), scratch.name,
                    dirs_exist_ok=True)
    os.mkdir(os.path.join(scratch.name, 'subprojects'))
    os.symlink(SOURCE, os.path.join(scratch.name, 'subprojects/gst-kakaoocr'))
    # An installed one does not come in between.
    run('meson', 'setup', 'build', '-Dwerror=true',
        '--force-fallback-for=gstreamer-kakaoocr-1.0')
    run('ninja', '-C', 'build', 'text-of-file')


def it_reads_a_video():
    with tempfile.NamedTemporaryFile('w', suffix='.json') as answer:
        json.dump(ANSWER, answer)
        answer.flush()
        with subprocess.Popen(
                [os.path.join(BUILD, 'gst/server/kakaoocr-server'),
                 '--exit-with-stdin', '--engine', 'replay:' + answer.name],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            told = run('build/text-of-file',
                       os.path.join(BUILD, 'examples/sample.mkv'),
                       LC_ALL='C.UTF-8', KAKAOOCR_ENDPOINT=server.stdout
                       .readline().decode().strip())
    lines = told.splitlines()
    assert lines[:2] == ['0:00:00.000000000', TEXT], lines
    assert lines.count(TEXT) >= 10, lines


tap.run([(test.__name__, test) for test in [it_builds, it_reads_a_video]])
