#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Video that comes by WebRTC, from webrtcbin to webrtcbin on loopback, over a link
that loses packets."""
import json
import os
import queue
import sys

import gi
import media
import tap

gi.require_version('Gst', '1.0')
try:
    gi.require_version('GstWebRTC', '1.0')
    gi.require_version('GstSdp', '1.0')
    from gi.repository import Gst, GstSdp, GstWebRTC
except (ImportError, ValueError) as error:
    GstWebRTC, MISSING = None, str(error)

BUILD = os.path.abspath(sys.argv[2])
# Packets that are lost, of a hundred.
LOST = 10
CAMERA = ('videotestsrc is-live=true pattern=black ! '
          'video/x-raw,width=480,height=272,framerate=15/1 ! '
          'textoverlay name=text font-desc="Sans 40" ! videoconvert ! '
          'vp8enc deadline=1 keyframe-max-dist=30 error-resilient=default ! '
          'rtpvp8pay ! identity drop-probability=%f ! '
          'application/x-rtp,media=video,encoding-name=VP8,payload=96 ! '
          'webrtcbin name=peer' % (LOST / 100))
READER = ('rtpvp8depay ! vp8dec ! videoconvert ! '
          'kakaoocr interval=200 ! kakaoocrenc ! '
          'application/x-ndjson ! fakesink name=sink signal-handoffs=true '
          'sync=false')


def need_plugins():
    if not GstWebRTC:
        raise tap.Skip('%s: apt-get install gir1.2-gst-plugins-bad-1.0'
                       % MISSING)
    Gst.init(None)
    for element, package in (('webrtcbin', 'gstreamer1.0-plugins-bad'),
                             ('nicesrc', 'gstreamer1.0-nice')):
        if not Gst.ElementFactory.find(element):
            raise tap.Skip('%s is not there: apt-get install %s'
                           % (element, package))


class Call:
    """A camera and who reads it, each in a pipeline of its own."""

    def __init__(self):
        self.lines = queue.Queue()
        self.camera = Gst.parse_launch(CAMERA)
        self.reader = Gst.Pipeline()
        self.caller = self.camera.get_by_name('peer')
        self.called = Gst.ElementFactory.make('webrtcbin')
        self.reader.add(self.called)
        for peer, other in ((self.caller, self.called),
                            (self.called, self.caller)):
            peer.connect('on-ice-candidate', lambda _, line, candidate, to: (
                to.emit('add-ice-candidate', line, candidate)), other)
        self.caller.connect('on-negotiation-needed', self.offer)
        self.called.connect('pad-added', self.read)

    def offer(self, _):
        self.caller.emit('create-offer', None, Gst.Promise.new_with_change_func(
            self.on_offer))

    def on_offer(self, promise):
        reply = promise.get_reply()     # holds what it has
        offer = reply.get_value('offer')
        self.caller.emit('set-local-description', offer, None)
        self.called.emit('set-remote-description', offer, None)
        self.called.emit('create-answer', None, Gst.Promise.new_with_change_func(
            self.on_answer))

    def on_answer(self, promise):
        reply = promise.get_reply()     # holds what it has
        answer = reply.get_value('answer')
        self.called.emit('set-local-description', answer, None)
        self.caller.emit('set-remote-description', answer, None)

    def read(self, _, pad):
        branch = Gst.parse_bin_from_description(READER, True)
        branch.get_by_name('sink').connect('handoff', self.on_line)
        self.reader.add(branch)
        branch.sync_state_with_parent()
        pad.link(branch.get_static_pad('sink'))

    def on_line(self, _, buffer, __):
        self.lines.put(json.loads(buffer.extract_dup(0, buffer.get_size())))

    def show(self, text):
        self.camera.get_by_name('text').set_property('text', text)

    def await_text(self, text):
        """The first line that has it, and nothing else."""
        while True:
            line = self.lines.get(timeout=media.TIMEOUT)
            if media.letters(line['text']) == media.letters(text):
                return line

    def __enter__(self):
        for pipeline in (self.reader, self.camera):
            assert pipeline.set_state(Gst.State.PLAYING) \
                != Gst.StateChangeReturn.FAILURE
        return self

    def __exit__(self, *_):
        for pipeline in (self.camera, self.reader):
            pipeline.set_state(Gst.State.NULL)


def what_is_shown_is_read():
    need_plugins()
    call = Call()
    call.show('EXIT 42')
    with call:
        times = []
        for text in ('EXIT 42', 'GATE 7', 'PLATFORM 3'):
            call.show(text)
            times.append(call.await_text(text)['running_time'])
    assert times == sorted(set(times)), times


tap.run([(what_is_shown_is_read.__name__, what_is_shown_is_read)])
