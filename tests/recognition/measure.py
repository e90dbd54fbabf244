# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws frames, has them read and scores what was read."""
import json
import os
import subprocess

import cv2
import numpy as np

import frames
import score
import textscore

# Seeds that nothing was ever fitted to. 1 and 2 are for tuning.
HELD_OUT_SEED = 20240607
TEST_SEED = 40


def read(reader, out, name, arguments=()):
    """Runs read-frames on the list in a folder; leaves and returns the path
    of what it printed."""
    path = os.path.join(out, name + '.tsv')
    # Tesseract's own threads would blur what a frame costs.
    environment = dict(os.environ, OMP_THREAD_LIMIT='1')
    with open(path, 'w', encoding='utf-8') as file:
        subprocess.run([reader, *arguments, os.path.join(out, 'list')], check=True, stdout=file,
                       stderr=subprocess.DEVNULL, env=environment)
    return path


def drop_covered(boxes):
    """Of boxes (x, y, width, height) that share most of the smaller one the
    widest; without those that are empty."""
    kept = []
    for box in sorted(boxes, key=lambda box: -box[2]):
        x, y, width, height = box
        if width > 0 and height > 0 and not any(
                max(0, min(x + width, a + c) - max(x, a)) * max(0, min(y + height, b + d) - max(y, b))
                > .5 * min(width * height, c * d) for a, b, c, d in kept):
            kept.append(box)
    return kept


def write_swt_boxes(folder, names, path):
    """The lines that OpenCV's stroke width transform finds, in both polarities."""
    with open(path, 'w', encoding='utf-8') as file:
        for name in names:
            picture = cv2.imread(os.path.join(folder, name))
            for dark_on_light in (True, False):
                _, _, chains = cv2.text.detectTextSWT(picture, dark_on_light)
                for box in drop_covered(np.reshape(chains if chains is not None else [], (-1, 4)).tolist()):
                    file.write('\t'.join([os.path.abspath(os.path.join(folder, name)), *map(str, box)]) + '\n')


def measure_set(reader, out, folder, ways, by=None):
    """Scores the pictures of a folder with a truth.json (see textscore.py).
    Returns {name: {key: TextScore}}."""
    with open(os.path.join(folder, 'truth.json'), encoding='utf-8') as file:
        truth = json.load(file)
    with open(os.path.join(out, 'list'), 'w', encoding='utf-8') as file:
        file.writelines(os.path.abspath(os.path.join(folder, name)) + '\n' for name in truth)
    scores = {}
    for number, (name, arguments) in enumerate(ways.items()):
        if '--boxes' in arguments:
            boxes = os.path.join(out, 'boxes')
            write_swt_boxes(folder, truth, boxes)
            arguments = [*arguments, boxes]
        quads, cpu = score.load_quads(read(reader, out, str(number), arguments))
        scores[name] = textscore.score_set(
            truth, {os.path.basename(path): words for path, words in quads.items()},
            {os.path.basename(path): spent for path, spent in cpu.items()}, by)
    return scores


def measure(reader, out, seed, count, ways, by=None, photographs=()):
    """ways: {name: arguments of read-frames}. Returns {name: {key: Score}}."""
    truth = frames.write(out, seed, count, photographs)
    return {name: score.score(truth, *score.load(read(reader, out, str(number), arguments)), by)
            for number, (name, arguments) in enumerate(ways.items())}
