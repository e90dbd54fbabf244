/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/recognition.h"

#include "ocr/credentials.h"
#include "result/trackids.h"

struct _KocrRecognition
{
  KocrRecognitionParts parts;
  KocrEngine *engine;
  KocrTrackIds *tracks;
  guint64 serial;               /* of the newest sample; streaming thread */
};

static void
completed (KocrRequest * request, gpointer user_data)
{
  KocrRecognition *self = user_data;

  kocr_track_ids_update (self->tracks);
}

static void
state_changed (KocrState state, const GError * error, guint http_status,
    const gchar * code, gpointer user_data)
{
  KocrRecognition *self = user_data;

  kocr_failures_take_state (self->parts.failures, state, error, http_status,
      code);
}

KocrRecognition *
kocr_recognition_new (const gchar * producer, const KocrOcrSettings * settings,
    const KocrRecognitionParts * parts, KocrRecognitionFunc published,
    gpointer user_data, GError ** error)
{
  static const KocrClientCallbacks callbacks = { completed, state_changed };
  g_autofree gchar *warning = NULL;
  g_autoptr (KocrCredentials) credentials =
      kocr_credentials_new (settings, &warning, error);
  KocrRecognition *self;

  if (!credentials)
    return NULL;
  self = g_new0 (KocrRecognition, 1);
  self->parts = *parts;
  self->tracks = kocr_track_ids_new (producer, published, user_data);
  kocr_track_ids_set_history (self->tracks, parts->history);
  self->engine =
      kocr_engine_new (&credentials->config, &callbacks, self, error);
  if (!self->engine) {
    kocr_recognition_free (self);
    return NULL;
  }
  if (warning)
    kocr_failures_post_warning (parts->failures, warning);
  return self;
}

void
kocr_recognition_free (KocrRecognition * self)
{
  g_clear_pointer (&self->engine, kocr_engine_free);
  kocr_track_ids_free (self->tracks);
  g_free (self);
}

void
kocr_recognition_set_lossless (KocrRecognition * self, gboolean lossless)
{
  kocr_engine_set_lossless (self->engine, lossless);
  kocr_track_ids_set_ordered (self->tracks, lossless);
}

KocrDenial
kocr_recognition_reserve (KocrRecognition * self)
{
  return kocr_engine_reserve (self->engine);
}

KocrRequest *
kocr_recognition_add (KocrRecognition * self, const KocrAsked * asked,
    const KocrSampleTimes * times)
{
  KocrAsked numbered = *asked;
  KocrRequest *sample;

  numbered.serial = ++self->serial;
  sample = kocr_sample_new (&numbered, times);
  kocr_run_stats_add (self->parts.stats, KOCR_COUNT_SAMPLED);
  kocr_delivery_add (self->parts.delivery, sample);
  kocr_track_ids_add (self->tracks, sample);
  return sample;
}

guint64
kocr_recognition_get_serial (KocrRecognition * self)
{
  return self->serial;
}

void
kocr_recognition_submit (KocrRecognition * self, KocrRequest * sample,
    GstBuffer * buffer)
{
  kocr_engine_submit (self->engine, sample, buffer);
}

void
kocr_recognition_fail (KocrRecognition * self, KocrRequest * sample,
    const gchar * message)
{
  sample->outcome.error
      = g_error_new_literal (KOCR_ERROR, KOCR_ERROR_PICTURE, message);
  kocr_request_settle (sample);
  kocr_run_stats_add (self->parts.stats, KOCR_COUNT_UNREADABLE);
  kocr_track_ids_update (self->tracks);
}

void
kocr_recognition_begin_epoch (KocrRecognition * self)
{
  kocr_track_ids_forget (self->tracks);
  kocr_engine_begin_epoch (self->engine);
}

void
kocr_recognition_set_flushing (KocrRecognition * self, gboolean flushing)
{
  kocr_engine_set_flushing (self->engine, flushing);
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
}

void
kocr_recognition_get_stats (KocrRecognition * self, KocrEngineStats * stats)
{
  kocr_engine_get_stats (self->engine, stats);
}
