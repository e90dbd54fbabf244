#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What names the project's version names the one that meson.build has, and each
public name tells since when it is there.

version.py SOURCE-ROOT BUILD-ROOT VERSION
"""
import glob
import os
import re
import subprocess
import sys

import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
VERSION = sys.argv[3]
SYMBOLS = 'examples/debian/debian/libgstkakaoocr-1.0-0.symbols'


def read(name):
    with open(os.path.join(SOURCE, name), encoding='utf-8') as file:
        return file.read()


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          check=True).stdout


def number(version):
    return [int(part) for part in version.split('.')]


def the_changes_end_with_it():
    headings = re.findall(
        r'(?m)^## (\d+\.\d+\.\d+), (?:\d{4}-\d\d-\d\d|unreleased)$',
        read('CHANGELOG.md'))
    assert len(headings) == read('CHANGELOG.md').count('\n## '), headings
    assert headings[0] == VERSION, headings
    assert headings == sorted(headings, key=number, reverse=True), headings


def the_packages_have_it():
    packaged = re.findall(r'(?m)^gst-kakaoocr \((.*)\)',
                          read('examples/debian/debian/changelog'))
    assert packaged[0] == VERSION, packaged


def programs_and_plugin_tell_it():
    for program in ('gst/tool/kakaoocr', 'gst/server/kakaoocr-server'):
        path = os.path.join(BUILD, program)
        if os.path.exists(path):
            said = output(path, '--version')
            assert said == '%s %s\n' % (os.path.basename(path), VERSION), said
    plugin = output('gst-inspect-1.0', 'kakaoocr')
    assert re.search(r'Version +(\S+)', plugin).group(1) == VERSION, plugin


def the_library_is_named_for_it():
    """Soversion, then what grows with each version."""
    _, minor, micro = number(VERSION)
    name = 'libgstkakaoocr-1.0.so.0.%d.0' % (minor * 100 + micro)
    assert os.path.exists(os.path.join(BUILD, 'gst/kakaoocr', name)), name


def documented():
    """Since when each public function is there, as its comment has it."""
    since = {}
    for path in glob.glob(os.path.join(SOURCE, 'gst/kakaoocr/*.h')):
        for name, text in re.findall(r'/\*\*\n \* (gst_\w+):(.*?)\*/',
                                     read(path), re.DOTALL):
            since[name] = re.findall(r'Since: (\S+)', text)
    return since


def exported():
    """What the library exports, but the types' own functions."""
    lines = output('nm', '-D', '--defined-only', os.path.join(
        BUILD, 'gst/kakaoocr/libgstkakaoocr-1.0.so')).splitlines()
    names = {line.split()[2] for line in lines}
    return {name for name in names if name.startswith('gst_')}


def each_function_tells_since_when_it_is_there():
    since = documented()
    public = {name for name in exported()
              if not name.endswith(('_get_type', '_quark'))}
    assert len(public) > 60 and public <= set(since), public - set(since)
    wrong = {name: tags for name, tags in since.items()
             if len(tags) != 1 or number(tags[0]) > number(VERSION)[:2]}
    assert not wrong, wrong


def the_packages_know_each_symbol():
    """All that is exported, and none that was and is not any more."""
    known = dict(re.findall(r'(?m)^ (\w+)@Base (\S+)$', read(SYMBOLS)))
    names = exported()
    assert set(known) == names, set(known) ^ names
    since = documented()
    wrong = {name: version for name, version in known.items()
             if name in since and since[name] != [version]}
    assert not wrong, wrong


tap.run([(test.__name__, test) for test in [
    the_changes_end_with_it, the_packages_have_it, programs_and_plugin_tell_it,
    the_library_is_named_for_it, each_function_tells_since_when_it_is_there,
    the_packages_know_each_symbol]])
