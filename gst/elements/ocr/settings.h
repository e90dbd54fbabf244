/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The settings of `kakaoocr`: what its properties are set to.
 */
#pragma once

#include "http/clientregistry.h"

G_BEGIN_DECLS

typedef enum
{
  GST_KAKAO_OCR_TIMING_AUTO,
  GST_KAKAO_OCR_TIMING_LATEST,
  GST_KAKAO_OCR_TIMING_ALIGNED,
  GST_KAKAO_OCR_TIMING_EXACT
} GstKakaoOcrTiming;

const gchar *gst_kakao_ocr_timing_get_name (GstKakaoOcrTiming timing);

typedef enum
{
  GST_KAKAO_OCR_ATTACH_OCR = 1 << 0,
  GST_KAKAO_OCR_ATTACH_ROI = 1 << 1,
  GST_KAKAO_OCR_ATTACH_ANALYTICS = 1 << 2
} GstKakaoOcrAttach;

/* As the tag of the stream says. */
#define GST_KAKAO_OCR_TURN_AUTO GST_VIDEO_ORIENTATION_AUTO

/* What a frame needs to know; copied once a frame, so plain values only.
 * Times are nanoseconds. */
typedef struct
{
  GstClockTime interval;
  GstClockTime latency;
  GstClockTime result_lifetime;
  guint64 max_size_bytes;
  KocrPictureSettings picture;
  KocrViewSettings view;        /* its turn: GST_KAKAO_OCR_TURN_AUTO may be */
  const gchar *view_problem;    /* nullable: it cannot be meant, and nothing is
                                 * sampled. Static */
  KocrGateSettings gate;
  GstKakaoOcrAttach attach;
  gboolean track_motion;
  gboolean drop_unsampled;
  gboolean sample_on_change;
  gboolean active;
  gboolean post_messages;
  gboolean emit_signals;
} GstKakaoOcrFrameSettings;

typedef struct
{
  GstKakaoOcrFrameSettings frame;
  GValue region, mask;          /* as they were set */

  /* Read when the element goes to PAUSED. Times are milliseconds. */
  gchar *endpoint, *api_key, *api_key_file, *ca_file, *local_languages;
  guint timeout, max_outage, max_in_flight, stats_interval;
  gdouble max_rate;
  guint64 max_requests;
  GstKakaoOcrTiming timing;
} GstKakaoOcrSettings;

/* Ids from here on are the element's own. */
#define GST_KAKAO_OCR_PROP_OTHER 100

void gst_kakao_ocr_settings_init (GstKakaoOcrSettings * self);
void gst_kakao_ocr_settings_clear (GstKakaoOcrSettings * self);
/* FALSE: no such property. The caller holds the lock that protects @self. */
gboolean gst_kakao_ocr_settings_set (GstKakaoOcrSettings * self, guint id,
    const GValue * value);
gboolean gst_kakao_ocr_settings_get (const GstKakaoOcrSettings * self,
    guint id, GValue * value);

G_END_DECLS
