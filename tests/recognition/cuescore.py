# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scores the subtitles that were read off a film of which the lines are known.

exact    lines that a cue says letter by letter; row breaks are blanks, and
         forms of one character (dashes, quotes) are one
CER %    errors by characters over all lines; a missed one counts whole
missed   lines that no cue has half of
phantom  cues that are no line's
in a frame, in 0.1 s   beginnings and ends of the lines found that are so near
start, end   how far they are off: the median, and what the worst tenth is
             beyond, in ms"""
import re
import statistics

import score
import textscore
import videoscore

# What players take for markup is broken by this by kakaoocrenc.
WORD_JOINER = '\u2060'
TIME = re.compile(r'(\d+):(\d+):(\d+)[,.](\d+) --> (\d+):(\d+):(\d+)[,.](\d+)')


def seconds(hours, minutes, rest, ms):
    return int(hours) * 3600 + int(minutes) * 60 + int(rest) + int(ms) / 1000


def load_srt(path):
    """[{"text", "start", "end"}], seconds."""
    cues = []
    with open(path, encoding='utf-8') as file:
        for block in file.read().strip().split('\n\n'):
            rows = block.split('\n')
            times = TIME.match(rows[1]) if len(rows) > 2 else None
            if times:
                text = re.sub(r'^\{\\an\d\}', '', '\n'.join(rows[2:])).replace(WORD_JOINER, '')
                cues.append({'text': text, 'start': seconds(*times.groups()[:4]), 'end': seconds(*times.groups()[4:])})
    return cues


def find_lost(lines, more, fewer):
    """Of the lines that are found by their numbers in more those that are not in fewer."""
    return [lines[i]['text'] for i in sorted(set(more) - set(fewer))]


class CueScore:
    def __init__(self, lines, cues, frame):
        """frame: its length in seconds."""
        self.frame, self.lines, self.cues = frame, lines, cues
        # videoscore has a track's times in nanoseconds.
        tracks = [{**cue, 'start': cue['start'] * 1e9, 'end': cue['end'] * 1e9} for cue in cues]
        self.owned = videoscore.assign(lines, tracks)
        self.edits = self.characters = self.exact = 0
        self.starts, self.ends, self.report = [], [], []
        for line, j in zip(lines, self.owned):
            wanted = textscore.plain(line['text'])
            read = textscore.plain(cues[j]['text']) if j is not None else ''
            edits = score.distance(read, wanted)
            self.edits += edits
            self.characters += len(wanted)
            self.exact += edits == 0
            if j is not None:
                self.starts.append(abs(cues[j]['start'] - line['start']))
                self.ends.append(abs(cues[j]['end'] - line['end']))
            if edits:
                self.report.append(f'{"-" if j is None else "~"} {line["start"]:8.2f} {wanted}   |   {read}')
            elif max(self.starts[-1], self.ends[-1]) > frame + .001:
                self.report.append(f'  {line["start"]:8.2f} {wanted}   {1000 * (cues[j]["start"] - line["start"]):+.0f} '
                                   f'{1000 * (cues[j]["end"] - line["end"]):+.0f} ms')
        self.report += [f'+ {cue["start"]:8.2f} {textscore.plain(cue["text"])}   ({cue["end"] - cue["start"]:.2f} s)'
                        for j, cue in enumerate(cues) if j not in self.owned]

    found = property(lambda self: [i for i, j in enumerate(self.owned) if j is not None])
    missed = property(lambda self: self.owned.count(None))
    phantom = property(lambda self: len(self.cues) - len(self.found))
    exact_rate = property(lambda self: self.exact / max(1, len(self.lines)))
    cer = property(lambda self: 100 * self.edits / max(1, self.characters))

    def within(self, limit):
        errors = self.starts + self.ends
        return sum(error <= limit + .001 for error in errors) / max(1, len(errors))

    def row(self):
        def spread(errors):
            if len(errors) < 2:
                return f'{"":11}'
            return f'{1000 * statistics.median(errors):5.0f} {1000 * statistics.quantiles(errors, n=10)[-1]:5.0f}'
        return (f'{100 * self.exact_rate:7.1f} {self.cer:6.2f} {self.missed:6} {self.phantom:7} '
                f'{100 * self.within(self.frame):7.1f} {100 * self.within(.1):7.1f} {spread(self.starts)} '
                f'{spread(self.ends)}')


HEADER = (f'{"exact %":>7} {"CER %":>6} {"missed":>6} {"phantom":>7} {"frame %":>7} {"0.1 s %":>7} '
          f'{"start":>5} {"":>5} {"end":>5} {"":>5}')
