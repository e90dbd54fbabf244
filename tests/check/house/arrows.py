#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which room includes which, and in a room which floor: arrows go one way.

arrows.py SOURCE-ROOT

A floor is a folder of a room. Each file in a room's own folder is a place by
itself, since floors may include some of them (request.h) and not others.
"""
import collections
import os
import re
import sys

import tap

ROOT = os.path.join(os.path.abspath(sys.argv[1]), 'gst')

# What each room may include of the others.
ROOMS = {
    'json': set(),
    'finding': set(),
    'geometry': set(),
    'subtitles': {'kakaoocr', 'json'},
    'kakaoocr': {'json', 'geometry'},
    'engine': {'kakaoocr', 'finding', 'json', 'geometry'},
    'elements': {'engine', 'kakaoocr', 'json', 'subtitles', 'geometry'},
    'server': {'finding', 'json'},
    'tool': {'kakaoocr', 'finding', 'json', 'subtitles'},
}
# These floors know nothing of one another.
APART = {'ocr', 'overlay', 'crop', 'enc'}


def find_sources():
    for folder, _, names in os.walk(ROOT):
        for name in names:
            if name.endswith(('.c', '.h')):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def place_of(path):
    """Room and floor, or room and file."""
    parts = path.split('/')
    if len(parts) > 2:
        return parts[0], '/'.join(parts[1:-1])
    return parts[0], parts[1]


def find_header(name, source):
    """The header that an include means, as the build's paths have it."""
    room = source.split('/')[0]
    places = [os.path.dirname(source), room, '.', '..']
    places += [other for other in ROOMS if other != room]
    for place in places:
        path = os.path.normpath(os.path.join(place, name))
        if path.startswith('../gst/'):
            path = path[len('../gst/'):]
        if os.path.isfile(os.path.join(ROOT, path)):
            return path
    return None


def find_arrows():
    arrows = collections.defaultdict(set)
    for source in find_sources():
        text = open(os.path.join(ROOT, source), encoding='utf-8').read()
        for name in re.findall(r'^#include ["<]([^">]+)[">]', text, re.M):
            header = find_header(name, source)
            if header and place_of(header) != place_of(source):
                arrows[place_of(source)].add(place_of(header))
    return arrows


ARROWS = find_arrows()


def print_arrows():
    for source in sorted(ARROWS):
        print('# %s -> %s' % ('/'.join(source), ', '.join(
            target[1] if target[0] == source[0] else '/'.join(target)
            for target in sorted(ARROWS[source]))))
    assert len(ARROWS) > 20, 'the includes were not found'


def rooms_include_only_what_is_below():
    wrong = ['%s -> %s' % ('/'.join(source), '/'.join(target))
             for source, targets in ARROWS.items() for target in targets
             if target[0] != source[0] and target[0] not in ROOMS[source[0]]]
    assert not wrong, wrong


def no_arrow_leads_back():
    done, path = set(), []

    def visit(place):
        assert place not in path, ' -> '.join(
            '/'.join(step) for step in path[path.index(place):] + [place])
        if place in done:
            return
        path.append(place)
        for target in ARROWS.get(place, ()):
            visit(target)
        path.pop()
        done.add(place)

    for place in list(ARROWS):
        visit(place)


def no_element_knows_another():
    wrong = ['%s -> %s' % (source[1], target[1])
             for source, targets in ARROWS.items() for target in targets
             if source[0] == target[0] == 'elements' and source[1] in APART
             and target[1] in APART]
    assert not wrong, wrong


def floors_are_no_halls():
    counts = collections.Counter(
        os.path.dirname(path) for path in find_sources()
        if path.endswith('.c'))
    halls = {floor: count for floor, count in counts.items() if count > 22}
    assert not halls, halls


def files_are_no_longer_than_a_noun():
    tests = os.path.join(os.path.dirname(ROOT), 'tests')
    long = {}
    for folder, _, names in [*os.walk(ROOT), *os.walk(tests)]:
        for name in names:
            if not name.endswith(('.c', '.h', '.py', '.js')):
                continue
            path = os.path.join(folder, name)
            lines = open(path, encoding='utf-8').read().count('\n')
            if lines > 500:
                long[path] = lines
    assert not long, long


tap.run([(test.__name__, test) for test in (
    print_arrows, rooms_include_only_what_is_below, no_arrow_leads_back,
    no_element_knows_another, floors_are_no_halls,
    files_are_no_longer_than_a_noun)])
