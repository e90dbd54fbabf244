# SPDX-License-Identifier: LGPL-2.1-or-later
"""Links of the documents lead somewhere: files, and headings in them. The README
in Korean has what the README has.

links.py SOURCE-ROOT BUILD-ROOT
"""
import glob
import os
import re
import sys
import unicodedata

import tap

SOURCE = os.path.abspath(sys.argv[1])
PAGES = [path for pattern in ['*.md', 'docs/*.md', 'tests/*.md',
                              'examples/**/*.md']
         for path in glob.glob(os.path.join(SOURCE, pattern), recursive=True)]
LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s]+)\)')


def read(path):
    with open(path, encoding='utf-8') as file:
        return re.sub(r'(?ms)^```.*?^```$', '', file.read())


def anchor(heading):
    """As the usual hosts make it of a heading."""
    text = re.sub(r'\[([^\]]*)\]\([^)]*\)', r'\1', heading).strip().lower()
    kept = ''.join(c for c in text
                   if c in ' -_' or unicodedata.category(c)[0] in 'LN')
    return kept.replace(' ', '-')


def anchors(path):
    return {anchor(heading)
            for heading in re.findall(r'(?m)^#+ (.*)$', read(path))}


def broken(page):
    for target in LINK.findall(read(page)):
        if re.match(r'[a-z]+:', target):
            continue
        name, _, fragment = target.partition('#')
        path = os.path.normpath(os.path.join(os.path.dirname(page), name)) \
            if name else page
        if not os.path.exists(path):
            yield target
        elif fragment and fragment not in anchors(path):
            yield target


def links_lead_somewhere():
    found = {os.path.relpath(page, SOURCE): list(broken(page))
             for page in PAGES}
    assert PAGES and not any(found.values()), {
        page: links for page, links in found.items() if links}


def every_page_is_reached_from_the_readme():
    seen, to_see = set(), [os.path.join(SOURCE, 'README.md')]
    while to_see:
        page = to_see.pop()
        if page in seen or not page.endswith('.md'):
            continue
        seen.add(page)
        to_see += [os.path.normpath(os.path.join(
            os.path.dirname(page), target.partition('#')[0]))
            for target in LINK.findall(read(page))
            if not re.match(r'[a-z]+:|#', target)]
    missed = [page for page in PAGES if page not in seen]
    assert not missed, missed


def outline(page):
    """What does not change with the language: the levels of the headings, the
    commands, where links lead."""
    with open(page, encoding='utf-8') as file:
        text = file.read()
    targets = [os.path.normpath(os.path.join(
        os.path.dirname(page), target)) if not re.match('[a-z]+:', target)
        else target for target in LINK.findall(read(page))]
    names = ('README.md', 'README.ko.md')
    return (re.findall(r'(?m)^(#+) ', read(page)),
            re.findall(r'(?ms)^```.*?^```$', text),
            [target for target in targets
             if os.path.basename(target) not in names])


def the_korean_readme_keeps_step():
    english = outline(os.path.join(SOURCE, 'README.md'))
    korean = outline(os.path.join(SOURCE, 'docs/README.ko.md'))
    for one, other in zip(english, korean):
        assert one == other, [pair for pair in zip(one, other)
                              if pair[0] != pair[1]] or (one, other)


tap.run([(test.__name__, test) for test in [
    links_lead_somewhere, every_page_is_reached_from_the_readme,
    the_korean_readme_keeps_step]])
