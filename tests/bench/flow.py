# SPDX-License-Identifier: LGPL-2.1-or-later
"""What OpenCV's pyramidal Lucas-Kanade takes to follow the same boxes over the
same small pictures (ms of CPU a frame): as many points a box, the same window and
levels, there and back, from frame to frame. A peer for tests/bench/run.

    flow.py DIR"""
import glob
import os
import sys
import time

import cv2
import numpy

POINTS = 36
FLOW = {'winSize': (8, 10), 'maxLevel': 2,
        'criteria': (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 10, 0.03)}


def pick_points(picture, boxes):
    points = []
    for box in boxes:
        mask = numpy.zeros_like(picture)
        cv2.fillPoly(mask, [box.reshape(4, 2).astype(numpy.int32)], 255)
        found = cv2.goodFeaturesToTrack(picture, POINTS, 0.01, 2, mask=mask)
        points += [] if found is None else list(found)
    return numpy.array(points, numpy.float32)


def follow_ms(directory):
    paths = sorted(glob.glob(os.path.join(directory, 'frame-*.pgm')))
    pictures = [cv2.imread(path, cv2.IMREAD_GRAYSCALE) for path in paths]
    points = pick_points(pictures[0], numpy.loadtxt(os.path.join(directory, 'boxes')))
    cv2.setNumThreads(1)
    start = time.process_time()
    for before, after in zip(pictures, pictures[1:]):
        there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, points, None, **FLOW)
        cv2.calcOpticalFlowPyrLK(after, before, there, None, **FLOW)
        points = numpy.where(found, there[:, 0], points[:, 0])[:, None]
    return (time.process_time() - start) * 1000 / (len(pictures) - 1)


if __name__ == '__main__':
    print(follow_ms(sys.argv[1]))
