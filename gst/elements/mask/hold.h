/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask hold: keeps the masks of texts on the frames around those that have
 * them, so that a reading that missed a text shows nothing of it.
 *
 * A text that the next frame does not have is held in the frames that follow,
 * and one that the frame before does not have in those that went before, as far
 * as they still wait: for the time of the hold, or until a frame has it again.
 * It is held where it was read, since it may stand while the picture behind it
 * moves, and where the picture has taken it, found in small pictures of the
 * frames. The fields of an interlaced frame are of two times: there a text is
 * hidden where the frames beside it have it, too.
 *
 * One thread at a time.
 */
#pragma once

#include <gst/video/video.h>

typedef struct _KocrMaskHold KocrMaskHold;
/* A frame, as long as it waits and is the last one. Refcounted. */
typedef struct _KocrHeldFrame KocrHeldFrame;

KocrMaskHold *kocr_mask_hold_new (void);
void kocr_mask_hold_free (KocrMaskHold * self);

/* Frames from now on are of @info, and none waits; when @readable is FALSE they
 * are not looked at, and masks do not move. */
void kocr_mask_hold_set_up (KocrMaskHold * self, const GstVideoInfo * info,
    gboolean readable);
/* Drops all frames and what is held: after a flush. */
void kocr_mask_hold_clear (KocrMaskHold *self);

/* The next frame, at @time, has @texts (of KocrMaskedText). It counts for those
 * that were added up to @hold before it and have not left. Times are running
 * times, in nanoseconds. (transfer full) */
KocrHeldFrame *kocr_mask_hold_push (KocrMaskHold *self, GstBuffer *buffer,
    gint64 time, const GArray *texts, GstClockTime hold);
/* Takes @frame, the oldest one, which waits no longer. */
void kocr_mask_hold_pop (KocrMaskHold *self, KocrHeldFrame *frame);

/* What is held on @frame up to now: an array of boxes of 8 numbers each, in
 * pixels of the mapped frame. */
const GArray *kocr_held_frame_get_boxes (const KocrHeldFrame * frame);
/* Whether more is held on it than is kept: it is to be hidden whole. */
gboolean kocr_held_frame_is_overfull (const KocrHeldFrame * frame);
