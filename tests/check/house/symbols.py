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
# Asked for where GStreamer is 1.24 or newer alone: serialized metas, and
# transforms by a matrix.
OF_NEWER_GSTREAMER = {'kocr_meta_copy_result', 'kocr_placement_lose_outside', 'kocr_result_set_truncated'}

# Tesseract asks for them. Others of OpenMP that it came to ask for would not fit
# these, but for those that only look.
LOOKS = {'omp_get_num_threads', 'omp_get_thread_num'}
STAND_INS = {'GOMP_parallel', 'GOMP_parallel_sections', 'GOMP_sections_next', 'GOMP_sections_end_nowait'}


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


def read_objects(folder):
    """What its object files say: a kind of symbol and a name each."""
    paths = glob.glob(os.path.join(BUILD, folder, '**/*.o'), recursive=True)
    out = subprocess.run(['nm', '-gA', *paths], check=True, text=True, capture_output=True).stdout
    return re.findall(r'^.*?:[0-9a-f ]{16} (\w) (\S+)$', out, re.M)


def what_is_external_is_used_elsewhere():
    """What no other object asks for is static, or dead."""
    product = read_objects('gst')
    asked = {name for kind, name in product + read_objects('tests') if kind == 'U'}
    defined = {name for kind, name in product if kind in 'TDBR'}
    assert len(defined) > 1000, len(defined)
    # Which are not built everywhere.
    for path in glob.glob(os.path.join(SOURCE, 'examples/*.c')):
        asked.update(re.findall(r'\w+', open(path, encoding='utf-8').read()))
    unused = [name for name in defined - asked - OF_NEWER_GSTREAMER - STAND_INS if not re.match(
        r'main$|gst_|__(a|t|ub)san|__odr_asan|.*_(get_type|error_quark)$', name)]
    assert not unused, sorted(unused)


def what_tesseract_asks_of_openmp_is_here():
    linked = subprocess.run(['ldd', os.path.join(BUILD, 'gst/server/kakaoocr-server')], check=True,
                            text=True, capture_output=True).stdout
    library = re.search(r'libtesseract\S* => (\S+)', linked).group(1)
    undefined = subprocess.run(['nm', '-D', '--undefined-only', library], check=True, text=True,
                               capture_output=True).stdout
    asked = set(re.findall(r' U ((?:GOMP|omp)_\w+)', undefined))
    assert asked <= STAND_INS | LOOKS, sorted(asked)


tap.run([(test.__name__, test) for test in (
    private_symbols_have_the_prefix, the_library_exports_what_is_public,
    the_plugin_exports_only_its_entries, types_have_the_prefix,
    what_is_external_is_used_elsewhere, what_tesseract_asks_of_openmp_is_here)])
