# SPDX-License-Identifier: LGPL-2.1-or-later
"""What stands behind the text. Photographs cannot be shipped: the scenes here
have what makes photographs hard for a reader instead - texture on all scales,
edges, repeated bars, specks and soft light - drawn by chance. Where a folder of
photographs is at hand, parts of them can stand there too."""
import glob
import os
import subprocess

import cv2
import numpy as np

FLAT = ['dark', 'light', 'middle', 'gradient']
SCENES = ['landscape', 'city', 'foliage', 'bricks', 'bokeh', 'planks', 'crowd']
NOISY = ['grain']
PHOTOGRAPH = '.jpg'
NATURE = '/usr/share/backgrounds/mate/nature'


def clouds(rng, height, width, roughness=.55, coarsest=3):
    """Noise that has all scales, 0 to 1; rougher has more of the fine ones."""
    out = np.zeros((height, width), np.float32)
    weight, cells = 1., coarsest
    while cells < max(height, width) / 1.5:
        grid = rng.random((max(2, cells * height // width + 2), cells + 2)).astype(np.float32)
        out += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= roughness
        cells *= 2
    low, high = out.min(), out.max()
    return (out - low) / (high - low)


def tint(gray, dark, light):
    """gray 0..1 to a picture between two colours."""
    return cv2.merge([low * (1 - gray) + high * gray for low, high in zip(np.float32(dark), np.float32(light))])


def colour(rng, low, high):
    return rng.uniform(low, high, 3)


def flat(rng, kind, height, width):
    if kind == 'gradient':
        x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        angle = rng.uniform(0, 6.28)
        ramp = x * np.cos(angle) + y * np.sin(angle)
        ramp = ((ramp - ramp.min()) / (ramp.max() - ramp.min())).astype(np.float32)
        return tint(ramp, colour(rng, 10, 90), colour(rng, 90, 190))
    low, high = {'dark': (5, 55), 'light': (205, 250), 'middle': (90, 140)}[kind]
    return np.zeros((height, width, 3), np.float32) + rng.uniform(low, high) + colour(rng, -6, 6)


def landscape(rng, height, width):
    sky = tint(clouds(rng, height, width, .5), colour(rng, 120, 190), colour(rng, 190, 250))
    out = sky
    for i in range(rng.integers(2, 5)):
        ridge = (.35 + .15 * i + .3 * (clouds(rng, 2, width, .5)[0] - .5)) * height
        below = np.arange(height)[:, None] > ridge[None]
        ground = tint(clouds(rng, height, width, rng.uniform(.6, .85)),
                      colour(rng, 15, 60), colour(rng, 70, 170))
        out = np.where(below[..., None], ground, out)
    return out


def city(rng, height, width):
    out = tint(clouds(rng, height, width, .5), colour(rng, 120, 180), colour(rng, 170, 240))
    x = 0
    while x < width:
        w = int(rng.uniform(.06, .2) * width)
        top = int(rng.uniform(.05, .6) * height)
        wall = rng.uniform(40, 190)
        out[top:, x:x + w] = wall + colour(rng, -15, 15)
        pitch = max(6, int(rng.uniform(.012, .04) * width))
        window = wall + rng.choice([-1, 1]) * rng.uniform(15, 70)
        for wy in range(top + pitch // 2, height - pitch, int(pitch * rng.uniform(1., 1.8))):
            for wx in range(x + pitch // 3, x + w - pitch // 2, pitch):
                out[wy:wy + pitch // 2, wx:wx + pitch // 2] = window + rng.uniform(-12, 12)
        x += w + int(rng.uniform(-.01, .05) * width)
    return out + 30 * (clouds(rng, height, width, .8)[..., None] - .5)


def foliage(rng, height, width):
    out = tint(clouds(rng, height, width, .7), colour(rng, 10, 40), colour(rng, 60, 110))
    unit = width / 1280
    for _ in range(rng.integers(500, 2200)):
        at = (int(rng.integers(width)), int(rng.integers(height)))
        size = (max(1, int(rng.uniform(3, 26) * unit)), max(1, int(rng.uniform(1, 8) * unit)))
        shade = rng.uniform(30, 190)
        cv2.ellipse(out, at, size, rng.uniform(0, 180), 0, 360,
                    (shade * .5, shade, shade * rng.uniform(.4, .9)), -1, cv2.LINE_AA)
    return out


def bricks(rng, height, width):
    out = tint(clouds(rng, height, width, .85), colour(rng, 60, 120), colour(rng, 120, 190))
    h = max(8, int(rng.uniform(.03, .09) * height))
    w = int(h * rng.uniform(1.8, 3.))
    mortar = colour(rng, 140, 210) if rng.random() < .5 else colour(rng, 20, 60)
    thick = max(1, h // 10)
    for row, y in enumerate(range(0, height, h)):
        cv2.line(out, (0, y), (width, y), mortar.tolist(), thick)
        for x in range(-(row % 2) * w // 2, width, w):
            shade = rng.uniform(-16, 16)
            out[y + thick:y + h - thick, max(0, x + thick):max(0, x + w - thick)] += shade
            cv2.line(out, (x, y), (x, y + h), mortar.tolist(), thick)
    return out


def bokeh(rng, height, width):
    out = tint(clouds(rng, height, width, .4), colour(rng, 5, 40), colour(rng, 50, 120))
    for _ in range(rng.integers(20, 90)):
        spot = np.zeros((height, width), np.float32)
        radius = int(rng.uniform(.01, .07) * width)
        x, y = int(rng.integers(width)), int(rng.integers(height))
        cv2.circle(spot, (x, y), radius, 1., -1, cv2.LINE_AA)
        around = np.s_[max(0, y - radius - 2):y + radius + 3, max(0, x - radius - 2):x + radius + 3]
        out[around] += (spot[around] * rng.uniform(.1, .6))[..., None] * colour(rng, 60, 255)
    return cv2.GaussianBlur(out, (0, 0), width / 640)


def planks(rng, height, width):
    grain = clouds(rng, height, max(64, width // 12), .8)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)
    out = tint(grain, colour(rng, 40, 90), colour(rng, 110, 200))
    for y in range(int(rng.uniform(0, .1) * height), height, max(10, int(rng.uniform(.06, .18) * height))):
        cv2.line(out, (0, y), (width, y), (25, 25, 25), max(1, height // 400))
        out[y:] += rng.uniform(-8, 8)
    return out


def crowd(rng, height, width):
    out = tint(clouds(rng, height, width, .6), colour(rng, 30, 80), colour(rng, 90, 160))
    for _ in range(rng.integers(8, 40)):
        r = int(rng.uniform(.015, .06) * width)
        x, y = int(rng.integers(width)), int(rng.uniform(.2, 1.) * height)
        skin = rng.uniform(90, 220)
        cv2.ellipse(out, (x, y + 3 * r), (2 * r, 2 * r), 0, 0, 360, colour(rng, 10, 220).tolist(), -1, cv2.LINE_AA)
        cv2.ellipse(out, (x, y), (r, int(1.25 * r)), 0, 0, 360, (skin * .7, skin * .85, skin), -1, cv2.LINE_AA)
        cv2.ellipse(out, (x, y - r // 2), (r, r), 0, 180, 360, (20, 20, 25), -1, cv2.LINE_AA)
        for side in (-1, 1):
            cv2.circle(out, (x + side * r // 2, y), max(1, r // 8), (15, 15, 20), -1, cv2.LINE_AA)
        cv2.line(out, (x - r // 3, y + r // 2), (x + r // 3, y + r // 2), (40, 40, 110), max(1, r // 10))
    return out


def grain(rng, height, width):
    base = tint(clouds(rng, height, width, .4), colour(rng, 20, 90), colour(rng, 90, 170))
    return base + rng.normal(0, rng.uniform(8, 18), base.shape)


def snow(rng, height, width):
    """A channel without a signal: no text is ever put on it."""
    return rng.normal(128, rng.uniform(15, 60), (height, width, 1)) + np.zeros((height, width, 3))


def photographs(folder):
    return sorted(glob.glob(os.path.join(folder, '*' + PHOTOGRAPH)))


def install_photographs(out):
    """Returns the folder of those in Debian's mate-backgrounds, which needs not be
    installed: it is unpacked below out."""
    if not os.path.isdir(NATURE):
        subprocess.run(['apt-get', 'download', 'mate-backgrounds'], cwd=out, check=True, stdout=subprocess.DEVNULL)
        package = glob.glob(os.path.join(out, 'mate-backgrounds_*.deb'))[0]
        subprocess.run(['dpkg-deb', '-x', package, out], check=True)
        return out + NATURE
    return NATURE


def photograph(rng, path, height, width):
    """A part of it, of the frame's shape and at least half as large, so that no
    two frames have the same."""
    picture = cv2.imread(path)
    rows, columns = picture.shape[:2]
    share = min(rows / height, columns / width) * rng.uniform(.5, 1)
    part_height, part_width = int(share * height), int(share * width)
    top, left = rng.integers(rows - part_height + 1), rng.integers(columns - part_width + 1)
    part = picture[top:top + part_height, left:left + part_width]
    return cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA if share > 1 else cv2.INTER_CUBIC)


def make(rng, kind, height, width):
    """A picture as floats, BGR."""
    if kind.endswith(PHOTOGRAPH):
        return photograph(rng, kind, height, width).astype(np.float32)
    if kind in FLAT:
        return flat(rng, kind, height, width)
    out = globals()[kind](rng, height, width).astype(np.float32)
    if kind in SCENES:
        light = .6 + .6 * clouds(rng, height, width, .3)[..., None]
        out = cv2.GaussianBlur(out * light, (0, 0), rng.uniform(.5, 1.6) * width / 1280)
    return out
