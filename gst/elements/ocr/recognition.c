/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/recognition.h"

#include "base/clock.h"
#include "ocr/credentials.h"
#include "ocr/messages.h"
#include "ocr/stats.h"
#include "ocr/publishedsamples.h"
#include "ocr/poster.h"
#include "ocr/tracking.h"

GST_DEBUG_CATEGORY_EXTERN (gst_kakao_ocr_debug);
#define GST_CAT_DEFAULT gst_kakao_ocr_debug

struct _KocrRecognition
{
  GstElement *element;          /* not owned: it outlives the run */
  KocrEngine *engine;
  KocrResultPoster *poster;
  KocrTracking *tracks;
  KocrPublishedSamples *published;
  KocrCarriedResult *carried;
  KocrBoxMotion *follower;
  KocrFrameHistory *history;
  KocrRecognitionCallbacks callbacks;
  gpointer user_data;
  gint timing;                  /* KocrTiming, atomic: set once */
  gboolean posts_stats;

  /* Streaming thread. */
  guint64 serial;               /* of the newest sample */
  guint64 forgotten;            /* samples up to it are of another epoch */

  GMutex lock;

  /* lock */
  guint64 frames, sampled, skipped, late;
  KocrLatencies carry;
  guint64 settled, failed;      /* of sampled; cancelled ones did not fail */
  guint64 unreadable; /* of failed: the engine knows nothing of them */
  guint64 told_failures;        /* of failed: told in their turn */
  gboolean ended;               /* lossless: a sample stays unanswered */
  guint warned_errors;          /* a bit a KocrErrorCode, since a result */
  gboolean warned_unsampled;
  gchar *last_error;
};

static gboolean
is_lossless (KocrRecognition * self)
{
  return kocr_recognition_get_timing (self) == KOCR_TIMING_EXACT;
}

static gboolean
is_cancelled (const KocrRequest * request)
{
  return g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
}

/* What a flush or a stop discarded did not fail, nor did what waited for the
 * answer to a picture like it. */
static gboolean
is_failure (const KocrRequest * request)
{
  return request->error && request->match != KOCR_PICTURE_UNCHANGED
      && !is_cancelled (request);
}

/* Counted here: callbacks ask, and run while the engine comes and goes. */
static guint64
frames_lost (KocrRecognition * self)
{
  guint64 lost;

  g_mutex_lock (&self->lock);
  lost = self->failed;
  if (is_lossless (self))
    lost += self->sampled - self->settled;
  g_mutex_unlock (&self->lock);
  return lost;
}

/* Whether @error says that the service was asked in vain; else nobody was, or
 * the service is known by its answer. */
static gboolean
is_unanswered (const GError * error)
{
  return g_error_matches (error, KOCR_ERROR, KOCR_ERROR_NETWORK)
      || g_error_matches (error, KOCR_ERROR, KOCR_ERROR_TIMEOUT)
      || g_error_matches (error, KOCR_ERROR, KOCR_ERROR_ANSWER);
}

/* A fault comes of an attempt: without one it had no turn. */
static gboolean
was_asked_in_vain (const KocrRequest * request)
{
  return request->fault && is_unanswered (request->error);
}

static void
remember_error (KocrRecognition * self, const GError * error)
{
  g_mutex_lock (&self->lock);
  g_free (self->last_error);
  self->last_error = g_strdup (error->message);
  g_mutex_unlock (&self->lock);
}

static void
post_problem (KocrRecognition * self, GstMessageType type,
    const KocrOcrProblem * problem)
{
  remember_error (self, problem->error);
  kocr_result_poster_add_message (self->poster,
      kocr_ocr_message_new_problem (GST_OBJECT (self->element), type, problem));
}

/* Network thread. One WARNING a change; in a lossless run the ERROR that the
 * latch brings says the same. */
