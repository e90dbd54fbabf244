# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tests that are functions, run in order, told in TAP.

A test passes when it returns, fails when it raises, and is skipped when it
raises Skip with the reason.
"""
import sys
import traceback


class Skip(Exception):
    pass


def run(tests):
    """tests: pairs of a name and a function without arguments."""
    failed = False
    print('1..%d' % len(tests))
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print('ok %d %s' % (number, name))
        except Skip as skip:
            print('ok %d %s # SKIP %s' % (number, name, skip))
        except Exception:
            failed = True
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print('not ok %d %s' % (number, name))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
