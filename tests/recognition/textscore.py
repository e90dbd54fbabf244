# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scores what was read in pictures of which only the text is known, not where
it stands.

A folder has truth.json: {"picture.png": {"lines": ["…"], "kind": "sign",
"ignore": ["…"]}, …}. Words come in reading order; each line of the truth takes
the stretch of them that is nearest to it, the nearest first, no word twice.

found   lines of which at least half of the characters were read, in percent
CER     edit distance of all lines, those that were not found whole, in percent
        of their characters
words   F1 of whole words, edge punctuation not compared
false   words a picture that belong to no line and to nothing in "ignore"
twice   words a picture that stand where another one stands

Blanks between Hangul syllables that stand apart, accents on Latin letters and
forms of one character (dashes, quotes, full width) are not compared."""
import collections
import unicodedata

import numpy as np

import score

# A reading that errs on more than this share of a line is of something else.
MAX_ERRORS = .5
ABOUT = .2
# No stretch goes over a word that is taken.
WALL = 1000
ALIKE = str.maketrans({'—': '-', '–': '-', '‐': '-', '−': '-', '“': '"', '”': '"', '‘': "'", '’': "'", '…': '...',
                       '·': '·', '・': '·', '•': '·'})


def plain(text):
    """Without accents on Latin letters; Hangul stays whole."""
    out = []
    for character in unicodedata.normalize('NFKC', text.translate(ALIKE)):
        parts = unicodedata.normalize('NFD', character)
        out.append(parts[0] if len(parts) > 1 and parts[0].isascii() else character)
    return ' '.join(''.join(out).split())


def letters(text):
    return text.replace(' ', '')


def ends(pattern, text, costs):
    """For each place of text, the least edit distance between pattern and a
    stretch that ends there. costs: of leaving out each character of text."""
    reach = np.concatenate([[0], np.cumsum(costs)])
    row = np.zeros(len(text) + 1)
    for i, character in enumerate(pattern, 1):
        above = row
        row = above + 1
        row[1:] = np.minimum(row[1:], above[:-1] + np.where((text == character) & (costs < WALL), 0, costs))
        row = np.minimum.accumulate(row - reach) + reach
    return row


def nearest(pattern, text, costs):
    """(errors, start, end) of the stretch of text nearest to pattern."""
    if not len(text):
        return len(pattern), 0, 0
    row = ends(pattern, text, costs)
    end = int(np.argmin(row))
    back = ends(pattern[::-1], text[:end][::-1], costs[:end][::-1]) if end else np.zeros(1)
    # Of stretches as near the shortest.
    return row[end], end - int(np.argmin(back)), end


class Reading:
    """The words of a picture as one text without blanks."""

    def __init__(self, words):
        self.words = [plain(word) for word in words]
        self.text = np.array(list(''.join(letters(word) for word in self.words)))
        self.owner = np.array([i for i, word in enumerate(self.words) for _ in letters(word)], int)
        self.costs = np.ones(len(self.text))
        self.taken = [False] * len(self.words)

    def find(self, line):
        pattern = letters(plain(line))
        errors, start, end = nearest(pattern, self.text, self.costs)
        return errors / max(1, len(pattern)), start, end

    def take(self, start, end):
        """The words of which most lies in a stretch, which are then gone."""
        inside = collections.Counter(self.owner[start:end].tolist())
        mine = [i for i, n in sorted(inside.items()) if 2 * n >= len(letters(self.words[i])) and not self.taken[i]]
        for i in mine:
            self.taken[i] = True
            self.costs[self.owner == i] = WALL
        return mine


def assign(reading, lines, ignored=()):
    """The numbers of the words that each line takes, those to be ignored after
    the others; None: it was not found."""
    n, lines = len(lines), [*lines, *ignored]
    found = {}
    near = {i: reading.find(line) for i, line in enumerate(lines)}
    while near:
        # Of lines that are about as near the longest: its words may be all
        # that a short one is made of. What may be ignored is often a line as
        # somebody else would read it.
        i = min(near, key=lambda i: (int(near[i][0] / ABOUT), i >= n, -len(lines[i]), near[i][0]))
        ratio, start, end = near.pop(i)
        if ratio > MAX_ERRORS:
            break
        found[i] = reading.take(start, end)
        for j, (_, first, last) in list(near.items()):
            if first < end and start < last:
                near[j] = reading.find(lines[j])
    return [found.get(i) for i in range(len(lines))]


def right_words(read, wanted):
    """How many of the wanted words were read, and how many words were read."""
    n = sum(bool(score.bare(word)) for word in wanted)
    if letters(' '.join(read)) == letters(' '.join(wanted)):
        return n, n
    read = collections.Counter(filter(None, (score.bare(word) for word in read)))
    wanted = collections.Counter(filter(None, (score.bare(word) for word in wanted)))
    return sum((read & wanted).values()), sum(read.values())


class TextScore:
    def __init__(self):
        self.lines = self.found = self.edits = self.characters = 0
        self.right = self.wanted = self.read = self.false = self.twice = self.pictures = self.cpu = 0

    def row(self):
        def share(part, whole):
            return 100 * part / max(1, whole)
        return (f'{self.pictures:5} {self.lines:5} {share(self.found, self.lines):7.1f} '
                f'{share(self.edits, self.characters):7.1f} '
                f'{share(2 * self.right, self.wanted + self.read):7.1f} {self.false / max(1, self.pictures):7.2f} '
                f'{self.twice / max(1, self.pictures):7.2f} {self.cpu / max(1, self.pictures):8.0f}')


HEADER = (f'{"":24} {"pict.":>5} {"lines":>5} {"found %":>7} {"CER %":>7} {"words %":>7} {"false":>7} {"twice":>7} '
          f'{"CPU ms":>8}')


def inside(quad, point):
    u, v, _ = score.within(quad, point)
    return 0 < u < 1 and 0 < v < 1


def count_twice(words):
    """Words whose middle lies in a longer one's quad."""
    twice = 0
    for i, (quad, text) in enumerate(words):
        for j, (other, longer) in enumerate(words):
            if i != j and (len(longer), j) > (len(text), i) and inside(other, quad.mean(0)):
                twice += 1
                break
    return twice


