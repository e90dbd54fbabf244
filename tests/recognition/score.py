#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scores what read-frames printed against what the frames say.

    score.py TRUTH.json WORDS.tsv [--by layout|background|height|quality|size|tilt|language]

CER     edit distance of each line (the words that lie on it, in reading
        order, joined by blanks) by its characters, in percent
F1      of whole words: right text at the right place
false   words a frame where there is no text
CPU     milliseconds a frame

Edge punctuation is not compared. A word lies on the line whose quad holds its
centre; words of Tesseract that are one word of the truth must be one."""
import argparse
import collections
import json
import unicodedata

import numpy as np


def bare(text):
    """Without punctuation at its edges."""
    text = unicodedata.normalize('NFC', text)
    while text and not text[0].isalnum():
        text = text[1:]
    while text and not text[-1].isalnum():
        text = text[:-1]
    return text


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above = row
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


def within(quad, point):
    """(along, across) of a point in a quad, 0 to 1 inside, and the quad's
    width in heights."""
    quad = np.asarray(quad, float)
    along, across = quad[1] - quad[0], quad[3] - quad[0]
    u, v = np.linalg.solve(np.array([along, across]).T, np.asarray(point) - quad[0])
    return u, v, np.hypot(*along) / np.hypot(*across)


def lies_on(quad, point, margin):
    """margin: in heights of the quad."""
    u, v, aspect = within(quad, point)
    return -margin / aspect <= u <= 1 + margin / aspect and -margin <= v <= 1 + margin


class Score:
    def __init__(self):
        self.edits = self.characters = self.right = self.wanted = self.found = 0
        self.false = self.frames = self.cpu = 0

    cer = property(lambda self: 100 * self.edits / max(1, self.characters))
    f1 = property(lambda self: 2 * self.right / max(1, self.wanted + self.found))
    false_rate = property(lambda self: self.false / max(1, self.frames))
    cpu_rate = property(lambda self: self.cpu / max(1, self.frames))

    def row(self):
        return f'{self.cer:7.1f} {100 * self.f1:7.1f} {self.false_rate:8.2f} {self.cpu_rate:8.0f}'


HEADER = f'{"":24} {"CER %":>7} {"F1 %":>7} {"false":>8} {"CPU ms":>8}'


def load_quads(path):
    """Of what read-frames printed: {path: [(quad, text)]}, {path: CPU ms}."""
    words, cpu = collections.defaultdict(list), {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            fields = line.rstrip('\n').split('\t')
            if fields[0] == 'T':
                cpu[fields[1]] = float(fields[2])
            elif fields[0] == 'W':
                words[fields[1]].append((np.array([float(v) for v in fields[2:10]]).reshape(4, 2), fields[10]))
    return words, cpu


def load(path):
    """The same with the middles of the words."""
    words, cpu = load_quads(path)
    return {path: [(quad.mean(0), text) for quad, text in found] for path, found in words.items()}, cpu


def owner(lines, centre):
    best, place = .45, None
    for i, line in enumerate(lines):
        if lies_on(line['quad'], centre, .45):
            off = abs(within(line['quad'], centre)[1] - .5)
            if off < best or place is None:
                best, place = off, i
    return place


def key_of(by, frame, line=None):
    if by in ('layout', 'background', 'quality', 'height', 'path'):
        return str(frame[by])
    if line is None:
        return '(false)'
    if by == 'size':
        return f'{line["size"] // 8 * 8:02d} px'
    if by == 'tilt':
        return f'{abs(line["tilt"]) // 5 * 5:02.0f} degrees'
    return 'Korean' if any('가' <= c <= '힣' for c in line['text']) else 'English'


def score(truth, words, cpu, by=None):
    """A Score for each value of what is asked for, and one for all as ''."""
    scores = collections.defaultdict(Score)
    for frame in truth:
        path, lines = frame['path'], frame['lines']
        if path not in cpu:
            raise SystemExit(f'{path} was not read')
        found = [w for w in words.get(path, []) if bare(w[1])]
        owners = [owner(lines, centre) for centre, _ in found]
        for total in [scores['']] + ([scores[key_of(by, frame)]] if by else []):
            total.frames += 1
            total.cpu += cpu[path]
            total.false += owners.count(None)
            total.found += owners.count(None)
        for i, line in enumerate(lines):
            mine = [w for w, o in zip(found, owners) if o == i]
            mine.sort(key=lambda w: within(line['quad'], w[0])[0])
            edits = distance(' '.join(text for _, text in mine), line['text'])
            left, right = list(mine), 0
            for word in line['words']:
                for j, (centre, text) in enumerate(left):
                    if bare(text) == bare(word['text']) and lies_on(word['quad'], centre, .8):
                        right += 1
                        del left[j]
                        break
            for total in [scores['']] + ([scores[key_of(by, frame, line)]] if by else []):
                total.edits += edits
                total.characters += len(line['text'])
                total.right += right
                total.wanted += sum(1 for w in line['words'] if bare(w['text']))
                total.found += len(mine)
    return scores


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('truth')
    parser.add_argument('words', nargs='+')
    parser.add_argument('--by')
    arguments = parser.parse_args()
    with open(arguments.truth, encoding='utf-8') as file:
        truth = json.load(file)
    print(HEADER)
    for path in arguments.words:
        scores = score(truth, *load(path), arguments.by)
        for key in sorted(scores):
            print(f'{key or path.split("/")[-1]:24} {scores[key].row()}')
