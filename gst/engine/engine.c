/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engine.h"

#include "base/clock.h"
#include "base/log.h"
#include "encodequeue.h"
#include "resend.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

/* Where nothing may be lost, so many pictures more than may be in flight are
 * encoded and wait their turn in the client: a slot that becomes free is used
 * at once. With one encoder at work a slot's time is worth no more. Whoever
 * has one in flight gets answers in order, and keeps it: encoders may overtake
 * each other. */
#define ENCODED_AHEAD 2
/* Samples that wait, live, for the answer to a picture like theirs; half a
 * minute of 30 a second. What comes then is not worth the memory. */
#define MAX_FOLLOWING 1024

struct _KocrEngine
{
  KocrClientUser *user;
  KocrClientCallbacks callbacks;
  gpointer user_data;
  gboolean lossless;
  guint max_in_flight;
  GstClockTime timeout;
  KocrEncodeQueue *encoding;

  /* Nothing is called out under it. Lock order: an element's locks, then this
   * one, then the encode queue's or the client's. */
  GMutex lock;
  GCond cond;

  /* lock */
  gboolean flushing;
  guint flushes;                /* so far */
  guint epoch;                  /* begins with every flush, and when told */
  guint outstanding;            /* reserved or submitted, and not delivered */
  guint following;              /* of them, those that wait for another one */
  guint settling;               /* of them, those that are settled: told just
                                 * now, or next */
  KocrShapeLimits limits;       /* what the service turned out to take */
  KocrStats stats;
};

static void settle_by (KocrEngine * self, KocrRequest * request,
    const KocrRequest * original);

static gboolean
is_cancelled (const KocrRequest * request)
{
  return g_error_matches (request->outcome.error, KOCR_ERROR,
      KOCR_ERROR_CANCELLED);
}

static void
log_end (const KocrRequest * request)
{
  const KocrOutcome *outcome = &request->outcome;
  gint64 ms = (outcome->completed - request->taken) / 1000;

  if (outcome->error)
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": settled after %" G_GINT64_FORMAT
        " ms: %s", request->asked.serial, ms, outcome->error->message);
  else if (outcome->match != KOCR_PICTURE_NEW)
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": settled after %" G_GINT64_FORMAT
        " ms: as sample %" G_GUINT64_FORMAT, request->asked.serial, ms,
        outcome->duplicate_of);
  else
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": settled after %" G_GINT64_FORMAT
        " ms: %u regions", request->asked.serial, ms,
        gst_kakao_ocr_result_get_n_regions (outcome->result));
}

/* With the lock held. */
static void
stop_following (KocrEngine * self, KocrRequest * request)
{
  if (request->follows)
    self->following--;
  request->follows = FALSE;
}

/* Here every request ends, once. It is in flight no more when it is told, but
 * its slot is free only afterwards, so that who waits for the drain finds all
 * results delivered. */
static void
settle (KocrEngine * self, KocrRequest * request)
{
  KocrRequest *follower;
  GQueue followers;

  request->outcome.completed = kocr_clock_now ();
  log_end (request);

  g_mutex_lock (&self->lock);
  kocr_stats_add (&self->stats, request);
  kocr_shape_limits_learn (&self->limits, request);
  request->closed = TRUE;
  followers = request->followers;
  g_queue_init (&request->followers);
  stop_following (self, request);
  self->settling++;
  /* Whoever sees it may let the frame go, and the end of the stream behind it:
   * it is counted before. */
  kocr_request_settle (request);
  g_mutex_unlock (&self->lock);

  self->callbacks.completed (request, self->user_data);
  while ((follower = g_queue_pop_head (&followers))) {
    settle_by (self, follower, request);
    kocr_request_unref (follower);
  }

  g_mutex_lock (&self->lock);
  self->settling--;
  self->outstanding--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
settle_unsent (KocrEngine * self, KocrRequest * request, GError * error)
{
  request->outcome.error = error;
  kocr_outcome_is_of_its_own (&request->outcome);
  if (!self->lossless)
    kocr_client_user_unreserve (self->user);
  settle (self, request);
}

static GError *
cancelled_error (void)
{
  return g_error_new_literal (KOCR_ERROR, KOCR_ERROR_CANCELLED,
      "Discarded by a flush or a stop.");
}

/* With the lock held, under which the client is told to forget all. */
static gboolean
is_flushed (const KocrEngine * self, const KocrRequest * request)
{
  return self->flushing || request->flushes != self->flushes;
}

/* Hands in @request's own picture, which is encoded, since the one it is like
 * had no answer when they were compared. FALSE: flushed. */
static gboolean
send_own (KocrEngine * self, KocrRequest * request)
{
  gboolean sent;

  g_mutex_lock (&self->lock);
  sent = !is_flushed (self, request);
  if (sent) {
    stop_following (self, request);
    kocr_outcome_is_of_its_own (&request->outcome);
    request->outcome.duplicate_of = 0;
    kocr_client_user_send (self->user, request, FALSE);
  }
  g_mutex_unlock (&self->lock);
  return sent;
}

/* What became of @original, which is settled, becomes of @request; but where
 * nothing may be lost its own picture goes out when @original failed. */
static void
settle_by (KocrEngine * self, KocrRequest * request,
    const KocrRequest * original)
{
  if (original->outcome.result || !self->lossless || is_cancelled (original)) {
    kocr_request_share (request, original);
  } else if (send_own (self, request)) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": sent itself, as sample %"
        G_GUINT64_FORMAT " failed", request->asked.serial,
        original->asked.serial);
    return;
  } else {
    request->outcome.error = cancelled_error ();
  }
  settle (self, request);
}

