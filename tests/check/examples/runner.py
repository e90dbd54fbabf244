#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tests/summary.py: what counts as passed and what as failed.

runner.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import subprocess
import sys
import tempfile

import tap

SUMMARY = os.path.join(os.path.abspath(sys.argv[1]), 'tests/summary.py')

# name: (what meson logged of a program: stdout, result, exit status),
#       the last line, a line that must be above it
CASES = {
    'subtests_count_each': (
        ('1..2\nok 1 /a\nok 2 /b - c\n', 'OK', 0), '2 passed, 0 failed', ''),
    'a_failed_subtest_fails': (
        ('TAP version 14\n1..2\nnot ok 1 /a - ERROR:x\nok 2 /b\n', 'FAIL', 1),
        '1 passed, 1 failed', 'FAILED program: /a - ERROR:x'),
    'a_skip_counts_as_neither': (
        ('1..2\nok 1 /a # SKIP no camera\nok 2 /b\n', 'OK', 0),
        '1 passed, 0 failed', 'skipped program: /a: no camera'),
    'a_skip_may_have_no_name': (
        ('1..1\nok 1 # SKIP why\n', 'SKIP', 0), '0 passed, 0 failed',
        'skipped program: : why'),
    'a_program_may_skip_whole': (
        ('1..0 # SKIP no module\n', 'SKIP', 0), '0 passed, 0 failed',
        'skipped program: no module'),
    'a_crash_after_successes_fails': (
        ('1..9\nok 1 /a\n', 'ERROR', -11), '1 passed, 1 failed',
        'FAILED program: error, exit status -11'),
    'a_timeout_fails': (
        ('1..2\nok 1 /a\nok 2 /b\n', 'TIMEOUT', -15), '2 passed, 1 failed',
        'FAILED program: timeout, exit status -15'),
    'a_program_that_does_not_start_fails': (
        ('', 'ERROR', 127), '0 passed, 1 failed',
        'FAILED program: error, exit status 127'),
    'a_program_without_tap_is_one_test': (
        ('', 'OK', 0), '1 passed, 0 failed', ''),
}


def summarize(log):
    """The lines that the summary of a log prints, and its exit status."""
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        file.write(log)
        file.flush()
        done = subprocess.run([SUMMARY, file.name], stdout=subprocess.PIPE,
                              check=False)
    return done.stdout.decode().splitlines(), done.returncode


def check(program, last_line, line_above):
    stdout, result, status = program
    lines, returncode = summarize(json.dumps(
        {'name': 'program', 'stdout': stdout, 'result': result,
         'returncode': status}) + '\n')
    assert lines[-1] == last_line, lines
    assert not line_above or line_above in lines[:-1], lines
    good = last_line.endswith(' 0 failed') and not last_line.startswith('0 ')
    assert (returncode == 0) == good, returncode


def no_test_at_all_is_no_success():
    lines, returncode = summarize('')
    assert lines == ['0 passed, 0 failed'], lines
    assert returncode != 0


def a_suite_that_does_not_exist_fails():
    done = subprocess.run([SUMMARY, '/nowhere/log.json'],
                          stdout=subprocess.PIPE, check=False)
    assert done.stdout.endswith(b'\n0 passed, 1 failed\n'), done.stdout
    assert done.returncode != 0


tap.run([(name, lambda case=case: check(*case))
         for name, case in CASES.items()]
        + [('no_test_at_all_is_no_success', no_test_at_all_is_no_success),
           ('a_suite_that_does_not_exist_fails',
            a_suite_that_does_not_exist_fails)])
