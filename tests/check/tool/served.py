# SPDX-License-Identifier: LGPL-2.1-or-later
"""An archive of one clip, served as a page."""
import http.client
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse

import media
import results

TOOL = os.path.join(os.path.abspath(sys.argv[2]), 'gst/tool/kakaoocr')
SCRIPT = '<script>document.title="owned"</script> & "exit"'
BOX = [[20, 40], [300, 40], [300, 100], [20, 100]]
# By 100 pixels in two seconds.
PLACES = {'moves': [(at, [[x + 100 * at / 2, y] for x, y in
                          ((10, 120), (60, 120), (60, 140), (10, 140))])
                    for at in (0, 2)]}
# A browser plays the first and not the second.
PLAYED = ['vp8enc', 'deadline=1', 'keyframe-max-dist=5', '!', 'webmmux']
NOT_PLAYED = ['jpegenc', '!', 'avimux']


class Page:
    """Six seconds of a ball that moves."""

    def __init__(self, *options, form=PLAYED):
        self.options = options
        self.form = form
        self.folder = tempfile.TemporaryDirectory(prefix='kakaoocr page 한글 ')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def __enter__(self):
        self.clip = self.path('clip "1".webm')
        media.launch(['videotestsrc', 'num-buffers=90', 'pattern=ball', '!',
                      'video/x-raw,width=320,height=180,framerate=15/1', '!',
                      *self.form, '!', 'filesink', 'location=' + self.clip])
        os.mkdir(self.path('results'))
        results.write(self.path('results/0.jsonl'), self.clip, [
            ('서울역 3번 출구', 2, 4), (SCRIPT, 4, 5), ('Gate 27', 0, 6),
            ('moves', 0, 2)], duration=6, size=(320, 180), box=BOX,
            places=PLACES)
        subprocess.run([TOOL, 'merge', self.path('a.db'),
                        self.path('results')], check=True,
                       stdout=subprocess.DEVNULL, timeout=media.TIMEOUT)
        self.server = subprocess.Popen(
            [TOOL, 'serve', '--port', '0', *self.options, self.path('a.db')],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.url = self.server.stdout.readline().decode().strip()
        self.netloc = urllib.parse.urlsplit(self.url).netloc
        return self

    def __exit__(self, *_):
        self.server.terminate()
        assert self.server.wait(media.TIMEOUT) == 0
        self.server.stdout.close()
        self.folder.cleanup()

    def ask(self, path, method='GET', **headers):
        """Status, headers and body."""
        connection = http.client.HTTPConnection(self.netloc,
                                                timeout=media.TIMEOUT)
        connection.request(method, path, headers={
            name.replace('_', '-'): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def get(self, path):
        status, _, body = self.ask(path)
        assert status == 200, (path, status)
        return json.loads(body)
