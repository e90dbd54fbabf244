/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Last frame: the newest frame, while it shows something new, is no sample, and
 * it is not known whether another one follows it; what ends the row of frames
 * makes it a sample.
 *
 * In exact it waits to be pushed until that is known, which delays nobody, as a
 * result is waited for. Else, and where an event has come behind it, it has
 * left, and is only remembered: its result follows by itself.
 *
 * The streaming thread's own.
 */
#pragma once

#include "result/framehistory.h"
#include "ocr/output.h"
#include "ocr/runtiming.h"

typedef struct _KocrLastFrame KocrLastFrame;

/* Makes @buffer, the last one, a sample if it can be one. (transfer full)
 * (nullable) */
typedef KocrRequest *(*KocrLastFrameFunc) (
    GstBuffer *buffer, const KocrFrameSettings *settings, gpointer user_data);

/* Nothing is owned. */
KocrLastFrame *kocr_last_frame_new (KocrRunTiming *timing,
    KocrFrameHistory *history, KocrOutput *output, KocrLastFrameFunc sample,
    gpointer user_data);
void kocr_last_frame_free (KocrLastFrame *self);
/* Whether frames may be copied to system memory. */
void kocr_last_frame_set_may_copy (KocrLastFrame *self, gboolean may_copy);

/* @buffer, which is no sample, is the newest frame. TRUE: it is taken, and
 * waits. */
gboolean kocr_last_frame_keep (KocrLastFrame *self, GstBuffer *buffer,
    const KocrFrameSettings *settings);
/* A frame follows: pushes what waits. */
void kocr_last_frame_pass (
    KocrLastFrame *self, const KocrFrameSettings *settings);
/* An event follows, which may be the end: pushes what waits, and remembers it.
 */
void kocr_last_frame_let_go (
    KocrLastFrame *self, const KocrFrameSettings *settings);
/* No frame follows. FALSE: there is one, and now it can be no sample, but what
 * is in flight may be waited for until @end (monotonic, us), and then: */
gboolean kocr_last_frame_end (
    KocrLastFrame *self, const KocrFrameSettings *settings, gint64 *end);
/* @end: of its result, if it has left. */
gboolean kocr_last_frame_sample (
    KocrLastFrame *self, const KocrFrameSettings *settings, gint64 end);
/* Nobody is to hold it. */
void kocr_last_frame_drop (KocrLastFrame *self);
