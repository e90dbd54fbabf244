#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws frames of video with known text.

    frames.py OUT --seed SEED --count COUNT

leaves COUNT pictures in OUT, their paths in OUT/list and what they say, word
for word with quads, in OUT/truth.json. The height of text is that of the
font, as a caption's size is given: Hangul are 0.9 of it, capitals 0.7."""
import argparse
import json
import multiprocessing
import os
import random
import subprocess

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import backgrounds
import texts

KOREAN_FONTS = ['Noto Sans CJK KR', 'Noto Sans CJK KR:bold', 'NanumGothic', 'NanumGothic:bold',
                'NanumBarunGothic', 'NanumSquareRound', 'NanumMyeongjo', 'Noto Serif CJK KR']
ENGLISH_FONTS = ['DejaVu Sans', 'DejaVu Sans:bold', 'DejaVu Serif', 'Noto Sans CJK KR',
                 'Noto Sans CJK KR:bold', 'NanumGothic', 'DejaVu Sans Condensed']
SIZES = {360: (640, 360), 480: (854, 480), 720: (1280, 720), 1080: (1920, 1080)}
fonts = {}


def font(name, size):
    """Of the fonts that are installed, the one fontconfig takes for name."""
    if name not in fonts:
        found = subprocess.run(['fc-match', '-f', '%{file}\n%{index}\n%{family}', name],
                               check=True, capture_output=True, text=True).stdout.split('\n')
        if name.split(':')[0] not in found[2]:
            raise SystemExit(f'frames.py: the font {name} is not installed '
                             '(fonts-noto-cjk, fonts-nanum, fonts-dejavu)')
        fonts[name] = found[0], int(found[1])
    return ImageFont.truetype(fonts[name][0], size, index=fonts[name][1])


