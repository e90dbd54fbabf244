/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocrsettings.h"

#include "keyfile.h"

#define MAX_MS 86400000u        /* a day */
#define DEFAULT_TIMEOUT 15000
#define DEFAULT_MAX_IN_FLIGHT 4
#define DEFAULT_MAX_OUTAGE 300000
#define DEFAULT_INTERVAL 1000
/* Twice what blocks of a still picture differ by at most in noise with a standard
 * deviation of 3, a quarter of what a digit of 12 pixels that changes makes. */
#define DEFAULT_CHANGE_THRESHOLD 12
#define DEFAULT_MEMORY 16
#define MAX_MEMORY 1024
#define DEFAULT_MAX_DIMENSION 4096
#define DEFAULT_QUALITY 90
#define DEFAULT_LATENCY 1000
#define DEFAULT_MAX_SIZE_BYTES (256 * 1024 * 1024)
#define DEFAULT_RESULT_LIFETIME 3000

enum
{
  PROP_0,
  PROP_ENDPOINT,
  PROP_API_KEY,
  PROP_API_KEY_FILE,
  PROP_CA_FILE,
  PROP_TIMEOUT,
  PROP_MAX_IN_FLIGHT,
  PROP_MAX_RATE,
  PROP_MAX_REQUESTS,
  PROP_MAX_OUTAGE,
  PROP_INTERVAL,
  PROP_CHANGE_THRESHOLD,
  PROP_REFRESH_INTERVAL,
  PROP_MEMORY,
  PROP_REGION,
  PROP_MAX_DIMENSION,
  PROP_IMAGE_FORMAT,
  PROP_QUALITY,
  PROP_TIMING,
  PROP_LATENCY,
  PROP_MAX_SIZE_BYTES,
  PROP_RESULT_LIFETIME,
  PROP_TRACK_MOTION,
  PROP_DROP_UNSAMPLED,
  PROP_ACTIVE,
  PROP_ATTACH,
  PROP_POST_MESSAGES,
  PROP_EMIT_SIGNALS
};

static const GEnumValue timings[] = {
  {GST_KAKAO_OCR_TIMING_AUTO,
      "latest when upstream is live, else exact", "auto"},
  {GST_KAKAO_OCR_TIMING_LATEST,
      "No frame waits; frames carry the newest result", "latest"},
  {GST_KAKAO_OCR_TIMING_ALIGNED,
      "Frames wait up to latency for their own result", "aligned"},
  {GST_KAKAO_OCR_TIMING_EXACT,
      "Every due frame gets its result; upstream waits", "exact"},
  {0, NULL, NULL}
};

const gchar *
gst_kakao_ocr_timing_get_name (GstKakaoOcrTiming timing)
{
  return timings[timing].value_nick;
}

static GType
gst_kakao_ocr_timing_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstKakaoOcrTiming", timings));
  return type;
}

