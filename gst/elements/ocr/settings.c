/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/settings.h"

#include "http/endpoint.h"
#include "ocr/apikeyfile.h"
#include "ocr/properties.h"
#include "ocr/viewproperties.h"

void
gst_kakao_ocr_settings_init (GstKakaoOcrSettings * self)
{
  *self = (GstKakaoOcrSettings) {
    .frame = {
      .interval = KOCR_DEFAULT_INTERVAL * GST_MSECOND,
      .latency = KOCR_DEFAULT_LATENCY * GST_MSECOND,
      .result_lifetime = KOCR_DEFAULT_RESULT_LIFETIME * GST_MSECOND,
      .max_size_bytes = KOCR_DEFAULT_MAX_SIZE_BYTES,
      .picture = {
            .max_dimension = KOCR_DEFAULT_MAX_DIMENSION,
            .format = KOCR_IMAGE_JPEG,
            .quality = KOCR_DEFAULT_QUALITY,
          },
      .view = {
            .turn = GST_KAKAO_OCR_TURN_AUTO,
          },
      .gate = {
            .threshold = KOCR_DEFAULT_CHANGE_THRESHOLD,
            .memory = KOCR_DEFAULT_MEMORY,
          },
      .attach = GST_KAKAO_OCR_ATTACH_OCR,
      .track_motion = TRUE,
      .active = TRUE,
      .post_messages = TRUE,
  },.timeout = KOCR_DEFAULT_TIMEOUT,.max_outage =
        KOCR_DEFAULT_MAX_OUTAGE,.max_in_flight = KOCR_DEFAULT_MAX_IN_FLIGHT,.timing =
        GST_KAKAO_OCR_TIMING_AUTO,};
  g_value_init (&self->region, GST_TYPE_ARRAY);
  g_value_init (&self->mask, GST_TYPE_ARRAY);
}

void
gst_kakao_ocr_settings_clear (GstKakaoOcrSettings * self)
{
  g_clear_pointer (&self->endpoint, g_free);
  g_clear_pointer (&self->api_key, kocr_key_free);
  g_clear_pointer (&self->api_key_file, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->local_languages, g_free);
  g_value_unset (&self->region);
  g_value_unset (&self->mask);
}

static void
replace_string (gchar ** string, const GValue * value)
{
  g_free (*string);
  *string = g_value_dup_string (value);
}

/* What is set wrongly stays as it is set, and is told of when frames come: the
 * whole frame is not what was asked for. */
static void
read_view (GstKakaoOcrSettings * self)
{
  GstKakaoOcrFrameSettings *frame = &self->frame;

  frame->view_problem = NULL;
  if (!kocr_view_area_from_value (&frame->view.region, &self->region))
    frame->view_problem =
        "region is not usable: it takes no value or four, "
        "<x,y,width,height>, in pixels (integers) or in parts of the frame "
        "(0.0 to 1.0), with a width and a height above 0.";
  if (!kocr_view_masks_from_value (&frame->view, &self->mask))
    frame->view_problem =
        "mask is not usable: it takes rectangles, at most "
        G_STRINGIFY (KOCR_MAX_MASKS) ", <<x,y,width,height>,...>, in pixels "
        "(integers) or in parts of the frame (0.0 to 1.0).";
}

