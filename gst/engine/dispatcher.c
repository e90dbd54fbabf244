/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dispatcher.h"

#include "announcer.h"
#include "clock.h"
#include "flight.h"
#include "prospect.h"

struct _KocrDispatcher
{
  KocrEndpoint *endpoint;
  KocrNetwork *network;
  KocrRoster roster;

  /* The network's thread. */
  GSource *wake;
  GQueue jobs;                  /* of KocrJob, not settled, oldest first */
  KocrFlight flight;            /* those of them that are out */
  KocrAnnouncer announcer;
  guint64 successes;
};

static KocrJob *
find_waiting (KocrDispatcher * self, KocrClientUser * user)
{
  GList *l;

  for (l = self->jobs.head; l; l = l->next) {
    KocrJob *job = l->data;

    if (job->user == user && job->state == KOCR_JOB_WAITING)
      return job;
  }
  return NULL;
}

/* Every job ends here. */
static void
settle (KocrDispatcher * self, KocrJob * job)
{
  KocrClientUser *user = job->user;
  gboolean waiting = job->state == KOCR_JOB_WAITING;

  job->state = KOCR_JOB_SETTLED;
  g_queue_remove (&self->jobs, job);
  if (waiting)
    kocr_roster_set_waiting (&self->roster, user,
        find_waiting (self, user) != NULL);
  kocr_roster_settle (&self->roster, user, &job->permit);
  job->request->completed = kocr_clock_now ();
  user->callbacks.completed (job->request, user->user_data);
  kocr_job_unref (job);
}

static void
settle_error (KocrDispatcher * self, KocrJob * job, GError * error,
    const KocrFault * fault)
{
  job->request->error = error;
  job->request->fault = fault;
  settle (self, job);
}

static void
settle_exhausted (KocrDispatcher * self, KocrJob * job)
{
  settle_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_EXHAUSTED,
          "The %" G_GUINT64_FORMAT " requests of `max-requests` are spent.",
          job->user->max_requests), NULL);
}

/* With the job's own last failure, else with what holds all jobs back. */
static void
settle_failed (KocrDispatcher * self, KocrJob * job)
{
  const GError *error = job->last.error;
  const KocrFault *fault = job->last.fault;

  if (!error)
    error = kocr_announcer_get_trouble (&self->announcer, job->user, &fault);
  if (error)
    settle_error (self, job, g_error_copy (error), fault);
  else
    settle_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_TIMEOUT,
            "The picture could not be sent in time: other requests and the "
            "rate limit left no slot. Raise `max-rate`, `max-in-flight` or "
            "`timeout`."), NULL);
}

static void
succeed (KocrDispatcher * self, KocrJob * job, KocrVerdict * verdict)
{
  self->successes++;
  job->request->result = g_steal_pointer (&verdict->result);
  job->request->regions_dropped = verdict->regions_dropped;
  settle (self, job);
}

static void
fail (KocrDispatcher * self, KocrJob * job, KocrVerdict * verdict)
{
  gboolean lossless = kocr_client_user_is_lossless (job->user);
  gboolean throttled = verdict->outcome == KOCR_OUTCOME_THROTTLED;
  gint64 now = kocr_clock_now ();

  kocr_announcer_note (&self->announcer, verdict);
  if (!kocr_job_fail (job, verdict, lossless, self->successes)) {
    settle_failed (self, job);
    return;
  }

  g_mutex_lock (&self->roster.lock);
  job->due = kocr_governor_schedule_retry (self->roster.governor, now,
      job->last.outcome, job->failures, lossless, &job->unpaid);
  g_mutex_unlock (&self->roster.lock);
  if (job->due == G_MAXINT64) {
    settle_failed (self, job);
    return;
  }
  job->state = KOCR_JOB_RETRYING;
  job->request->retried++;
  if (throttled)
    job->request->throttled++;
}

static gboolean
start_job (KocrDispatcher * self, KocrJob * job, gint64 now)
{
  if (kocr_flight_start (&self->flight, job, now))
    return TRUE;
  job->state = KOCR_JOB_HELD;
  return FALSE;
}