def score_picture(truth, words, cpu, report=None):
    """truth: a picture's entry; words: (quad, text) in reading order."""
    total = TextScore()
    lines, ignore = truth['lines'], truth.get('ignore', [])
    reading = Reading([text for _, text in words])
    owned = assign(reading, lines, ignore)
    total.pictures, total.cpu = 1, cpu
    total.twice = count_twice(words)
    for line, mine in zip(lines, owned):
        wanted = plain(line).split(' ')
        read = [reading.words[i] for i in mine or []]
        edits = 0 if ''.join(map(letters, read)) == ''.join(wanted) else score.distance(' '.join(read), ' '.join(wanted))
        right, n_read = right_words(read, wanted)
        total.lines += 1
        total.found += mine is not None
        total.edits += edits
        total.characters += len(' '.join(wanted))
        total.right += right
        total.wanted += sum(1 for word in wanted if score.bare(word))
        total.read += n_read
        if report is not None and edits:
            report.append(('- ' if mine is None else '~ ') + ' '.join(wanted) + '   |   ' + ' '.join(read))
    ignored = letters(plain(' '.join(ignore)))
    for word, taken in zip(reading.words, reading.taken):
        if not taken and score.bare(word) and score.bare(word) not in ignored:
            total.false += 1
            total.read += 1
            if report is not None:
                report.append('+ ' + word)
    return total


def add(total, part):
    for name, value in vars(part).items():
        setattr(total, name, getattr(total, name) + value)


def score_set(truth, words, cpu, by=None, report=False):
    """{key: TextScore} of a truth.json; paths are those of its pictures."""
    scores = collections.defaultdict(TextScore)
    for name, picture in truth.items():
        lines = []
        part = score_picture(picture, words.get(name, []), cpu.get(name, 0), lines if report else None)
        add(scores[''], part)
        if by:
            add(scores[name if by == 'picture' else str(picture.get(by, ''))], part)
        if lines:
            print(f'## {name} ({picture.get("kind", "")})')
            print('\n'.join(lines))
    return scores
