# SPDX-License-Identifier: LGPL-2.1-or-later
"""Scenes of text that moves, of which it is known where each line is on each
frame.

A scene's truth is a list a frame of {"id", "text", "box", "whole", "counts"}: a
line's own number, what it says, its ink's left, top, right and bottom within the
frame, whether all of it is in the frame, and whether it has to be found: nobody
has to see a line of which most is outside. What was away for half a second and more
comes back as another line."""
import cv2
import numpy as np

import backgrounds
import frames

WIDTH, HEIGHT = 1280, 720
AWAY = .5
# Of a line, or of the frame's width: what has to be seen of it at least.
LEAST_PART, LEAST_WIDTH = .5, .3
FONT, BOLD = 'Noto Sans CJK KR', 'Noto Sans CJK KR:bold'
WHITE, YELLOW, DARK = (245, 245, 245), (60, 220, 250), (20, 20, 20)
# Around the ink of a mask (frames.draw_text), and of the rim around it.
MARGIN, RIM = 2, 3


class Line:
    """place(t): the left and top of its ink t seconds from the start; None: it is
    not shown."""

    def __init__(self, text, size, place, ink=WHITE, rim=DARK, font=BOLD):
        mask, _ = frames.draw_text(text, frames.font(font, size))
        self.height, self.width = (n - 2 * MARGIN for n in mask.shape)
        self.text, self.place, self.ink, self.rim = text, place, ink, rim
        self.mask = cv2.copyMakeBorder(mask, RIM, RIM, RIM, RIM, cv2.BORDER_CONSTANT)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * RIM + 1, 2 * RIM + 1))
        self.outline = None if rim is None else cv2.dilate(self.mask, kernel)

    def draw(self, picture, x, y):
        for mask, colour in ((self.outline, self.rim), (self.mask, self.ink)):
            if mask is not None:
                blend(picture, mask, x - MARGIN - RIM, y - MARGIN - RIM, colour)


def blend(picture, mask, x, y, colour):
    """At any fraction of a pixel."""
    left, top = int(np.floor(x)), int(np.floor(y))
    shift = np.float32([[1, 0, x - left], [0, 1, y - top]])
    mask = cv2.warpAffine(mask, shift, (mask.shape[1] + 1, mask.shape[0] + 1))
    right, bottom = min(left + mask.shape[1], picture.shape[1]), min(top + mask.shape[0], picture.shape[0])
    x0, y0 = max(left, 0), max(top, 0)
    if x0 < right and y0 < bottom:
        alpha = mask[y0 - top:bottom - top, x0 - left:right - left, None]
        part = picture[y0:bottom, x0:right]
        part[:] = part * (1 - alpha) + np.float32(colour) * alpha


def seen(box):
    """The part of a box that is in the frame, whether it is all, and whether it
    has to be found."""
    x0, y0, x1, y1 = box
    inside = [float(v) for v in (max(x0, 0), max(y0, 0), min(x1, WIDTH), min(y1, HEIGHT))]
    width, height = inside[2] - inside[0], inside[3] - inside[1]
    if width <= 0 or height <= 0:
        return None
    part = width * height / ((x1 - x0) * (y1 - y0))
    enough = part >= LEAST_PART or (width >= LEAST_WIDTH * WIDTH and height >= .9 * (y1 - y0))
    return {'box': inside, 'whole': bool(part > .99), 'counts': bool(enough)}


class Truth:
    def __init__(self):
        self.frames, self.last = [], {}
        self.numbers, self.n = {}, 0

    def add(self, t, boxes):
        """boxes: of (what it is, text, box) in this frame."""
        frame = []
        for what, text, box in boxes:
            part = seen(box)
            if not part:
                continue
            if what not in self.numbers or t - self.last[what] > AWAY:
                self.n += 1
                self.numbers[what] = self.n
            self.last[what] = t
            frame.append({'id': self.numbers[what], 'text': text, **part})
        self.frames.append(frame)


class Scene:
    """Lines in front of a ground that stands."""

    def __init__(self, ground, lines):
        self.ground, self.lines = ground, lines

    def frame(self, t):
        picture, boxes = self.ground.copy(), []
        for line in self.lines:
            at = line.place(t)
            if at:
                line.draw(picture, *at)
                boxes.append((line, line.text, (*at, at[0] + line.width, at[1] + line.height)))
        return picture, boxes