/* Takes a slot for @job and starts it, or settles it. */
static gboolean
take_and_start (KocrDispatcher * self, KocrJob * job, gint64 now)
{
  switch (kocr_roster_take (&self->roster, job->user, now, job->unpaid,
          &job->permit)) {
    case KOCR_TAKEN:
      return start_job (self, job, now);
    case KOCR_OVER_BUDGET:
      settle_exhausted (self, job);
      return TRUE;
    default:
      return FALSE;
  }
}

static void
start_held (KocrDispatcher * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state == KOCR_JOB_HELD && kocr_flight_has_room (&self->flight))
      start_job (self, job, now);
  }
}

/* FALSE: a suspicious one waits for the others to come back. */
static gboolean
start_retries (KocrDispatcher * self, gint64 now)
{
  gboolean others_may_go = TRUE;
  guint n_left = 0;
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state != KOCR_JOB_RETRYING || job->due > now)
      continue;
    if (kocr_flight_must_wait (&self->flight, job))
      others_may_go = FALSE;
    else if (others_may_go && kocr_flight_has_room (&self->flight)
        && take_and_start (self, job, now))
      continue;
    /* One that the quota does not cover has no precedence. */
    if (job->state == KOCR_JOB_RETRYING && !job->unpaid)
      n_left++;
  }
  g_mutex_lock (&self->roster.lock);
  self->roster.due_retries = n_left;
  g_mutex_unlock (&self->roster.lock);
  return others_may_go;
}

static void
start_waiting (KocrDispatcher * self, gint64 now)
{
  KocrClientUser *user;

  while (kocr_flight_has_room (&self->flight)
      && (user = kocr_roster_next (&self->roster, now))) {
    KocrJob *job = find_waiting (self, user);

    if (job && !take_and_start (self, job, now))
      return;
    kocr_roster_set_waiting (&self->roster, user,
        find_waiting (self, user) != NULL);
  }
}

/* After all that may go has gone. */
static void
settle_hopeless (KocrDispatcher * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (!kocr_job_is_out (job)
        && kocr_prospect_is_hopeless (&self->roster, job, now))
      settle_failed (self, job);
  }
}

/* An attempt has its own timer; waiting and resolving jobs have this. */
static void
settle_late (KocrDispatcher * self, gint64 now)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->state != KOCR_JOB_SENT && now >= job->request->deadline) {
      kocr_flight_recall (&self->flight, job);
      settle_failed (self, job);
    }
  }
}

static void
set_wake (KocrDispatcher * self, gint64 now)
{
  gint64 wake = kocr_flight_get_watch (&self->flight);
  GList *l;

  for (l = self->jobs.head; l; l = l->next)
    wake = MIN (wake, kocr_prospect_get_wake (&self->roster, l->data, now));
  g_source_set_ready_time (self->wake, kocr_clock_to_ready_time (wake));
}

/* Lets go what may go. After whatever may have changed that. */
static void
pump (KocrDispatcher * self)
{
  gint64 now = kocr_clock_now ();

  kocr_flight_watch (&self->flight, now);
  settle_late (self, now);
  start_held (self, now);
  if (start_retries (self, now))
    start_waiting (self, now);
  settle_hopeless (self, now);
  set_wake (self, now);
  kocr_announcer_announce (&self->announcer);
}

