# SPDX-License-Identifier: LGPL-2.1-or-later
"""A picture's way as the sample in the API's guide goes it: loaded by OpenCV,
scaled to at most 4096 pixels a side, encoded as PNG, posted by requests, one
picture after the other. A peer for tests/bench/run."""
import statistics
import sys
import time

import cv2
import numpy
import requests

LARGEST_SIDE = 4096


def encode(image):
    ratio = min(1, LARGEST_SIDE / max(image.shape[:2]))
    if ratio < 1:
        image = cv2.resize(image, None, fx=ratio, fy=ratio)
    return cv2.imencode('.png', image)[1].tobytes()


def ask(url, body):
    answer = requests.post(url=url, headers={'x-api-key': 'key'}, files={'image': body}, timeout=60)
    answer.raise_for_status()
    return answer.json()


def median_cpu_ms(function, rounds):
    times = []
    for _ in range(rounds):
        start = time.process_time()
        function()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def encode_ms(path):
    """CPU time of scaling and encoding the picture in the file."""
    image = cv2.imread(path)
    return median_cpu_ms(lambda: encode(image), 5)


def noise_of(size):
    """A JPEG of about so many bytes."""
    noise = numpy.random.default_rng(1).integers(0, 256, (480, 640), numpy.uint8)
    qualities = (cv2.imencode('.jpg', noise, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()
                 for quality in range(100, 0, -1))
    return next(body for body in qualities if len(body) <= size)


def request_ms(url, size, count):
    """CPU time of posting a body that is encoded already."""
    body = noise_of(size)
    ask(url, body)
    start = time.process_time()
    for _ in range(count):
        ask(url, body)
    return (time.process_time() - start) * 1000 / count


def loop_seconds(url, path, count):
    """Wall time of so many pictures, one after the other."""
    start = time.monotonic()
    for _ in range(count):
        ask(url, encode(cv2.imread(path)))
    return time.monotonic() - start


if __name__ == '__main__':
    what, *arguments = sys.argv[1:]
    values = [int(value) if value.isdigit() else value for value in arguments]
    print({'encode': encode_ms, 'request': request_ms, 'loop': loop_seconds}[what](*values))
