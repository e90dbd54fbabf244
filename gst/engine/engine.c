/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engine.h"

#include <string.h>

#include "clock.h"
#include "framereader.h"
#include "latencies.h"
#include "mosaic.h"
#include "resend.h"

struct _KocrEngine
{
  KocrClientUser *user;
  KocrClientCallbacks callbacks;
  gpointer user_data;
  gboolean lossless;
  guint max_in_flight;
  GstClockTime timeout;

  /* Nothing is called out under it. Lock order: an element's locks, then this
   * one, then the client's. */
  GMutex lock;
  GCond cond;

  /* lock */
  gboolean flushing;
  guint outstanding;            /* reserved or submitted, and not settled */
  GQueue waiting;               /* requests whose buffer no worker has yet */
  GQueue refused;               /* requests that go again in another shape */
  guint encoding;               /* workers between a queue and the client */
  guint jobs;                   /* handed to the pool and not ended */
  GQueue encoders;              /* that no worker uses just now */
  KocrShapeLimits limits;       /* what the service turned out to take */
  KocrEngineStats stats;        /* the counters; the rest is asked for */
  KocrLatencies latencies;
};

static void encode_job (gpointer engine, gpointer unused);

/* One pool for the process: as many encoders at work as there are cores,
 * however many elements there are. */
static GThreadPool *
encode_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool)) {
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (encode_job, NULL,
            (gint) g_get_num_processors (), FALSE, NULL));
  }
  return (GThreadPool *) pool;
}

static void
count_settled (KocrEngine * self, KocrRequest * request)
{
  KocrEngineStats *stats = &self->stats;

  stats->submitted += request->attempts;
  stats->retried += request->retried;
  stats->throttled += request->throttled;
  stats->bytes_sent += request->bytes_sent;
  if (request->result) {
    stats->recognized++;
    stats->regions += gst_kakao_ocr_result_get_n_regions (request->result);
    stats->regions_dropped += request->regions_dropped;
    kocr_latencies_add (&self->latencies,
        (request->completed - request->taken) * GST_USECOND);
  } else if (g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_CANCELLED)) {
    stats->cancelled++;
  } else {
    stats->failed++;
  }
}

/* Every request ends here, once. The callback comes before the slot is free, so
 * that who waits for the drain finds all results delivered. */
