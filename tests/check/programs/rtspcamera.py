# SPDX-License-Identifier: LGPL-2.1-or-later
"""A camera that speaks RTSP, on loopback."""
import contextlib
import subprocess
import threading

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer

SOUND = 'audiotestsrc is-live=true ! alawenc ! rtppcmapay'


def video(text, rate=15):
    """A launch line of a stream that shows text. 480x272: see players.py."""
    return ('videotestsrc is-live=true pattern=black ! '
            'video/x-raw,width=480,height=272,framerate=%d/1 ! textoverlay '
            'text="%s" font-desc="Sans 40" ! x264enc tune=zerolatency '
            'speed-preset=ultrafast key-int-max=%d ! rtph264pay' % (
                rate, text, rate))


@contextlib.contextmanager
def camera(*streams):
    """Its host and path, while it films. Of launch lines."""
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_service('0')
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch('( %s )' % ' '.join(
        '%s name=pay%d' % (stream, i) for i, stream in enumerate(streams)))
    server.get_mount_points().add_factory('/live', factory)
    server.attach(None)
    loop = GLib.MainLoop()
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    try:
        yield '127.0.0.1:%d/live' % server.get_bound_port()
    finally:
        loop.quit()
        thread.join()


@contextlib.contextmanager
def watched(camera):
    """Somebody watches already: who comes now gets what comes next."""
    watcher = subprocess.Popen(
        ['gst-launch-1.0', '-q', 'rtspsrc', 'location=rtsp://' + camera, '!',
         'fdsink'], stdout=subprocess.PIPE)
    watcher.stdout.read(1)
    drain = threading.Thread(target=watcher.stdout.read, daemon=True)
    drain.start()
    try:
        yield
    finally:
        watcher.terminate()
        watcher.wait()
        drain.join()
