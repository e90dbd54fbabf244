#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""accuracy.py READ-FRAMES: fails when frames read worse than is promised."""
import sys
import tempfile

COUNT = 40

try:
    import measure
except ImportError as error:
    print(f'1..0 # SKIP {error.name}: python3-numpy, python3-opencv and python3-pil are needed')
    sys.exit(0)

with tempfile.TemporaryDirectory() as out:
    try:
        ours = measure.measure(sys.argv[1], out, measure.TEST_SEED, COUNT, {'ours': []})['ours']['']
    except SystemExit as error:         # a font is missing
        print(f'1..0 # SKIP {error}')
        sys.exit(0)
print('1..3')
for number, (name, value, holds) in enumerate([
        ('character_error_rate_is_at_most_5_percent', ours.cer, ours.cer <= 5),
        ('word_f1_is_at_least_90_percent', 100 * ours.f1, ours.f1 >= .9),
        ('false_words_a_frame_are_at_most_0.3', ours.false_rate, ours.false_rate <= .3)], 1):
    print(f'# {value:.2f}')
    print(f'{"ok" if holds else "not ok"} {number} - {name}')
