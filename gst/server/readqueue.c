/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "readqueue.h"

#include <gio/gio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "bounds.h"

struct _ReadQueue
{
  const FileReader *reader;
  GPtrArray *threads;

  GMutex lock;
  GCond queued;
  /* Under the lock */
  GQueue waiting;               /* of ReadJob, each with a reference */
  ReadQueueState state;              /* but n_waiting */
  gboolean stopping;
};

struct _ReadJob
{
  ReadQueue *queue;
  gint fd;
  GCancellable *cancellable;    /* nobody waits for it, or its time is over */
  GBytes *image;                /* of the thread that took it, then NULL */
  Answer *answer;               /* written before fd is, read after */
};

static void
job_clear (ReadJob * job)
{
  close (job->fd);
  g_object_unref (job->cancellable);
  g_clear_pointer (&job->image, g_bytes_unref);
  g_clear_pointer (&job->answer, answer_free);
}

static void
job_unref (ReadJob * job)
{
  g_atomic_rc_box_release_full (job, (GDestroyNotify) job_clear);
}

static gpointer
run (gpointer data)
{
  ReadQueue *self = data;

  for (;;) {
    g_autoptr (GBytes) image = NULL;
    const guint64 one = 1;
    gint64 start;
    ReadJob *job;

    g_mutex_lock (&self->lock);
    while (g_queue_is_empty (&self->waiting) && !self->stopping)
      g_cond_wait (&self->queued, &self->lock);
    job = g_queue_pop_head (&self->waiting);
    self->state.n_reading += job != NULL;
    g_mutex_unlock (&self->lock);
    if (job == NULL)
      return NULL;

    image = g_steal_pointer (&job->image);
    start = g_get_monotonic_time ();
    job->answer = file_reader_read (self->reader, image, job->cancellable);
    g_mutex_lock (&self->lock);
    self->state.n_reading--;
    self->state.n_read++;
    self->state.read_time += g_get_monotonic_time () - start;
    g_mutex_unlock (&self->lock);
    if (write (job->fd, &one, sizeof one) != sizeof one)
      g_error ("cannot signal an answer: %s", g_strerror (errno));
    job_unref (job);
  }
}

ReadQueue *
read_queue_new (const FileReader * reader, guint n_threads)
{
  ReadQueue *self = g_new0 (ReadQueue, 1);
  guint i;

  self->reader = reader;
  g_mutex_init (&self->lock);
  g_cond_init (&self->queued);
  g_queue_init (&self->waiting);
  self->threads = g_ptr_array_new ();
  for (i = 0; i < n_threads; i++)
    g_ptr_array_add (self->threads, g_thread_new ("job", run, self));
  return self;
}

void
read_queue_free (ReadQueue * self)
{
  guint i;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->queued);
  g_mutex_unlock (&self->lock);
  for (i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->queued);
  g_free (self);
}

void
read_queue_get_state (ReadQueue * self, ReadQueueState * state)
{
  g_mutex_lock (&self->lock);
  *state = self->state;
  state->n_waiting = g_queue_get_length (&self->waiting);
  g_mutex_unlock (&self->lock);
}

ReadJob *
read_queue_submit (ReadQueue * self, GBytes * image)
{
  gint fd = eventfd (0, EFD_CLOEXEC);
  ReadJob *job = NULL;

  if (fd < 0)
    return NULL;
  g_mutex_lock (&self->lock);
  if (g_queue_get_length (&self->waiting) < LIMIT_WAITING) {
    job = g_atomic_rc_box_new0 (ReadJob);
    job->queue = self;
    job->fd = fd;
    job->cancellable = g_cancellable_new ();
    job->image = g_bytes_ref (image);
    g_queue_push_tail (&self->waiting, g_atomic_rc_box_acquire (job));
    g_cond_signal (&self->queued);
  }
  g_mutex_unlock (&self->lock);
  if (job == NULL)
    close (fd);
  return job;
}

gint
read_job_get_fd (ReadJob * job)
{
  return job->fd;
}

Answer *
read_job_take_answer (ReadJob * job)
{
  return g_steal_pointer (&job->answer);
}

void
read_job_release (ReadJob * job)
{
  ReadQueue *self = job->queue;
  gboolean was_waiting;

  g_cancellable_cancel (job->cancellable);
  g_mutex_lock (&self->lock);
  was_waiting = g_queue_remove (&self->waiting, job);
  g_mutex_unlock (&self->lock);
  if (was_waiting)
    job_unref (job);
  job_unref (job);
}
