#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""table.py TEXT.jsonl >TEXT.csv: the texts of a video as a table.

TEXT.jsonl is what `… ! kakaoocrenc granularity=track ! filesink` wrote. Times
are seconds; a cell that a spreadsheet would compute begins with an apostrophe.
"""
import csv
import json
import sys


def seconds(nanoseconds):
    return None if nanoseconds is None else '%.3f' % (nanoseconds / 1e9)


def cell(text):
    return "'" + text if text[:1] in ('=', '+', '-', '@') else text


def main(path):
    table = csv.writer(sys.stdout)
    table.writerow(['start', 'end', 'text', 'agreement', 'moving'])
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            track = json.loads(line)
            if track['type'] == 'track':
                table.writerow([seconds(track['start']), seconds(track['end']),
                                cell(track['text']), track['agreement'],
                                track['moving']])


if __name__ == '__main__':
    if sys.argv[1:] == ['--help']:
        print(__doc__)
        sys.exit()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding='utf-8', newline='')
    main(sys.argv[1])
