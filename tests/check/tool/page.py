#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr serve: what it answers, and the page in a real browser.

page.py SOURCE-ROOT BUILD-ROOT
"""
import http.client
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse

import media
import results
import tap

BUILD = os.path.abspath(sys.argv[2])
TOOL = os.path.join(BUILD, 'gst/tool/kakaoocr')
SCRIPT = '<script>document.title="owned"</script> & "exit"'
TOKEN = 'a-token-of-the-test-0123'
BOX = [[20, 40], [300, 40], [300, 100], [20, 100]]


class Page:
    """An archive of one clip, served."""

    def __init__(self, *options):
        self.options = options
        self.folder = tempfile.TemporaryDirectory(prefix='kakaoocr page 한글 ')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def __enter__(self):
        self.clip = self.path('clip "1".webm')
        media.launch(['videotestsrc', 'num-buffers=90', 'pattern=ball', '!',
                      'video/x-raw,width=320,height=180,framerate=15/1', '!',
                      'vp8enc', 'deadline=1', 'keyframe-max-dist=5', '!',
                      'webmmux', '!', 'filesink', 'location=' + self.clip])
        os.mkdir(self.path('results'))
        results.write(self.path('results/0.jsonl'), self.clip, [
            ('서울역 3번 출구', 2, 4), (SCRIPT, 4, 5), ('Gate 27', 0, 6)],
            duration=6, size=(320, 180), box=BOX)
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


def the_archive_is_answered():
    with Page() as page:
        [video] = page.get('/api/videos')['videos']
        assert video['name'] == 'clip "1".webm' and video['tracks'] == 3
        assert page.folder.name not in json.dumps(video), video
        [hit] = page.get('/api/search?q=' +
                         urllib.parse.quote('출구'))['hits']
        assert hit['start'] == 2 * 10 ** 9 and hit['video'] == video['id']
        [hit] = page.get('/api/search?fuzzy=1&q=Gste+27')['hits']
        assert hit['text'] == 'Gate 27' and hit['score'] < 1, hit
        assert page.get('/api/search')['hits'] == []
        texts = page.get('/api/videos/1')['tracks']
        assert [track['text'] for track in texts] == \
            ['Gate 27', '서울역 3번 출구', SCRIPT], texts
        assert texts[0]['box'] == BOX and texts[0]['moving'] is False
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
                     '/api/videos/99999999999999999999', '/api/nothing'):
            assert page.ask(path)[0] == 404, path
        for method in ('POST', 'PUT', 'DELETE', 'OPTIONS'):
            assert page.ask('/', method)[0] == 405, method
        os.unlink(page.clip)
        assert page.ask('/media/1')[0] == 404


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


def start_browser():
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError as error:
        raise tap.Skip('python3-selenium is not there') from error
    if not os.path.exists('/usr/bin/chromedriver'):
        raise tap.Skip('chromium-driver is not there')
    options = webdriver.ChromeOptions()
    for option in ('--headless=new', '--no-sandbox', '--disable-gpu',
                   '--disable-dev-shm-usage', '--window-size=1280,1000',
                   '--lang=en'):
        options.add_argument(option)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL',
                                                 'performance': 'ALL'})
    browser = webdriver.Chrome(service=Service('/usr/bin/chromedriver'),
                               options=options)
    browser.set_page_load_timeout(media.TIMEOUT)
    browser.implicitly_wait(media.TIMEOUT)
    return browser


def wait_for(browser, script):
    from selenium.webdriver.support.ui import WebDriverWait
    return WebDriverWait(browser, media.TIMEOUT).until(
        lambda driver: driver.execute_script('return ' + script))


def requested(browser):
    """Where the page's requests went."""
    for entry in browser.get_log('performance'):
        message = json.loads(entry['message'])['message']
        if message['method'] == 'Network.requestWillBeSent':
            url = message['params']['request']['url']
            if url.startswith('http'):
                yield urllib.parse.urlsplit(url).netloc


def the_page_finds_shows_and_plays():
    with Page() as page:
        browser = start_browser()
        try:
            browser.get(page.url)
            assert 'clip' in browser.find_element(
                'css selector', '.videos a').text
            browser.find_element('id', 'query').send_keys('출구\n')
            hit = browser.find_element('css selector', '.hits a')
            assert '서울역 3번 출구' in hit.text, hit.text
            hit.click()
            at = wait_for(browser, '(v => v && v.readyState >= 2 && '
                          'v.currentTime)(document.querySelector("video"))')
            assert abs(at - 2) <= 0.5, at
            points = wait_for(browser, '(p => p && p.getAttribute("points"))'
                              '(document.querySelector("polygon"))')
            assert points == ' '.join('%d,%d' % tuple(p) for p in BOX), points
            # The box lies on the picture where the picture has it.
            left, right = browser.execute_script(
                'const v = document.querySelector("video")'
                '.getBoundingClientRect(), p = document.querySelector('
                '"polygon").getBoundingClientRect(), w = Math.min(v.width,'
                ' v.height * 320 / 180), x = v.left + (v.width - w) / 2;'
                'return [(p.left - x) / w, (p.right - x) / w]')
            assert abs(left - 20 / 320) < 0.02 and \
                abs(right - 300 / 320) < 0.02, (left, right)
            assert SCRIPT in browser.find_element(
                'css selector', '.texts').text
            assert browser.title != 'owned'
            browser.set_window_size(360, 800)
            assert wait_for(browser, 'document.documentElement.scrollWidth '
                            '<= window.innerWidth')
            assert set(requested(browser)) == {page.netloc}
            complaints = browser.get_log('browser')
            assert not complaints, complaints
        finally:
            browser.quit()


tap.run([(test.__name__, test) for test in (
    the_archive_is_answered, a_file_is_served_by_ranges,
    nothing_else_is_answered, a_foreign_name_gets_nothing,
    a_token_is_asked_for, beyond_loopback_a_token_is_needed,
    the_page_finds_shows_and_plays)])