static GType
gst_kakao_ocr_image_format_get_type (void)
{
  static const GEnumValue formats[] = {
    {KOCR_IMAGE_JPEG, "JPEG", "jpeg"},
    {KOCR_IMAGE_PNG, "PNG, lossless and slow", "png"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstKakaoOcrImageFormat", formats));
  return type;
}

static GType
gst_kakao_ocr_attach_get_type (void)
{
  static const GFlagsValue metas[] = {
    {GST_KAKAO_OCR_ATTACH_OCR, "GstKakaoOcrMeta", "ocr"},
    {GST_KAKAO_OCR_ATTACH_ROI,
        "GstVideoRegionOfInterestMeta, one a region", "roi"},
    {GST_KAKAO_OCR_ATTACH_ANALYTICS,
        "GstAnalyticsRelationMeta (GStreamer 1.24 and newer)", "analytics"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_flags_register_static ("GstKakaoOcrAttach", metas));
  return type;
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS)
#define READY (FLAGS | GST_PARAM_MUTABLE_READY)
#define PLAYING (FLAGS | GST_PARAM_MUTABLE_PLAYING)
#define IN_READY " Changeable in NULL and READY."
#define IN_PLAYING " Changeable in any state."

static void
install_connection (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_ENDPOINT,
      g_param_spec_string ("endpoint",
          "Endpoint",
          "The whole URL of the API. Unset: $KAKAOOCR_ENDPOINT, else the "
          "service bundled for this machine (also: local)."
          IN_READY, NULL, READY));
  g_object_class_install_property (klass, PROP_API_KEY,
      g_param_spec_string ("api-key", "API key",
          "The key of the API. Unset: api-key-file, else "
          "$CREDENTIALS_DIRECTORY/kakaoocr, else $KAKAOOCR_API_KEY. Not for "
          "the command line, where others see it."
          IN_READY, NULL, (READY & ~G_PARAM_READABLE)));
  g_object_class_install_property (klass, PROP_API_KEY_FILE,
      g_param_spec_string ("api-key-file",
          "API key file",
          "A file that holds the key of the API and that only its owner may "
          "read." IN_READY, NULL, READY));
  g_object_class_install_property (klass, PROP_CA_FILE,
      g_param_spec_string ("ca-file", "CA file",
          "A PEM file of certificates to trust besides the system's, for a "
          "private endpoint." IN_READY, NULL, READY));
  g_object_class_install_property (klass, PROP_TIMEOUT,
      g_param_spec_uint ("timeout", "Timeout",
          "How long a frame's recognition may take with all attempts (ms); "
          "timing=exact: each attempt."
          IN_READY, 1, MAX_MS, DEFAULT_TIMEOUT, READY));
  g_object_class_install_property (klass, PROP_MAX_IN_FLIGHT,
      g_param_spec_uint ("max-in-flight",
          "Maximum in flight",
          "Concurrent requests of all elements in the process with the same "
          "endpoint, key and CA; the smallest setting among them "
          "wins." IN_READY, 1, 64, DEFAULT_MAX_IN_FLIGHT, READY));
  g_object_class_install_property (klass, PROP_MAX_RATE,
      g_param_spec_double ("max-rate",
          "Maximum rate",
          "Requests a second, shared like max-in-flight; 0: no limit of "
          "ours." IN_READY, 0, 1e6, 0, READY));
  g_object_class_install_property (klass, PROP_MAX_REQUESTS,
      g_param_spec_uint64 ("max-requests",
          "Maximum requests",
          "Requests that this element may send from READY to READY, then it "
          "only passes frames (timing=exact: ERROR); 0: no limit."
          IN_READY, 0, G_MAXUINT64, 0, READY));
  g_object_class_install_property (klass, PROP_MAX_OUTAGE,
      g_param_spec_uint ("max-outage",
          "Maximum outage",
          "timing=exact: how long to wait for a service that does not answer "
          "(ms), waits that it orders itself left out, before ERROR; 0: for "
          "ever." IN_READY, 0, MAX_MS, DEFAULT_MAX_OUTAGE, READY));
  g_object_class_install_property (klass, PROP_TIMING,
      g_param_spec_enum ("timing", "Timing",
          "What waits for what: frames never (latest), frames for a while "
          "(aligned), upstream as long as it takes (exact)."
          IN_READY,
          gst_kakao_ocr_timing_get_type (), GST_KAKAO_OCR_TIMING_AUTO, READY));
}

static void
install_gate (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_CHANGE_THRESHOLD,
      g_param_spec_uint ("change-threshold", "Change threshold",
          "How much a block of 8x8 pixels must differ from the picture sent "
          "before, in levels of luma above the noise, for a sample to be sent; "
          "0: every sample is." IN_PLAYING, 0, 255, DEFAULT_CHANGE_THRESHOLD,
          PLAYING));
  g_object_class_install_property (klass, PROP_REFRESH_INTERVAL,
      g_param_spec_uint ("refresh-interval", "Refresh interval",
          "An unchanged picture is sent again after this much stream time "
          "(ms); 0: never." IN_PLAYING, 0, MAX_MS, 0, PLAYING));
  g_object_class_install_property (klass, PROP_MEMORY,
      g_param_spec_uint ("memory", "Memory",
          "Pictures remembered with their results, which answer when one of "
          "them comes back; 0: off. Half a megabyte each at 1920x1080."
          IN_PLAYING, 0, MAX_MEMORY, DEFAULT_MEMORY, PLAYING));
}

static void
install_frame (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_INTERVAL,
      g_param_spec_uint ("interval", "Interval",
          "Least stream time between two samples (ms); 0: every "
          "frame." IN_PLAYING, 0, MAX_MS, DEFAULT_INTERVAL, PLAYING));
  g_object_class_install_property (klass, PROP_REGION,
      gst_param_spec_array ("region", "Region",
          "The part of the frame that is sent, <x,y,width,height> in pixels; "
          "empty: all of it."
          IN_PLAYING,
          g_param_spec_int
          ("value", "Value",
              "A coordinate or size in pixels",
              0, G_MAXINT, 0, FLAGS), PLAYING));
  g_object_class_install_property (klass, PROP_MAX_DIMENSION,
      g_param_spec_uint ("max-dimension",
          "Maximum dimension",
          "Longest side of the picture that is sent, in pixels; larger ones "
          "are scaled down, never up."
          IN_PLAYING, 16, 32768, DEFAULT_MAX_DIMENSION, PLAYING));
  g_object_class_install_property (klass, PROP_IMAGE_FORMAT,
      g_param_spec_enum ("image-format",
          "Image format",
          "How the picture is encoded."
          IN_PLAYING,
          gst_kakao_ocr_image_format_get_type (), KOCR_IMAGE_JPEG, PLAYING));
  g_object_class_install_property (klass, PROP_QUALITY,
      g_param_spec_uint ("quality", "Quality",
          "JPEG quality." IN_PLAYING, 1, 100, DEFAULT_QUALITY, PLAYING));
  g_object_class_install_property (klass, PROP_LATENCY,
      g_param_spec_uint ("latency", "Latency",
          "timing=aligned: how long a frame waits for its result "
          "(ms)." IN_PLAYING, 0, MAX_MS, DEFAULT_LATENCY, PLAYING));
  g_object_class_install_property (klass, PROP_MAX_SIZE_BYTES,
      g_param_spec_uint64 ("max-size-bytes",
          "Maximum size",
          "Frames held in timing=aligned and exact, in bytes."
          IN_PLAYING, 0, G_MAXUINT64, DEFAULT_MAX_SIZE_BYTES, PLAYING));
  g_object_class_install_property (klass, PROP_RESULT_LIFETIME,
      g_param_spec_uint ("result-lifetime",
          "Result lifetime",
          "timing=latest: how long a result is carried (ms), from the first "
          "frame that carried it."
          IN_PLAYING, 0, MAX_MS, DEFAULT_RESULT_LIFETIME, PLAYING));
  g_object_class_install_property (klass, PROP_TRACK_MOTION,
      g_param_spec_boolean ("track-motion",
          "Track motion",
          "timing=latest: boxes follow the picture between results; not in "
          "memory that is slow to read." IN_PLAYING, TRUE, PLAYING));
  g_object_class_install_property (klass, PROP_DROP_UNSAMPLED,
      g_param_spec_boolean ("drop-unsampled",
          "Drop unsampled",
          "timing=exact: pass on only the sampled frames, GAP events for the "
          "others." IN_PLAYING, FALSE, PLAYING));
  g_object_class_install_property (klass, PROP_ACTIVE,
      g_param_spec_boolean ("active", "Active",
          "Whether text is recognised; else frames pass as they "
          "are." IN_PLAYING, TRUE, PLAYING));
  g_object_class_install_property (klass, PROP_ATTACH,
      g_param_spec_flags ("attach", "Attach",
          "The metas that carry a result. Some encoders act on "
          "roi." IN_PLAYING,
          gst_kakao_ocr_attach_get_type (), GST_KAKAO_OCR_ATTACH_OCR, PLAYING));
  g_object_class_install_property (klass, PROP_POST_MESSAGES,
      g_param_spec_boolean ("post-messages",
          "Post messages",
          "Whether each result is posted on the bus."
          IN_PLAYING, TRUE, PLAYING));
  g_object_class_install_property (klass, PROP_EMIT_SIGNALS,
      g_param_spec_boolean ("emit-signals",
          "Emit signals",
          "Whether each result is emitted as a signal."
          IN_PLAYING, FALSE, PLAYING));
}

