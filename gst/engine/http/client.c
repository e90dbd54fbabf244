/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/client.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/inflight.h"
#include "http/job.h"
#include "http/statenotifier.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

struct _KocrClient
{
  KocrEndpoint *endpoint;
  KocrNetwork *network;
  KocrAdmission admission;

  /* The network's thread. */
  GSource *wake;
  GQueue jobs;                  /* of KocrJob, not ended, oldest first */
  KocrInFlight in_flight;       /* those of them that are out */
  KocrStateNotifier notifier;
  guint64 successes;
};

static KocrJob *
find_waiting (KocrClient * self, KocrClientUser * user)
{
  GList *l;

  for (l = self->jobs.head; l; l = l->next) {
    KocrJob *job = l->data;

    if (job->user == user && job->state == KOCR_JOB_WAITING)
      return job;
  }
  return NULL;
}

/* Every job ends here: its request goes back to whoever handed it in. */
static void
give_back (KocrClient * self, KocrJob * job)
{
  KocrClientUser *user = job->user;
  gboolean waiting = job->state == KOCR_JOB_WAITING;

  job->state = KOCR_JOB_ENDED;
  g_queue_remove (&self->jobs, job);
  if (waiting)
    kocr_admission_set_waiting (&self->admission, user,
        find_waiting (self, user) != NULL);
  kocr_admission_leave (&self->admission, user, &job->permit);
  user->callbacks.completed (job->request, user->user_data);
  kocr_job_unref (job);
}

static void
give_back_error (KocrClient * self, KocrJob * job, GError * error,
    const KocrFault * fault)
{
  job->request->outcome.error = error;
  job->request->outcome.fault = fault;
  give_back (self, job);
}

static void
end_exhausted (KocrClient * self, KocrJob * job)
{
  give_back_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_EXHAUSTED,
          "The %" G_GUINT64_FORMAT " requests of `max-requests` are spent.",
          job->user->max_requests), NULL);
}

/* With the job's own last failure, else with what holds all jobs back. */
static void
end_failed (KocrClient * self, KocrJob * job)
{
  const GError *error = job->last.error;
  const KocrFault *fault = job->last.fault;

  if (!error)
    error
        = kocr_state_notifier_get_trouble (&self->notifier, job->user, &fault);
  if (error)
    give_back_error (self, job, g_error_copy (error), fault);
  else
    give_back_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_TIMEOUT,
            "The picture could not be sent in time: other requests and the "
            "rate limit left no slot. Raise `max-rate`, `max-in-flight` or "
            "`timeout`."), NULL);
}

static void
succeed (KocrClient * self, KocrJob * job, KocrAttemptOutcome * outcome)
{
  self->successes++;
  job->request->outcome.result = g_steal_pointer (&outcome->result);
  job->request->outcome.regions_dropped = outcome->regions_dropped;
  job->request->outcome.unread = outcome->unread;
  give_back (self, job);
}

static void
fail (KocrClient * self, KocrJob * job, KocrAttemptOutcome * outcome)
{
  gboolean lossless = kocr_client_user_is_lossless (job->user);
  gboolean throttled = outcome->feedback == KOCR_FEEDBACK_THROTTLED;
  gint64 now = kocr_clock_now ();

  kocr_state_notifier_note (&self->notifier, outcome);
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": attempt %u failed: %s",
      job->request->asked.serial, job->failures + 1, outcome->error->message);
  if (!kocr_job_fail (job, outcome, lossless, self->successes)) {
    end_failed (self, job);
    return;
  }

  g_mutex_lock (&self->admission.lock);
  job->due = kocr_governor_schedule_retry (self->admission.governor, now,
      job->last.feedback, job->failures, lossless, &job->unpaid);
  g_mutex_unlock (&self->admission.lock);
  if (job->due == G_MAXINT64) {
    end_failed (self, job);
    return;
  }
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": sent again in %" G_GINT64_FORMAT
      " ms", job->request->asked.serial, (job->due - now) / 1000);
  job->state = KOCR_JOB_RETRYING;
  job->request->transfer.retried++;
  if (throttled)
    job->request->transfer.throttled++;
}

static gboolean
start_job (KocrClient * self, KocrJob * job, gint64 now)
{
  if (kocr_in_flight_start (&self->in_flight, job, now))
    return TRUE;
  job->state = KOCR_JOB_HELD;
  return FALSE;
}

