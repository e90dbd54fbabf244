# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rows of a benchmark as pictures: cost against size and against rate."""
import os

import matplotlib

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402

MEGAPIXELS = {'360p I420': 0.23, '720p I420': 0.92, '1080p I420': 2.07, '4K I420': 8.29, '8K to 4096 I420': 33.18}
GUIDE = "the guide's sample"
RATE = '1080p30, '


def save(figure, directory, name):
    os.makedirs(directory, exist_ok=True)
    figure.tight_layout()
    figure.savefig(os.path.join(directory, name), dpi=90)
    pyplot.close(figure)


def plot_size(rows, directory):
    rows = [row for row in rows if row['group'] == 'encode' and row['name'] in MEGAPIXELS]
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for label, pick in (("guide's sample: OpenCV, PNG", lambda row: row['peer'] == GUIDE and row['peer_value']),
                        ('kakaoocr: JPEG', lambda row: row['peer'] != GUIDE and row['value']),
                        ('libjpeg-turbo on ready planes', lambda row: row['peer'] != GUIDE and row['peer_value'])):
        points = [(MEGAPIXELS[row['name']], pick(row)) for row in rows if pick(row)]
        axes.loglog(*zip(*points), 'o-', label=label)
    axes.set_xticks(list(MEGAPIXELS.values()), [name.removesuffix(' I420') for name in MEGAPIXELS])
    axes.minorticks_off()
    axes.set_ylabel('CPU time a picture (ms)')
    axes.grid(alpha=0.3)
    axes.legend()
    save(figure, directory, 'performance-size.png')


def plot_rate(rows, directory):
    rows = [row for row in rows if row['group'] == 'rate']
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for kind in ('sent', 'unchanged'):
        points = [(float(row['name'].removeprefix(RATE).split()[0]), row['value'] - row['peer_value'])
                  for row in rows if row['name'].endswith(' ' + kind)]
        axes.plot(*zip(*points), 'o-', label=f'samples {kind}')
    axes.set_xlabel('samples a second of a live 1080p30 stream')
    axes.set_ylabel('beyond identity (% of a core)')
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend()
    save(figure, directory, 'performance-rate.png')


def plot_all(rows, directory):
    groups = {row['group'] for row in rows}
    if 'encode' in groups:
        plot_size(rows, directory)
    if 'rate' in groups:
        plot_rate(rows, directory)
