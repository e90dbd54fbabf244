/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Live results: what frames carry where none waits.  Results come at any time
 * and in any order; each is brought up to the present frame, the newest one is
 * carried for its lifetime, its boxes move on with the picture, and what comes
 * after the last frame goes on as an event.
 */
#pragma once

#include "ocr/carriedresult.h"
#include "ocr/stats.h"

typedef struct _KocrLiveResults KocrLiveResults;

/* @owner: of what is logged. @producer: of the metas. Nothing is owned. */
KocrLiveResults *kocr_live_results_new (GstObject * owner,
    KocrRunStats * stats, guint producer);
/* Waits for what workers are at. */
void kocr_live_results_free (KocrLiveResults * self);

/* Streaming thread. */

/* Frames from now on are of @info, or (@readable FALSE) not to be looked at. */
void kocr_live_results_set_up (KocrLiveResults * self,
    const GstVideoInfo * info, gboolean readable);
/* What was read in samples up to @serial is not carried; @epoch: and has
 * nothing to do with what follows at all. */
void kocr_live_results_forget (KocrLiveResults * self, guint64 serial,
    gboolean epoch);
/* The next frame. */
void kocr_live_results_begin_frame (KocrLiveResults * self, GstBuffer * buffer,
    gboolean follow);
/* It is sample @serial; before that can be answered. */
void kocr_live_results_expect (KocrLiveResults * self, guint64 serial);
/* At the end of the frame: takes @buffer, which is at @running_time (NONE:
 * now), and returns it, or a shallow copy, with what it carries. */
GstBuffer *kocr_live_results_attach (KocrLiveResults * self,
    GstBuffer * buffer, GstClockTime running_time,
    const KocrFrameSettings * settings);
/* After the last frame: pushes events with the results that none carried. */
void kocr_live_results_push_unseen (KocrLiveResults * self, GstPad * srcpad,
    const KocrFrameSettings * settings);

/* Any thread. */

/* @request was published. */
void kocr_live_results_take (KocrLiveResults * self, KocrRequest * request);
/* Waits until @request, which was published, may be carried. */
void kocr_live_results_wait (KocrLiveResults * self,
    const KocrRequest * request);
