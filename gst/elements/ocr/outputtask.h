/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Output task: the thread of the source pad in aligned and exact.  Takes what
 * may leave from the frame queue, puts the results on the frames and pushes.  A
 * frame past its deadline leaves even when input stalls, which is why this is a
 * task of its own.
 */
#pragma once

#include "common/framequeue.h"
#include "ocr/recognition.h"

G_BEGIN_DECLS

typedef struct _KocrOutputTask KocrOutputTask;

KocrOutputTask *kocr_output_task_new (GstPad * srcpad, guint producer);
void kocr_output_task_free (KocrOutputTask * self);

/* With the pad. FALSE ends all waits and the task, and waits for that. */
gboolean kocr_output_task_set_active (KocrOutputTask * self, gboolean active);
/* Streaming thread. Opens the queue and starts pushing what comes out of it,
 * unless the pad is inactive or flushing. What a flush took out of the queue
 * without ending it, like caps, stays on the pad. @run must live as long as the
 * pad is active. */
void kocr_output_task_start (KocrOutputTask * self, KocrRecognition * run);
/* TRUE ends all waits; the task ends with kocr_output_task_pause(). After FALSE
 * it may be started again. */
void kocr_output_task_set_flushing (KocrOutputTask * self, gboolean flushing);
/* Waits until the task pushes nothing; for FLUSH_START, after downstream has
 * it. */
void kocr_output_task_pause (KocrOutputTask * self);

/* A request was published. From any thread. */
void kocr_output_task_wake (KocrOutputTask * self);

/* Streaming thread, before it pushes anything. Downstream that was not linked
 * may be by now: TRUE if it is tried again from here on. What waited for a
 * result is gone, but not what the new one has to know, like caps and segment.
 */
gboolean kocr_output_task_resume (KocrOutputTask * self);

/* Streaming thread. Each takes its object. A frame waits for @carried
 * (nullable) until @deadline. */
typedef struct
{
  KocrRequest *carried;
  gboolean sampled;
  gboolean may_copy;            /* to system memory, if it is borrowed */
  gint64 deadline;
  KocrAttach attach;
  gboolean drop_unsampled;
  guint64 max_size_bytes;
} KocrOutputFrame;

GstFlowReturn kocr_output_task_push_buffer (
    KocrOutputTask *self, GstBuffer *buffer, const KocrOutputFrame *frame);
/* What the streaming thread returns instead of @flow: why downstream takes no
 * more, if it does not. */
GstFlowReturn kocr_output_task_get_flow (
    KocrOutputTask *self, GstFlowReturn flow);
gboolean kocr_output_task_push_event (KocrOutputTask * self, GstEvent * event);
gboolean kocr_output_task_push_query (KocrOutputTask * self, GstQuery * query);

G_END_DECLS
