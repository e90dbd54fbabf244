#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fits the two decisions of the reader on what read-frames --lines printed.

    fit.py TRUTH.json LINES.tsv

prints the weights of text_line_judge (is this candidate text? from what its
letters have in common, before it is read) and of line_reading_is_text (after),
both logistic regressions, and how well they part the candidates. A candidate
is text when at least two thirds of what it reads as stands in the line of the
truth that it lies on."""
import argparse
import json

import numpy as np

import score

FEATURES = ['LINE_GLYPHS', 'LINE_ASPECT', 'LINE_FILL', 'LINE_STROKE', 'LINE_STROKE_SPREAD', 'LINE_CONTRAST',
            'LINE_CONTRAST_SPREAD', 'LINE_BRIGHTNESS_SPREAD', 'LINE_TOP_SPREAD', 'LINE_BOTTOM_SPREAD',
            'LINE_TALL_SHARE', 'LINE_GLYPH_HEIGHT', 'LINE_COVERAGE', 'LINE_GLYPH_FILL', 'LINE_HEIGHT', 'LINE_DENSITY']


def part_distance(part, whole):
    """Edit distance to the closest part of whole."""
    row = [0] * (len(whole) + 1)
    for i, x in enumerate(part, 1):
        above, row = row, [i]
        for j, y in enumerate(whole, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return min(row)


def is_text(fields, lines):
    text = fields[-1].replace(' ', '')
    place = score.owner(lines, (float(fields[2]), float(fields[3])))
    if not text or place is None:
        return False
    return part_distance(text, lines[place]['text'].replace(' ', '')) * 3 <= len(text)


def fit(x, y, ridge):
    """Weights and bias by Newton's method, on standardised columns."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    a = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    w = np.zeros(a.shape[1])
    penalty = np.full(len(w), ridge)
    penalty[-1] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(a @ w, -30, 30)))
        gradient = a.T @ (p - y) + penalty * w
        hessian = (a * (p * (1 - p))[:, None]).T @ a + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    weights = w[:-1] / deviation
    return weights, w[-1] - weights @ mean


def report(name, x, y, weights, bias):
    p = 1 / (1 + np.exp(-np.clip(x @ weights + bias, -30, 30)))
    print(f'/* {name}: {int(y.sum())} of {len(y)} are text */')
    for limit in (.01, .02, .03, .05, .1, .2, .3, .5, .7):
        kept = p >= limit
        print(f'/* from {limit:4.2f}: {kept.sum():6} kept, of text {100 * (kept & y).sum() / y.sum():5.1f} %, '
              f'of the rest {100 * (kept & ~y).sum() / (~y).sum():5.1f} % */')
    return p


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('truth')
    parser.add_argument('lines')
    arguments = parser.parse_args()
    with open(arguments.truth, encoding='utf-8') as file:
        truth = {frame['path']: frame['lines'] for frame in json.load(file)}
    rows = []
    with open(arguments.lines, encoding='utf-8') as file:
        rows = [line.rstrip('\n').split('\t') for line in file if line.startswith('L\t')]
    y = np.array([is_text(fields, truth[fields[1]]) for fields in rows])
    x = np.array([[float(v) for v in fields[10:10 + len(FEATURES)]] for fields in rows])
    # The features hang together and drawn letters are more alike than real ones: a
    # firm ridge keeps any one of them from deciding alone.
    weights, bias = fit(x, y, 20.)
    report('before reading', x, y, weights, bias)
    for name, weight in zip(FEATURES, weights):
        print(f'  [{name}] = {weight:.3f},')
    print(f'#define BIAS {bias:.3f}')

    read = np.array([float(fields[9]) > 0 for fields in rows])
    logit = np.clip(x @ weights + bias, -8, 8)
    confidence = np.array([float(fields[8]) for fields in rows])
    characters = np.array([float(fields[9]) for fields in rows])
    z = np.column_stack([confidence / 100, np.log(np.maximum(characters, 1)), logit])
    weights, bias = fit(z[read], y[read], 1.)
    report('after reading', z[read], y[read], weights, bias)
    print('confidence, log characters, logit', weights, 'bias', bias)
