#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What kakaoocr writes as WebVTT, by a browser that shows it as the track of the
video: it takes all of the cues, and draws each where its text stood.

subtitletrack.py SOURCE-ROOT BUILD-ROOT
"""
import functools
import http.server
import io
import json
import os
import subprocess
import sys
import tempfile
import threading

import chromium
import media
import tap

BUILD = os.path.abspath(sys.argv[2])
WIDTH, HEIGHT, RATE = 640, 360, 25
# Text, where its left upper corner is, its first frame and the one after its last.
TEXTS = [('EXIT 42', 60, 40, 10, 60), ('서울 지하철', 340, 250, 30, 90),
         ('a < b & c > d', 60, 250, 65, 90)]
N_FRAMES = 100
PAGE = '''<!doctype html><meta charset=utf-8><body style="margin:0">
<video width=%d height=%d muted>
<track kind=subtitles src=clip.vtt default></video>
<script>
const video = document.querySelector('video');
// Whole, since the server sends no parts, which seeking asks for.
fetch('clip.webm').then(answer => answer.blob()).then(clip => { video.src = URL.createObjectURL(clip); });
const cues = () => Array.from(video.textTracks[0].cues || []);
</script>''' % (WIDTH, HEIGHT)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def make_clip(path):
    filters = ','.join(
        "drawtext=font='Noto Sans CJK KR':fontsize=36:fontcolor=white:expansion=none:"
        "text='%s':x=%d:y=%d:enable='between(n,%d,%d)'" % (text, x, y, first, end - 1)
        for text, x, y, first, end in TEXTS)
    try:
        media.run(['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i',
                   'color=0x103050:s=%dx%d:r=%d:d=%g' % (WIDTH, HEIGHT, RATE, N_FRAMES / RATE),
                   '-vf', filters, '-c:v', 'libvpx', '-b:v', '2M', path])
    except FileNotFoundError as error:
        raise tap.Skip('there is no ffmpeg') from error


@functools.lru_cache(maxsize=None)
def show():
    """The page, with the clip and what was read of it."""
    folder = tempfile.TemporaryDirectory()
    clip = os.path.join(folder.name, 'clip.webm')
    make_clip(clip)
    subprocess.run([os.path.join(BUILD, 'gst/tool/kakaoocr'), 'read', '--only', 'vtt', '--out',
                    folder.name, clip], check=True, stdout=subprocess.DEVNULL, timeout=media.TIMEOUT)
    os.rename(os.path.join(folder.name, 'text.vtt'), os.path.join(folder.name, 'clip.vtt'))
    with open(os.path.join(folder.name, 'page.html'), 'w', encoding='utf-8') as page:
        page.write(PAGE)
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=folder.name))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = chromium.start()
    browser.get('http://127.0.0.1:%d/page.html' % server.server_port)
    chromium.wait_for(browser, 'cues().length > 0 && video.readyState >= 2')
    # Both go when the test does.
    browser.kept = folder, server
    return browser


def all_cues_are_taken():
    """One whose time or settings are wrong would be left out."""
    found = json.loads(show().execute_script(
        'return JSON.stringify(cues().map(c => [c.getCueAsHTML().textContent, c.startTime, c.endTime]))'))
    print('#', found)
    for text, _, _, first, end in TEXTS:
        spans = [cue[1:] for cue in found if text.replace(' ', '') in cue[0].replace(' ', '').split('\n')]
        assert spans, (text, found)
        assert abs(min(start for start, _ in spans) - first / RATE) <= 1 / RATE + .001, (text, spans)
        assert abs(max(stop for _, stop in spans) - end / RATE) <= 1 / RATE + .001, (text, spans)


def picture(browser):
    from PIL import Image
    return Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert('L').crop((0, 0, WIDTH, HEIGHT))


def each_stands_where_its_text_does():
    from PIL import ImageChops
    from selenium.webdriver.support.ui import WebDriverWait
    browser = show()
    text, x, y, first, _ = TEXTS[0]
    browser.execute_script('video.textTracks[0].mode = "hidden"')
    browser.execute_async_script(
        'const done = arguments[arguments.length - 1]; video.onseeked = () => done();'
        'video.currentTime = %f;' % ((first + 10) / RATE))
    chromium.wait_for(browser, 'video.textTracks[0].activeCues.length > 0')
    without = picture(browser)
    browser.execute_script('video.textTracks[0].mode = "showing"')
    box = WebDriverWait(browser, media.TIMEOUT).until(
        lambda _: ImageChops.difference(without, picture(browser)).point(lambda value: 255 * (value > 16)).getbbox())
    print('#', text, 'at', (x, y), 'is shown in', box)
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    assert x - 40 <= middle[0] <= x + 160 + 40, box
    assert y - 60 <= middle[1] <= y + 36 + 60, box


tap.run([('all_cues_are_taken', all_cues_are_taken),
         ('each_stands_where_its_text_does', each_stands_where_its_text_does)])
