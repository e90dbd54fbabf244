/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame history: what was seen of the frames since the last sample that was
 * answered: a small picture of each, so that it can be told with which frame a
 * text came or went.
 *
 * Those of the two seconds before that sample stay, too, since it may lie within
 * a fade. It holds 32 MB at most: where more frames lie between two samples, those
 * are kept that divide the time evenly.
 */
#pragma once

#include "motion/lumareader.h"
#include "motion/framestretch.h"

typedef struct _KocrFrameHistory KocrFrameHistory;

KocrFrameHistory *kocr_frame_history_new (void);
void kocr_frame_history_free (KocrFrameHistory * self);

/* Streaming thread. */

/* Frames from now on are of @info, or (@readable FALSE) not to be looked at. */
void kocr_frame_history_set_up (
    KocrFrameHistory *self, const GstVideoInfo *info, gboolean readable);
/* What was before has nothing to do with what follows; not @all: no place in a
 * picture does, but samples follow each other. */
void kocr_frame_history_forget (KocrFrameHistory *self, gboolean all);
/* The next frame. @look: whether to look at it. */
void kocr_frame_history_begin_frame (
    KocrFrameHistory *self, GstBuffer *buffer, gboolean look);
/* Whether something stands in it that the last sample did not show. To be asked
 * of each frame, or of none. */
gboolean kocr_frame_history_watch (KocrFrameHistory * self);
/* The same, of the last frame of all: also what does not stand yet, and
 * (@moving) what moves. */
gboolean kocr_frame_history_is_new (KocrFrameHistory * self, gboolean moving);
/* It is sample @serial; before that can be answered. */
void kocr_frame_history_mark (KocrFrameHistory * self, guint64 serial);
/* Nothing more is to be said of it. Whether it was looked at. */
gboolean kocr_frame_history_end_frame (KocrFrameHistory * self);

/* Any thread. */

/* What is known of the frames from sample @from to sample @to, and of those that
 * led to @from: (transfer full). NULL: nothing is. */
KocrFrameStretch *kocr_frame_history_take (
    KocrFrameHistory *self, guint64 from, guint64 to);
/* What was before sample @serial is asked for no more but as what led to it. */
void kocr_frame_history_release (KocrFrameHistory * self, guint64 serial);