/* Takes a slot for @job and starts it, or ends it. */
static gboolean
take_and_start (KocrClient * self, KocrJob * job, gint64 now)
{
  switch (kocr_admission_take (&self->admission, job->user, now, job->unpaid,
          &job->permit)) {
    case KOCR_DENIAL_NONE:
      return start_job (self, job, now);
    case KOCR_DENIAL_BUDGET_SPENT:
      end_exhausted (self, job);
      return TRUE;
    default:
      return FALSE;
  }
}

static void
start_held (KocrClient * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state == KOCR_JOB_HELD
        && kocr_in_flight_has_room (&self->in_flight))
      start_job (self, job, now);
  }
}

/* FALSE: a suspicious one waits for the others to come back. */
static gboolean
start_retries (KocrClient * self, gint64 now)
{
  gboolean others_may_go = TRUE;
  guint n_left = 0;
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state != KOCR_JOB_RETRYING || job->due > now)
      continue;
    if (kocr_in_flight_must_wait (&self->in_flight, job))
      others_may_go = FALSE;
    else if (others_may_go && kocr_in_flight_has_room (&self->in_flight)
        && take_and_start (self, job, now))
      continue;
    /* One that the quota does not cover has no precedence. */
    if (job->state == KOCR_JOB_RETRYING && !job->unpaid)
      n_left++;
  }
  g_mutex_lock (&self->admission.lock);
  self->admission.due_retries = n_left;
  g_mutex_unlock (&self->admission.lock);
  return others_may_go;
}

static void
start_waiting (KocrClient * self, gint64 now)
{
  KocrClientUser *user;

  while (kocr_in_flight_has_room (&self->in_flight)
      && (user = kocr_admission_next (&self->admission, now))) {
    KocrJob *job = find_waiting (self, user);

    if (job && !take_and_start (self, job, now))
      return;
    kocr_admission_set_waiting (&self->admission, user,
        find_waiting (self, user) != NULL);
  }
}

/* After all that may go has gone. */
static void
end_hopeless (KocrClient * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (!kocr_job_is_out (job)
        && kocr_job_is_hopeless (&self->admission, job, now))
      end_failed (self, job);
  }
}

/* An attempt has its own timer; waiting and resolving jobs have this. */
static void
end_late (KocrClient * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state != KOCR_JOB_SENT && now >= job->request->deadline) {
      kocr_in_flight_recall (&self->in_flight, job);
      end_failed (self, job);
    }
  }
}

static void
set_wake (KocrClient * self, gint64 now)
{
  gint64 wake = kocr_in_flight_get_watch (&self->in_flight);
  GList *l;

  for (l = self->jobs.head; l; l = l->next)
    wake = MIN (wake, kocr_job_get_wake (&self->admission, l->data, now));
  g_source_set_ready_time (self->wake, kocr_clock_to_ready_time (wake));
}

/* Lets go what may go. After whatever may have changed that. */
static void
pump (KocrClient * self)
{
  gint64 now = kocr_clock_now ();

  kocr_in_flight_watch (&self->in_flight, now);
  end_late (self, now);
  start_held (self, now);
  if (start_retries (self, now))
    start_waiting (self, now);
  end_hopeless (self, now);
  set_wake (self, now);
  kocr_state_notifier_announce (&self->notifier);
}

static void
completed (KocrJob * job, KocrAttemptOutcome * outcome, gpointer data)
{
  KocrClient *self = data;

  if (outcome->result)
    succeed (self, job, outcome);
  else
    fail (self, job, outcome);
  pump (self);
}

static gboolean
wake_dispatch (GSource * source, GSourceFunc callback, gpointer data)
{
  g_source_set_ready_time (source, -1);
  return callback (data);
}

static GSourceFuncs wake_funcs = { NULL, NULL, wake_dispatch, NULL };

static gboolean
wake_up (gpointer data)
{
  pump (data);
  return G_SOURCE_CONTINUE;
}

KocrClient *
kocr_client_new (KocrEndpoint * endpoint)
{
  KocrClient *self = g_new0 (KocrClient, 1);

  self->endpoint = kocr_endpoint_ref (endpoint);
  self->network = kocr_network_new (endpoint);
  kocr_admission_init (&self->admission);
  kocr_in_flight_init (&self->in_flight, endpoint, self->network,
      &self->admission, completed, self);
  kocr_state_notifier_init (&self->notifier, &self->admission);
  g_queue_init (&self->jobs);
  self->wake = g_source_new (&wake_funcs, sizeof (GSource));
  g_source_set_callback (self->wake, wake_up, self, NULL);
  kocr_network_attach (self->network, self->wake);
  return self;
}

