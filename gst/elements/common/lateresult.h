/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Late result: one that came when no frame was left to carry it, at the end of
 * a stream whose frames do not wait.  It goes downstream as an event before
 * EOS: who reads results from frames finds in it a frame without memory that
 * carries the result, with the time stamps of the one that was recognised.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

/* Takes @frame. (transfer full) */
GstEvent *kocr_late_result_event_new (GstBuffer * frame);
/* (transfer none) NULL: @event is another one. */
GstBuffer *kocr_late_result_event_get_frame (GstEvent * event);
