#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""subtitlereader.py FILE OUT.srt [NAME=VALUE…]: what kakaoocr and kakaoocrenc
make of a film, and the element's stats as a line of JSON on stdout."""
import json
import sys

import gi

gi.require_version('Gst', '1.0')
from gi.repository import Gst  # noqa: E402


def decode_apart(pipeline, bin, element):
    """libav of GStreamer 1.26 may abort where it crops a picture in memory of
    others."""
    factory = element.get_factory()
    if factory and factory.get_name() == 'avdec_h264':
        element.props.direct_rendering = False


def read(path, out, settings):
    Gst.init(None)
    pipeline = Gst.parse_launch(
        'filesrc name=in ! decodebin ! videoconvert ! kakaoocr name=ocr timeout=120000 ' + ' '.join(settings) +
        ' ! kakaoocrenc ! application/x-subtitle ! filesink name=out')
    pipeline.connect('deep-element-added', decode_apart)
    pipeline.get_by_name('in').props.location = path
    pipeline.get_by_name('out').props.location = out
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    stats = pipeline.get_by_name('ocr').props.stats
    pipeline.set_state(Gst.State.NULL)
    if message.type == Gst.MessageType.ERROR:
        raise SystemExit(f'{path}: {message.parse_error()}')
    return {name: stats.get_value(name) for name in ('sampled', 'submitted', 'recognized', 'failed', 'gated-text')}


if __name__ == '__main__':
    print(json.dumps(read(sys.argv[1], sys.argv[2], sys.argv[3:])))