class Pan:
    """A camera that goes over a picture with lines on it."""

    def __init__(self, world, lines, camera):
        """camera(t): the left and top of what it sees, and its zoom."""
        self.camera, self.lines, self.world = camera, lines, world
        for line in lines:
            line.draw(world, *line.place(0))

    def frame(self, t):
        left, top, zoom = self.camera(t)
        matrix = np.float32([[zoom, 0, -left * zoom], [0, zoom, -top * zoom]])
        picture = cv2.warpAffine(self.world, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
        boxes = []
        for line in self.lines:
            x, y = line.place(0)
            box = [(x - left) * zoom, (y - top) * zoom, (x + line.width - left) * zoom, (y + line.height - top) * zoom]
            boxes.append((line, line.text, box))
        return picture, boxes


def drawn(rng, kind):
    return np.clip(backgrounds.make(rng, kind, HEIGHT, WIDTH), 0, 255)


def credits(rng, photographs):
    texts = ['Directed by', '김민준', 'Written by', '이서연 박도윤', 'Produced by', 'Harbour Light Films', '촬영',
             'Jonathan Reeves', '조명', '정하은', 'Original Score', '최지우', '편집', 'Margaret Collins',
             'Production Design', '한지호', 'Special Thanks', '부산 영상 위원회', 'Costume Design', '윤서준']
    lines = []
    for i, text in enumerate(texts):
        line = Line(text, 38 if i % 2 else 30, None, rim=None, font=BOLD if i % 2 else FONT,
                    ink=WHITE if i % 2 else (190, 190, 190))
        line.place = lambda t, line=line, i=i: ((WIDTH - line.width) / 2, 420 + 72 * i - 90 * t)
        lines.append(line)
    return Scene(np.full((HEIGHT, WIDTH, 3), 14.), lines)


def ticker(rng, photographs):
    ground = drawn(rng, 'city') * .8
    ground[636:] = (110, 50, 20)
    news = ['정부는 내일부터 대중교통 요금을 동결한다고 발표했습니다   서울 낮 최고 기온 31도',
            'Central bank keeps its rate at 3.5 percent for the fourth month in a row']
    lines, x = [Line('생방송 뉴스', 40, lambda t: (70, 60))], 700
    for text in news:
        line = Line(text, 36, None, rim=None)
        line.place = lambda t, x=x: (x - 160 * t, 660)
        lines.append(line)
        x += line.width + 500
    return Scene(ground, lines)


def crossing(rng, photographs):
    def way(x, y, vx, vy=0):
        return lambda t: (x + vx * t, y + vy * t)
    return Scene(drawn(rng, 'bokeh') * .7, [
        Line('Departures on the left', 40, way(60, 90, 70)), Line('도착은 오른쪽입니다', 40, way(980, 190, -95)),
        Line('Please mind the gap', 34, way(300, 300, 25), ink=YELLOW), Line('첫차 5시 30분', 44, way(820, 400, -45)),
        Line('Last train 23:48', 44, way(-250, 500, 140)), Line('비상구 계단', 36, way(1130, 690, -10, -62))])


def pan(rng, photographs):
    width = 2600
    world = next(photographs(rng, width, HEIGHT)).astype(np.float32)
    scale = max(width / world.shape[1], 900 / world.shape[0])
    world = cv2.resize(world, None, fx=scale, fy=scale,
                       interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)[:900, :width]
    signs = [('주차장 입구', 120, 300), ('Ticket Office', 520, 480), ('출입 금지', 900, 220), ('Platform 7', 1180, 560),
             ('서울역 방향', 1500, 340), ('City Museum', 1880, 180), ('화장실 안내', 2050, 520)]
    lines = []
    for i, (text, x, y) in enumerate(signs):
        line = Line(text, 44, lambda t, x=x, y=y: (x, y), rim=None)
        cv2.rectangle(world, (x - 24, y - 20), (x + line.width + 24, y + line.height + 20),
                      [(120, 60, 20), (40, 90, 30), (30, 30, 150), (50, 50, 50)][i % 4], -1)
        lines.append(line)
    return Pan(world, lines, lambda t: (10 + 115 * t, 70 + 50 * np.sin(t / 2), 1 + .012 * t))


def returns(rng, photographs):
    def slides(t):
        return (200 - 260 * (t - 1), 170) if t < 5 else (200 - 260 * (9 - t), 170)

    def at_times(place, *spans):
        return lambda t: place if any(a <= t < b for a, b in spans) else None
    return Scene(drawn(rng, 'landscape'), [
        Line('What happened here', 44, at_times((430, 610), (.6, 3.4), (4.8, 8.2))),
        Line('다음 정거장은 시청', 40, lambda t: slides(max(t, 1))),
        Line('Chapter Three', 48, lambda t: (480, 330))])


# Frames a second, seconds, what is seen.
SCENES = {'credits': (25, 10, credits), 'ticker': (30, 10, ticker), 'crossing': (25, 8, crossing),
          'pan': (30, 9, pan), 'returns': (25, 9, returns)}


def make(name, seed, photographs):
    """(frames a second, the number of frames, pictures one by one, the Truth,
    which is whole after the last one)."""
    rate, seconds, draw = SCENES[name]
    truth = Truth()

    def pictures():
        scene = draw(np.random.default_rng(seed), photographs)
        for i in range(rate * seconds):
            picture, boxes = scene.frame(i / rate)
            truth.add(i / rate, boxes)
            yield np.clip(picture, 0, 255).astype(np.uint8)
    return rate, rate * seconds, pictures(), truth
