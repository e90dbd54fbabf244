/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jobs.h"

#include <gio/gio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "bounds.h"
#include "picture.h"
#include "reading/tesseract.h"

struct _Jobs
{
  guint max_side, max_regions, read_seconds;
  guint64 max_pixels;
  gchar *languages;
  GBytes *replay;
  GPtrArray *threads;

  GMutex lock;
  GCond queued;
  /* Under the lock */
  GQueue waiting;               /* of Job, each with a reference */
  GPtrArray *engines;           /* idle ones; the last was used last */
  JobsState state;              /* but n_waiting */
  gboolean stopping;
};

struct _Job
{
  Jobs *jobs;
  gint fd;
  GCancellable *cancellable;    /* nobody waits for it, or its time is over */
  GBytes *image;                /* of the thread that took it, then NULL */
  Answer *answer;               /* written before fd is, read after */
};

static void
job_clear (Job * job)
{
  close (job->fd);
  g_object_unref (job->cancellable);
  g_clear_pointer (&job->image, g_bytes_unref);
  g_clear_pointer (&job->answer, answer_free);
}

static void
job_unref (Job * job)
{
  g_atomic_rc_box_release_full (job, (GDestroyNotify) job_clear);
}

static Recognizer *
borrow_engine (Jobs * self, GError ** error)
{
  Recognizer *engine = NULL;

  g_mutex_lock (&self->lock);
  if (self->engines->len > 0)
    engine = g_ptr_array_steal_index (self->engines, self->engines->len - 1);
  g_mutex_unlock (&self->lock);
  return engine != NULL ? engine
      : tesseract_recognizer_new (self->languages, error);
}

static void
return_engine (Jobs * self, Recognizer * engine)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->engines, engine);
  g_mutex_unlock (&self->lock);
}

static Answer *
read_picture (Jobs * self, const GrayPicture * picture,
    GCancellable * cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = NULL;
  Recognizer *engine = borrow_engine (self, &error);

  if (engine != NULL) {
    words = recognizer_read (engine, picture, self->max_regions, cancellable,
        &error);
    return_engine (self, engine);
  }
  if (words == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_printerr ("kakaoocr-server: %s\n", error->message);
    return answer_new_refusal (REFUSAL_INTERNAL);
  }
  return answer_new_words (words, picture->width, picture->height,
      self->max_regions);
}

static Answer *
process (Jobs * self, GBytes * image, GCancellable * cancellable)
{
  g_autoptr (GrayPicture) picture = NULL;
  const PictureLimits limits = { self->max_side, self->max_pixels,
    cancellable
  };
  Refusal refusal;

  picture = picture_decode (image, &limits, &refusal);
  if (picture == NULL)
    return answer_new_refusal (refusal);
  if (self->replay != NULL)
    return answer_new_json (self->replay);
  return read_picture (self, picture, cancellable);
}

static gboolean
on_time_over (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* The timer runs in the main thread. */
static Answer *
process_in_time (Jobs * self, GBytes * image, GCancellable * cancellable)
{
  GSource *timer = g_timeout_source_new_seconds (self->read_seconds);
  Answer *answer;

  g_source_set_callback (timer, on_time_over, g_object_ref (cancellable),
      g_object_unref);
  g_source_attach (timer, NULL);
  answer = process (self, image, cancellable);
  g_source_destroy (timer);
  g_source_unref (timer);
  return answer;
}

static gpointer
run (gpointer data)
{
  Jobs *self = data;

  for (;;) {
    g_autoptr (GBytes) image = NULL;
    const guint64 one = 1;
    gint64 start;
    Job *job;

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
    job->answer = process_in_time (self, image, job->cancellable);
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

Jobs *
jobs_new (const JobsConfig * config, GError ** error)
{
  Jobs *self;
  Recognizer *engine = NULL;
  guint i;

  if (config->replay == NULL) {
    engine = tesseract_recognizer_new (config->languages, error);
    if (engine == NULL)
      return NULL;
  }
  self = g_new0 (Jobs, 1);
  self->max_side = config->max_side;
  self->max_pixels = config->max_pixels;
  self->max_regions = config->max_regions;
  self->read_seconds = config->read_seconds;
  self->languages = g_strdup (config->languages);
  if (config->replay != NULL)
    self->replay = g_bytes_ref (config->replay);
  g_mutex_init (&self->lock);
  g_cond_init (&self->queued);
  g_queue_init (&self->waiting);
  self->engines = g_ptr_array_new_with_free_func ((GDestroyNotify)
      recognizer_free);
  if (engine != NULL)
    g_ptr_array_add (self->engines, engine);
  self->threads = g_ptr_array_new ();
  for (i = 0; i < config->n_threads; i++)
    g_ptr_array_add (self->threads, g_thread_new ("job", run, self));
  return self;
}

void
jobs_free (Jobs * self)
{
  guint i;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->queued);
  g_mutex_unlock (&self->lock);
  for (i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);

  g_ptr_array_unref (self->engines);
  g_clear_pointer (&self->replay, g_bytes_unref);
  g_free (self->languages);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->queued);
  g_free (self);
}

void
jobs_get_state (Jobs * self, JobsState * state)
{
  g_mutex_lock (&self->lock);
  *state = self->state;
  state->n_waiting = g_queue_get_length (&self->waiting);
  g_mutex_unlock (&self->lock);
}

Job *
jobs_submit (Jobs * self, GBytes * image)
{
  gint fd = eventfd (0, EFD_CLOEXEC);
  Job *job = NULL;

  if (fd < 0)
    return NULL;
  g_mutex_lock (&self->lock);
  if (g_queue_get_length (&self->waiting) < LIMIT_WAITING) {
    job = g_atomic_rc_box_new0 (Job);
    job->jobs = self;
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
job_get_fd (Job * job)
{
  return job->fd;
}

Answer *
job_take_answer (Job * job)
{
  return g_steal_pointer (&job->answer);
}

void
job_release (Job * job)
{
  Jobs *self = job->jobs;
  gboolean was_waiting;

  g_cancellable_cancel (job->cancellable);
  g_mutex_lock (&self->lock);
  was_waiting = g_queue_remove (&self->waiting, job);
  g_mutex_unlock (&self->lock);
  if (was_waiting)
    job_unref (job);
  job_unref (job);
}
