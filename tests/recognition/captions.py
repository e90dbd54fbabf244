# SPDX-License-Identifier: LGPL-2.1-or-later
"""Single frames of captions: lines of an episode (dialogue.py), each burned by
ffmpeg into a few frames of a photograph over which a camera moves, of which one
is kept. What nobody reads twice, as the next frame would be."""
import json
import os
import random
import subprocess

import numpy as np

import dialogue
import film

# Frames a line stands, of which the middle one is read.
STAND = 5
QUALITY = 23


def pictures(seed, width, height, count, folder):
    """STAND frames of each of count shots."""
    rng = np.random.default_rng(seed)
    scenes = film.photographs(rng, width, height, folder)
    for _ in range(count):
        shot = film.Shot(rng, next(scenes), width, height, STAND, dialogue.RATE)
        for i in range(STAND):
            yield shot.frame(i)


def write_lines(seed, count):
    """The lines of an episode, each in the frames of its shot."""
    lines = dialogue.write(random.Random(seed), count / dialogue.LINES_A_MINUTE)[:count]
    for i, line in enumerate(lines):
        line.start, line.end, line.fade = i * STAND, (i + 1) * STAND, 0
    return lines


def write(out, seed, count, height, photographs):
    """photographs: their folder. Leaves pictures, and truth.json as textscore.py has it, in a folder."""
    os.makedirs(out, exist_ok=True)
    width = height * 16 // 9 // 2 * 2
    lines = write_lines(seed, count)
    ass, video = os.path.join(out, 'captions.ass'), os.path.join(out, 'captions.mkv')
    dialogue.write_ass(lines, ass, width, height)
    film.encode(pictures(seed, width, height, len(lines), photographs), video, width, height, dialogue.RATE,
                [f'ass={ass}'], QUALITY)
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', video, '-vf', f"select='eq(mod(n,{STAND}),{STAND // 2})'",
                    '-vsync', '0', os.path.join(out, '%04d.png')], check=True, stdin=subprocess.DEVNULL)
    truth = {f'{i:04d}.png': {'lines': line.text.split('\n'), 'kind': line.style}
             for i, line in enumerate(lines, 1)}
    with open(os.path.join(out, 'truth.json'), 'w', encoding='utf-8') as file:
        json.dump(truth, file, ensure_ascii=False, indent=1)
    return truth
