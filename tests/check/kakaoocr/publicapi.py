#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The public headers tell what a binding needs to know.

publicapi.py SOURCE-ROOT [GIR]
"""
import glob
import os
import re
import sys
import xml.etree.ElementTree

import tap

HEADERS = sorted(glob.glob(os.path.join(sys.argv[1], 'gst/kakaoocr/*.h')))
CORE = '{http://www.gtk.org/introspection/core/1.0}'


def read_functions():
    """Name, parameters and documentation of each public function."""
    for path in HEADERS:
        text = open(path, encoding='utf-8').read()
        blocks = dict(re.findall(r'/\*\*\n \* (\w+):(.*?)\*/', text, re.S))
        for name, parameters in re.findall(
                r'^GST_KAKAO_OCR_API\n[^;(]*?\b(\w+) ?\(([^;]*)\);', text, re.M):
            if not name.startswith('G_DECLARE'):
                yield name, parameters, blocks.get(name)


FUNCTIONS = list(read_functions())


def every_function_is_documented():
    assert len(FUNCTIONS) > 50, FUNCTIONS
    missing = [name for name, _, block in FUNCTIONS
               if block is None and not name.endswith('_get_type')]
    assert not missing, missing


def every_parameter_is_documented():
    missing = []
    for name, parameters, block in FUNCTIONS:
        for parameter in parameters.split(','):
            word = re.search(r'(\w+)(?:\[\w*\])?\s*$', parameter).group(1)
            if block and word != 'void' and '@%s:' % word not in block:
                missing.append((name, word))
    assert not missing, missing


def every_symbol_says_since_when():
    missing = []
    for path in HEADERS:
        text = open(path, encoding='utf-8').read()
        missing += [name for name, block in re.findall(
            r'/\*\*\n \* (\w+):(.*?)\*/', text, re.S)
                    if name != 'SECTION'
                    and not re.search(r'^ \* Since: \d', block, re.M)]
    assert not missing, missing


def every_array_has_a_length():
    """One that has none is read past its end when it is too short."""
    root = xml.etree.ElementTree.parse(sys.argv[2]).getroot()
    wrong, seen = [], 0
    for kind in ('function', 'method', 'constructor', 'record'):
        for element in root.iter(CORE + kind):
            if 'shadowed-by' in element.attrib \
                    or element.get('introspectable') == '0':
                continue
            for array in element.iter(CORE + 'array'):
                seen += 1
                # The scanner leaves out zero-terminated where it is so.
                if array.get('zero-terminated') == '0' \
                        and not {'length', 'fixed-size'} & set(array.attrib) \
                        and kind != 'record':
                    wrong.append(element.get('name'))
    assert seen > 5, seen
    assert not wrong, wrong


TESTS = [every_function_is_documented, every_parameter_is_documented,
         every_symbol_says_since_when]
if len(sys.argv) > 2:
    TESTS.append(every_array_has_a_length)
tap.run([(test.__name__, test) for test in TESTS])