void
gst_kakao_ocr_settings_install (GObjectClass * klass)
{
  install_connection (klass);
  install_frame (klass);
  install_gate (klass);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_timing_get_type (), 0);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_image_format_get_type (), 0);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_attach_get_type (), 0);
}

void
gst_kakao_ocr_settings_init (GstKakaoOcrSettings * self)
{
  *self = (GstKakaoOcrSettings) {
    .frame = {
      .interval = DEFAULT_INTERVAL * GST_MSECOND,
      .latency = DEFAULT_LATENCY * GST_MSECOND,
      .result_lifetime = DEFAULT_RESULT_LIFETIME * GST_MSECOND,
      .max_size_bytes = DEFAULT_MAX_SIZE_BYTES,
      .picture = {
            .max_dimension = DEFAULT_MAX_DIMENSION,
            .format = KOCR_IMAGE_JPEG,
            .quality = DEFAULT_QUALITY,
          },
      .gate = {
            .threshold = DEFAULT_CHANGE_THRESHOLD,
            .memory = DEFAULT_MEMORY,
          },
      .attach = GST_KAKAO_OCR_ATTACH_OCR,
      .track_motion = TRUE,
      .active = TRUE,
      .post_messages = TRUE,
  },.timeout = DEFAULT_TIMEOUT,.max_outage =
        DEFAULT_MAX_OUTAGE,.max_in_flight = DEFAULT_MAX_IN_FLIGHT,.timing =
        GST_KAKAO_OCR_TIMING_AUTO,};
}

