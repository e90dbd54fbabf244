#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""kakaoocr serve in a real browser.

browser.py SOURCE-ROOT BUILD-ROOT
"""
import json
import os
import urllib.parse

import chromium
import media
import tap
from served import BOX, NOT_PLAYED, SCRIPT, Page


def events(browser, name):
    """Of its network since the last time."""
    for entry in browser.get_log('performance'):
        message = json.loads(entry['message'])['message']
        if message['method'] == 'Network.' + name:
            yield message['params']


def requested(browser):
    """Where the page's requests went."""
    for event in events(browser, 'requestWillBeSent'):
        url = event['request']['url']
        if url.startswith('http'):
            yield urllib.parse.urlsplit(url).netloc


def answered(browser, host):
    """With which statuses a host did so."""
    for event in events(browser, 'responseReceived'):
        if urllib.parse.urlsplit(event['response']['url']).hostname == host:
            yield event['response']['status']


def open_page(page, address=''):
    browser = chromium.start()
    browser.set_window_size(1280, 1000)
    browser.get('about:blank')
    for log in 'performance', 'browser':
        browser.get_log(log)
    browser.get(page.url + address)
    return browser


def check_quiet(browser, page):
    """It asked nobody else, and nothing was wrong."""
    assert set(requested(browser)) == {page.netloc}
    complaints = browser.get_log('browser')
    assert not complaints, complaints


def the_page_finds_shows_and_plays():
    with Page() as page:
        browser = open_page(page)
        assert 'clip' in browser.find_element('css selector', '.videos a').text
        assert chromium.wait_for(browser, 'document.querySelector(".cover img")'
                                 '.naturalWidth') == 320
        browser.find_element('id', 'query').send_keys('출구\n')
        hit = browser.find_element('css selector', '.hits a')
        assert '서울역 3번 출구' in hit.text, hit.text
        assert hit.find_element('css selector', 'mark').text == '출구'
        hit.click()
        at = chromium.wait_for(browser, '(v => v && v.readyState >= 2 && '
                      'v.currentTime)(document.querySelector("video"))')
        assert abs(at - 2) <= 0.5, at
        chromium.wait_for(browser, 'document.querySelectorAll("polygon").length == 2')
        points = chromium.wait_for(browser, 'document.querySelector("polygon")'
                          '.getAttribute("points")')
        assert points == ' '.join('%d,%d' % tuple(p) for p in BOX), points
        # Its texts are told in the list, and its time on the time line.
        now, standing = browser.execute_script(
            'return [parseFloat(document.querySelector(".now").style.left), '
            '[...document.querySelectorAll("[aria-current=true] strong")].map('
            'text => text.textContent)]')
        assert abs(now - 100 * at / 6) < 1, (now, at)
        assert sorted(standing) == ['Gate 27', '서울역 3번 출구'], standing
        # The box lies on the picture where the picture has it.
        left, right = browser.execute_script(
            'const v = document.querySelector("video")'
            '.getBoundingClientRect(), p = document.querySelector('
            '"polygon").getBoundingClientRect(), w = Math.min(v.width,'
            ' v.height * 320 / 180), x = v.left + (v.width - w) / 2;'
            'return [(p.left - x) / w, (p.right - x) / w]')
        assert abs(left - 20 / 320) < 0.02 and \
            abs(right - 300 / 320) < 0.02, (left, right)
        assert SCRIPT in browser.find_element('css selector', '.texts').text
        assert browser.title != 'owned'
        check_quiet(browser, page)