static void
engine_state_changed (KocrState state, const GError * error,
    guint http_status, const gchar * code, gpointer user_data)
{
  KocrRecognition *self = user_data;
  KocrOcrProblem problem = { error, http_status, code, frames_lost (self),
    GST_CLOCK_TIME_NONE, is_unanswered (error)
  };

  GST_INFO_OBJECT (self->element, "service: %s", kocr_state_get_name (state));
  if (!error) {
    kocr_result_poster_add_message (self->poster,
        kocr_ocr_message_new_recovered (GST_OBJECT
            (self->element), problem.frames_lost));
  } else if (!is_lossless (self) || (state != KOCR_STATE_LATCHED
          && state != KOCR_STATE_EXHAUSTED)) {
    post_problem (self, GST_MESSAGE_WARNING, &problem);
  }
}

static void
engine_completed (KocrRequest * request, gpointer user_data)
{
  KocrRecognition *self = user_data;

  kocr_tracking_update (self->tracks);
}

/* Where frames wait, each has its own result, in whatever order. */
static void
request_published (KocrRequest * request, gpointer user_data)
{
  KocrRecognition *self = user_data;

  g_mutex_lock (&self->lock);
  self->settled++;
  if (is_failure (request))
    self->failed++;
  g_mutex_unlock (&self->lock);
  if (kocr_recognition_get_timing (self) == KOCR_TIMING_LATEST) {
    if (request->tracked)
      kocr_published_samples_add (self->published, request);
    kocr_box_motion_offer (self->follower, request);
  }
  self->callbacks.settled (self->user_data);
  if (is_cancelled (request))
    kocr_result_poster_drop (self->poster, request);
  else
    kocr_result_poster_wake (self->poster);
}

static void
request_arrived (KocrRequest * request, KocrMotion * motion, gpointer user_data)
{
  KocrRecognition *self = user_data;

  if (!request->tracked)
    return;
  if (request->match == KOCR_PICTURE_UNCHANGED)
    kocr_carried_result_renew (self->carried, request->duplicate_of,
        request->serial, request->pts, motion);
  else if (!kocr_carried_result_offer (self->carried, request->serial,
          request->tracked, motion))
    kocr_recognition_count_late (self);
}

static void
request_overtaken (KocrRequest * request, gpointer user_data)
{
  if (request->match != KOCR_PICTURE_UNCHANGED)
    kocr_recognition_count_late (user_data);
}

/* A kind of failure is told once until a result comes; states
 * that last are told by engine_state_changed(). */
static void
warn_of_failure (KocrRecognition * self, KocrRequest * request)
{
  KocrOcrProblem problem = { request->error, request->http_status,
    request->fault ? request->fault->code : NULL, frames_lost (self),
    GST_CLOCK_TIME_NONE, was_asked_in_vain (request)
  };
  gboolean told, state_tells;

  g_mutex_lock (&self->lock);
  told = self->warned_errors >> request->error->code & 1;
  self->warned_errors |= 1u << request->error->code;
  g_mutex_unlock (&self->lock);

  state_tells = (request->fault && request->fault->action == KOCR_ACTION_LATCH)
      || g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_EXHAUSTED)
      || g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE)
      || (is_lossless (self) && kocr_recognition_is_fatal (request));
  if (!told && !state_tells)
    post_problem (self, GST_MESSAGE_WARNING, &problem);
  else
    remember_error (self, request->error);
}

/* FALSE: a lossless run has ended before @request. Whoever goes on from there
 * asks for it again. */
static gboolean
take_turn (KocrRecognition * self, const KocrRequest * request)
{
  gboolean ended;

  g_mutex_lock (&self->lock);
  ended = self->ended;
  if (request->result)
    self->warned_errors = 0;
  else if (is_lossless (self) && kocr_recognition_is_fatal (request))
    self->ended = TRUE;
  else if (is_failure (request))
    self->told_failures++;
  g_mutex_unlock (&self->lock);
  return !ended;
}

/* Poster's thread. */
static void
deliver (KocrRequest * request, gpointer user_data)
{
  KocrRecognition *self = user_data;

  kocr_box_motion_wait (self->follower, request);
  /* What an unchanged one shows was told when it was new. */
  if (!take_turn (self, request)
      || request->match == KOCR_PICTURE_UNCHANGED)
    return;
  if (request->result) {
    self->callbacks.deliver (request, self->user_data);
  } else if (is_failure (request)) {
    GST_WARNING_OBJECT (self->element, "sample at %" GST_TIME_FORMAT ": %s",
        GST_TIME_ARGS (request->pts), request->error->message);
    warn_of_failure (self, request);
  }
}

