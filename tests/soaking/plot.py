#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The curve of a soak as a picture: plot.py soak.csv soak.png"""
import csv
import sys

import matplotlib

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402


def read(path):
    with open(path, encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def plot(data, path):
    minutes = [t / 60 for t in data['time_s']]
    idle = [i for i, is_idle in enumerate(data['idle'])
            if is_idle and not (data['idle'] + [0])[i + 1]]
    figure, (memory, handles, passes) = pyplot.subplots(3, sharex=True, figsize=(9, 8))

    memory.plot(minutes, [kb / 1024 for kb in data['rss_kb']], linewidth=0.8, label='while they run, resident')
    memory.plot([minutes[i] for i in idle], [data['rss_kb'][i] / 1024 for i in idle],
                'o-', label='all streams stopped, resident')
    memory.plot([minutes[i] for i in idle], [data['heap_kb'][i] / 1024 for i in idle],
                'o-', label='all streams stopped, allocated')
    memory.set_ylabel('memory (MB)')
    memory.set_ylim(bottom=0)
    for name, label in (('fds', 'descriptors'), ('threads', 'threads')):
        line, = handles.plot(minutes, data[name], linewidth=0.8, label=label)
        handles.plot([minutes[i] for i in idle], [data[name][i] for i in idle], 'o', color=line.get_color())
    handles.set_ylabel('in use')
    handles.set_ylim(bottom=0)
    for name, label in (('latest_p50_us', 'latest, median'), ('latest_p99_us', 'latest, 99 of 100'),
                        ('aligned_max_us', 'aligned, slowest')):
        points = [(m, us / 1000) for m, us in zip(minutes, data[name]) if us]
        passes.plot(*zip(*points), '.', markersize=2, label=label)
    passes.set_yscale('log')
    passes.set_ylabel('a frame\'s way through (ms)')
    passes.set_xlabel('minutes')
    for axes in (memory, handles, passes):
        axes.legend(loc='upper right', fontsize='small')
        axes.grid(alpha=0.3)
    figure.suptitle(f'{data["frames"][-1]:.0f} frames, {data["dropped"][-1]:.0f} dropped, '
                    f'{data["actions"][-1]:.0f} random actions, {data["outages"][-1]:.0f} outages')
    figure.tight_layout()
    figure.savefig(path, dpi=90)


if __name__ == '__main__':
    plot(read(sys.argv[1]), sys.argv[2])