/* @request needs no slot of the client: it is settled when @original is. */
static void
follow (KocrEngine * self, KocrRequest * request, KocrRequest * original)
{
  gboolean closed, waits;

  if (!self->lossless)
    kocr_client_user_unreserve (self->user);
  g_mutex_lock (&self->lock);
  request->outcome.duplicate_of = original->asked.serial;
  closed = original->closed;
  waits = !closed && (self->lossless || self->following < MAX_FOLLOWING);
  if (waits) {
    g_queue_push_tail (&original->followers, kocr_request_ref (request));
    request->follows = TRUE;
    self->following++;
  }
  g_mutex_unlock (&self->lock);
  if (closed) {
    settle_by (self, request, original);
  } else if (!waits) {
    request->outcome.error = cancelled_error ();
    settle (self, request);
  }
}

/* FALSE: flushed, or the service refused it in every shape. */
static gboolean
queue_resend (KocrEngine * self, KocrRequest * request)
{
  KocrPictureSettings settings;
  KocrResend resend = kocr_resend_plan (request, &settings);
  gboolean queued;

  if (resend == KOCR_RESEND_NOT)
    return FALSE;
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": sent again in %s: %s",
      request->asked.serial,
      resend == KOCR_RESEND_TILES ? "tiles" : "another shape",
      request->outcome.error ? request->outcome.error->message :
      "it has too much text");
  if (resend == KOCR_RESEND_WHOLE)
    request->transfer.settings = settings;
  request->resends.tiled = resend == KOCR_RESEND_TILES;

  g_mutex_lock (&self->lock);
  queued = !is_flushed (self, request);
  if (queued)
    kocr_encode_queue_push_resend (self->encoding, request);
  g_mutex_unlock (&self->lock);
  return queued;
}

static void
client_completed (KocrRequest * request, gpointer user_data)
{
  KocrEngine *self = user_data;

  if (request->resends.tiling) {
    KocrRequest *whole = kocr_request_ref (request->resends.tiling->request);

    if (kocr_tiling_collect (request->resends.tiling, request))
      settle (self, whole);
    kocr_request_unref (whole);
  } else if (!queue_resend (self, request)) {
    settle (self, request);
  }
}

static void
client_state_changed (KocrState state, const GError * error,
    guint http_status, const gchar * code, gpointer user_data)
{
  KocrEngine *self = user_data;

  self->callbacks.state_changed (state, error, http_status, code,
      self->user_data);
}

static gboolean
is_flushing (KocrEngine * self)
{
  gboolean flushing;

  g_mutex_lock (&self->lock);
  flushing = self->flushing;
  g_mutex_unlock (&self->lock);
  return flushing;
}

static void
sample_encoded (KocrEncodeJob * job, gpointer user_data)
{
  KocrEngine *self = user_data;
  KocrRequest *request = job->request;

  if (is_flushing (self)) {
    g_clear_error (&job->error);
    job->error = cancelled_error ();
  }
  if (job->error)
    settle_unsent (self, request, job->error);
  else if (job->duplicate_of)
    follow (self, request, job->duplicate_of);
  else
    kocr_client_user_send (self->user, request, !self->lossless);
}

/* @request has used up its slot: its parts wait their turn like any other. */
static void
resend_encoded (KocrRequest * request, KocrRequest * const parts[],
    guint n_parts, gpointer user_data)
{
  KocrEngine *self = user_data;

  if (n_parts == 0)
    settle (self, request);
  for (guint i = 0; i < n_parts; i++) {
    kocr_client_user_send (self->user, parts[i], FALSE);
    kocr_request_unref (parts[i]);
  }
}

KocrEngine *
kocr_engine_new (const KocrClientConfig * config,
    const KocrClientCallbacks * callbacks, gpointer user_data, GError ** error)
{
  static const KocrClientCallbacks client_callbacks = {
    client_completed, client_state_changed
  };
  static const KocrEncodeQueueCallbacks encode_callbacks = {
    sample_encoded, resend_encoded
  };
  g_autoptr (KocrEngine) self = g_new0 (KocrEngine, 1);

  kocr_log_init ();
  self->callbacks = *callbacks;
  self->user_data = user_data;
  self->lossless = config->lossless;
  self->max_in_flight = config->max_in_flight;
  self->timeout = config->timeout;
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->encoding = kocr_encode_queue_new (&encode_callbacks, self);
  kocr_encode_queue_set_lossless (self->encoding, self->lossless);

  self->user = kocr_client_user_new (config, &client_callbacks, self, error);
  return self->user ? g_steal_pointer (&self) : NULL;
}

