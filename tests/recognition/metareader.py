#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""metareader.py FILE OUT.json LAG [NAME=VALUE…]: the texts that each frame of a
film carries behind kakaoocr: a list a frame of {"track", "text", "box"}, the parts
of a track put together.

LAG: (ms) 0: frames come as fast as they are taken. Else by the clock, and slower
where an answer is out for longer than this, so that a busy machine changes nothing
of what is measured."""
import json
import sys
import threading

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstKakaoOcr', '1.0')
from gi.repository import Gst, GstKakaoOcr  # noqa: E402

import subtitlereader  # noqa: E402

SETTLED = 'unchanged', 'remembered', 'recognized', 'failed'
LOOK_AGAIN = .02


def put_together(meta):
    texts = {}
    for i in range(meta.result.get_n_regions()):
        seen, box = meta.get_box(i)
        if seen:
            x, y = list(box)[::2], list(box)[1::2]
            part = min(x), min(y), max(x), max(y)
            texts.setdefault(meta.get_track(i), []).append((part, meta.result.get_region(i).text))
    return [{'track': track, 'text': ' '.join(text for _, text in sorted(parts)),
             'box': [*(min(box[k] for box, _ in parts) for k in (0, 1)),
                     *(max(box[k] for box, _ in parts) for k in (2, 3))]} for track, parts in sorted(texts.items())]


class Reader:
    def __init__(self, path, lag, settings):
        self.ocr_settled, self.lag, self.waiting, self.frames = threading.Condition(), lag * Gst.MSECOND, [], []
        self.pipeline = Gst.parse_launch(
            f'filesrc name=in ! decodebin ! videoconvert ! identity sync={bool(lag)} ! kakaoocr name=ocr '
            'emit-signals=true timeout=120000 ' + ' '.join(settings) + ' ! fakesink name=out')
        self.pipeline.connect('deep-element-added', subtitlereader.decode_apart)
        self.pipeline.get_by_name('in').props.location = path
        self.ocr = self.pipeline.get_by_name('ocr')
        self.ocr.connect('result', self.wake)
        if lag:
            self.ocr.get_static_pad('sink').add_probe(Gst.PadProbeType.BUFFER, self.wait)
        self.ocr.get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, self.take)

    def wake(self, *_):
        with self.ocr_settled:
            self.ocr_settled.notify()

    def wait(self, pad, info):
        """Until no answer is out for too long."""
        pts = info.get_buffer().pts
        with self.ocr_settled:
            while True:
                stats = self.ocr.props.stats
                out = stats.get_value('sampled') - sum(stats.get_value(name) for name in SETTLED)
                # The frame before was a sample when there is one more.
                while len(self.waiting) < out:
                    self.waiting.append(pts)
                del self.waiting[:len(self.waiting) - out]
                if not self.waiting or pts - self.waiting[0] < self.lag:
                    return Gst.PadProbeReturn.OK
                self.ocr_settled.wait(LOOK_AGAIN)

    def take(self, pad, info):
        meta = GstKakaoOcr.buffer_get_kakao_ocr_meta(info.get_buffer())
        self.frames.append(put_together(meta) if meta else [])
        return Gst.PadProbeReturn.OK

    def read(self):
        self.pipeline.set_state(Gst.State.PLAYING)
        message = self.pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE,
                                                             Gst.MessageType.EOS | Gst.MessageType.ERROR)
        self.pipeline.set_state(Gst.State.NULL)
        if message.type == Gst.MessageType.ERROR:
            raise SystemExit(f'{message.parse_error()}')
        return self.frames


if __name__ == '__main__':
    Gst.init(None)
    with open(sys.argv[2], 'w', encoding='utf-8') as file:
        json.dump(Reader(sys.argv[1], int(sys.argv[3]), sys.argv[4:]).read(), file, ensure_ascii=False)
