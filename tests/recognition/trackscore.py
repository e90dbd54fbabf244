# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scores the texts that frames carry against where they are on each.

MOTA     1 less what is missed, what is no text, and switches of identity, by the
         texts there are (CLEAR MOT)
MOTP     how far the boxes found cover the true ones, in the mean
IDF1     of frames in which a text has the one track that is its own
switches of a text from one track to another

A box is a text's when their intersection is half of their union. What need not be
found is no fault when it is. With the text right, a box counts only where it says
what stands there; of a line that is not wholly in the frame a stretch of it."""
import textscore

LEAST_OVERLAP = .5
# Letters that an edge of the frame cuts are read as it happens.
CUT_LETTERS = 2


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = width * height if width > 0 and height > 0 else 0.
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def assign(gains):
    """Rows to columns so that the sum of gains is the most: {row: column}, of
    pairs that gain anything (the Hungarian method with potentials)."""
    n_rows = len(gains)
    n = max(n_rows, len(gains[0]) if gains else 0)
    cost = [[-gains[i][j] if i < n_rows and j < len(gains[i]) else 0. for j in range(n)] for i in range(n)]
    u, v, row_of, way = [0.] * (n + 1), [0.] * (n + 1), [0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        row_of[0], j0 = i, 0
        least, used = [float('inf')] * (n + 1), [False] * (n + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = row_of[j0], float('inf'), 0
            for j in range(1, n + 1):
                if not used[j]:
                    reduced = cost[i0 - 1][j - 1] - u[i0] - v[j]
                    if reduced < least[j]:
                        least[j], way[j] = reduced, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(n + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if not row_of[j0]:
                break
        while j0:
            row_of[j0], j0 = row_of[way[j0]], way[j0]
    return {row_of[j] - 1: j - 1 for j in range(1, n + 1) if row_of[j] and cost[row_of[j] - 1][j - 1] < 0}


def says(line, text):
    """Does text say what is to be seen of a line?"""
    read, wanted = textscore.letters(textscore.plain(text)), textscore.letters(textscore.plain(line['text']))
    if line['whole']:
        return read == wanted
    return len(read) > 2 * CUT_LETTERS and read[CUT_LETTERS:-CUT_LETTERS] in wanted


class TrackScore:
    def __init__(self, truth, found, with_text=False):
        """truth: of movingscenes. found: a list a frame of {"track", "text",
        "box"}."""
        self.with_text = with_text
        self.n = self.n_found = self.missed = self.false = self.switches = 0
        self.covered, self.report = 0., []
        self.owners, self.shared, self.lengths = {}, {}, {}
        for i, (lines, texts) in enumerate(zip(truth, found)):
            self.add(i, lines, texts)

    def add(self, i, lines, texts):
        gains = [[self.gain(line, text) for text in texts] for line in lines]
        pairs = assign(gains) if texts else {}
        counted = 0
        for k, line in enumerate(lines):
            if not line['counts']:
                continue
            self.n += 1
            self.lengths[line['id']] = self.lengths.get(line['id'], 0) + 1
            if k not in pairs:
                self.missed += 1
                continue
            text = texts[pairs[k]]
            counted += 1
            self.covered += overlap(line['box'], text['box'])
            before = self.owners.get(line['id'])
            if before not in (None, text['track']):
                self.switches += 1
                self.report.append(f'frame {i}: {line["text"]}: {before} -> {text["track"]} ({text["text"]})')
            self.owners[line['id']] = text['track']
            pair = line['id'], text['track']
            self.shared[pair] = self.shared.get(pair, 0) + 1
        # What lies on a line that need not be found is neither.
        excused = {pairs[k] for k, line in enumerate(lines) if not line['counts'] and k in pairs}
        excused |= {k for k, text in enumerate(texts) if k not in pairs.values() and any(
            not line['counts'] and overlap(line['box'], text['box']) > 0 for line in lines)}
        self.n_found += len(texts) - len(excused)
        self.false += len(texts) - len(excused) - counted

    def gain(self, line, text):
        covered = overlap(line['box'], text['box'])
        if covered < LEAST_OVERLAP or (self.with_text and line['counts'] and not says(line, text['text'])):
            return 0.
        # A text keeps its track where it can.
        return covered + (self.owners.get(line['id']) == text['track'])

    mota = property(lambda self: 1 - (self.missed + self.false + self.switches) / max(1, self.n))
    motp = property(lambda self: self.covered / max(1, self.n - self.missed))

    @property
    def idf1(self):
        ids, tracks = sorted({a for a, _ in self.shared}), sorted({b for _, b in self.shared})
        gains = [[self.shared.get((a, b), 0) for b in tracks] for a in ids]
        own = sum(gains[i][j] for i, j in assign(gains).items())
        return 2 * own / max(1, self.n + self.n_found)

    def row(self):
        return f'{self.mota:6.3f} {self.motp:6.3f} {self.idf1:6.3f} {self.switches:8}'


HEADER = f'{"MOTA":>6} {"MOTP":>6} {"IDF1":>6} {"switches":>8}'
