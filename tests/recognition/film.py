# SPDX-License-Identifier: LGPL-2.1-or-later
"""A film to burn text into: Debian's photographs (mate-backgrounds), or scenes
drawn by chance, over which a camera pans and zooms, with cuts."""
import subprocess

import cv2
import numpy as np

import backgrounds

# Of a frame's width that a camera goes in a second, and how much a zoom gains.
FASTEST_PAN = .12
MOST_ZOOM = .06
# Seconds between cuts.
SHOT = (2.5, 9.)


def photographs(rng, width, height, folder=backgrounds.NATURE):
    """One after the other, without end."""
    paths = backgrounds.photographs(folder)
    last = None
    while True:
        path = paths[rng.integers(len(paths))]
        if path != last:
            yield cv2.imread(path)
        last = path


def drawings(rng, width, height):
    while True:
        kind = rng.choice(backgrounds.SCENES)
        yield np.clip(backgrounds.make(rng, kind, height * 4 // 3, width * 4 // 3), 0, 255).astype(np.uint8)


class Shot:
    """One photograph, as a moving camera sees it."""

    def __init__(self, rng, picture, width, height, n_frames, rate):
        # Wide enough for a pan, and as sharp as a film is.
        seconds = n_frames / rate
        scale = max(width * rng.uniform(1.25, 1.9) / picture.shape[1], height * 1.3 / picture.shape[0])
        self.picture = cv2.resize(picture, None, fx=scale, fy=scale,
                                  interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        self.size, self.n_frames = (width, height), n_frames
        still = rng.random() < .2
        angle, way = rng.uniform(0, 2 * np.pi), 0 if still else rng.uniform(.01, FASTEST_PAN) * width * seconds
        h, w = self.picture.shape[:2]
        room = np.array([w - width, h - height], float)
        step = np.array([np.cos(angle), .6 * np.sin(angle)]) * way
        step *= min(1., *(room / np.maximum(1e-6, np.abs(step)) * .98))
        first = rng.uniform(0, 1, 2) * (room - np.abs(step)) + np.maximum(0, -step)
        self.first, self.last = first, first + step
        zoom = 0 if still else rng.uniform(-MOST_ZOOM, MOST_ZOOM) * seconds
        # It looks at no more than there is: a zoom only goes in from there.
        self.zooms = (1., 1 + zoom) if zoom >= 0 else (1 - zoom, 1.)

    def frame(self, i):
        t = i / max(1, self.n_frames - 1)
        zoom = self.zooms[0] + (self.zooms[1] - self.zooms[0]) * t
        corner = self.first + (self.last - self.first) * t
        middle = corner + np.array(self.size) / 2
        left, top = middle - np.array(self.size) / (2 * zoom)
        matrix = np.float32([[zoom, 0, -left * zoom], [0, zoom, -top * zoom]])
        return cv2.warpAffine(self.picture, matrix, self.size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def frames(seed, width, height, n_frames, rate, scenes=photographs):
    rng = np.random.default_rng(seed)
    pictures = scenes(rng, width, height)
    done = 0
    while done < n_frames:
        n = min(n_frames - done, int(rng.uniform(*SHOT) * rate))
        shot = Shot(rng, next(pictures), width, height, n, rate)
        for i in range(n):
            yield shot.frame(i)
        done += n


def encode(pictures, path, width, height, rate, filters, quality=20):
    """filters: of ffmpeg, over the film's own noise."""
    command = ['ffmpeg', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'bgr24', '-s', f'{width}x{height}', '-r',
               str(rate), '-i', '-', '-vf', ','.join(['noise=alls=5:allf=t', *filters]), '-c:v', 'libx264', '-preset',
               'superfast', '-crf', str(quality), '-pix_fmt', 'yuv420p', path]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        for picture in pictures:
            process.stdin.write(picture.tobytes())
        process.stdin.close()
        if process.wait():
            raise RuntimeError('ffmpeg failed')
