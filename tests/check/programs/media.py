# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of examples ask about files and texts."""
import contextlib
import json
import os
import re
import signal
import struct
import subprocess
import unicodedata

# Seconds, of what does not end; on a machine that has more to do than it has
# processors, as many times that, and at most the four that meson has for all of a
# program.
TIMEOUT = 120 * min(max(os.getloadavg()[0] / os.cpu_count(), 1), 4)


def run_once(command, cwd, env, shell):
    """Runs a command to its end; raises with its output when it fails."""
    with subprocess.Popen(command, cwd=cwd, env=env, shell=shell,
                          executable='/bin/bash' if shell else None,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            out, err = (text.decode() for text in process.communicate(timeout=TIMEOUT))
        except BaseException:
            # What a shell has started does not end with it.
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise AssertionError('%s ended with %d:\n%s\n%s' % (
            command, process.returncode, out, err))
    return out


def run(command, cwd=None, env=None, shell=False):
    """A pipeline behind decodebin may miss its end when that comes while it
    still changes its state, also with no element of ours in it (seen on
    GStreamer 1.22): what does not end is tried once more.
    """
    try:
        return run_once(command, cwd, env, shell)
    except subprocess.TimeoutExpired:
        return run_once(command, cwd, env, shell)


def launch(pipeline):
    """Runs a pipeline that is given as a list of words."""
    return run(['gst-launch-1.0'] + pipeline)


@contextlib.contextmanager
def reading_service(build):
    """A service that reads for all that is run meanwhile: to start takes one most
    of a second."""
    with subprocess.Popen([os.path.join(build, 'gst/server/kakaoocr-server'), '--exit-with-stdin'],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        os.environ['KAKAOOCR_ENDPOINT'] = service.stdout.readline().decode().strip()
        yield


def make_clip(path, video, audio=None):
    """A clip with the text EXIT 42; video and audio are launch lines."""
    words = ['matroskamux', 'name=m', '!', 'filesink', 'location=' + path]
    words += video.split() + ['!', 'textoverlay', 'text=EXIT 42',
                              'font-desc=Sans 40', '!', 'videoconvert', '!',
                              'vp8enc', 'deadline=1', '!', 'm.']
    if audio:
        words += audio.split() + ['!', 'vorbisenc', '!', 'm.']
    launch(words)


def count_frames(path):
    """Decodes the file and counts its video frames."""
    out = launch(['-v', 'filesrc', 'location=%s' % path, '!', 'decodebin',
                  '!', 'video/x-raw', '!', 'fakesink', 'silent=false',
                  'sync=false'])
    return len(re.findall(r'last-message = chain ', out))


def count_sound(path):
    """Counts the packets of sound in a Matroska file of ours."""
    out = launch(['-v', 'filesrc', 'location=%s' % path, '!',
                  'matroskademux', 'name=d', 'd.', '!', 'audio/x-opus', '!',
                  'fakesink', 'silent=false', 'sync=false'])
    return len(re.findall(r'last-message = chain ', out))


def picture_size(path):
    """Width and height of a PNG that is one."""
    with open(path, 'rb') as picture:
        head = picture.read(24)
    assert head[:8] == b'\x89PNG\r\n\x1a\n', path
    return struct.unpack('>II', head[16:])


def check_usage(command, wrong):
    """--help explains; each of the wrong argument lists ends with 2."""
    assert 'Usage' in run(command + ['--help'])
    for arguments in wrong:
        done = subprocess.run(command + arguments, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=TIMEOUT)
        assert done.returncode == 2, arguments
        assert b'Usage' in done.stderr, arguments


def read_lines(text):
    """The lines of NDJSON, each checked to be a result."""
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        assert line['type'] == 'result', line
        assert isinstance(line['regions'], list), line
    return lines


def letters(text):
    """A text without what recognition is least sure of."""
    text = unicodedata.normalize('NFC', text).lower()
    return ''.join(c for c in text if c.isalnum())


def distance(a, b):
    """Edits that turn some part of b into a."""
    row = [0] * (len(b) + 1)
    for i, c in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, d in enumerate(b, 1):
            diagonal, row[j] = row[j], min(diagonal + (c != d), row[j] + 1,
                                           row[j - 1] + 1)
    return min(row)


def is_in(text, haystack):
    """Whether text stands in haystack, give or take a misread letter in
    eight."""
    text = letters(text)
    return distance(text, letters(haystack)) <= len(text) // 8
