#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts what meson's test runner ran, each TAP subtest on its own.

summary.py LOG.json…

Reads the logs that `meson test` leaves (testlog.json), lists failures and
skips (an unfinished test is one), and prints as the last line `N passed, N failed`. A skip is neither. A
program that crashes, stops early or does not start is a failure even when all
that it said until then was "ok". Exits with 0 only when something passed and
nothing failed.
"""
import json
import os
import re
import sys

SUBTEST = re.compile(r'^(not )?ok\b(?:\s+\d+)?\s*(?:-\s*)?(.*?)'
                     r'(?:\s*#\s*(SKIP|TODO)\b\s*(.*))?$', re.IGNORECASE)
PLAN = re.compile(r'^1\.\.(\d+)(?:\s*#\s*SKIP\b\s*(.*))?')
SKIP_EXIT_STATUS = 77


class Summary:
    def __init__(self):
        self.passed = 0
        self.failures = []
        self.skips = []

    def add_program(self, program):
        name = program['name']
        stdout = program.get('stdout') or ''
        lines = stdout.splitlines()
        plan = next(filter(None, map(PLAN.match, lines)), None)
        if plan and plan.group(1) == '0':
            self.skips.append((name, plan.group(2) or 'it has no tests'))
            failed = False
        elif plan:
            failed = self.add_subtests(name, lines)
        elif program['result'] == 'OK':
            self.passed += 1
            return
        elif program['returncode'] == SKIP_EXIT_STATUS:
            self.skips.append((name, stdout.strip() or 'no reason given'))
            return
        else:
            failed = False
        if program['result'] not in ('OK', 'SKIP') and not failed:
            self.failures.append('%s: %s, exit status %s' % (
                name, program['result'].lower(), program['returncode']))

    def add_subtests(self, program, lines):
        """Returns whether one of them failed."""
        failed = False
        for line in lines:
            match = SUBTEST.match(line)
            if not match:
                continue
            not_ok, name, directive, reason = match.groups()
            name = '%s: %s' % (program, name)
            if directive:
                self.skips.append((name, reason))
            elif not_ok:
                self.failures.append(name)
                failed = True
            else:
                self.passed += 1
        return failed

    def print(self):
        for name, reason in self.skips:
            print('skipped %s: %s' % (name, reason))
        for name in self.failures:
            print('FAILED %s' % name)
        print('%d passed, %d failed' % (self.passed, len(self.failures)))


def main(paths):
    summary = Summary()
    for path in paths:
        if not os.path.exists(path):
            summary.failures.append('%s: no test ran' % path)
            continue
        with open(path, encoding='utf-8') as log:
            for line in log:
                summary.add_program(json.loads(line))
    summary.print()
    return 0 if summary.passed and not summary.failures else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