/* Poster's thread, and that which sends EOS. */
static void
post_stats (gpointer user_data)
{
  KocrRecognition *self = user_data;

  gst_element_post_message (self->element,
      kocr_ocr_message_new_stats (GST_OBJECT (self->element),
          kocr_recognition_get_stats (self)));
}

KocrRecognition *
kocr_recognition_new (GstElement *element, const KocrOcrSettings *settings,
    const KocrRecognitionCallbacks *callbacks, gpointer user_data,
    GError **error)
{
  static const KocrClientCallbacks engine_callbacks = {
    engine_completed, engine_state_changed
  };
  static const KocrBoxMotionCallbacks follower_callbacks = {
    request_arrived, request_overtaken
  };
  g_autofree gchar *warning = NULL;
  g_autoptr (KocrCredentials) connection =
      kocr_credentials_new (settings, &warning, error);
  g_autofree gchar *name = gst_object_get_name (GST_OBJECT (element));
  KocrRecognition *self;

  if (!connection)
    return NULL;

  self = g_new0 (KocrRecognition, 1);
  self->element = element;
  self->callbacks = *callbacks;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  self->published = kocr_published_samples_new ();
  self->carried = kocr_carried_result_new ();
  self->follower = kocr_box_motion_new (&follower_callbacks, self);
  self->poster = kocr_result_poster_new (element, deliver, self);
  self->history = kocr_frame_history_new ();
  self->tracks = kocr_tracking_new (name, request_published, self);
  kocr_tracking_set_history (self->tracks, self->history);
  self->engine =
      kocr_engine_new (&connection->config, &engine_callbacks, self, error);
  if (!self->engine) {
    kocr_recognition_free (self);
    return NULL;
  }
  if (warning)
    kocr_recognition_post_warning (self, warning);
  self->posts_stats = settings->stats_interval > 0;
  if (self->posts_stats)
    kocr_result_poster_set_tick (self->poster,
        (gint64) (settings->stats_interval / GST_USECOND), post_stats);
  return self;
}

