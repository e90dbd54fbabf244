/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Output: where frames wait, the task that pushes them.  It takes what may leave
 * from the frame queue, puts the results on the frames and pushes, as long as
 * the stream flows (ocr/streamflow).  A frame past its deadline leaves even when
 * input stalls, which is why this is a task of its own.
 */
#pragma once

#include "ocr/recognition.h"

typedef struct _KocrOutput KocrOutput;

/* Every frame is out, and EOS comes next; from the task. */
typedef void (*KocrOutputEndFunc) (gpointer user_data);

/* @producer: of the metas. Nothing is owned. */
KocrOutput *kocr_output_new (GstPad * srcpad, guint producer,
    KocrRecognition * recognition, KocrFailures * failures,
    KocrRunStats * stats, KocrOutputEndFunc at_end, gpointer user_data);
void kocr_output_free (KocrOutput * self);

/* With the source pad. FALSE ends all waits and the task, and waits for that.
 */
gboolean kocr_output_set_active (KocrOutput * self, gboolean active);
/* With the sink pad. FALSE ends the waits of the streaming thread. */
void kocr_output_set_receiving (KocrOutput * self, gboolean receiving);
/* A flush. TRUE ends all waits; the task ends when the pad is paused. After
 * FALSE it may be started again. */
void kocr_output_set_flushing (KocrOutput * self, gboolean flushing);

/* A request was published. From any thread. */
void kocr_output_wake (KocrOutput * self);

/* Streaming thread. */

/* Opens the queue and starts pushing what comes out of it, unless the pad is
 * inactive or flushing. What a flush took out of the queue without ending it,
 * like caps, stays on the pad. */
void kocr_output_start (KocrOutput * self);
/* Before anything is pushed. Downstream that was not linked may be by now: TRUE
 * if it is tried again from here on. What waited for a result is gone, but not
 * what the new one has to know, like caps and segment. */
gboolean kocr_output_resume (KocrOutput * self);
/* Whether frames may be copied to system memory, if they are borrowed. */
void kocr_output_set_may_copy (KocrOutput * self, gboolean may_copy);
/* Frames that follow wait for no sample before them. */
void kocr_output_forget (KocrOutput * self);

/* A frame is in the element until it is left, which may take until a service
 * answers; while none is, frames that wait for the next sample wait for upstream.
 */
typedef KocrOutput KocrOutputVisit;

KocrOutputVisit *kocr_output_enter (KocrOutput * self);
void kocr_output_leave (KocrOutputVisit * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrOutputVisit, kocr_output_leave)

/* Each takes its object. A frame waits for the newest sample at or before it;
 * @sample: (nullable): it is one itself; and where no frame is lost, if it was
 * @seen, for the next one, to show what came and went by then. */
GstFlowReturn kocr_output_push_buffer (KocrOutput * self, GstBuffer * buffer,
    KocrRequest * sample, gboolean seen, const KocrFrameSettings * settings);
/* @sample: (transfer none): its frame has left; the result follows, no later
 * than @deadline (monotonic, us). */
void kocr_output_push_result (KocrOutput *self, KocrRequest *sample,
    const KocrFrameSettings *settings, gint64 deadline);
gboolean kocr_output_push_event (KocrOutput * self, GstEvent * event);
gboolean kocr_output_push_query (KocrOutput * self, GstQuery * query);
/* What the streaming thread returns instead of @flow: why downstream takes no
 * more, if it does not. */
GstFlowReturn kocr_output_get_flow (KocrOutput * self, GstFlowReturn flow);
