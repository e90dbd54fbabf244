#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every external symbol and every GType of plugin and library has a prefix.

symbols.py SOURCE-ROOT BUILD-ROOT
"""
import glob
import os
import re
import subprocess
import sys

import tap

SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])


def list_symbols(*arguments):
    out = subprocess.run(['nm', '--defined-only', *arguments], check=True,
                         text=True, capture_output=True).stdout
    lines = (line.split() for line in out.splitlines())
    return {fields[2] for fields in lines
            if len(fields) == 3 and fields[1].isupper()}


def private_symbols_have_the_prefix():
    archives = [path for room in ('engine', 'elements', 'json', 'kakaoocr',
                             'geometry', 'subtitles')
                for path in glob.glob(os.path.join(BUILD, 'gst', room, '*.a'))]
    assert len(archives) > 10, archives
    symbols = list_symbols('-g', *archives)
    assert len(symbols) > 500, len(symbols)
    wrong = [name for name in symbols if not re.match(
        r'_?kocr_|gst_kakao_ocr_|gst_element_register_kakaoocr', name)
        and not re.match(r'__(a|t|ub)san|__odr_asan|\.', name)]
    assert not wrong, sorted(wrong)


def the_library_exports_what_is_public():
    library = os.path.join(BUILD, 'gst/kakaoocr/libgstkakaoocr-1.0.so')
    symbols = {name for name in list_symbols('-D', library)
               if not re.match(r'__(a|t|ub)san|__odr_asan', name)}
    headers = ''.join(
        open(path, encoding='utf-8').read() for path in glob.glob(
            os.path.join(SOURCE, 'gst/kakaoocr/*.h')))
    assert len(symbols) > 40, symbols
    wrong = [name for name in symbols
             if not re.match(r'gst_(kakao_ocr_|buffer_\w+_kakao_ocr_)', name)
             or not re.search(r'\b%s\b' % name, headers)]
    assert not wrong, sorted(wrong)


def the_plugin_exports_only_its_entries():
    plugin = os.path.join(BUILD, 'gst/elements/libgstkakaoocr.so')
    symbols = {name for name in list_symbols('-D', plugin)
               if not re.match(r'__(a|t|ub)san|__odr_asan', name)}
    assert symbols == {'gst_plugin_kakaoocr_get_desc',
                       'gst_plugin_kakaoocr_register'}, symbols


def types_have_the_prefix():
    names = set()
    for folder in ('kakaoocr', 'engine', 'elements'):
        for path in glob.glob(os.path.join(SOURCE, 'gst', folder, '**/*.c'),
                              recursive=True):
            text = open(path, encoding='utf-8').read()
            names.update(re.findall(r'G_DEFINE_\w*TYPE\w*\s*\(\s*(\w+)', text))
            names.update(re.findall(
                r'_register_static\s*\(\s*"(\w+)"', text))
    assert len(names) > 5, names
    wrong = [name for name in names
             if not name.startswith(('GstKakaoOcr', 'Kocr'))]
    assert not wrong, sorted(wrong)


tap.run([(test.__name__, test) for test in (
    private_symbols_have_the_prefix, the_library_exports_what_is_public,
    the_plugin_exports_only_its_entries, types_have_the_prefix)])
