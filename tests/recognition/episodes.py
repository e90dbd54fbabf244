# SPDX-License-Identifier: LGPL-2.1-or-later
"""Episodes: made, and read off their pictures."""
import json
import os
import random
import resource
import subprocess
import sys
import time

import cuescore
import dialogue
import film

HERE = os.path.dirname(os.path.abspath(__file__))
GATES = {gate: ['sample-on-change=true', f'gate={gate}'] for gate in ('picture', 'text')}
# Frames a second that are read without kakaoocr.
NAIVE_RATE = 5


class Cost:
    """Wall and CPU seconds of what is started inside of it."""

    @staticmethod
    def cpu():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def __enter__(self):
        self.wall, self.spent = time.monotonic(), self.cpu()
        return self

    def __exit__(self, *_):
        self.wall, self.spent = time.monotonic() - self.wall, self.cpu() - self.spent


class Episode:
    """A folder with episode.mkv, what is burned into it, and episode.srt."""

    def __init__(self, folder):
        self.folder = folder
        self.path, self.srt = os.path.join(folder, 'episode.mkv'), os.path.join(folder, 'episode.srt')

    def make(self, minutes, seed, height, scenes=film.photographs):
        width = height * 16 // 9 // 2 * 2
        ass = os.path.join(self.folder, 'episode.ass')
        lines = dialogue.write(random.Random(seed), minutes)
        dialogue.write_srt(lines, self.srt)
        dialogue.write_ass(lines, ass, width, height)
        pictures = film.frames(seed, width, height, round(minutes * 60 * dialogue.RATE), dialogue.RATE, scenes)
        film.encode(pictures, self.path, width, height, dialogue.RATE, [f'ass={ass}'])

    def score(self, cues):
        return cuescore.CueScore(cuescore.load_srt(self.srt), cues, 1 / dialogue.RATE)

    def read(self, build, name, settings):
        """(score, stats) of what kakaoocr and kakaoocrenc make of it."""
        gst, srt = os.path.join(build, 'gst'), os.path.join(self.folder, name + '.srt')
        environment = dict(os.environ, KAKAOOCR_SERVER=os.path.join(gst, 'server/kakaoocr-server'),
                           GST_PLUGIN_PATH=f'{gst}/elements:{os.environ.get("GST_PLUGIN_PATH", "")}')
        done = subprocess.run([sys.executable, os.path.join(HERE, 'subtitlereader.py'), self.path, srt, *settings],
                              check=True, stdout=subprocess.PIPE, env=environment)
        return self.score(cuescore.load_srt(srt)), json.loads(done.stdout.splitlines()[-1])

    def read_naively(self):
        """The score of what ten lines of script make of it: tesseract on the
        lower third of five frames a second, equal texts joined."""
        pictures = os.path.join(self.folder, 'naive')
        os.makedirs(pictures, exist_ok=True)
        subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', self.path, '-vf',
                        f'fps={NAIVE_RATE},crop=iw:ih/3:0:2*ih/3', os.path.join(pictures, '%06d.png')], check=True)
        names = sorted(os.listdir(pictures))
        with open(os.path.join(self.folder, 'naive.list'), 'w', encoding='utf-8') as file:
            file.writelines(os.path.join(pictures, name) + '\n' for name in names)
        done = subprocess.run(['tesseract', file.name, '-', '--psm', '6', '-l', 'kor+eng'], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cues = []
        for i, page in enumerate(done.stdout.split('\f')[:len(names)]):
            text = '\n'.join(' '.join(row.split()) for row in page.split('\n') if row.strip())
            if cues and cues[-1]['text'] == text:
                cues[-1]['end'] = (i + 1) / NAIVE_RATE
            else:
                cues.append({'text': text, 'start': i / NAIVE_RATE, 'end': (i + 1) / NAIVE_RATE})
        return self.score([cue for cue in cues if cue['text']])
