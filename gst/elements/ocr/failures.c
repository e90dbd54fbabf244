/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/failures.h"

#include "http/statuses.h"
#include "result/messages.h"
#include "result/samplelog.h"

static const gchar unread_message[] =
    "Lines of text were found that the languages which are read do not fit. If "
    "they are in another one, name it in `local-languages` (jpn+eng, say) and "
    "install its package (tesseract-ocr-jpn).";

struct _KocrFailures
{
  GstElement *element;
  KocrDelivery *delivery;
  KocrRunStats *stats;
  gint lossless;                /* atomic: set once */

  GMutex lock;

  /* lock */
  guint64 counted;              /* failures that had their turn */
  gboolean ended;               /* lossless: a sample stays unanswered */
  guint warned_errors;          /* a bit a KocrErrorCode, since a result */
  gboolean warned_unreadable, warned_languages;
};

KocrFailures *
kocr_failures_new (GstElement * element, KocrDelivery * delivery,
    KocrRunStats * stats)
{
  KocrFailures *self = g_new0 (KocrFailures, 1);

  self->element = element;
  self->delivery = delivery;
  self->stats = stats;
  g_mutex_init (&self->lock);
  return self;
}

void
kocr_failures_free (KocrFailures * self)
{
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_failures_set_lossless (KocrFailures * self, gboolean lossless)
{
  g_atomic_int_set (&self->lossless, lossless);
}

gboolean
kocr_failures_is_lossless (KocrFailures * self)
{
  return g_atomic_int_get (&self->lossless);
}

/* Of a request. */

gboolean
kocr_request_is_failure (const KocrRequest * request)
{
  const KocrOutcome *outcome = &request->outcome;

  return outcome->error && outcome->match != KOCR_PICTURE_UNCHANGED
      && !g_error_matches (outcome->error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
}

gboolean
kocr_request_is_fatal (const KocrRequest * request)
{
  const GError *error = request->outcome.error;

  return kocr_request_is_failure (request)
      && !g_error_matches (error, KOCR_ERROR, KOCR_ERROR_REFUSED)
      && !g_error_matches (error, KOCR_ERROR, KOCR_ERROR_ANSWER);
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

/* Messages. */

/* Counted here: who tells is called while the engine comes and goes. */
static guint64
frames_lost (KocrFailures * self)
{
  return kocr_run_stats_get_lost (self->stats,
      kocr_failures_is_lossless (self));
}

/* A fault comes of an attempt: without one it had no turn. */
static KocrOcrProblem
problem_of (const KocrRequest * request, guint64 lost)
{
  return (KocrOcrProblem) {
    .error = request->outcome.error,
    .http_status = request->outcome.http_status,
    .code = request->outcome.fault ? request->outcome.fault->code : NULL,
    .frames_lost = lost,
    .resume_pts = GST_CLOCK_TIME_NONE,
    .asked = request->outcome.fault && is_unanswered (request->outcome.error),
  };
}

static void
post (KocrFailures * self, GstMessageType type, const KocrOcrProblem * problem)
{
  kocr_run_stats_set_last_error (self->stats, problem->error);
  kocr_delivery_add_message (self->delivery,
      kocr_ocr_message_new_problem (GST_OBJECT (self->element), type, problem));
}

static void
post_own_warning (KocrFailures * self, KocrErrorCode code,
    const gchar * message)
{
  g_autoptr (GError) error = g_error_new_literal (KOCR_ERROR, code, message);
  const KocrOcrProblem problem = { error, 0, NULL, frames_lost (self),
    GST_CLOCK_TIME_NONE
  };

  post (self, GST_MESSAGE_WARNING, &problem);
}

void
kocr_failures_post_warning (KocrFailures * self, const gchar * message)
{
  post_own_warning (self, KOCR_ERROR_CONFIGURATION, message);
}

void
kocr_failures_post_unreadable (KocrFailures * self, const gchar * message)
{
  gboolean warned;

  g_mutex_lock (&self->lock);
  warned = self->warned_unreadable;
  self->warned_unreadable = TRUE;
  g_mutex_unlock (&self->lock);
  if (!warned)
    post_own_warning (self, KOCR_ERROR_PICTURE, message);
}

/* In a lossless run the ERROR that the latch brings says the same. */
void
kocr_failures_take_state (KocrFailures * self, KocrState state,
    const GError * error, guint http_status, const gchar * code)
{
  guint64 lost = frames_lost (self);

  GST_INFO_OBJECT (self->element, "service: %s", kocr_state_get_name (state));
  if (!error) {
    kocr_delivery_add_message (self->delivery,
        kocr_ocr_message_new_recovered (GST_OBJECT (self->element), lost));
  } else if (!kocr_failures_is_lossless (self)
      || (state != KOCR_STATE_LATCHED && state != KOCR_STATE_EXHAUSTED)) {
    const KocrOcrProblem problem = { error, http_status, code, lost,
      GST_CLOCK_TIME_NONE, is_unanswered (error)
    };

    post (self, GST_MESSAGE_WARNING, &problem);
  }
}

/* In turn. */

/* Whether take_state() tells of it, or post_fatal(). */
static gboolean
is_told_elsewhere (KocrFailures * self, const KocrRequest * request)
{
  const KocrOutcome *outcome = &request->outcome;

  return (outcome->fault && outcome->fault->action == KOCR_ACTION_LATCH)
      || g_error_matches (outcome->error, KOCR_ERROR, KOCR_ERROR_EXHAUSTED)
      || g_error_matches (outcome->error, KOCR_ERROR,
      KOCR_ERROR_LOCAL_SERVICE)
      || (kocr_failures_is_lossless (self) && kocr_request_is_fatal (request));
}

static void
warn_of (KocrFailures * self, const KocrRequest * request)
{
  const KocrOcrProblem problem = problem_of (request, frames_lost (self));
  gboolean warned;

  g_mutex_lock (&self->lock);
  warned = self->warned_errors >> request->outcome.error->code & 1;
  self->warned_errors |= 1u << request->outcome.error->code;
  g_mutex_unlock (&self->lock);

  GST_WARNING_OBJECT (self->element, "sample at %" GST_TIME_FORMAT ": %s",
      GST_TIME_ARGS (request->asked.pts), request->outcome.error->message);
  if (!warned && !is_told_elsewhere (self, request))
    post (self, GST_MESSAGE_WARNING, &problem);
  else
    kocr_run_stats_set_last_error (self->stats, request->outcome.error);
}

gboolean
kocr_failures_take_turn (KocrFailures * self, const KocrRequest * request)
{
  gboolean failure = kocr_request_is_failure (request);
  gboolean ended, unread;

  g_mutex_lock (&self->lock);
  ended = self->ended;
  if (request->outcome.result)
    self->warned_errors = 0;
  else if (kocr_failures_is_lossless (self) && kocr_request_is_fatal (request))
    self->ended = TRUE;
  else if (failure)
    self->counted++;
  unread = request->outcome.unread && !self->warned_languages;
  self->warned_languages |= unread;
  g_mutex_unlock (&self->lock);

  if (!ended && failure)
    warn_of (self, request);
  if (!ended && unread)
    kocr_failures_post_warning (self, unread_message);
  return !ended;
}

void
kocr_failures_begin_anew (KocrFailures * self)
{
  g_mutex_lock (&self->lock);
  self->ended = FALSE;
  g_mutex_unlock (&self->lock);
}

/* Of a lossless run: all from @request on, answered or not, and what was
 * refused before it. */
static guint64
frames_lost_from (KocrFailures * self, const KocrRequest * request)
{
  guint64 lost = kocr_run_stats_get (self->stats, KOCR_COUNT_SAMPLED)
      - request->asked.serial + 1;

  g_mutex_lock (&self->lock);
  lost += self->counted;
  g_mutex_unlock (&self->lock);
  return lost;
}

void
kocr_failures_post_fatal (KocrFailures * self, const KocrRequest * request)
{
  KocrOcrProblem problem;

  /* What can be delivered comes before the ERROR that ends the run. */
  kocr_delivery_drain (self->delivery);
  problem = problem_of (request, frames_lost_from (self, request));
  problem.resume_pts = request->asked.pts;
  post (self, GST_MESSAGE_ERROR, &problem);
  kocr_delivery_drain (self->delivery);
}
