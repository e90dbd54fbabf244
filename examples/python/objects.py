#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""objects.py FILE|URI: texts as GStreamer's analytics have them (1.24 and later),
and what other elements have found where they stand.

A detector of objects goes in front of kakaoocr. Each text is an object detection
as well, labelled "text", which contains what was read and relates to the objects
that it is on.
"""
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstAnalytics', '1.0')
gi.require_version('GstKakaoOcr', '1.0')
from gi.repository import GLib, Gst, GstAnalytics, GstKakaoOcr

from frames import decode_apart

PIPELINE = ('uridecodebin name=source ! videoconvert '
            '! kakaoocr name=ocr attach=analytics ! fakesink')


def label(detection):
    return GLib.quark_to_string(detection.get_obj_type())


def look(pad, info):
    frame = info.get_buffer()
    relations = GstAnalytics.buffer_get_analytics_relation_meta(frame)
    if not relations:
        return Gst.PadProbeReturn.OK
    ids = range(GstAnalytics.relation_get_length(relations))
    found = {i: detection for i in ids
             for is_one, detection in [relations.get_od_mtd(i)] if is_one}
    for i, detection in found.items():
        text = GstKakaoOcr.buffer_get_kakao_ocr_text(frame, i)
        if text is None:
            continue
        _, x, y, width, height, _ = detection.get_location()
        on = [label(other) for j, other in found.items()
              if relations.get_relation(i, j)
              & GstAnalytics.RelTypes.RELATE_TO]
        print('%.2f s: %s at %d, %d%s' % (
            frame.pts / Gst.SECOND, text, x, y,
            ' on ' + ', '.join(on) if on else ''))
    return Gst.PadProbeReturn.OK


def main(name):
    Gst.init(None)
    uri = name if Gst.uri_is_valid(name) else Gst.filename_to_uri(name)
    pipeline = Gst.parse_launch(PIPELINE)
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