void
kocr_engine_set_lossless (KocrEngine * self, gboolean lossless)
{
  self->lossless = lossless;
  kocr_encode_queue_set_lossless (self->encoding, lossless);
  kocr_client_user_set_lossless (self->user, lossless);
}

void
kocr_engine_free (KocrEngine * self)
{
  if (self->user) {
    kocr_engine_set_flushing (self, TRUE);
    kocr_client_user_free (self->user);
  }

  kocr_encode_queue_free (self->encoding);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint
kocr_engine_get_most_buffers (KocrEngine * self)
{
  return self->max_in_flight
      + (self->lossless && self->max_in_flight > 1 ? ENCODED_AHEAD : 0);
}

KocrDenial
kocr_engine_reserve (KocrEngine * self)
{
  KocrDenial denial = KOCR_DENIAL_NONE;

  g_mutex_lock (&self->lock);
  while (self->lossless && !self->flushing
      && self->outstanding >= kocr_engine_get_most_buffers (self))
    g_cond_wait (&self->cond, &self->lock);
  if (self->flushing)
    denial = KOCR_DENIAL_FLUSHING;
  else if (!self->lossless)
    denial = kocr_client_user_reserve (self->user);
  if (denial == KOCR_DENIAL_NONE)
    self->outstanding++;
  g_mutex_unlock (&self->lock);
  return denial;
}

void
kocr_engine_submit (KocrEngine * self, KocrRequest * request,
    GstBuffer * buffer)
{
  gboolean flushing;

  request->taken = kocr_clock_now ();
  request->deadline = self->lossless ? G_MAXINT64 :
      request->taken + (gint64) (self->timeout / GST_USECOND);

  request->transfer.settings.keep_source = TRUE;

  g_mutex_lock (&self->lock);
  kocr_shape_limits_apply (&self->limits, &request->transfer.settings);
  request->epoch = self->epoch;
  request->flushes = self->flushes;
  flushing = self->flushing;
  if (!flushing) {
    request->transfer.buffer = gst_buffer_ref (buffer);
    kocr_encode_queue_push (self->encoding, request);
  }
  g_mutex_unlock (&self->lock);

  if (flushing)
    settle_unsent (self, request, cancelled_error ());
}

void
kocr_engine_begin_epoch (KocrEngine * self)
{
  g_mutex_lock (&self->lock);
  self->epoch++;
  g_mutex_unlock (&self->lock);
}

void
kocr_engine_set_flushing (KocrEngine * self, gboolean flushing)
{
  GQueue unsent, refused;
  KocrRequest *request;

  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  if (flushing) {
    self->flushes++;
    self->epoch++;
    kocr_encode_queue_steal (self->encoding, &unsent, &refused);
  }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  if (!flushing)
    return;

  while ((request = g_queue_pop_head (&unsent))) {
    gst_clear_buffer (&request->transfer.buffer);
    settle_unsent (self, request, cancelled_error ());
    kocr_request_unref (request);
  }
  while ((request = g_queue_pop_head (&refused))) {
    g_clear_pointer (&request->outcome.result, gst_kakao_ocr_result_unref);
    g_clear_error (&request->outcome.error);
    request->outcome.error = cancelled_error ();
    settle (self, request);
    kocr_request_unref (request);
  }
  /* A worker between its check of the flag and the client must not hand in
   * after the client was told to forget all. */
  kocr_engine_release_buffers (self);
  kocr_client_user_cancel_all (self->user);
}

void
kocr_engine_release_buffers (KocrEngine * self)
{
  kocr_encode_queue_release_buffers (self->encoding);
}

gboolean
kocr_engine_drain (KocrEngine * self, gint64 deadline)
{
  gboolean drained;

  g_mutex_lock (&self->lock);
  while (self->outstanding > 0 && !self->flushing) {
    if (!g_cond_wait_until (&self->cond, &self->lock, deadline))
      break;
  }
  drained = self->outstanding == 0;
  g_mutex_unlock (&self->lock);
  return drained;
}

void
kocr_engine_get_stats (KocrEngine * self, KocrEngineStats * stats)
{
  KocrClientStatus status;

  g_mutex_lock (&self->lock);
  stats->requests = self->stats;
  stats->in_flight = self->outstanding - self->following - self->settling;
  g_mutex_unlock (&self->lock);

  kocr_client_user_get_status (self->user, &status);
  stats->window = status.window;
  stats->state = status.state;
}
