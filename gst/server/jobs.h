/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The threads that decode and read pictures, and the queue before them. A
 * thread borrows a reading engine for each picture and the one used last is
 * lent first, so there are as many engines as pictures were ever read at once,
 * at most one a thread.
 */
#pragma once

#include "answer.h"

G_BEGIN_DECLS typedef struct _Jobs Jobs;
typedef struct _Job Job;

typedef struct
{
  guint n_threads;
  guint max_side;
  guint64 max_pixels;
  guint max_regions;            /* 0: no limit */
  guint read_seconds;           /* after which a reading is given up */
  const gchar *languages;       /* of the engines */
  GBytes *replay;               /* nullable: the answer instead of reading */
} JobsConfig;

/* Makes the first engine, so that a missing language is found at the start.
 * The main loop must run for @read_seconds to hold. */
Jobs *jobs_new (const JobsConfig * config, GError ** error);
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