def draw_text(text, face):
    """The line as a mask of 0..1, 2 pixels wider than its ink, and the
    columns where each of its words starts and ends."""
    size = face.size
    canvas = Image.new('L', (int(face.getlength(text)) + 4 * size, 3 * size))
    ImageDraw.Draw(canvas).text((size, size // 2), text, font=face, fill=255)
    mask = np.asarray(canvas, np.float32) / 255
    rows, columns = np.where(mask > .15)
    top, left = rows.min() - 2, columns.min() - 2
    mask = mask[top:rows.max() + 3, left:columns.max() + 3]
    words, start = [], 0
    for word in text.split(' '):
        box = face.getbbox(word)
        at = size - left + face.getlength(text[:start])
        words.append((word, at + box[0], at + box[2]))
        start += len(word) + 1
    return mask, words


class Frame:
    def __init__(self, rng, rand, kind, height):
        self.rng, self.random, self.kind = rng, rand, kind
        self.width, self.height = SIZES[height]
        self.pixels = backgrounds.make(rng, kind, self.height, self.width)
        self.lines, self.taken = [], []

    def brightness(self, x, y, width, height):
        part = self.pixels[max(0, int(y)):int(y + height), max(0, int(x)):int(x + width)]
        return float(part.mean()) if part.size else 128.

    def paint(self, alpha, colour):
        x, y, width, height = cv2.boundingRect((alpha > 0).astype(np.uint8))
        alpha = alpha[y:y + height, x:x + width, None]
        part = self.pixels[y:y + height, x:x + width]
        part[:] = part * (1 - alpha) + np.float32(colour) * alpha

    def free(self, quad, margin):
        """Is the place inside the frame and not taken? Then it is taken."""
        quad = np.array(quad)
        low, high = quad.min(0) - margin, quad.max(0) + margin
        if (low < 0).any() or high[0] > self.width or high[1] > self.height:
            return False
        for a, b in self.taken:
            if (low < b).all() and (high > a).all():
                return False
        self.taken.append((low, high))
        return True

    def put(self, text, name, size, x, y, style, tilt=0., ink=None):
        """Draws a line from (x, y), tilted clockwise by degrees. Returns its
        size, or None where it does not fit."""
        mask, words = draw_text(text, font(name, size))
        height, width = mask.shape
        turn = np.deg2rad(tilt)
        c, s = np.cos(turn), np.sin(turn)
        cx, cy = x + width / 2, y + height / 2
        matrix = np.float32([[c, -s, cx - c * width / 2 + s * height / 2],
                             [s, c, cy - s * width / 2 - c * height / 2]])

        def quad(x0, y0, x1, y1):
            return [[float(v) for v in matrix @ (px, py, 1)]
                    for px, py in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]

        def place(what, dx=0., dy=0.):
            moved = matrix.copy()
            moved[:, 2] += moved[:, 0] * dx + moved[:, 1] * dy
            # pixel centres: cv2 counts from the middle of the first pixel
            moved[:, 2] += (moved[:, 0] + moved[:, 1]) / 2 - .5
            return np.clip(cv2.warpAffine(what, moved, (self.width, self.height)), 0, 1)

        around = size * (.5 if style in ('plate', 'box') else .25)
        if not self.free(quad(0, 0, width, height), around):
            return None
        below = self.brightness(x, y, width, height)
        light = below < 130 if style in ('plain', 'shadow') else self.random.random() < .7
        if ink is None:
            ink = self.rng.uniform(225, 255, 3) if light else self.rng.uniform(0, 40, 3)
            if self.random.random() < .25:      # yellow, cyan, red, blue
                ink = np.array(self.random.choice([(40, 220, 250), (250, 230, 90)] if light else
                                                  [(30, 20, 150), (120, 40, 20)]), float)
        other = self.rng.uniform(0, 40, 3) if light else self.rng.uniform(215, 255, 3)

        if style in ('plate', 'box'):
            pad = int(size * .35)
            if style == 'plate' and light:
                other = np.array(self.random.choice([(120, 60, 10), (40, 90, 20), (20, 20, 150), (30, 30, 30)]), float)
            area = np.zeros((self.height, self.width), np.float32)
            corners = np.int32(np.round(quad(-pad, -pad, width + pad, height + pad)))
            cv2.fillConvexPoly(area, corners, 1., cv2.LINE_AA)
            self.paint(area * (.97 if style == 'plate' else .65), other)
        elif style == 'outline':
            r = max(1, round(size / 18))
            padded = cv2.copyMakeBorder(mask, r, r, r, r, cv2.BORDER_CONSTANT)
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * r + 1, 2 * r + 1))
            self.paint(place(cv2.dilate(padded, kernel), -r, -r), other)
        elif style == 'shadow':
            r = max(1, size // 14)
            self.paint(place(cv2.GaussianBlur(mask, (0, 0), r / 2 + .3), r, r) * .8, other)
        self.paint(place(mask), ink)
        self.lines.append({'text': text, 'size': size, 'tilt': tilt, 'quad': quad(2, 2, width - 2, height - 2),
                           'words': [{'text': w, 'quad': quad(a, 2, b, height - 2)} for w, a, b in words]})
        return width, height

    def finish(self):
        """Sensor noise, then what a camera or an editor saves."""
        noise = self.random.choice([0, 0, 2, 4, 6])
        if noise:
            self.pixels += self.rng.normal(0, noise, self.pixels.shape)
        picture = np.clip(self.pixels, 0, 255).astype(np.uint8)
        quality = self.random.choice([60, 75, 85, 90, 90, 95])
        self.quality = quality
        return cv2.imencode('.jpg', picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def size_for(frame, rand, smallest, largest):
    """12 to 72 pixels, as large as usual for the frame."""
    unit = frame.height / 720
    return int(max(12, min(72, rand.uniform(smallest, largest) * unit)))


def on_scene(frame):
    return frame.kind not in backgrounds.FLAT


def caption(frame, rand):
    korean = rand.random() < .6
    name = rand.choice(KOREAN_FONTS if korean else ENGLISH_FONTS)
    size = size_for(frame, rand, 20, 60)
    style = rand.choice(['outline', 'shadow', 'box', 'outline']) if on_scene(frame) else 'plain'
    n = rand.choice([1, 1, 2])
    y = frame.height - size * (1.4 * n + .6)
    if rand.random() < .2:
        y = rand.uniform(size, frame.height / 2)
    for _ in range(n):
        text = texts.line(rand, korean, 'caption')
        width = font(name, size).getlength(text)
        while width > .94 * frame.width:
            text = text.rsplit(' ', 1)[0]
            width = font(name, size).getlength(text)
        frame.put(text, name, size, (frame.width - width) / 2, y, style)
        y += size * 1.45


def slide(frame, rand):
    korean = rand.random() < .6
    name = rand.choice(KOREAN_FONTS if korean else ENGLISH_FONTS)
    size = size_for(frame, rand, 22, 40)
    x, y = frame.width * rand.uniform(.05, .15), frame.height * rand.uniform(.05, .1)
    style = 'box' if on_scene(frame) else 'plain'
    frame.put(texts.line(rand, korean, 'title'), name, min(72, int(size * 1.5)), x, y, style)
    y += size * 3
    for _ in range(rand.randint(3, 6)):
        foreign = rand.random() < .2
        text = texts.line(rand, korean != foreign, 'item')
        if font(name, size).getlength(text) < frame.width - x - 10:
            frame.put(text, 'Noto Sans CJK KR' if foreign else name, size, x, y, style)
        y += size * rand.uniform(1.7, 2.2)


def signs(frame, rand):
    for _ in range(rand.randint(1, 4)):
        korean = rand.random() < .6
        name = rand.choice(KOREAN_FONTS if korean else ENGLISH_FONTS)
        size = size_for(frame, rand, 22, 72)
        text = texts.line(rand, korean, 'sign')
        tilt = rand.uniform(-20, 20) if rand.random() < .75 else 0.
        width = font(name, size).getlength(text)
        style = rand.choice(['plate', 'plate', 'outline']) if on_scene(frame) else rand.choice(['plain', 'plate'])
        for _ in range(8):
            x = rand.uniform(0, max(1, frame.width - width))
            y = rand.uniform(0, frame.height - size)
            if frame.put(text, name, size, x, y, style, tilt):
                break


def broadcast(frame, rand):
    """A channel's name and a clock in the corners, a caption, a ticker."""
    unit = frame.height / 720
    style = 'outline' if on_scene(frame) else 'plain'
    frame.put(rand.choice(['LIVE', '생중계', '뉴스 9', '속보', 'NEWS', '녹화']), 'NanumGothic:bold',
              max(14, int(30 * unit)), 40 * unit, 30 * unit, 'plate')
    clock, size = texts.line(rand, False, 'clock'), max(14, int(24 * unit))
    frame.put(clock, 'DejaVu Sans', size, frame.width - 40 * unit - font('DejaVu Sans', size).getlength(clock),
              30 * unit, style)
    frame.put(texts.line(rand, True, 'caption'), 'Noto Sans CJK KR:bold', max(14, int(38 * unit)),
              80 * unit, frame.height - 200 * unit, style)
    frame.put(texts.line(rand, False, 'caption'), 'DejaVu Sans', max(12, int(26 * unit)),
              80 * unit, frame.height - 130 * unit, style)
    frame.put(texts.line(rand, True, 'item'), 'NanumGothic', max(14, int(26 * unit)),
              60 * unit, frame.height - 60 * unit, 'plate' if on_scene(frame) else 'plain')


def small(frame, rand):
    """Small print: 12 to 18 pixels."""
    y = frame.height * .08
    style = 'box' if on_scene(frame) else 'plain'
    for _ in range(rand.randint(2, 5)):
        korean = rand.random() < .6
        size = rand.randint(12, 18)
        text = texts.line(rand, korean, 'item')
        frame.put(text, rand.choice(KOREAN_FONTS[:5] if korean else ENGLISH_FONTS), size,
                  frame.width * rand.uniform(.05, .3), y, style)
        y += frame.height * rand.uniform(.12, .2)


def nothing(frame, rand):
    pass


LAYOUTS = [caption, caption, slide, signs, signs, broadcast, small, nothing]


def make(seed, number, photographs=()):
    """The numbered frame of a seed, whatever else is made of it."""
    rand = random.Random(f'{seed}/{number}')
    rng = np.random.default_rng([seed, number])
    layout = LAYOUTS[number % len(LAYOUTS)]
    kinds = backgrounds.SCENES if layout is nothing else rand.choice(
        [backgrounds.FLAT] * 2 + [backgrounds.SCENES] * 3 + [backgrounds.NOISY])
    if layout is nothing and rand.random() < .3:
        kinds = backgrounds.NOISY + ['gradient', 'snow']
    if photographs:
        kinds = photographs
    height = rand.choice([360, 480] if layout is small else [360, 480, 720, 720, 720, 1080, 1080])
    frame = Frame(rng, rand, rand.choice(kinds), height)
    layout(frame, rand)
    frame.layout = layout.__name__
    return frame


def save(job):
    out, seed, number, photographs = job
    frame = make(seed, number, photographs)
    path = os.path.join(os.path.abspath(out), f'{number:03d}.jpg')
    with open(path, 'wb') as file:
        file.write(frame.finish())
    return {'path': path, 'layout': frame.layout, 'background': os.path.basename(frame.kind), 'width': frame.width,
            'height': frame.height, 'quality': frame.quality, 'lines': frame.lines}


def write(out, seed, count, photographs=()):
    """Leaves frames 0 to count of a seed in a folder and returns their truth.
    photographs: paths of what stands behind the text, instead of drawn scenes."""
    os.makedirs(out, exist_ok=True)
    with multiprocessing.Pool() as pool:
        truth = pool.map(save, [(out, seed, number, photographs) for number in range(count)], chunksize=1)
    with open(os.path.join(out, 'truth.json'), 'w', encoding='utf-8') as file:
        json.dump(truth, file, ensure_ascii=False, indent=1)
    with open(os.path.join(out, 'list'), 'w', encoding='utf-8') as file:
        file.writelines(frame['path'] + '\n' for frame in truth)
    return truth


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=120)
    arguments = parser.parse_args()
    write(arguments.out, arguments.seed, arguments.count)
