/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/inflight.h"

#include "base/clock.h"
#include "base/log.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

void
kocr_in_flight_init (KocrInFlight *self, const KocrEndpoint *endpoint,
    KocrNetwork *network, KocrAdmission *admission, KocrInFlightFunc completed,
    gpointer data)
{
  self->endpoint = endpoint;
  self->network = network;
  self->admission = admission;
  self->completed = completed;
  self->data = data;
  if (!endpoint->uri) {
    self->service = kocr_local_service_acquire (endpoint->languages);
    kocr_governor_set_first_window (admission->governor,
        kocr_local_service_get_n_jobs (self->service));
  }
}

void
kocr_in_flight_clear (KocrInFlight * self)
{
  g_clear_pointer (&self->service, kocr_local_service_release);
}

gboolean
kocr_in_flight_has_room (const KocrInFlight * self)
{
  return !self->solo && kocr_network_get_pending (self->network)
      < KOCR_NETWORK_MAX_CONNECTIONS;
}

static gboolean
is_suspicious (const KocrInFlight * self, const KocrJob * job)
{
  return self->service && kocr_job_is_suspicious (job);
}

gboolean
kocr_in_flight_must_wait (const KocrInFlight * self, const KocrJob * job)
{
  return self->n_out > 0 && is_suspicious (self, job);
}

static void
come_back (KocrInFlight * self, KocrJob * job, KocrFeedback feedback,
    gint64 retry_after, gboolean on_wire)
{
  self->n_out--;
  self->solo = FALSE;
  g_clear_pointer (&job->attempt, kocr_attempt_unref);
  g_clear_object (&job->resolving);
  kocr_admission_end (self->admission, job->user, kocr_clock_now (),
      &job->permit, feedback, retry_after, on_wire);
}

static void
complete (KocrInFlight * self, KocrJob * job, KocrAttemptOutcome * outcome)
{
  self->completed (job, outcome, self->data);
  kocr_outcome_clear (outcome);
}

static void
count_attempt (KocrJob * job, const KocrAnswer * answer)
{
  if (answer->on_wire)
    job->request->transfer.attempts++;
  job->request->transfer.bytes_sent += answer->bytes_sent;
  if (answer->status != 0)
    job->request->outcome.http_status = answer->status;
}

/* A service may refuse one format, not both. */
static void
note_format (KocrInFlight * self, KocrJob * job, KocrAttemptOutcome * outcome)
{
  if (outcome->result)
    self->refused_formats = 0;
  if (!outcome->fault || outcome->fault->status != 405
      || outcome->fault->action != KOCR_ACTION_RESEND_OTHER_FORMAT)
    return;
  self->refused_formats
      |= KOCR_IMAGE_FORMAT_BIT (job->request->transfer.picture->format);
  if (self->refused_formats == KOCR_ALL_IMAGE_FORMATS)
    kocr_outcome_set_fault (outcome, self->service ?
        kocr_fault_of_own_service (kocr_fault_for_format_refused ()) :
        kocr_fault_for_format_refused ());
}

/* What the process has had of processors that was asked last. */
static gint64
get_cpu_time (KocrInFlight *self)
{
  return kocr_local_service_get_cpu_time (self->service, self->generation);
}

static void
listen_anew (KocrInFlight * self)
{
  self->silence = (KocrSilence) { 0 };
  self->listening++;
}

/* The silence of the bundled service, of which @outcome is a part, or its end.
 */
static void
listen_to (KocrInFlight *self, const KocrJob *job,
    const KocrAttemptOutcome *outcome)
{
  if (!self->service || job->listening != self->listening)
    return;
  if (outcome->status == 0 && outcome->feedback == KOCR_FEEDBACK_TIMEOUT)
    kocr_silence_give_up (&self->silence);
  else
    kocr_silence_hear (&self->silence, kocr_clock_now (), get_cpu_time (self));
}

/* A process of ours that ends, or is ended, is soon followed by another: no
 * reason to send less. */
static KocrFeedback
outcome_for_governor (const KocrInFlight * self, const KocrJob * job,
    const KocrAttemptOutcome * outcome)
{
  gboolean died = self->service && outcome->status == 0 && outcome->lost
      && (outcome->feedback != KOCR_FEEDBACK_TIMEOUT
      || job->generation <= self->replaced);

  return died ? KOCR_FEEDBACK_DIED : outcome->feedback;
}

static void
attempt_done (const KocrAnswer * answer, gpointer data)
{
  KocrJob *job = data;
  KocrInFlight *self = job->in_flight;
  KocrPeer peer = { self->service != NULL, self->endpoint->key != NULL };
  KocrAttemptOutcome outcome;

  count_attempt (job, answer);
  kocr_outcome_of_answer (&outcome, answer, job->request, &peer,
      kocr_clock_now ());
  note_format (self, job, &outcome);
  if (outcome.silent)
    self->suspect = job->generation;
  listen_to (self, job, &outcome);
  come_back (self, job, outcome_for_governor (self, job, &outcome),
      answer->retry_after, answer->on_wire);
  complete (self, job, &outcome);
}

/* A reading that is given up begins again from nothing: where the machine is too
 * busy for the service none would ever come to its end. A live picture would be
 * too old by then. */
static gint64
prolong (gpointer data)
{
  KocrJob *job = data;
  gint64 now = kocr_clock_now ();

  if (kocr_patience_is_over (&job->patience, now,
          kocr_local_service_get_cpu_time (job->in_flight->service,
              job->generation)))
    return now;
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": is waited for on, as the machine is "
      "too busy for the local service", job->request->asked.serial);
  return MIN (job->patience.end, job->request->deadline);
}

