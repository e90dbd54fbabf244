#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/engine-paddle: another engine behind the same API.

engine.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import media
import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
EXAMPLE = os.path.join(SOURCE, 'examples/engine-paddle')
SAMPLE = os.path.join(BUILD, 'examples/sample.mkv')
CACHE = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
ENGINE = os.environ.get('KAKAOOCR_ENGINE_PADDLE') or os.path.join(
    CACHE, 'kakaoocr/engine-paddle')

# Stands for npm's package: reads two lines in any picture but one.
STUB = '''
export default { create: async () => ({ detect: async (path) => {
  console.log('a library that talks')
  if (path.includes('broken')) throw new Error('no picture')
  return [
    { text: 'THE END', box: [[10, 20], [80, 20], [80, 40], [10, 40]] },
    { text: ' ', box: [[0, 0], [1, 0], [1, 1], [0, 1]] },
    { text: 'nowhere' },
  ]
} }) }
'''


def need(program):
    if not shutil.which(program):
        raise tap.Skip('%s is not installed' % program)


def lines_become_words_with_their_places():
    need('node')
    with tempfile.TemporaryDirectory(prefix='kakaoocr-engine-') as folder:
        package = os.path.join(folder, 'node_modules/@gutenye/ocr-node')
        os.makedirs(package)
        with open(os.path.join(package, 'index.mjs'), 'w') as stub:
            stub.write(STUB)
        with open(os.path.join(package, 'package.json'), 'w') as about:
            json.dump({'name': '@gutenye/ocr-node', 'type': 'module',
                       'exports': './index.mjs'}, about)
        shutil.copy(os.path.join(EXAMPLE, 'engine.mjs'), folder)
        done = subprocess.run(
            ['node', os.path.join(folder, 'engine.mjs')],
            input=b'/a.png\n/broken.png\n', stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=media.TIMEOUT, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 2, done.stdout
    results = answers[0]['responses'][0]['results']
    assert results == [
        {'box': [[10, 20], [40, 20], [40, 40], [10, 40]],
         'recognized_word': ['THE']},
        {'box': [[50, 20], [80, 20], [80, 40], [50, 40]],
         'recognized_word': ['END']}], results
    # A picture that it cannot read is one without text, and the next is read.
    assert answers[1]['responses'][0]['results'] == [], answers
    assert b'/broken.png: no picture' in done.stderr, done.stderr


def the_sample_clip_is_read_by_npm_s_engine():
    need('npm')
    if not os.path.isdir(os.path.join(ENGINE, 'node_modules')):
        raise tap.Skip('its packages are not installed: '
                       'examples/engine-paddle/read fetches them')
    with tempfile.TemporaryDirectory(prefix='kakaoocr-engine-') as out:
        media.run([os.path.join(EXAMPLE, 'read'), SAMPLE, '--out', out,
                   '--only', 'jsonl', '--set', 'interval=4000'],
                  env=dict(os.environ, KAKAOOCR_BUILD=BUILD))
        with open(os.path.join(out, 'text.jsonl'), encoding='utf-8') as text:
            lines = media.read_lines(text.read())
    words = ' '.join(line['text'] for line in lines).split()
    # What the clip says in English, and not in one picture alone.
    with open(os.path.join(BUILD, 'examples/sample.json'),
              encoding='utf-8') as truth:
        wanted = {word for entry in json.load(truth)['texts']
                  for word in entry['text'].split()
                  if word.isascii() and word.isalpha() and len(word) > 2}
    found = wanted & set(words)
    assert wanted and 2 * len(found) > len(wanted), (wanted, words)


def it_explains_itself():
    assert 'Usage' in media.run([os.path.join(EXAMPLE, 'read'), '--help'])


tap.run([(test.__name__, test) for test in (
    lines_become_words_with_their_places,
    the_sample_clip_is_read_by_npm_s_engine, it_explains_itself)])
