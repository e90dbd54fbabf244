# SPDX-License-Identifier: LGPL-2.1-or-later
"""The site that gi-docgen makes: all documents are there, and what its pages link
to and show.

site.py SOURCE-ROOT FOLDER
"""
import glob
import html.parser
import os
import re
import sys
import urllib.parse

import tap

SOURCE, FOLDER = sys.argv[1:3]


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.anchors, self.targets, self.text = set(), [], []
        with open(path, encoding='utf-8') as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors.add(attributes.get('id'))
        # An anchor that is a link has no address.
        self.targets += [attributes[name] for name in ('href', 'src')
                         if attributes.get(name)]

    def handle_data(self, data):
        self.text.append(data)


PAGES = {os.path.basename(path): Page(path)
         for path in glob.glob(os.path.join(FOLDER, '*.html'))}


def leads_nowhere(page, target):
    if re.match(r'(https?|mailto|data|javascript):', target):
        return False
    name, _, fragment = target.partition('#')
    name = urllib.parse.unquote(name) or page
    if not os.path.exists(os.path.join(FOLDER, name)):
        return True
    return bool(fragment) and name in PAGES \
        and urllib.parse.unquote(fragment) not in PAGES[name].anchors


def links_lead_somewhere():
    broken = {name: targets for name, targets in (
        (name, [target for target in page.targets
                if leads_nowhere(name, target)])
        for name, page in PAGES.items()) if targets}
    assert len(PAGES) > 50 and not broken, broken


def every_document_is_there():
    for path in (glob.glob(os.path.join(SOURCE, 'docs/*.md'))
                 + glob.glob(os.path.join(SOURCE, '*.md'))):
        with open(path, encoding='utf-8') as file:
            headings = re.findall(r'(?m)^#+ ([^`\n\[]+)$', file.read())
        page = PAGES[os.path.basename(path).lower()[:-3] + '.html']
        text = re.sub(r'\s+', ' ', ' '.join(page.text))
        missing = [heading for heading in headings if heading not in text]
        assert headings and not missing, (path, missing)


def no_link_is_left_as_it_was_written():
    for name, page in PAGES.items():
        left = [target for target in page.targets
                if re.search(r'\.md(#|$)', target) and '://' not in target]
        assert not left, (name, left)


tap.run([(test.__name__, test) for test in [
    every_document_is_there, links_lead_somewhere,
    no_link_is_left_as_it_was_written]])
