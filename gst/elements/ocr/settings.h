/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The settings of `kakaoocr` and the table of its properties.  A new one takes a
 * row in ocr/settings.c and a field, here or in one of the structures that go to
 * the engine as they are: how a picture is made (picture/encoder.h), what is read
 * of a frame (frame/readarea.h), when a sample is sent (request.h), and how
 * requests are (http/clientregistry.h).
 */
#pragma once

#include "common/propertytable.h"
#include "http/clientregistry.h"

typedef enum
{
  KOCR_TIMING_AUTO,
  KOCR_TIMING_LATEST,
  KOCR_TIMING_ALIGNED,
  KOCR_TIMING_EXACT
} KocrTiming;

const gchar *kocr_timing_get_name (KocrTiming timing);

typedef enum
{
  KOCR_ATTACH_OCR = 1 << 0,
  KOCR_ATTACH_ROI = 1 << 1,
  KOCR_ATTACH_ANALYTICS = 1 << 2
} KocrAttach;

/* As the tag of the stream says. */
#define KOCR_TURN_AUTO GST_VIDEO_ORIENTATION_AUTO

/* What a frame needs to know; copied once a frame, so plain values only.
 * Times are nanoseconds. */
typedef struct
{
  GstClockTime interval;
  GstClockTime latency;
  GstClockTime result_lifetime;
  guint64 max_size_bytes;
  KocrPictureSettings picture;
  KocrViewSettings view;        /* its turn: KOCR_TURN_AUTO may be */
  const gchar *view_problem;    /* nullable: it cannot be meant, and nothing is
                                 * sampled. Static */
  KocrGateSettings gate;
  KocrAttach attach;
  gboolean track_motion;
  gboolean drop_unsampled;
  gboolean sample_on_change;
  gboolean active;
  gboolean post_messages;
  gboolean emit_signals;
} KocrFrameSettings;

typedef struct
{
  KocrFrameSettings frame;
  GValue region, mask;          /* as they were set */

  /* Read when the element goes to PAUSED. */
  KocrClientConfig client;      /* without its texts, which are: */
  gchar *endpoint, *api_key, *api_key_file, *ca_file;
  gchar *local_languages;
  GstClockTime stats_interval;
  KocrTiming timing;
} KocrOcrSettings;

/* Of a KocrOcrSettings. */
extern const KocrPropertyTable kocr_ocr_properties;

void kocr_ocr_settings_init (KocrOcrSettings * self);
void kocr_ocr_settings_clear (KocrOcrSettings * self);
/* FALSE: no such property. The caller holds the lock that protects @self. */
gboolean kocr_ocr_settings_set (
    KocrOcrSettings *self, guint id, const GValue *value);