void
kocr_recognition_free (KocrRecognition * self)
{
  kocr_result_poster_set_tick (self->poster, 0, NULL);
  /* The engine first: its callbacks wake the poster. */
  g_clear_pointer (&self->engine, kocr_engine_free);
  kocr_result_poster_free (self->poster);
  kocr_tracking_free (self->tracks);
  kocr_box_motion_free (self->follower);
  kocr_frame_history_free (self->history);
  kocr_carried_result_free (self->carried);
  kocr_published_samples_free (self->published);
  g_free (self->last_error);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_recognition_set_timing (KocrRecognition * self, KocrTiming timing)
{
  kocr_engine_set_lossless (self->engine, timing == KOCR_TIMING_EXACT);
  kocr_tracking_set_ordered (self->tracks,
      timing == KOCR_TIMING_EXACT);
  g_atomic_int_set (&self->timing, timing);
}

KocrTiming
kocr_recognition_get_timing (KocrRecognition * self)
{
  return g_atomic_int_get (&self->timing);
}

void
kocr_recognition_forget_places (KocrRecognition * self)
{
  kocr_carried_result_forget (self->carried, self->serial);
  kocr_box_motion_forget (self->follower);
  kocr_frame_history_forget (self->history);
}

void
kocr_recognition_forget (KocrRecognition * self)
{
  self->forgotten = self->serial;
  kocr_recognition_forget_places (self);
  kocr_tracking_forget (self->tracks);
  kocr_engine_begin_epoch (self->engine);
}

void
kocr_recognition_note_own (KocrRecognition * self, const KocrRequest * request)
{
  /* What is unchanged brings nothing that had to be carried here. */
  if (!request->result || request->match == KOCR_PICTURE_UNCHANGED)
    return;
  g_mutex_lock (&self->lock);
  kocr_latencies_add (&self->carry,
      MAX (kocr_clock_now () - request->completed, 0) * GST_USECOND);
  g_mutex_unlock (&self->lock);
}

void
kocr_recognition_note_carried (
    KocrRecognition *self, guint64 seen, guint64 serial)
{
  g_autoptr (GPtrArray) requests =
      kocr_published_samples_list_after (self->published, seen);

  for (guint i = 0; i < requests->len; i++) {
    const KocrRequest *request = g_ptr_array_index (requests, i);

    if (request->serial == serial)
      kocr_recognition_note_own (self, request);
  }
}

void
kocr_recognition_tell_end (KocrRecognition * self)
{
  g_autoptr (GstStructure) stats = kocr_recognition_get_stats (self);

  GST_INFO_OBJECT (self->element, "at EOS: %" GST_PTR_FORMAT, stats);
  if (self->posts_stats)
    post_stats (self);
}

GPtrArray *
kocr_recognition_list_unseen (KocrRecognition * self, guint64 seen)
{
  return kocr_published_samples_list_after (self->published, MAX (seen,
          self->forgotten));
}

void
kocr_recognition_count_frame (KocrRecognition * self)
{
  g_mutex_lock (&self->lock);
  self->frames++;
  g_mutex_unlock (&self->lock);
}

void
kocr_recognition_count_skipped (KocrRecognition * self)
{
  g_mutex_lock (&self->lock);
  self->skipped++;
  g_mutex_unlock (&self->lock);
}

void
kocr_recognition_count_late (KocrRecognition * self)
{
  g_mutex_lock (&self->lock);
  self->late++;
  g_mutex_unlock (&self->lock);
}

/* The next sample, which has its turn from now on. */
static KocrRequest *
add_sample (KocrRecognition * self, GstClockTime pts)
{
  KocrRequest *sample = kocr_request_new ();

  sample->serial = ++self->serial;
  sample->pts = pts;
  g_mutex_lock (&self->lock);
  self->sampled++;
  g_mutex_unlock (&self->lock);
  kocr_result_poster_add (self->poster, sample);
  kocr_tracking_add (self->tracks, sample);
  return sample;
}

KocrDenial
kocr_recognition_sample (KocrRecognition * self, GstBuffer * buffer,
    const KocrSampleContext * context,
    const KocrFrameSettings * settings, KocrRequest ** request)
{
  KocrDenial denial = kocr_engine_reserve (self->engine);
  KocrRequest *sample;

  if (denial != KOCR_DENIAL_NONE)
    return denial;

  sample = add_sample (self, GST_BUFFER_PTS (buffer));
  sample->duration = GST_BUFFER_DURATION (buffer);
  sample->stream_time = context->stream_time;
  sample->running_time = context->running_time;
  sample->moment = context->moment;
  sample->info = *context->info;
  sample->settings = settings->picture;
  sample->view = settings->view;
  sample->view.turn = context->turn;
  sample->gate = settings->gate;
  sample->forced = context->forced;
  if (kocr_recognition_get_timing (self) == KOCR_TIMING_LATEST)
    kocr_box_motion_expect (self->follower, sample->serial);
  kocr_frame_history_mark (self->history, sample->serial);
  kocr_engine_submit (self->engine, sample, buffer);
  *request = sample;
  return KOCR_DENIAL_NONE;
}

KocrCarriedResult *
kocr_recognition_get_carried (KocrRecognition * self)
{
  return self->carried;
}

KocrBoxMotion *
kocr_recognition_get_follower (KocrRecognition * self)
{
  return self->follower;
}

KocrFrameHistory *
kocr_recognition_get_history (KocrRecognition * self)
{
  return self->history;
}

gboolean
kocr_recognition_is_fatal (const KocrRequest * request)
{
  return is_failure (request)
      && !g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_REFUSED)
      && !g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_ANSWER);
}

/* Of a lossless run: all from @request on, answered or not, and what was
 * refused before it. */