static void
landed (KocrJob * job, KocrVerdict * verdict, gpointer data)
{
  KocrDispatcher *self = data;

  if (verdict->result)
    succeed (self, job, verdict);
  else
    fail (self, job, verdict);
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

KocrDispatcher *
kocr_dispatcher_new (KocrEndpoint * endpoint)
{
  KocrDispatcher *self = g_new0 (KocrDispatcher, 1);

  self->endpoint = kocr_endpoint_ref (endpoint);
  self->network = kocr_network_new (endpoint);
  kocr_roster_init (&self->roster);
  kocr_flight_init (&self->flight, endpoint, self->network, &self->roster,
      landed, self);
  kocr_announcer_init (&self->announcer, &self->roster);
  g_queue_init (&self->jobs);
  self->wake = g_source_new (&wake_funcs, sizeof (GSource));
  g_source_set_callback (self->wake, wake_up, self, NULL);
  kocr_network_attach (self->network, self->wake);
  return self;
}

void
kocr_dispatcher_free (KocrDispatcher * self)
{
  g_source_destroy (self->wake);
  g_source_unref (self->wake);
  kocr_network_free (self->network);
  kocr_flight_clear (&self->flight);
  kocr_announcer_clear (&self->announcer);
  kocr_roster_clear (&self->roster);
  kocr_endpoint_unref (self->endpoint);
  g_free (self);
}

const KocrEndpoint *
kocr_dispatcher_get_endpoint (KocrDispatcher * self)
{
  return self->endpoint;
}

static void
pump_posted (gpointer data)
{
  pump (data);
}

void
kocr_dispatcher_join (KocrDispatcher * self, KocrClientUser * user)
{
  kocr_roster_add (&self->roster, user);
  kocr_network_post (self->network, pump_posted, self);
}

static void
cancel_jobs (KocrDispatcher * self, KocrClientUser * user)
{
  GList *l, *next;

  for (l = self->jobs.head; l; l = next) {
    KocrJob *job = l->data;

    next = l->next;
    if (job->user == user) {
      kocr_flight_recall (&self->flight, job);
      settle_error (self, job, g_error_new (KOCR_ERROR, KOCR_ERROR_CANCELLED,
              "Discarded by a flush or a stop."), NULL);
    }
  }
}

typedef struct
{
  KocrDispatcher *self;
  KocrClientUser *user;
  GMutex lock;
  GCond cond;
  gboolean left;
} Leave;

static void
leave_posted (gpointer data)
{
  Leave *leave = data;
  KocrDispatcher *self = leave->self;

  cancel_jobs (self, leave->user);
  kocr_roster_remove (&self->roster, leave->user);
  pump (self);

  g_mutex_lock (&leave->lock);
  leave->left = TRUE;
  g_cond_signal (&leave->cond);
  g_mutex_unlock (&leave->lock);
}

void
kocr_dispatcher_leave (KocrDispatcher * self, KocrClientUser * user)
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

gboolean
kocr_dispatcher_reserve (KocrDispatcher * self, KocrClientUser * user)
{
  gboolean told = FALSE;
  KocrTake take = kocr_roster_reserve (&self->roster, user, &told);

  if (take == KOCR_OVER_BUDGET && !told)
    kocr_network_post (self->network, pump_posted, self);
  return take == KOCR_TAKEN;
}

void
kocr_dispatcher_unreserve (KocrDispatcher * self, KocrClientUser * user)
{
  kocr_roster_unreserve (&self->roster, user);
  kocr_network_post (self->network, pump_posted, self);
}

static void
send_posted (gpointer data)
{
  KocrJob *job = data;
  KocrDispatcher *self = job->user->dispatcher;

  g_queue_push_tail (&self->jobs, job);
  if (job->state == KOCR_JOB_WAITING)
    kocr_roster_set_waiting (&self->roster, job->user, TRUE);
  pump (self);
}

void
kocr_dispatcher_send (KocrDispatcher * self, KocrClientUser * user,
    KocrRequest * request, gboolean reserved)
{
  KocrJob *job = kocr_job_new (user, kocr_request_ref (request));

  kocr_roster_hand_in (&self->roster, user, reserved, &job->permit);
  job->state = job->permit.taken ? KOCR_JOB_HELD : KOCR_JOB_WAITING;
  kocr_network_post (self->network, send_posted, job);
}

typedef struct
{
  KocrDispatcher *self;
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
kocr_dispatcher_cancel_all (KocrDispatcher * self, KocrClientUser * user)
{
  Cancel *cancel = g_new (Cancel, 1);

  cancel->self = self;
  cancel->user = user;
  kocr_network_post (self->network, cancel_posted, cancel);
}

void
kocr_dispatcher_get_status (KocrDispatcher * self, KocrClientUser * user,
    KocrClientStatus * status)
{
  kocr_roster_get_status (&self->roster, user, kocr_clock_now (), status);
}