def boxes_follow_texts_that_move():
    with Page() as page:
        browser = open_page(page, '#/video/1?t=0')
        chromium.wait_for(browser, '(v => v && v.readyState >= 2)'
                 '(document.querySelector("video"))')
        seen = browser.execute_async_script('''
            const done = arguments[0], seen = [];
            const player = document.querySelector('video');
            const look = () => {
              const box = [...document.querySelectorAll('polygon')].find(
                shape => shape.textContent === 'moves');
              if (box)
                seen.push([player.currentTime,
                           parseFloat(box.getAttribute('points'))]);
              if (player.currentTime < 2.5)
                requestAnimationFrame(look);
              else
                done(seen);
            };
            player.muted = true;
            player.play();
            look();''')
        places = [x for _, x in seen]
        assert len(set(places)) > 5, seen
        # A picture late at most, at 50 pixels a second.
        late = [10 + 50 * at - x for at, x in seen]
        assert sorted(late)[len(late) * 9 // 10] < 20 and min(late) > -5, seen
        # It is gone when the text is.
        assert max(at for at, _ in seen) < 2.3, seen
        check_quiet(browser, page)


def what_cannot_be_played_is_shown_as_stills():
    with Page(form=NOT_PLAYED) as page:
        browser = open_page(page, '#/video/1?t=2')
        told = browser.find_element('css selector', '[role=note]')
        assert 'still' in told.text, told.text
        width = 'document.querySelector(".still").naturalWidth'
        assert chromium.wait_for(browser, width) == 320

        def shown():
            return browser.execute_script(
                'const still = document.querySelector(".still");'
                'return [still.alt, new URL(still.src).pathname, '
                '[...document.querySelectorAll("polygon")].map('
                'shape => shape.textContent)]')
        ids = {track['text']: track['id']
               for track in page.get('/api/videos/1')['tracks']}
        text = '서울역 3번 출구'
        alt, path, boxes = shown()
        assert (alt, path) == (text, '/frames/%d' % ids[text]), (alt, path)
        assert sorted(boxes) == ['Gate 27', text], boxes
        for button in browser.find_elements('css selector', '.texts button'):
            if SCRIPT in button.text:
                button.click()
        chromium.wait_for(browser, width + ' && document.querySelector(".still")'
                 '.complete')
        assert shown()[:2] == [SCRIPT, '/frames/%d' % ids[SCRIPT]], shown()
        # That the file is not played is no error of the page's.
        assert set(requested(browser)) == {page.netloc}
        assert not [entry for entry in browser.get_log('browser')
                    if entry['source'] == 'javascript']


def texts_at_one_time_lie_one_below_the_other():
    with Page() as page:
        browser = open_page(page, '#/video/1')
        browser.find_element('css selector', '.lane button')
        marks = browser.execute_script(
            'return [...document.querySelectorAll(".lane button")].map('
            'mark => [mark.title, mark.getBoundingClientRect()])')
        # Two lanes do: one text goes from beginning to end.
        assert len({place['top'] for _, place in marks}) == 2, marks
        for i, (_, one) in enumerate(marks):
            for _, other in marks[:i]:
                assert one['top'] != other['top'] or \
                    one['left'] >= other['right'] - 1 or \
                    other['left'] >= one['right'] - 1, marks
        check_quiet(browser, page)


def a_keyboard_is_enough():
    from selenium.webdriver.common.keys import Keys
    with Page() as page:
        browser = open_page(page)
        browser.find_element('css selector', '.videos a')

        def press(*keys):
            browser.switch_to.active_element.send_keys(*keys)

        def at(selector):
            return chromium.wait_for(browser, 'document.activeElement.matches(%s)'
                            % json.dumps(selector))
        press('/')
        assert at('#query')
        press('출구', Keys.ENTER)
        browser.find_element('css selector', '.hits a')
        for selector in '#fuzzy', '#go', '.hits a':
            press(Keys.TAB)
            assert at(selector), selector
        # Where one is can be seen.
        assert browser.execute_script('return getComputedStyle('
                                      'document.activeElement).outlineStyle') \
            == 'solid'
        press(Keys.ENTER)
        assert at('main')
        for _ in range(20):
            press(Keys.TAB)
            if browser.execute_script('return document.activeElement.matches('
                                      '".texts button")'):
                break
        assert at('.texts button')
        press(Keys.ENTER)
        assert chromium.wait_for(browser, 'document.querySelector("video").currentTime '
                        '< 1')
        check_quiet(browser, page)


def what_is_not_seen_is_named():
    """For who hears the page: names, roles, languages."""
    unnamed = '''
        const named = node => node.getAttribute('aria-label') ||
          node.getAttribute('alt') !== null || node.textContent.trim() ||
          (node.labels && [...node.labels].some(
            label => label.textContent.trim()));
        return [...document.querySelectorAll(
          'a, button, input, video, img, [role=group]')].filter(
            node => !named(node)).map(node => node.outerHTML)'''
    with Page() as page:
        browser = open_page(page)
        for address, selector in (('', '.videos a'), ('#/?q=gate', '.hits a'),
                                  ('#/video/1', '.texts button')):
            browser.get(page.url + address)
            browser.find_element('css selector', selector)
            assert browser.execute_script(unnamed) == [], address
            assert browser.title.endswith('kakaoocr'), browser.title
        for selector in ('main', '[role=search]', '[role=status][aria-live]',
                         'h1', 'html[lang=en]'):
            browser.find_element('css selector', selector)
        check_quiet(browser, page)


def it_fits_every_window_and_light():
    with Page() as page:
        browser = open_page(page)
        for address, selector in (('', '.videos a'), ('#/?q=gate', '.hits a'),
                                  ('#/video/1', '.texts button')):
            browser.get(page.url + address)
            browser.find_element('css selector', selector)
            for size in (360, 640), (3840, 2160):
                browser.execute_cdp_cmd(
                    'Emulation.setDeviceMetricsOverride',
                    {'width': size[0], 'height': size[1],
                     'deviceScaleFactor': 1, 'mobile': False})
                assert chromium.wait_for(browser, 'innerWidth == %d && '
                                'document.documentElement.scrollWidth '
                                '<= innerWidth' % size[0]), address
        browser.execute_cdp_cmd('Emulation.clearDeviceMetricsOverride', {})
        grounds = []
        for scheme in 'light', 'dark':
            browser.execute_cdp_cmd('Emulation.setEmulatedMedia', {
                'features': [{'name': 'prefers-color-scheme',
                              'value': scheme}]})
            grounds.append(browser.execute_script(
                'return getComputedStyle(document.body).backgroundColor'))
        browser.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': []})
        assert grounds[0] != grounds[1], grounds
        check_quiet(browser, page)


def it_speaks_the_reader_s_language():
    with Page() as page:
        browser = open_page(page)
        agent = browser.execute_script('return navigator.userAgent')
        browser.execute_cdp_cmd('Network.setUserAgentOverride', {
            'userAgent': agent, 'acceptLanguage': 'ko-KR'})
        browser.get(page.url + '#/?q=gate')
        browser.refresh()
        browser.find_element('css selector', 'html[lang=ko]')
        assert browser.find_element('id', 'go').text == '검색'
        assert chromium.wait_for(browser, 'document.getElementById("status")'
                        '.textContent') == '결과 1개'
        browser.execute_cdp_cmd('Network.setUserAgentOverride', {
            'userAgent': agent, 'acceptLanguage': 'en'})
        check_quiet(browser, page)


def a_name_that_was_rebound_shows_nothing():
    with Page() as page:
        browser = open_page(page)
        port = page.netloc.rsplit(':', 1)[1]
        browser.get('http://%s:%s/' % (chromium.REBOUND, port))
        assert browser.execute_script(
            'return document.getElementById("query") === null')
        assert list(answered(browser, chromium.REBOUND)) == [403]


tap.run([(test.__name__, test) for test in (
    the_page_finds_shows_and_plays, boxes_follow_texts_that_move,
    what_cannot_be_played_is_shown_as_stills,
    texts_at_one_time_lie_one_below_the_other, a_keyboard_is_enough,
    what_is_not_seen_is_named, it_fits_every_window_and_light,
    it_speaks_the_reader_s_language,
    a_name_that_was_rebound_shows_nothing)])
