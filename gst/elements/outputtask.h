/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Output task: the thread of the source pad in aligned and exact.  Takes what
 * may leave from the frame queue, puts the results on the frames and pushes.  A
 * frame past its deadline leaves even when input stalls, which is why this is a
 * task of its own.
 */
#pragma once

#include "framequeue.h"
#include "recognition.h"

G_BEGIN_DECLS

typedef struct _OutputTask OutputTask;

OutputTask *output_task_new (GstPad * srcpad, guint producer);
void output_task_free (OutputTask * self);

/* With the pad. FALSE ends all waits and the task, and waits for that. */
gboolean output_task_set_active (OutputTask * self, gboolean active);
/* Streaming thread. Opens the queue and starts pushing what comes out of it,
 * unless the pad is inactive or flushing. What a flush took out of the queue
 * without ending it, like caps, stays on the pad. @run must live as long as the
 * pad is active. */
void output_task_start (OutputTask * self, Recognition * run);
/* TRUE ends all waits; the task ends with output_task_pause(). After FALSE it
 * may be started again. */
void output_task_set_flushing (OutputTask * self, gboolean flushing);
/* Waits until the task pushes nothing; for FLUSH_START, after downstream has
 * it. */
void output_task_pause (OutputTask * self);

/* A request was published. From any thread. */
void output_task_wake (OutputTask * self);

/* Streaming thread, before it pushes anything. Downstream that was not linked
 * may be by now: TRUE if it is tried again from here on. What waited for a
 * result is gone, but not what the new one has to know, like caps and segment.
 */
gboolean output_task_resume (OutputTask * self);

/* Streaming thread. Each takes its object. A frame waits for @carried
 * (nullable) until @deadline. */
typedef struct
{
  KocrRequest *carried;
  gboolean sampled;
  gboolean may_copy;            /* to system memory, if it is borrowed */
  gint64 deadline;
  GstKakaoOcrAttach attach;
  gboolean drop_unsampled;
  guint64 max_size_bytes;
} OutputFrame;

GstFlowReturn output_task_push_buffer (OutputTask * self, GstBuffer * buffer,
    const OutputFrame * frame);
/* What the streaming thread returns instead of @flow: why downstream takes no
 * more, if it does not. */
GstFlowReturn output_task_get_flow (OutputTask * self, GstFlowReturn flow);
gboolean output_task_push_event (OutputTask * self, GstEvent * event);
gboolean output_task_push_query (OutputTask * self, GstQuery * query);

G_END_DECLS
