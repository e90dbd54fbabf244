# SPDX-License-Identifier: LGPL-2.1-or-later
"""Installed into a root of its own: this machine's files, with what the install
leaves laid over them, no source tree, and no variable set."""
import json
import os
import subprocess
import sys
import tempfile

import tap

SOURCE, BUILD, PREFIX = sys.argv[1:4]
PROGRAM = '''
#include <stdio.h>
#include <gst/kakaoocr/kakaoocr.h>

int
main (int argc, char **argv)
{
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gst_init (&argc, &argv);
  result = gst_kakao_ocr_result_from_json (argv[1], &error);
  if (result == NULL)
    g_error ("%s", error->message);
  fputs (gst_kakao_ocr_result_get_region (result, 0)->text, stdout);
  return 0;
}
'''
RESULT = json.dumps({
    'type': 'result', 'source': None, 'producer': None, 'pts': 0,
    'stream_time': None, 'running_time': None, 'utc': None, 'latency': None,
    'frame': {'width': 64, 'height': 48},
    'text': '출구', 'truncated': False, 'regions': [
        {'text': '출구', 'words': ['출구'], 'page': 1, 'track': None,
         'box': [[1, 1], [9, 1], [9, 9], [1, 9]]}]})
# Lays UPPER over the machine's files at ROOT and runs a command in there.
ENTER = '''
set -e
upper=$1 work=$2 root=$3 hidden=$4
shift 4
mount -t overlay overlay -o "lowerdir=/,upperdir=$upper,workdir=$work" "$root"
mount -t tmpfs tmpfs "$root$hidden"
for path in /proc /dev /tmp; do mount --rbind "$path" "$root$path"; done
exec chroot "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 \
  HOME="$HOME" "$@"
'''

scratch = tempfile.TemporaryDirectory(prefix='kakaoocr-install-')
home = scratch.name


def path(name):
    return os.path.join(home, name)


def installed(*command, **options):
    """The output of a command in that root."""
    unshare = ['unshare', '--mount']
    if os.geteuid() != 0:
        unshare.append('--map-root-user')
    run = subprocess.run(
        unshare + ['sh', '-c', ENTER, 'enter', path('upper'), path('work'),
                   path('root'), SOURCE, *command],
        env={'HOME': home, 'PATH': os.environ['PATH']}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    assert run.returncode == 0, (command, run.stdout, run.stderr)
    return run.stdout


def meson_installs():
    if PREFIX != '/usr':
        raise tap.Skip('GStreamer looks for plugins in /usr, and this build is '
                       'for %s (-Dprefix=/usr)' % PREFIX)
    for name in ['upper', 'work', 'root']:
        os.mkdir(path(name))
    subprocess.run(['meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet',
                    '--destdir', path('upper')], check=True,
                   stdout=subprocess.DEVNULL)
    installed('true')


def in_root(test):
    """A test of what is in that root."""
    def run():
        if not os.path.isdir(path('upper')):
            raise tap.Skip('nothing was installed')
        test()
    return run


def elements_are_found():
    for element in ['kakaoocr', 'kakaoocroverlay', 'kakaoocrcrop',
                    'kakaoocrenc']:
        assert 'Rank' in installed('gst-inspect-1.0', element)


def a_pipeline_reads_on_this_machine():
    lines = path('text.jsonl')
    installed(
        'gst-launch-1.0', '-q', 'videotestsrc', 'pattern=white',
        'num-buffers=2', '!', 'video/x-raw,width=640,height=120', '!',
        'textoverlay', 'text=Hello 42', 'color=0xff000000',
        'font-desc=DejaVu Sans 40', 'draw-shadow=false', '!', 'videoconvert',
        '!', 'kakaoocr', '!', 'kakaoocrenc', '!', 'filesink',
        'location=' + lines)
    with open(lines, encoding='utf-8') as file:
        assert 'Hello 42' in [json.loads(line)['text'] for line in file]


def a_program_of_c_is_compiled():
    with open(path('program.c'), 'w', encoding='utf-8') as file:
        file.write(PROGRAM)
    flags = installed('pkg-config', '--cflags', '--libs',
                      'gstreamer-kakaoocr-1.0').split()
    installed('cc', '-Wall', '-Werror', path('program.c'), '-o',
              path('program'), *flags)
    told = installed(path('program'), RESULT)
    assert told == '출구', told


def python_reads_a_result():
    assert installed('/usr/bin/python3', '-c', '''
import sys, gi
gi.require_version("Gst", "1.0")
gi.require_version("GstKakaoOcr", "1.0")
from gi.repository import Gst, GstKakaoOcr
Gst.init(None)
result = GstKakaoOcr.KakaoOcrResult.from_json(sys.argv[1])
print(result.get_region(0).text, end="")
''', RESULT) == '출구'


def the_program_runs_on_the_plugin():
    installed('gst-launch-1.0', '-q', 'videotestsrc', 'pattern=black',
              'num-buffers=30', '!', 'jpegenc', '!', 'avimux', '!', 'filesink',
              'location=' + path('clip.avi'))
    told = json.loads(installed('kakaoocr', 'estimate', '--json',
                                path('clip.avi')))
    assert told['requests'] == 1, told


tap.run([(test.__name__, test) for test in [meson_installs]] + [
    (test.__name__, in_root(test)) for test in [
        elements_are_found, a_pipeline_reads_on_this_machine,
        a_program_of_c_is_compiled, python_reads_a_result,
        the_program_runs_on_the_plugin]])
