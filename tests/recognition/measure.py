# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws frames, has them read and scores what was read."""
import os
import subprocess

import frames
import score

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


def measure(reader, out, seed, count, ways, by=None):
    """ways: {name: arguments of read-frames}. Returns {name: {key: Score}}."""
    truth = frames.write(out, seed, count)
    return {name: score.score(truth, *score.load(read(reader, out, str(number), arguments)), by)
            for number, (name, arguments) in enumerate(ways.items())}
