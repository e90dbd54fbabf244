/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/properties.h"

#include "http/endpoint.h"

#define MAX_MS 86400000u        /* a day */
#define MAX_MEMORY 1024

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
gst_kakao_ocr_orientation_get_type (void)
{
  static const GEnumValue turns[] = {
    {GST_KAKAO_OCR_TURN_AUTO, "As the tag image-orientation says", "auto"},
    {GST_VIDEO_ORIENTATION_IDENTITY, "As it is", "0"},
    {GST_VIDEO_ORIENTATION_90R, "Clockwise by 90 degrees", "90r"},
    {GST_VIDEO_ORIENTATION_180, "By 180 degrees", "180"},
    {GST_VIDEO_ORIENTATION_90L, "Counter-clockwise by 90 degrees", "90l"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstKakaoOcrOrientation", turns));
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
  g_object_class_install_property (klass, PROP_LOCAL_LANGUAGES,
      g_param_spec_string ("local-languages", "Local languages",
          "The service bundled for this machine: Tesseract's languages that it "
          "reads, joined by +. Debian's package of each is "
          "tesseract-ocr-LANGUAGE." IN_READY, KOCR_ENDPOINT_LANGUAGES, READY));
  g_object_class_install_property (klass, PROP_TIMEOUT,
      g_param_spec_uint ("timeout", "Timeout",
          "How long a frame's recognition may take with all attempts (ms); "
          "timing=exact: each attempt."
          IN_READY, 1, MAX_MS, KOCR_DEFAULT_TIMEOUT, READY));
  g_object_class_install_property (klass, PROP_MAX_IN_FLIGHT,
      g_param_spec_uint ("max-in-flight",
          "Maximum in flight",
          "Concurrent requests of all elements in the process with the same "
          "endpoint, key and CA; the smallest setting among them "
          "wins." IN_READY, 1, 64, KOCR_DEFAULT_MAX_IN_FLIGHT, READY));
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
          "ever." IN_READY, 0, MAX_MS, KOCR_DEFAULT_MAX_OUTAGE, READY));
  g_object_class_install_property (klass, PROP_STATS_INTERVAL,
      g_param_spec_uint ("stats-interval", "Statistics interval",
          "stats is posted as an element message kakaoocr-stats this often "
          "(ms), and at EOS; 0: never." IN_READY, 0, MAX_MS, 0, READY));
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
          "0: every sample is." IN_PLAYING,
          0, 255, KOCR_DEFAULT_CHANGE_THRESHOLD, PLAYING));
  g_object_class_install_property (klass, PROP_REFRESH_INTERVAL,
      g_param_spec_uint ("refresh-interval", "Refresh interval",
          "An unchanged picture is sent again after this much stream time "
          "(ms); 0: never." IN_PLAYING, 0, MAX_MS, 0, PLAYING));
  g_object_class_install_property (klass, PROP_MEMORY,
      g_param_spec_uint ("memory", "Memory",
          "Pictures remembered with their results, which answer when one of "
          "them comes back; 0: off. Half a megabyte each at 1920x1080."
          IN_PLAYING, 0, MAX_MEMORY, KOCR_DEFAULT_MEMORY, PLAYING));
}

static void
install_frame (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_INTERVAL,
      g_param_spec_uint ("interval", "Interval",
          "Least stream time between two samples (ms); 0: every "
          "frame." IN_PLAYING, 0, MAX_MS, KOCR_DEFAULT_INTERVAL, PLAYING));
  g_object_class_install_property (klass, PROP_REGION,
      gst_param_spec_array ("region", "Region",
          "The part of the picture that is read, <x,y,width,height> in pixels, "
          "or <0.0,0.67,1.0,0.33> in parts of its size; empty: all of it. Text "
          "whose middle is outside is left out."
          IN_PLAYING, NULL, PLAYING));
  g_object_class_install_property (klass, PROP_MASK,
      gst_param_spec_array ("mask", "Mask",
          "Parts of the picture that are never read nor sent, "
          "<<x,y,width,height>,...> as in region: a clock, a channel's logo."
          IN_PLAYING, NULL, PLAYING));
  g_object_class_install_property (klass, PROP_ORIENTATION,
      g_param_spec_enum ("orientation", "Orientation",
          "How a sample is turned before it is read; boxes stay in the frame's "
          "own pixels." IN_PLAYING,
          gst_kakao_ocr_orientation_get_type (), GST_KAKAO_OCR_TURN_AUTO,
          PLAYING));
  g_object_class_install_property (klass, PROP_MAX_DIMENSION,
      g_param_spec_uint ("max-dimension",
          "Maximum dimension",
          "Longest side of the picture that is sent, in pixels; larger ones "
          "are scaled down, never up."
          IN_PLAYING, 16, 32768, KOCR_DEFAULT_MAX_DIMENSION, PLAYING));
  g_object_class_install_property (klass, PROP_IMAGE_FORMAT,
      g_param_spec_enum ("image-format",
          "Image format",
          "How the picture is encoded."
          IN_PLAYING,
          gst_kakao_ocr_image_format_get_type (), KOCR_IMAGE_JPEG, PLAYING));
  g_object_class_install_property (klass, PROP_QUALITY,
      g_param_spec_uint ("quality", "Quality",
          "JPEG quality." IN_PLAYING, 1, 100, KOCR_DEFAULT_QUALITY, PLAYING));
  g_object_class_install_property (klass, PROP_LATENCY,
      g_param_spec_uint ("latency", "Latency",
          "timing=aligned: how long a frame waits for its result "
          "(ms)." IN_PLAYING, 0, MAX_MS, KOCR_DEFAULT_LATENCY, PLAYING));
  g_object_class_install_property (klass, PROP_MAX_SIZE_BYTES,
      g_param_spec_uint64 ("max-size-bytes",
          "Maximum size",
          "Frames held in timing=aligned and exact, in bytes."
          IN_PLAYING, 0, G_MAXUINT64, KOCR_DEFAULT_MAX_SIZE_BYTES, PLAYING));
  g_object_class_install_property (klass, PROP_RESULT_LIFETIME,
      g_param_spec_uint ("result-lifetime",
          "Result lifetime",
          "timing=latest: how long a result is carried (ms), from the first "
          "frame that carried it; no less than two intervals, but with 0 not "
          "at all."
          IN_PLAYING, 0, MAX_MS, KOCR_DEFAULT_RESULT_LIFETIME, PLAYING));
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
  g_object_class_install_property (klass, PROP_SAMPLE_ON_CHANGE,
      g_param_spec_boolean ("sample-on-change",
          "Sample on change",
          "Also sample the first steady picture after a change, between two "
          "due samples, and in timing=exact the last picture before EOS when "
          "it is new; counts against max-rate and max-requests."
          IN_PLAYING, FALSE, PLAYING));
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
kocr_ocr_properties_install (GObjectClass * klass)
{
  install_connection (klass);
  install_frame (klass);
  install_gate (klass);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_timing_get_type (), 0);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_image_format_get_type (), 0);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_orientation_get_type (), 0);
  gst_type_mark_as_plugin_api (gst_kakao_ocr_attach_get_type (), 0);
}

