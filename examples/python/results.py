#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""results.py FILE|URI: each result of a video as it comes, by the signal
`result` of kakaoocr.

The handler runs in a thread of the element's own: it may take its time, which
delays later results and never the picture.
"""
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstKakaoOcr', '1.0')
# The second gives the signal's argument its methods.
from gi.repository import Gst, GstKakaoOcr


def show(ocr, result):
    print('%.2f s' % (result.get_pts() / Gst.SECOND))
    for i in range(result.get_n_regions()):
        region = result.get_region(i)
        print('  %s at %.0f, %.0f' % (region.text, region.box[0],
                                      region.box[1]))


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
    pipeline = Gst.parse_launch(
        'uridecodebin name=source ! videoconvert '
        '! kakaoocr name=ocr emit-signals=true ! fakesink')
    pipeline.connect('deep-element-added', decode_apart)
    pipeline.get_by_name('source').set_property('uri', uri)
    pipeline.get_by_name('ocr').connect('result', show)
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