void
kocr_client_free (KocrClient * self)
{
  g_source_destroy (self->wake);
  g_source_unref (self->wake);
  kocr_network_free (self->network);
  kocr_in_flight_clear (&self->in_flight);
  kocr_state_notifier_clear (&self->notifier);
  kocr_admission_clear (&self->admission);
  kocr_endpoint_unref (self->endpoint);
  g_free (self);
}

const KocrEndpoint *
kocr_client_get_endpoint (KocrClient * self)
{
  return self->endpoint;
}

static void
pump_posted (gpointer data)
{
  pump (data);
}

void
kocr_client_join (KocrClient * self, KocrClientUser * user)
{
  kocr_admission_add (&self->admission, user);
  kocr_network_post (self->network, pump_posted, self);
}

static void
cancel_jobs (KocrClient * self, KocrClientUser * user)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->user == user) {
      kocr_in_flight_recall (&self->in_flight, job);
      give_back_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_CANCELLED,
              "Discarded by a flush or a stop."), NULL);
    }
  }
}

typedef struct
{
  KocrClient *self;
  KocrClientUser *user;
  GMutex lock;
  GCond cond;
  gboolean left;
} Leave;

static void
leave_posted (gpointer data)
{
  Leave *leave = data;
  KocrClient *self = leave->self;

  cancel_jobs (self, leave->user);
  kocr_admission_remove (&self->admission, leave->user);
  pump (self);

  g_mutex_lock (&leave->lock);
  leave->left = TRUE;
  g_cond_signal (&leave->cond);
  g_mutex_unlock (&leave->lock);
}

void
kocr_client_leave (KocrClient * self, KocrClientUser * user)
{
  Leave leave = { self, user };

  g_mutex_init (&leave.lock);
  g_cond_init (&leave.cond);
  kocr_network_post (self->network, leave_posted, &leave);
  g_mutex_lock (&leave.lock);
  while (!leave.left)
    g_cond_wait (&leave.cond, &leave.lock);
  g_mutex_unlock (&leave.lock);
  g_cond_clear (&leave.cond);
  g_mutex_clear (&leave.lock);
}

KocrDenial
kocr_client_reserve (KocrClient * self, KocrClientUser * user)
{
  gboolean told = FALSE;
  KocrDenial denial = kocr_admission_reserve (&self->admission, user, &told);

  if (denial == KOCR_DENIAL_BUDGET_SPENT && !told)
    kocr_network_post (self->network, pump_posted, self);
  return denial;
}

void
kocr_client_unreserve (KocrClient * self, KocrClientUser * user)
{
  kocr_admission_unreserve (&self->admission, user);
  kocr_network_post (self->network, pump_posted, self);
}

static void
send_posted (gpointer data)
{
  KocrJob *job = data;
  KocrClient *self = job->user->client;

  g_queue_push_tail (&self->jobs, job);
  if (job->state == KOCR_JOB_WAITING)
    kocr_admission_set_waiting (&self->admission, job->user, TRUE);
  kocr_job_ref (job);
  pump (self);
  if (job->state == KOCR_JOB_WAITING)
    GST_LOG ("sample %" G_GUINT64_FORMAT ": waits: %s",
        job->request->asked.serial,
        kocr_denial_get_name (kocr_admission_get_denial (&self->admission,
                job->user)));
  kocr_job_unref (job);
}

void
kocr_client_send (KocrClient * self, KocrClientUser * user,
    KocrRequest * request, gboolean reserved)
{
  KocrJob *job = kocr_job_new (user, kocr_request_ref (request));

  kocr_admission_hand_in (&self->admission, user, reserved, &job->permit);
  job->state = job->permit.taken ? KOCR_JOB_HELD : KOCR_JOB_WAITING;
  kocr_network_post (self->network, send_posted, job);
}

typedef struct
{
  KocrClient *self;
  KocrClientUser *user;
} Cancel;

static void
cancel_posted (gpointer data)
{
  g_autofree Cancel *cancel = data;

  cancel_jobs (cancel->self, cancel->user);
  pump (cancel->self);
}

void
kocr_client_cancel_all (KocrClient * self, KocrClientUser * user)
{
  Cancel *cancel = g_new (Cancel, 1);

  cancel->self = self;
  cancel->user = user;
  kocr_network_post (self->network, cancel_posted, cancel);
}

void
kocr_client_get_status (KocrClient * self, KocrClientUser * user,
    KocrClientStatus * status)
{
  kocr_admission_get_status (&self->admission, user, kocr_clock_now (), status);
}
