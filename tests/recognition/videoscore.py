# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scores what was read in clips of which the lines and their times are known.

A clip's entry in truth.json is that of a picture (textscore.py), with a time
for each line: {"clip.mkv": {"lines": [{"text": "…", "start": 0.2, "end": 3.1}],
"kind": "…", "ignore": ["…"]}, …}; seconds. It is read through the element, and
each line takes the track that is nearest to it of those that stand at its time.

found, CER, words   as in textscore.py, of a line's track
false   words a clip, of tracks that nothing was taken from and that are no
        part of any line, as a line is while it is typed
twice   tracks a clip that say what another says at the same place and time
start, end   how far the track's are from the line's, the median in ms"""
import contextlib
import json
import os
import sqlite3
import statistics
import subprocess

import score
import textscore

# What the ends of a track and of a line are apart at most, in seconds, that
# stand at the same time.
SLACK = 1.0
# Frames a second that a clip is read at.
RATE = 20
SETTINGS = ('interval=250', 'timeout=120000')


def is_clip(entry):
    return any(isinstance(line, dict) for line in entry['lines'])


def convert(path, out):
    """A clip is given a constant rate first: gst-libav's decoder of GIF, for
    one, repeats the first frame for ever."""
    name = os.path.join(out, os.path.basename(path) + '.mkv')
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', path, '-an', '-vf', f'fps={RATE},pad=ceil(iw/2)*2:ceil(ih/2)*2',
                    '-c:v', 'ffv1', '-pix_fmt', 'yuv444p', name], check=True, stdin=subprocess.DEVNULL)


def read_clips(program, folder, names, out):
    """{name: tracks} of clips, as an archive of them has."""
    clips, database = os.path.join(out, 'clips'), os.path.join(out, 'clips.db')
    os.makedirs(clips, exist_ok=True)
    for name in names:
        convert(os.path.join(folder, name), clips)
    settings = [part for setting in SETTINGS for part in ('--set', setting)]
    subprocess.run([program, 'index', database, clips, *settings], check=True, stdout=subprocess.DEVNULL)
    tracks = {name: [] for name in names}
    with contextlib.closing(sqlite3.connect(database)) as archive:
        for path, text, start, end, box in archive.execute(
                'SELECT path, text, start, end, box FROM track JOIN video ON video.id = track.video'):
            tracks[os.path.basename(path)[:-len('.mkv')]].append(
                {'text': text, 'start': start, 'end': end, 'box': json.loads(box)})
    return tracks


class VideoScore(textscore.TextScore):
    def __init__(self):
        super().__init__()
        self.starts, self.ends = [], []

    def row(self):
        ends = ' '.join(f'{statistics.median(values) * 1000:7.0f}' if values else f'{"":7}'
                        for values in (self.starts, self.ends))
        return super().row()[:-9] + ends


HEADER = textscore.HEADER[:-9] + f' {"start":>7} {"end":>7}'


def overlap(line, track):
    start, end = track['start'] / 1e9, track['end'] / 1e9
    return min(end, line['end']) - max(start, line['start']) + SLACK


def errors(line, track):
    wanted, read = (textscore.letters(textscore.plain(text)) for text in (line['text'], track['text']))
    return score.distance(read, wanted) / max(1, len(wanted))


def assign(lines, tracks):
    """For each line its track or None, the nearest pairs first; of tracks as
    near the one that stands longest at the line's time."""
    pairs = sorted((round(errors(line, track), 1), -overlap(line, track), i, j)
                   for i, line in enumerate(lines) for j, track in enumerate(tracks) if overlap(line, track) > 0)
    owned, taken = [None] * len(lines), set()
    for ratio, _, i, j in pairs:
        if ratio <= textscore.MAX_ERRORS and owned[i] is None and j not in taken:
            owned[i] = j
            taken.add(j)
    return owned


def is_part(track, texts):
    """Is a track a piece of a text, as nobody would call wrong?"""
    read = textscore.Reading(texts)
    return read.find(track['text'])[0] <= textscore.MAX_ERRORS / 2


def stand_in_one_place(a, b):
    together = min(a['end'], b['end']) - max(a['start'], b['start'])
    boxes = [([point[0] for point in track['box']], [point[1] for point in track['box']]) for track in (a, b)]
    width, height = (min(max(p[i]) for p in boxes) - max(min(p[i]) for p in boxes) for i in (0, 1))
    smaller = min((max(p[0]) - min(p[0])) * (max(p[1]) - min(p[1])) for p in boxes)
    return together > 0 and width > 0 and height > 0 and width * height > .5 * smaller


def score_clip(truth, tracks, report=None):
    total = VideoScore()
    lines = truth['lines']
    owned = assign(lines, tracks)
    total.pictures = 1
    for line, j in zip(lines, owned):
        wanted = textscore.plain(line['text'])
        read = textscore.plain(tracks[j]['text']) if j is not None else ''
        right, n_read = textscore.right_words(read.split(' '), wanted.split(' '))
        total.lines += 1
        total.found += j is not None
        same = textscore.letters(read) == textscore.letters(wanted)
        edits = 0 if same else score.distance(read, wanted)
        total.edits += edits
        total.characters += len(wanted)
        total.right += right
        total.wanted += sum(1 for word in wanted.split(' ') if score.bare(word))
        total.read += n_read
        if j is not None:
            total.starts.append(abs(tracks[j]['start'] / 1e9 - line['start']))
            total.ends.append(abs(tracks[j]['end'] / 1e9 - line['end']))
        if report is not None and edits:
            report.append(('- ' if j is None else '~ ') + wanted + '   |   ' + read)
    texts = [line['text'] for line in lines] + truth.get('ignore', [])
    for j, track in enumerate(tracks):
        if j in owned:
            continue
        if any(other is not track and other['text'] == track['text'] and stand_in_one_place(track, other)
               for other in tracks):
            total.twice += 1
        if not is_part(track, texts):
            words = [word for word in track['text'].split() if score.bare(word)]
            total.false += len(words)
            total.read += len(words)
            if report is not None:
                report.append('+ ' + track['text'])
    return total


def score_clips(program, out, folder, truth, by='kind'):
    """A VideoScore of all clips as '', and one a kind or a clip."""
    scores = {'': VideoScore()}
    tracks = read_clips(program, folder, truth, out)
    for name, entry in truth.items():
        part = score_clip(entry, tracks[name])
        for key in ('', name if by in ('picture', 'kind') else str(entry.get(by, ''))):
            textscore.add(scores.setdefault(key, VideoScore()), part)
    return scores
