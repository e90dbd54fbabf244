# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scenes of moving text: made, and read frame by frame."""
import json
import os
import subprocess
import sys

import film
import movingscenes
import trackscore

HERE = os.path.dirname(os.path.abspath(__file__))
# The name of each way to read, how late (ms) an answer may be, and the settings.
MODES = {'exact, 250': (0, ['timing=exact', 'interval=250']), 'exact, 500': (0, ['timing=exact', 'interval=500']),
         'latest, 500': (300, ['timing=latest', 'interval=500'])}


class MovingTexts:
    """A folder with scene NAME.mkv and where its texts are, NAME.json."""

    def __init__(self, folder, name):
        self.name = name
        self.path, self.truth = (os.path.join(folder, name + end) for end in ('.mkv', '.json'))
        self.read_texts = os.path.join(folder, name + '-read.json')

    def make(self, seed, photographs):
        if os.path.exists(self.truth):
            return
        rate, _, pictures, truth = movingscenes.make(self.name, seed, photographs)
        film.encode(pictures, self.path, movingscenes.WIDTH, movingscenes.HEIGHT, rate, [])
        with open(self.truth, 'w', encoding='utf-8') as file:
            json.dump(truth.frames, file, ensure_ascii=False)

    def read(self, build, mode, settings=()):
        """Its scores, first of the tracks alone, then with the text right."""
        lag, chosen = MODES[mode]
        gst = os.path.join(os.path.abspath(build), 'gst')
        environment = dict(os.environ, KAKAOOCR_SERVER=os.path.join(gst, 'server/kakaoocr-server'))
        for name, folder in (('GST_PLUGIN_PATH', 'elements'), ('GI_TYPELIB_PATH', 'kakaoocr'),
                             ('LD_LIBRARY_PATH', 'kakaoocr')):
            environment[name] = f'{gst}/{folder}:{os.environ.get(name, "")}'
        subprocess.run([sys.executable, os.path.join(HERE, 'metareader.py'), self.path, self.read_texts, str(lag),
                        *chosen, *settings], check=True, env=environment)
        with open(self.truth, encoding='utf-8') as truth, open(self.read_texts, encoding='utf-8') as read:
            frames, texts = json.load(truth), json.load(read)
        return [trackscore.TrackScore(frames, texts, with_text) for with_text in (False, True)]