static guint64
frames_lost_from (KocrRecognition * self, const KocrRequest * request)
{
  guint64 lost;

  g_mutex_lock (&self->lock);
  lost = self->told_failures + self->sampled - request->serial + 1;
  g_mutex_unlock (&self->lock);
  return lost;
}

void
kocr_recognition_post_fatal (KocrRecognition *self, const KocrRequest *request)
{
  KocrOcrProblem problem = { request->error, request->http_status,
    request->fault ? request->fault->code : NULL, 0, request->pts,
    was_asked_in_vain (request)
  };

  /* What can be delivered comes before the ERROR that ends the run. */
  kocr_result_poster_drain (self->poster);
  problem.frames_lost = frames_lost_from (self, request);
  post_problem (self, GST_MESSAGE_ERROR, &problem);
  kocr_result_poster_drain (self->poster);
}

static void
post_own (KocrRecognition * self, GstMessageType type, GstClockTime pts,
    KocrErrorCode code, const gchar * message)
{
  g_autoptr (GError) error = g_error_new_literal (KOCR_ERROR, code, message);
  KocrOcrProblem problem = { error, 0, NULL, frames_lost (self), pts };

  post_problem (self, type, &problem);
}

/* A sample that settles at once, with @message. */
static KocrRequest *
add_failed (KocrRecognition * self, GstClockTime pts, const gchar * message)
{
  KocrRequest *sample = add_sample (self, pts);

  sample->error = g_error_new_literal (KOCR_ERROR, KOCR_ERROR_PICTURE, message);
  g_atomic_int_set (&sample->settled, 1);
  g_mutex_lock (&self->lock);
  self->unreadable++;
  g_mutex_unlock (&self->lock);
  kocr_tracking_update (self->tracks);
  return sample;
}

void
kocr_recognition_take_unreadable (KocrRecognition * self, GstClockTime pts,
    const gchar * message, KocrRequest ** request)
{
  gboolean told;

  if (is_lossless (self)) {
    *request = add_failed (self, pts, message);
    return;
  }
  g_mutex_lock (&self->lock);
  told = self->warned_unsampled;
  self->warned_unsampled = TRUE;
  g_mutex_unlock (&self->lock);
  if (!told)
    post_own (self, GST_MESSAGE_WARNING, GST_CLOCK_TIME_NONE,
        KOCR_ERROR_PICTURE, message);
}

void
kocr_recognition_post_warning (KocrRecognition * self, const gchar * message)
{
  post_own (self, GST_MESSAGE_WARNING, GST_CLOCK_TIME_NONE,
      KOCR_ERROR_CONFIGURATION, message);
}

void
kocr_recognition_set_flushing (KocrRecognition * self, gboolean flushing)
{
  kocr_engine_set_flushing (self->engine, flushing);
}

void
kocr_recognition_flush (KocrRecognition * self)
{
  kocr_engine_set_flushing (self->engine, TRUE);
  kocr_result_poster_discard (self->poster);
  g_mutex_lock (&self->lock);
  self->ended = FALSE;
  g_mutex_unlock (&self->lock);
}

void
kocr_recognition_release_buffers (KocrRecognition * self)
{
  kocr_engine_release_buffers (self->engine);
}

guint
kocr_recognition_get_most_buffers (KocrRecognition * self)
{
  return kocr_engine_get_most_buffers (self->engine);
}

void
kocr_recognition_drain (KocrRecognition * self, gint64 deadline)
{
  kocr_engine_drain (self->engine, deadline);
  kocr_result_poster_drain (self->poster);
}

GstStructure *
kocr_recognition_get_stats (KocrRecognition * self)
{
  KocrOcrStats stats = {.timing = kocr_recognition_get_timing (self) };
  GstStructure *structure;

  kocr_engine_get_stats (self->engine, &stats.engine);
  g_mutex_lock (&self->lock);
  stats.frames = self->frames;
  stats.sampled = self->sampled;
  stats.skipped = self->skipped;
  stats.unreadable = self->unreadable;
  stats.late = self->late;
  stats.carry = self->carry;
  stats.last_error = self->last_error;
  structure = kocr_ocr_stats_to_structure (&stats);
  g_mutex_unlock (&self->lock);
  return structure;
}
