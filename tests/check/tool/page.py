#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr serve: what it answers.

page.py SOURCE-ROOT BUILD-ROOT
"""
import http.client
import io
import json
import os
import subprocess
import tempfile
import urllib.parse

import media
import tap
from PIL import Image
from served import BOX, NOT_PLAYED, PLACES, SCRIPT, TOOL, Page

TOKEN = 'a-token-of-the-test-0123'


def the_archive_is_answered():
    with Page() as page:
        [video] = page.get('/api/videos')['videos']
        assert video['name'] == 'clip "1".webm' and video['tracks'] == 4
        assert page.folder.name not in json.dumps(video), video
        [hit] = page.get('/api/search?q=' +
                         urllib.parse.quote('출구'))['hits']
        assert hit['start'] == 2 * 10 ** 9 and hit['video'] == video['id']
        [hit] = page.get('/api/search?fuzzy=1&q=Gste+27')['hits']
        assert hit['text'] == 'Gate 27' and hit['score'] < 1, hit
        assert page.get('/api/search')['hits'] == []
        texts = page.get('/api/videos/1')['tracks']
        assert [track['text'] for track in texts] == \
            ['Gate 27', 'moves', '서울역 3번 출구', SCRIPT], texts
        assert texts[0]['box'] == BOX and texts[0]['moving'] is False
        assert texts[0]['places'] is None
        assert texts[1]['places'] == [[at * 10 ** 9, box] for at, box in
                                      PLACES['moves']], texts[1]
        vtt = page.ask('/api/videos/1/text.vtt')[2].decode()
        assert '&lt;script&gt;' in vtt and '<script' not in vtt, vtt


def a_file_is_served_by_ranges():
    with Page() as page:
        with open(page.clip, 'rb') as clip:
            whole = clip.read()
        status, headers, body = page.ask('/media/1')
        assert (status, body) == (200, whole)
        assert headers['Content-Type'] == 'video/webm'
        etag = headers['ETag']
        for asked, first, last in (('bytes=10-19', 10, 19),
                                   ('bytes=-5', len(whole) - 5, None),
                                   ('bytes=7-', 7, None)):
            status, headers, body = page.ask('/media/1', Range=asked)
            end = len(whole) - 1 if last is None else last
            assert status == 206 and body == whole[first:end + 1], asked
            assert headers['Content-Range'] == 'bytes %d-%d/%d' % (
                first, end, len(whole)), headers
        status, headers, _ = page.ask('/media/1', Range='bytes=99999999-')
        assert status == 416
        assert headers['Content-Range'] == 'bytes */%d' % len(whole)
        status, _, body = page.ask('/media/1', Range='bytes=1-2', If_Range=etag)
        assert (status, body) == (206, whole[1:3])
        status, _, body = page.ask('/media/1', Range='bytes=1-2',
                                   If_Range='"old"')
        assert (status, body) == (200, whole)
        assert page.ask('/media/1', If_None_Match=etag)[0] == 304
        status, headers, body = page.ask('/media/1', 'HEAD')
        assert (status, body) == (200, b'')
        assert int(headers['Content-Length']) == len(whole)


def nothing_else_is_answered():
    with Page() as page:
        for path in ('/media/2', '/media/1x', '/media/0', '/media/-1',
                     '/media/1/../../etc/passwd', '/etc/passwd', '/crops/1',
                     '/frames/0', '/frames/9', '/frames/1x',
                     '/api/videos/99999999999999999999', '/api/nothing'):
            assert page.ask(path)[0] == 404, path
        for method in ('POST', 'PUT', 'DELETE', 'OPTIONS'):
            assert page.ask('/', method)[0] == 405, method
        os.unlink(page.clip)
        assert page.ask('/media/1')[0] == 404
        assert page.ask('/frames/1')[0] == 404


def check_stills(page):
    stills = []
    for track in page.get('/api/videos/1')['tracks'][1:]:
        status, headers, body = page.ask('/frames/%d' % track['id'])
        assert (status, headers['Content-Type']) == (200, 'image/jpeg')
        stills.append(Image.open(io.BytesIO(body)))
    assert all(still.size == (320, 180) for still in stills), stills
    # It is another one at another time.
    assert len({still.tobytes() for still in stills}) == len(stills)


def a_still_is_the_picture_at_a_text():
    """Of a file that no browser plays; who does not wait for it is no harm."""
    with Page(form=NOT_PLAYED) as page:
        for _ in range(3):
            asking = http.client.HTTPConnection(page.netloc)
            asking.request('GET', '/frames/1')
            asking.close()
        check_stills(page)


def a_still_is_found_where_nothing_seeks():
    with Page(form=NOT_PLAYED) as page:
        media.run(['ffmpeg', '-nostdin', '-v', 'error', '-i', page.clip,
                   page.path('a.gif')])
        os.replace(page.path('a.gif'), page.clip)
        check_stills(page)


def a_foreign_name_gets_nothing():
    """As when a page of elsewhere has its name resolved to this machine."""
    with Page() as page:
        port = page.netloc.rsplit(':', 1)[1]
        for host in ('evil.example', 'evil.example:' + port,
                     'localhost.evil.example', '127.0.0.1.evil.example'):
            assert page.ask('/api/videos', Host=host)[0] == 403, host
        for host in ('localhost:' + port, 'localhost', page.netloc):
            assert page.ask('/api/videos', Host=host)[0] == 200, host
        headers = page.ask('/')[1]
        assert headers['Content-Security-Policy'].startswith(
            "default-src 'self'"), headers
        assert headers['X-Content-Type-Options'] == 'nosniff'


def a_token_is_asked_for():
    with tempfile.NamedTemporaryFile('w') as file:
        file.write(TOKEN + '\n')
        file.flush()
        with Page('--token-file', file.name) as page:
            assert page.ask('/api/videos')[0] == 401
            assert page.ask('/?token=wrong')[0] == 401
            assert page.ask('/api/videos',
                            Authorization='Bearer ' + TOKEN)[0] == 200
            status, headers, _ = page.ask('/?token=' + TOKEN)
            assert status == 302 and headers['Location'].endswith('/')
            cookie = headers['Set-Cookie']
            assert 'HttpOnly' in cookie and 'SameSite=Strict' in cookie, cookie
            assert page.ask('/api/videos',
                            Cookie=cookie.split(';')[0])[0] == 200


def beyond_loopback_a_token_is_needed():
    with Page() as page:
        done = subprocess.run(
            [TOOL, 'serve', '--address', '0.0.0.0', '--port', '0',
             page.path('a.db')], stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, timeout=media.TIMEOUT)
        assert done.returncode == 3 and b'--token-file' in done.stderr


tap.run([(test.__name__, test) for test in (
    the_archive_is_answered, a_file_is_served_by_ranges,
    nothing_else_is_answered, a_still_is_the_picture_at_a_text,
    a_still_is_found_where_nothing_seeks,
    a_foreign_name_gets_nothing, a_token_is_asked_for,
    beyond_loopback_a_token_is_needed)])