gboolean
gst_kakao_ocr_settings_set (GstKakaoOcrSettings * self, guint id,
    const GValue * value)
{
  GstKakaoOcrFrameSettings *frame = &self->frame;

  switch (id) {
    case PROP_ENDPOINT:
      replace_string (&self->endpoint, value);
      return TRUE;
    case PROP_API_KEY:
      kocr_key_free (self->api_key);
      self->api_key = g_value_dup_string (value);
      return TRUE;
    case PROP_API_KEY_FILE:
      replace_string (&self->api_key_file, value);
      return TRUE;
    case PROP_CA_FILE:
      replace_string (&self->ca_file, value);
      return TRUE;
    case PROP_LOCAL_LANGUAGES:
      replace_string (&self->local_languages, value);
      return TRUE;
    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      return TRUE;
    case PROP_MAX_IN_FLIGHT:
      self->max_in_flight = g_value_get_uint (value);
      return TRUE;
    case PROP_MAX_RATE:
      self->max_rate = g_value_get_double (value);
      return TRUE;
    case PROP_MAX_REQUESTS:
      self->max_requests = g_value_get_uint64 (value);
      return TRUE;
    case PROP_STATS_INTERVAL:
      self->stats_interval = g_value_get_uint (value);
      return TRUE;
    case PROP_MAX_OUTAGE:
      self->max_outage = g_value_get_uint (value);
      return TRUE;
    case PROP_TIMING:
      self->timing = g_value_get_enum (value);
      return TRUE;
    case PROP_INTERVAL:
      frame->interval = g_value_get_uint (value) * GST_MSECOND;
      return TRUE;
    case PROP_CHANGE_THRESHOLD:
      frame->gate.threshold = g_value_get_uint (value);
      return TRUE;
    case PROP_REFRESH_INTERVAL:
      frame->gate.refresh_interval = g_value_get_uint (value) * GST_MSECOND;
      return TRUE;
    case PROP_MEMORY:
      frame->gate.memory = g_value_get_uint (value);
      return TRUE;
    case PROP_REGION:
      g_value_copy (value, &self->region);
      read_view (self);
      return TRUE;
    case PROP_MASK:
      g_value_copy (value, &self->mask);
      read_view (self);
      return TRUE;
    case PROP_ORIENTATION:
      frame->view.turn = g_value_get_enum (value);
      return TRUE;
    case PROP_MAX_DIMENSION:
      frame->picture.max_dimension = g_value_get_uint (value);
      return TRUE;
    case PROP_IMAGE_FORMAT:
      frame->picture.format = g_value_get_enum (value);
      return TRUE;
    case PROP_QUALITY:
      frame->picture.quality = g_value_get_uint (value);
      return TRUE;
    case PROP_LATENCY:
      frame->latency = g_value_get_uint (value) * GST_MSECOND;
      return TRUE;
    case PROP_MAX_SIZE_BYTES:
      frame->max_size_bytes = g_value_get_uint64 (value);
      return TRUE;
    case PROP_RESULT_LIFETIME:
      frame->result_lifetime = g_value_get_uint (value) * GST_MSECOND;
      return TRUE;
    case PROP_TRACK_MOTION:
      frame->track_motion = g_value_get_boolean (value);
      return TRUE;
    case PROP_DROP_UNSAMPLED:
      frame->drop_unsampled = g_value_get_boolean (value);
      return TRUE;
    case PROP_SAMPLE_ON_CHANGE:
      frame->sample_on_change = g_value_get_boolean (value);
      return TRUE;
    case PROP_ACTIVE:
      frame->active = g_value_get_boolean (value);
      return TRUE;
    case PROP_ATTACH:
      frame->attach = g_value_get_flags (value);
      return TRUE;
    case PROP_POST_MESSAGES:
      frame->post_messages = g_value_get_boolean (value);
      return TRUE;
    case PROP_EMIT_SIGNALS:
      frame->emit_signals = g_value_get_boolean (value);
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
gst_kakao_ocr_settings_get (const GstKakaoOcrSettings * self, guint id,
    GValue * value)
{
  const GstKakaoOcrFrameSettings *frame = &self->frame;

  switch (id) {
    case PROP_ENDPOINT:
      g_value_set_string (value, self->endpoint);
      return TRUE;
    case PROP_API_KEY_FILE:
      g_value_set_string (value, self->api_key_file);
      return TRUE;
    case PROP_CA_FILE:
      g_value_set_string (value, self->ca_file);
      return TRUE;
    case PROP_LOCAL_LANGUAGES:
      g_value_set_string (value, self->local_languages ?
          self->local_languages : KOCR_ENDPOINT_LANGUAGES);
      return TRUE;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      return TRUE;
    case PROP_MAX_IN_FLIGHT:
      g_value_set_uint (value, self->max_in_flight);
      return TRUE;
    case PROP_MAX_RATE:
      g_value_set_double (value, self->max_rate);
      return TRUE;
    case PROP_MAX_REQUESTS:
      g_value_set_uint64 (value, self->max_requests);
      return TRUE;
    case PROP_STATS_INTERVAL:
      g_value_set_uint (value, self->stats_interval);
      return TRUE;
    case PROP_MAX_OUTAGE:
      g_value_set_uint (value, self->max_outage);
      return TRUE;
    case PROP_TIMING:
      g_value_set_enum (value, self->timing);
      return TRUE;
    case PROP_INTERVAL:
      g_value_set_uint (value, frame->interval / GST_MSECOND);
      return TRUE;
    case PROP_CHANGE_THRESHOLD:
      g_value_set_uint (value, frame->gate.threshold);
      return TRUE;
    case PROP_REFRESH_INTERVAL:
      g_value_set_uint (value, frame->gate.refresh_interval / GST_MSECOND);
      return TRUE;
    case PROP_MEMORY:
      g_value_set_uint (value, frame->gate.memory);
      return TRUE;
    case PROP_REGION:
      g_value_copy (&self->region, value);
      return TRUE;
    case PROP_MASK:
      g_value_copy (&self->mask, value);
      return TRUE;
    case PROP_ORIENTATION:
      g_value_set_enum (value, frame->view.turn);
      return TRUE;
    case PROP_MAX_DIMENSION:
      g_value_set_uint (value, frame->picture.max_dimension);
      return TRUE;
    case PROP_IMAGE_FORMAT:
      g_value_set_enum (value, frame->picture.format);
      return TRUE;
    case PROP_QUALITY:
      g_value_set_uint (value, frame->picture.quality);
      return TRUE;
    case PROP_LATENCY:
      g_value_set_uint (value, frame->latency / GST_MSECOND);
      return TRUE;
    case PROP_MAX_SIZE_BYTES:
      g_value_set_uint64 (value, frame->max_size_bytes);
      return TRUE;
    case PROP_RESULT_LIFETIME:
      g_value_set_uint (value, frame->result_lifetime / GST_MSECOND);
      return TRUE;
    case PROP_TRACK_MOTION:
      g_value_set_boolean (value, frame->track_motion);
      return TRUE;
    case PROP_SAMPLE_ON_CHANGE:
      g_value_set_boolean (value, frame->sample_on_change);
      return TRUE;
    case PROP_DROP_UNSAMPLED:
      g_value_set_boolean (value, frame->drop_unsampled);
      return TRUE;
    case PROP_ACTIVE:
      g_value_set_boolean (value, frame->active);
      return TRUE;
    case PROP_ATTACH:
      g_value_set_flags (value, frame->attach);
      return TRUE;
    case PROP_POST_MESSAGES:
      g_value_set_boolean (value, frame->post_messages);
      return TRUE;
    case PROP_EMIT_SIGNALS:
      g_value_set_boolean (value, frame->emit_signals);
      return TRUE;
    default:
      return FALSE;
  }
}