void
gst_kakao_ocr_settings_clear (GstKakaoOcrSettings * self)
{
  g_clear_pointer (&self->endpoint, g_free);
  g_clear_pointer (&self->api_key, key_free);
  g_clear_pointer (&self->api_key_file, g_free);
  g_clear_pointer (&self->ca_file, g_free);
}

static void
replace_string (gchar ** string, const GValue * value)
{
  g_free (*string);
  *string = g_value_dup_string (value);
}

static void
set_region (gint region[4], const GValue * value)
{
  guint n = gst_value_array_get_size (value);
  gint values[4] = { 0, };

  for (guint i = 0; i < n && n == 4; i++)
    values[i] = g_value_get_int (gst_value_array_get_value (value, i));
  if ((n != 0 && n != 4) || (n == 4 && (values[2] <= 0 || values[3] <= 0))) {
    g_warning
        ("region refused: it takes no value or four, <x,y,width,height> "
        "with a width and a height above 0");
    return;
  }
  memcpy (region, values, sizeof values);
}

static void
get_region (const gint region[4], GValue * value)
{
  for (guint i = 0; i < 4 && region[2] > 0; i++) {
    GValue item = G_VALUE_INIT;

    g_value_init (&item, G_TYPE_INT);
    g_value_set_int (&item, region[i]);
    gst_value_array_append_and_take_value (value, &item);
  }
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
      key_free (self->api_key);
      self->api_key = g_value_dup_string (value);
      return TRUE;
    case PROP_API_KEY_FILE:
      replace_string (&self->api_key_file, value);
      return TRUE;
    case PROP_CA_FILE:
      replace_string (&self->ca_file, value);
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
      set_region (frame->picture.region, value);
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
      get_region (frame->picture.region, value);
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
