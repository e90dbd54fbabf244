# SPDX-License-Identifier: LGPL-2.1-or-later
"""A real browser, without a window."""
import atexit
import functools
import os
import tempfile

import media
import tap

# What has its address resolved to this machine, by whoever owns the name.
REBOUND = 'rebound.example'


@functools.lru_cache(maxsize=None)
def start():
    """One for all tests."""
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
                   '--lang=en', '--autoplay-policy=no-user-gesture-required',
                   '--host-resolver-rules=MAP %s 127.0.0.1' % REBOUND):
        options.add_argument(option)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL',
                                                 'performance': 'ALL'})
    # It leaves files behind that are its own, though it was told to end.
    folder = tempfile.TemporaryDirectory(prefix='kakaoocr-chromium-', ignore_cleanup_errors=True)
    browser = webdriver.Chrome(service=Service('/usr/bin/chromedriver', env=os.environ | {'TMPDIR': folder.name}),
                               options=options)

    def end():
        browser.quit()
        folder.cleanup()

    atexit.register(end)
    browser.set_page_load_timeout(media.TIMEOUT)
    browser.set_script_timeout(media.TIMEOUT)
    browser.implicitly_wait(media.TIMEOUT)
    return browser


def wait_for(browser, script):
    from selenium.webdriver.support.ui import WebDriverWait
    return WebDriverWait(browser, media.TIMEOUT).until(
        lambda driver: driver.execute_script('return ' + script))