static void
settle (KocrEngine * self, KocrRequest * request)
{
  request->completed = kocr_clock_now ();
  g_atomic_int_set (&request->settled, 1);
  /* The pixels were kept for a resend only. */
  g_clear_pointer (&request->picture, kocr_picture_unref);

  g_mutex_lock (&self->lock);
  count_settled (self, request);
  kocr_shape_limits_learn (&self->limits, request);
  g_mutex_unlock (&self->lock);

  self->callbacks.completed (request, self->user_data);

  g_mutex_lock (&self->lock);
  self->outstanding--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
settle_unsent (KocrEngine * self, KocrRequest * request, GError * error)
{
  request->error = error;
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

static void
push_job (KocrEngine * self)
{
  g_thread_pool_push (encode_pool (), self, NULL);
}

/* FALSE: flushing, or the service refused it in every shape. */
static gboolean
queue_resend (KocrEngine * self, KocrRequest * request)
{
  KocrPictureSettings settings;
  KocrResend resend = kocr_resend_plan (request, &settings);
  gboolean queued = FALSE;

  if (resend == KOCR_RESEND_NOT)
    return FALSE;
  if (resend == KOCR_RESEND_WHOLE)
    request->settings = settings;
  request->tiled = resend == KOCR_RESEND_TILES;

  g_mutex_lock (&self->lock);
  if (!self->flushing) {
    g_queue_push_tail (&self->refused, kocr_request_ref (request));
    self->jobs++;
    queued = TRUE;
  }
  g_mutex_unlock (&self->lock);
  if (queued)
    push_job (self);
  return queued;
}

static void
client_completed (KocrRequest * request, gpointer user_data)
{
  KocrEngine *self = user_data;

  if (request->mosaic) {
    KocrRequest *whole = kocr_request_ref (request->mosaic->request);

    if (kocr_mosaic_collect (request->mosaic, request))
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

/* A frame's first picture. */
static void
encode_sample (KocrEngine * self, KocrRequest * request,
    KocrPictureEncoder * encoder)
{
  GstBuffer *buffer = g_steal_pointer (&request->buffer);
  GError *error = NULL;

  request->picture = kocr_frame_read (request, buffer, encoder, &error);
  gst_buffer_unref (buffer);

  if (is_flushing (self)) {
    g_clear_error (&error);
    error = cancelled_error ();
  }
  if (error)
    settle_unsent (self, request, error);
  else
    kocr_client_user_send (self->user, request, !self->lossless);
}

/* The same picture in another shape. It has used up its slot and waits for its
 * turn like any other. */
static void
encode_whole (KocrEngine * self, KocrRequest * request,
    KocrPictureEncoder * encoder)
{
  KocrPicture *picture = kocr_picture_encoder_reencode (encoder,
      request->picture, &request->settings, NULL);

  if (!picture) {
    settle (self, request);
    return;
  }
  kocr_picture_unref (request->picture);
  request->picture = picture;
  g_clear_error (&request->error);
  request->fault = NULL;
  kocr_client_user_send (self->user, request, FALSE);
}

static void
encode_tiles (KocrEngine * self, KocrRequest * request,
    KocrPictureEncoder * encoder)
{
  KocrMosaic *mosaic = kocr_mosaic_new (request, encoder);
  KocrRequest *tiles[KOCR_N_TILES];

  if (!mosaic) {
    settle (self, request);
    return;
  }
  /* The last tile that comes back frees the mosaic. */
  memcpy (tiles, mosaic->tiles, sizeof tiles);
  for (guint i = 0; i < KOCR_N_TILES; i++) {
    if (tiles[i])
      kocr_request_ref (tiles[i]);
  }
  for (guint i = 0; i < KOCR_N_TILES; i++) {
    if (tiles[i]) {
      kocr_client_user_send (self->user, tiles[i], FALSE);
      kocr_request_unref (tiles[i]);
    }
  }
}

static void
encode_job (gpointer engine, gpointer unused)
{
  KocrEngine *self = engine;
  g_autoptr (KocrRequest) request = NULL;
  KocrPictureEncoder *encoder = NULL;
  gboolean again = FALSE;

  g_mutex_lock (&self->lock);
  request = g_queue_pop_head (&self->refused);
  again = request != NULL;
  if (!request)
    request = g_queue_pop_head (&self->waiting);
  if (request) {
    self->encoding++;
    encoder = g_queue_pop_head (&self->encoders);
  }
  g_mutex_unlock (&self->lock);

  if (request) {
    if (!encoder)
      encoder = kocr_picture_encoder_new ();
    if (!again)
      encode_sample (self, request, encoder);
    else if (request->tiled)
      encode_tiles (self, request, encoder);
    else
      encode_whole (self, request, encoder);
  }

  g_mutex_lock (&self->lock);
  if (request) {
    g_queue_push_head (&self->encoders, encoder);
    self->encoding--;
  }
  self->jobs--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

KocrEngine *
kocr_engine_new (const KocrClientConfig * config,
    const KocrClientCallbacks * callbacks, gpointer user_data, GError ** error)
{
  static const KocrClientCallbacks client_callbacks = {
    client_completed, client_state_changed
  };
  g_autoptr (KocrEngine) self = g_new0 (KocrEngine, 1);

  self->callbacks = *callbacks;
  self->user_data = user_data;
  self->lossless = config->lossless;
  self->max_in_flight = config->max_in_flight;
  self->timeout = config->timeout;
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->waiting);
  g_queue_init (&self->refused);
  g_queue_init (&self->encoders);

  self->user = kocr_client_user_new (config, &client_callbacks, self, error);
  return self->user ? g_steal_pointer (&self) : NULL;
}

void
kocr_engine_set_lossless (KocrEngine * self, gboolean lossless)
{
  self->lossless = lossless;
  kocr_client_user_set_lossless (self->user, lossless);
}

void
kocr_engine_free (KocrEngine * self)
{
  if (self->user) {
    kocr_engine_set_flushing (self, TRUE);
    kocr_client_user_free (self->user);
  }

  g_mutex_lock (&self->lock);
  while (self->jobs > 0)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);

  g_queue_clear_full (&self->encoders,
      (GDestroyNotify) kocr_picture_encoder_free);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

KocrReserveResult
kocr_engine_reserve (KocrEngine * self)
{
  KocrReserveResult result = KOCR_RESERVED;

  g_mutex_lock (&self->lock);
  while (self->lossless && !self->flushing
      && self->outstanding >= self->max_in_flight)
    g_cond_wait (&self->cond, &self->lock);
  if (self->flushing)
    result = KOCR_FLUSHING;
  else if (!self->lossless && !kocr_client_user_try_reserve (self->user))
    result = KOCR_BUSY;
  else
    self->outstanding++;
  g_mutex_unlock (&self->lock);
  return result;
}

void
kocr_engine_submit (KocrEngine * self, KocrRequest * request,
    GstBuffer * buffer)
{
  gboolean flushing;

  request->taken = kocr_clock_now ();
  request->deadline = self->lossless ? G_MAXINT64 :
      request->taken + (gint64) (self->timeout / GST_USECOND);

  request->settings.keep_source = TRUE;

  g_mutex_lock (&self->lock);
  kocr_shape_limits_apply (&self->limits, &request->settings);
  flushing = self->flushing;
  if (!flushing) {
    request->buffer = gst_buffer_ref (buffer);
    g_queue_push_tail (&self->waiting, kocr_request_ref (request));
    self->jobs++;
  }
  g_mutex_unlock (&self->lock);

  if (flushing)
    settle_unsent (self, request, cancelled_error ());
  else
    push_job (self);
}

void
kocr_engine_set_flushing (KocrEngine * self, gboolean flushing)
{
  GQueue unsent = G_QUEUE_INIT, refused = G_QUEUE_INIT;
  KocrRequest *request;

  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  if (flushing) {
    unsent = self->waiting;
    refused = self->refused;
    g_queue_init (&self->waiting);
    g_queue_init (&self->refused);
  }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  if (!flushing)
    return;

  while ((request = g_queue_pop_head (&unsent))) {
    gst_clear_buffer (&request->buffer);
    settle_unsent (self, request, cancelled_error ());
    kocr_request_unref (request);
  }
  while ((request = g_queue_pop_head (&refused))) {
    g_clear_pointer (&request->result, gst_kakao_ocr_result_unref);
    g_clear_error (&request->error);
    request->error = cancelled_error ();
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
  g_mutex_lock (&self->lock);
  while (self->encoding > 0 || !g_queue_is_empty (&self->waiting))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
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
  *stats = self->stats;
  stats->in_flight = self->outstanding;
  stats->latency_p50 = kocr_latencies_get_percentile (&self->latencies, 50);
  stats->latency_p95 = kocr_latencies_get_percentile (&self->latencies, 95);
  g_mutex_unlock (&self->lock);

  kocr_client_user_get_status (self->user, &status);
  stats->window = status.window;
  stats->state = status.state;
}