static void
send_job (KocrInFlight * self, KocrJob * job, GUri * uri, const gchar * key)
{
  KocrTransfer *transfer = &job->request->transfer;
  KocrPost post = { uri, key, job->request->id, transfer->picture };

  transfer->sent = kocr_clock_now ();
  post.deadline = MIN (transfer->sent + job->user->timeout,
      job->request->deadline);
  if (self->service && kocr_client_user_is_lossless (job->user)) {
    kocr_patience_begin (&job->patience, transfer->sent, job->user->timeout,
        get_cpu_time (self));
    post.prolong = prolong;
  }
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": sent, attempt %u of request %s, %"
      G_GSIZE_FORMAT " bytes; %u out", job->request->asked.serial,
      job->failures + 1, post.id, g_bytes_get_size (post.picture->body),
      self->n_out);
  job->state = KOCR_JOB_SENT;
  job->attempt = kocr_attempt_start (self->network, &post, attempt_done, job);
}

static void
job_unresolved (KocrInFlight * self, KocrJob * job, const GError * error)
{
  KocrAttemptOutcome outcome;

  kocr_outcome_of_error (&outcome, error);
  come_back (self, job, outcome.feedback, 0, FALSE);
  complete (self, job, &outcome);
}

static void
job_resolved (KocrInFlight * self, KocrJob * job,
    const KocrLocalEndpoint * endpoint)
{
  const KocrFault *fault = kocr_job_reach_generation (job,
      endpoint->generation, self->silence.overdue
      && endpoint->generation == self->generation);
  g_autoptr (GUri) uri = NULL;

  GST_LOG ("sample %" G_GUINT64_FORMAT ": goes to the local service's process "
      "%u, after %u deaths", job->request->asked.serial, endpoint->generation,
      job->crashes);
  self->suspect = 0;
  if (fault) {
    KocrAttemptOutcome outcome = { 0 };

    kocr_outcome_set_fault (&outcome, fault);
    come_back (self, job, KOCR_FEEDBACK_ABANDONED, 0, FALSE);
    complete (self, job, &outcome);
    return;
  }
  if (endpoint->generation != self->generation) {
    self->generation = endpoint->generation;
    listen_anew (self);
  }
  uri = g_uri_parse (endpoint->url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri) {
    g_clear_object (&job->resolving);
    kocr_network_set_remote (self->network,
        G_SOCKET_CONNECTABLE (endpoint->address));
    kocr_silence_ask (&self->silence, kocr_clock_now (), job->user->timeout,
        get_cpu_time (self));
    job->listening = self->listening;
    send_job (self, job, uri, endpoint->key);
  } else {
    g_autoptr (GError) error = g_error_new (KOCR_ERROR,
        KOCR_ERROR_LOCAL_SERVICE, "The bundled service announced no address: "
        "let $KAKAOOCR_SERVER name a kakaoocr-server.");

    job_unresolved (self, job, error);
  }
}

static void
endpoint_ready (GObject * source, GAsyncResult * result, gpointer data)
{
  KocrJob *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KocrLocalEndpoint) endpoint =
      kocr_local_service_get_endpoint_finish (result, &error);
  KocrInFlight *self = job->in_flight;

  kocr_network_end (self->network);
  /* It may have been recalled meanwhile. */
  if (job->state == KOCR_JOB_RESOLVING) {
    if (endpoint)
      job_resolved (self, job, endpoint);
    else
      job_unresolved (self, job, error);
  }
  kocr_job_unref (job);
}

gboolean
kocr_in_flight_start (KocrInFlight * self, KocrJob * job, gint64 now)
{
  if (!kocr_admission_start (self->admission, job->user, now, &job->permit))
    return FALSE;

  job->in_flight = self;
  self->n_out++;
  self->solo = is_suspicious (self, job);
  if (self->service) {
    job->state = KOCR_JOB_RESOLVING;
    job->resolving = g_cancellable_new ();
    kocr_network_begin (self->network);
    kocr_local_service_get_endpoint_async (self->service,
        MAX (job->suspect, self->suspect), job->resolving, endpoint_ready,
        kocr_job_ref (job));
  } else {
    send_job (self, job, self->endpoint->uri, self->endpoint->key ?
        kocr_api_key_get (self->endpoint->key) : NULL);
  }
  return TRUE;
}

gint64
kocr_in_flight_get_watch (const KocrInFlight * self)
{
  return kocr_silence_get_end (&self->silence);
}

void
kocr_in_flight_watch (KocrInFlight * self, gint64 now)
{
  if (now < kocr_in_flight_get_watch (self)
      || !kocr_silence_is_over (&self->silence, now, get_cpu_time (self)))
    return;
  GST_WARNING ("local service: its process %u has not answered for %"
      G_GINT64_FORMAT " ms: it is replaced", self->generation,
      (now - self->silence.since) / 1000);
  /* What is out with it comes back in its own way. */
  listen_anew (self);
  self->replaced = self->generation;
  self->generation = 0;
  kocr_local_service_replace (self->service, self->replaced);
  kocr_admission_begin_anew (self->admission, now);
}

void
kocr_in_flight_recall (KocrInFlight * self, KocrJob * job)
{
  gboolean on_wire = FALSE;

  if (!kocr_job_is_out (job))
    return;
  if (job->state == KOCR_JOB_SENT) {
    const KocrAnswer *answer = kocr_attempt_get_answer (job->attempt);

    on_wire = answer->on_wire;
    count_attempt (job, answer);
    kocr_attempt_cancel (job->attempt);
    if (self->service && job->listening == self->listening)
      kocr_silence_recall (&self->silence);
  } else {
    g_cancellable_cancel (job->resolving);
  }
  come_back (self, job, KOCR_FEEDBACK_ABANDONED, 0, on_wire);
}
