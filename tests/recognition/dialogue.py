# SPDX-License-Identifier: LGPL-2.1-or-later
"""The subtitles of an episode: what is said, when, and how it is drawn. What
this makes is the truth."""
import dataclasses

import texts

RATE = 25
# Of lines, in twenty minutes.
LINES_A_MINUTE = 270 / 20
# name: (colour of the letters, of outline or box, outline, shadow, border style)
STYLES = {'white': ('&H00FFFFFF', '&H00000000', 2.6, 0, 1),
          'yellow': ('&H0000E6FF', '&H00000000', 2.4, 0, 1),
          'boxed': ('&H00FFFFFF', '&H30000000', 5, 0, 3),
          'shadow': ('&H00F4F4F4', '&H00101010', 1.2, 2, 1)}
STYLE_WEIGHTS = [6, 2, 2, 1]
FONTS = ['Noto Sans CJK KR', 'Noto Sans CJK KR', 'NanumGothic', 'NanumBarunGothic']

KOREAN_ENDS = ['', '', '', '', '.', '?', '!', '...']
ENGLISH_ENDS = ['.', '.', '.', '?', '!', '...', ',']
KOREAN_FIRST = ['그래,', '아니,', '있잖아,', '네,', '저기요,', '3시 15분에', '2,500원으로', '10년 전에', 'OK,']
ENGLISH_FIRST = ["I think", "I'm sure", "I'll tell you:", "If I'm right,", "Well,", "No,", "It's true:", "Oh,",
                 "At 10:15", "In 2019", "All I know is that", "You're right,"]


@dataclasses.dataclass
class Line:
    text: str           # rows apart by \n
    start: int          # frames; the middle of a fade
    end: int            # the first frame without it
    style: str = 'white'
    font: str = FONTS[0]
    size: float = 1.0   # of the episode's own
    top: bool = False
    italic: bool = False
    fade: int = 0       # frames


def sentence(random, korean):
    """Without its end."""
    if random.random() < .45:
        said = random.choice(texts.KOREAN['talk'] if korean else texts.ENGLISH['talk'])
    else:
        said = texts.sentence(random, korean)
    if random.random() < .35:
        first = random.choice(KOREAN_FIRST if korean else ENGLISH_FIRST)
        if not korean and not said.startswith('I '):
            said = said[0].lower() + said[1:]
        said = first + ' ' + said
    return said


def rows_of(text):
    """Two rows of about one length."""
    words = text.split(' ')
    at = min(range(1, len(words)), key=lambda i: abs(len(' '.join(words[:i])) - len(' '.join(words[i:]))))
    return ' '.join(words[:at]) + '\n' + ' '.join(words[at:])


def say(random, korean):
    kind = random.random()
    ends = KOREAN_ENDS if korean else ENGLISH_ENDS
    if kind < .05:
        return '♪ ' + sentence(random, korean) + ' ♪'
    if kind < .11:
        return '\n'.join('- ' + sentence(random, korean) + random.choice(ends) for _ in range(2))
    text = sentence(random, korean) + random.choice(ends)
    if len(text) > (22 if korean else 42) or (kind < .3 and len(text) > 12):
        return rows_of(text)
    return text


def write(random, minutes):
    """The lines of an episode, in order."""
    n, n_frames = round(LINES_A_MINUTE * minutes), round(minutes * 60 * RATE)
    said = []
    while len(said) < n:
        text = say(random, random.random() < .55)
        if text not in said[-3:]:
            said.append(text)
    lengths = [round(RATE * min(5.5, .7 + .07 * len(text) * random.uniform(.8, 1.3))) for text in said]
    # Every fourth follows without a gap, some after two frames.
    gaps = [random.choice([0, 2, 3, None, None, None, None, None]) for _ in said]
    shares = [random.uniform(.3, 1.) if gap is None else 0 for gap in gaps]
    spare = n_frames - sum(lengths) - sum(gap or 0 for gap in gaps) - RATE
    lines, at = [], 0
    for text, length, gap, share in zip(said, lengths, gaps, shares):
        at += gap if gap is not None else max(4, int(spare * share / sum(shares)))
        line = Line(text, at, at + length, random.choices(list(STYLES), STYLE_WEIGHTS)[0], random.choice(FONTS),
                    random.choice([.85, 1., 1., 1.15]), random.random() < .08, random.random() < .06)
        # A fade needs room: half of it is outside of the line's time.
        if gap is None and random.random() < .2:
            line.fade = 2 * random.randint(2, 4)
        lines.append(line)
        at += length
    for line, after in zip(lines, lines[1:]):
        if after.start - line.end < line.fade + 2:
            line.fade = 0
    return lines


def timecode(frames, separator=','):
    ms = frames * 1000 // RATE
    return f'{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{separator}{ms % 1000:03}'


def write_srt(lines, path):
    with open(path, 'w', encoding='utf-8') as file:
        for i, line in enumerate(lines, 1):
            file.write(f'{i}\n{timecode(line.start)} --> {timecode(line.end)}\n{line.text}\n\n')


def write_ass(lines, path, width, height):
    """The same with its looks, as ffmpeg burns it in."""
    size = height / 17
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'[Script Info]\nScriptType: v4.00+\nPlayResX: {width}\nPlayResY: {height}\n'
                   'ScaledBorderAndShadow: yes\nWrapStyle: 2\n\n[V4+ Styles]\n'
                   'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, '
                   'Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV\n')
        for name, (letters, around, outline, shadow, border) in STYLES.items():
            file.write(f'Style: {name},{FONTS[0]},{size:.0f},{letters},{letters},{around},&H60000000,0,0,{border},'
                       f'{outline * height / 720:.1f},{shadow * height / 720:.1f},2,20,20,{height // 18}\n')
        file.write('\n[Events]\nFormat: Layer, Start, End, Style, MarginL, MarginR, MarginV, Text\n')
        for line in lines:
            tags = (f'\\an{8 if line.top else 2}\\fn{line.font}\\fs{size * line.size:.0f}' +
                    ('\\i1' if line.italic else ''))
            if line.fade:
                ms = line.fade * 1000 // RATE
                tags += f'\\fad({ms},{ms})'
            start, end = (timecode(frame, '.')[1:-1] for frame in
                          (line.start - line.fade // 2, line.end + line.fade // 2))
            text = line.text.replace('\n', '\\N')
            file.write(f'Dialogue: 0,{start},{end},{line.style},0,0,0,{{{tags}}}{text}\n')
