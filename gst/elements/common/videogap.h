/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Video gap: whether a GAP of the video has overtaken frames.  Pure.
 *
 * A demuxer sends GAPs in the order in which it has the frames, which is that
 * of decoding, and a decoder passes them on at once: in a Matroska file whose
 * frames come at no fixed rate, frames follow that are of a time before the
 * GAP, or within it.  One that goes on from the GAP before, with no frame in
 * between, has overtaken none.
 */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GstClockTime end; /* of the last GAP, if no frame has come since */
} KocrVideoGap;

/* With each frame, and where a stream begins. */
void kocr_video_gap_reset (KocrVideoGap *self);
/* Takes a GAP. TRUE: no frame of a time before its end is to come. */
gboolean kocr_video_gap_goes_on (
    KocrVideoGap *self, GstClockTime start, GstClockTime duration);
