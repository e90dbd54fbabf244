#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""frames.py FILE|URI: the texts of each frame where they are in that frame, by a
probe on a pad behind kakaoocr.

What a frame carries is a meta, GstKakaoOcr.KakaoOcrMeta. Frames between two
samples carry the same result; its boxes are where the texts are by now.
"""
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstKakaoOcr', '1.0')
from gi.repository import Gst, GstKakaoOcr


def look(pad, info):
    frame = info.get_buffer()
    meta = GstKakaoOcr.buffer_get_kakao_ocr_meta(frame)
    if meta:
        texts = []
        for i in range(meta.result.get_n_regions()):
            seen, box = meta.get_box(i)
            if seen:
                texts.append('%s at %.0f, %.0f' % (
                    meta.result.get_region(i).text, box[0], box[1]))
        print('%.2f s: %s' % (frame.pts / Gst.SECOND, '; '.join(texts)))
    return Gst.PadProbeReturn.OK


def decode_apart(pipeline, part, element):
    """libav of GStreamer 1.26 may abort the program where it crops a picture in
    the memory of the next element.
    """
    factory = element.get_factory()
    if factory and factory.get_name() in ('avdec_h264', 'avdec_h265'):
        element.set_property('direct-rendering', False)


def main(name):
    Gst.init(None)
    uri = name if Gst.uri_is_valid(name) else Gst.filename_to_uri(name)
    pipeline = Gst.parse_launch('uridecodebin name=source ! videoconvert '
                                '! kakaoocr name=ocr ! fakesink')
    pipeline.connect('deep-element-added', decode_apart)
    pipeline.get_by_name('source').set_property('uri', uri)
    pipeline.get_by_name('ocr').get_static_pad('src').add_probe(
        Gst.PadProbeType.BUFFER, look)
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(
        Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    if message.type == Gst.MessageType.ERROR:
        sys.exit(message.parse_error()[0].message)


if __name__ == '__main__':
    if sys.argv[1:] == ['--help']:
        print(__doc__)
        sys.exit()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
