#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""docs/map.md is what docs/make-map prints of the headers.

map.py SOURCE-ROOT
"""
import os
import subprocess
import sys

import tap

DOCS = os.path.join(os.path.abspath(sys.argv[1]), 'docs')


def the_map_is_of_today():
    made = subprocess.run([os.path.join(DOCS, 'make-map')], text=True,
                          capture_output=True)
    assert made.returncode == 0, made.stderr
    there = open(os.path.join(DOCS, 'map.md'), encoding='utf-8').read()
    assert made.stdout == there, 'run docs/make-map > docs/map.md'


tap.run([(the_map_is_of_today.__name__, the_map_is_of_today)])
