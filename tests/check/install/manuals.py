# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the programs say of themselves elsewhere: manual pages, completion, the
unit of systemd."""
import os
import re
import subprocess
import sys

import tap

SOURCE, BUILD = sys.argv[1:3]
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
SERVER = os.path.join(BUILD, 'gst/server/kakaoocr-server')
COMMANDS = ['read', 'index', 'merge', 'estimate', 'search', 'serve', 'export']


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          check=True).stdout


def page(name):
    return os.path.join(SOURCE, 'docs/man', name)


def shown(name):
    """A page as text, without bold and underlined letters."""
    text = output('mandoc', '-T', 'ascii', page(name))
    return re.sub('.\b', '', text)


def long_options(text):
    return set(re.findall(r'(?<![\w-])--[a-z][a-z-]+', text)) - {
        '--help', '--help-all', '--help-reading', '--version'}


def sections(text):
    """The page's subsections by their heading."""
    parts = re.split(r'(?m)^   (\S.*)$', text)
    return dict(zip(parts[1::2], parts[2::2]))


def the_page_of_kakaoocr_has_each_command_s_options():
    parts = sections(shown('kakaoocr.1'))
    reading = long_options(parts['Reading options'])
    for command in COMMANDS:
        told = long_options(output(TOOL, command, '--help-all'))
        # In what a command says of another one, too.
        written = long_options(parts[command])
        if '--set' in told:
            assert reading <= told, (command, reading - told)
            told -= reading
        assert told <= written, (command, told - written)
        assert written <= told | {'--results', '--keyframes'}, \
            (command, written - told)


def the_page_of_the_server_has_its_options():
    told = long_options(output(SERVER, '--help'))
    written = long_options(shown('kakaoocr-server.1'))
    assert told == written, told ^ written


def the_pages_have_no_errors():
    for name in ['kakaoocr.1', 'kakaoocr-server.1']:
        run = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning',
                              page(name)], stdout=subprocess.PIPE, text=True,
                             check=False)
        assert run.returncode == 0, run.stdout


def complete(*words):
    """What the shell offers for the last of the words."""
    script = '''
. /usr/share/bash-completion/bash_completion
. "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
compopt() { :; }
_kakaoocr "$1"
printf '%s\\n' "${COMPREPLY[@]}"
'''
    return set(output('bash', '-c', script, 'complete',
                      os.path.join(SOURCE, 'gst/tool/kakaoocr.bash'),
                      TOOL, *words).split())


def the_shell_completes():
    assert set(COMMANDS) <= complete(''), complete('')
    assert complete('se') == {'search', 'serve'}
    assert {'--fuzzy', '--limit='} <= complete('search', '--')
    assert '--set=' in complete('read', '--s')
    assert complete('export', '--format', 's') == {'srt'}


def the_unit_is_confined():
    """2.0 of 10 at most, as systemd weighs it."""
    run = subprocess.run(
        ['systemd-analyze', 'security', '--offline=true', '--no-pager',
         '--threshold=20',
         os.path.join(BUILD, 'gst/server/kakaoocr-server.service')],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False)
    assert run.returncode == 0, run.stdout


tap.run([(test.__name__, test) for test in [
    the_page_of_kakaoocr_has_each_command_s_options,
    the_page_of_the_server_has_its_options, the_pages_have_no_errors,
    the_shell_completes, the_unit_is_confined]])
