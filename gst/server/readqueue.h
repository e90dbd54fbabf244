/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The threads that decode and read pictures, and the queue before them.
 */
#pragma once

#include "filereader.h"

typedef struct _ReadQueue ReadQueue;
typedef struct _ReadJob ReadJob;

/* @reader must outlive it. */
ReadQueue *read_queue_new (const FileReader * reader, guint n_threads);
/* No job may be left. Waits for what a thread is reading. */
void read_queue_free (ReadQueue * self);

typedef struct
{
  guint n_waiting, n_reading;
  guint64 n_read;               /* since the start */
  gint64 read_time;             /* of these, us */
} ReadQueueState;

void read_queue_get_state (ReadQueue * self, ReadQueueState * state);

/* NULL: LIMIT_WAITING uploads wait already. */
ReadJob *read_queue_submit (ReadQueue * self, GBytes * image);

/* Polls readable when the answer is there. */
gint read_job_get_fd (ReadJob * job);
/* (transfer full), once, when read_job_get_fd() is readable. */
Answer *read_job_take_answer (ReadJob * job);
/* Whoever submitted it is done with it, answered or not: it leaves the queue
 * if it is there still, and its reading stops if it is being read. */
void read_job_release (ReadJob * job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReadJob, read_job_release)
