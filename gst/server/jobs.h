/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The threads that decode and read pictures, and the queue before them.
 */
#pragma once

#include "reader.h"

G_BEGIN_DECLS typedef struct _Jobs Jobs;
typedef struct _Job Job;

/* @reader must outlive it. */
Jobs *jobs_new (const Reader * reader, guint n_threads);
/* No job may be left. Waits for what a thread is reading. */
void jobs_free (Jobs * self);

typedef struct
{
  guint n_waiting, n_reading;
  guint64 n_read;               /* since the start */
  gint64 read_time;             /* of these, us */
} JobsState;

void jobs_get_state (Jobs * self, JobsState * state);

/* NULL: LIMIT_WAITING uploads wait already. */
Job *jobs_submit (Jobs * self, GBytes * image);

/* Polls readable when the answer is there. */
gint job_get_fd (Job * job);
/* (transfer full), once, when job_get_fd() is readable. */
Answer *job_take_answer (Job * job);
/* Whoever submitted it is done with it, answered or not: it leaves the queue
 * if it is there still, and its reading stops if it is being read. */
void job_release (Job * job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_release) G_END_DECLS
