/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/messages.h"

#include "result/sample.h"

/* The error codes of GStreamer that applications know, for ours. */
static const struct
{
  KocrErrorCode code;
  gint resource;                /* GstResourceError, or -1 */
  gint stream;                  /* GstStreamError */
} gst_codes[] = {
  {KOCR_ERROR_CONFIGURATION, GST_RESOURCE_ERROR_SETTINGS, 0},
  {KOCR_ERROR_CREDENTIALS, GST_RESOURCE_ERROR_NOT_AUTHORIZED, 0},
  {KOCR_ERROR_CERTIFICATE, GST_RESOURCE_ERROR_OPEN_READ_WRITE, 0},
  {KOCR_ERROR_PICTURE, -1, GST_STREAM_ERROR_FORMAT},
  {KOCR_ERROR_REFUSED, -1, GST_STREAM_ERROR_ENCODE},
  {KOCR_ERROR_THROTTLED, GST_RESOURCE_ERROR_BUSY, 0},
  {KOCR_ERROR_UNAVAILABLE, GST_RESOURCE_ERROR_READ, 0},
  {KOCR_ERROR_NETWORK, GST_RESOURCE_ERROR_OPEN_READ_WRITE, 0},
  {KOCR_ERROR_TIMEOUT, GST_RESOURCE_ERROR_READ, 0},
  {KOCR_ERROR_ANSWER, -1, GST_STREAM_ERROR_DECODE},
  {KOCR_ERROR_LOCAL_SERVICE, GST_RESOURCE_ERROR_NOT_FOUND, 0},
  {KOCR_ERROR_EXHAUSTED, GST_RESOURCE_ERROR_NO_SPACE_LEFT, 0},
};

static GError *
gst_error_for (const GError * error)
{
  for (guint i = 0; i < G_N_ELEMENTS (gst_codes); i++) {
    if (!g_error_matches (error, KOCR_ERROR, gst_codes[i].code))
      continue;
    if (gst_codes[i].resource >= 0)
      return g_error_new_literal (GST_RESOURCE_ERROR, gst_codes[i].resource,
          error->message);
    return g_error_new_literal (GST_STREAM_ERROR, gst_codes[i].stream,
        error->message);
  }
  return g_error_new_literal (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED,
      error->message);
}

/* Where to go on is what a user has to know, who may not see the details. */
static void
add_resume_pts (GError ** error, GstClockTime pts)
{
  GError *longer = g_error_new ((*error)->domain, (*error)->code,
      "%s The run can be resumed at %" GST_TIME_FORMAT ".", (*error)->message,
      GST_TIME_ARGS (pts));

  g_error_free (*error);
  *error = longer;
}

/* For who looks closer. */
static gchar *
debug_new (GstObject * source, const KocrOcrProblem * problem)
{
  g_autofree gchar *path = gst_object_get_path_string (source);

  if (problem->http_status != 0)
    return g_strdup_printf ("%s: HTTP status %u%s%s", path,
        problem->http_status, problem->code ? ", code " : "",
        problem->code ? problem->code : "");
  return g_strdup_printf ("%s%s", path, problem->asked ?
      ": no answer of the service" : "");
}

static GstStructure *
details_new (guint http_status, const gchar * code, guint64 frames_lost,
    GstClockTime resume_pts)
{
  return gst_structure_new ("details", "http-status", G_TYPE_UINT,
      http_status, "code", G_TYPE_STRING, code,
      "frames-lost", G_TYPE_UINT64, frames_lost,
      "resume-pts", G_TYPE_UINT64, resume_pts, NULL);
}

GstMessage *
kocr_ocr_message_new_problem (GstObject * source, GstMessageType type,
    const KocrOcrProblem * problem)
{
  g_autoptr (GError) error = gst_error_for (problem->error);
  g_autofree gchar *debug = debug_new (source, problem);
  GstStructure *details = details_new (problem->http_status, problem->code,
      problem->frames_lost,
      problem->resume_pts);

  if (type == GST_MESSAGE_ERROR
      && GST_CLOCK_TIME_IS_VALID (problem->resume_pts))
    add_resume_pts (&error, problem->resume_pts);
  return type ==
      GST_MESSAGE_ERROR ? gst_message_new_error_with_details (source, error,
      debug,
      details) :
      gst_message_new_warning_with_details (source, error, debug, details);
}

GstMessage *
kocr_ocr_message_new_recovered (GstObject * source, guint64 frames_lost)
{
  g_autoptr (GError) error = g_error_new_literal (GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_FAILED, "The text recognition service answers again.");

  return gst_message_new_warning_with_details (source, error, NULL,
      details_new (0, NULL, frames_lost, GST_CLOCK_TIME_NONE));
}

static void
take_regions (GstStructure * structure, GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  GValue list = G_VALUE_INIT;

  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = 0; i < n; i++) {
    GValue value = G_VALUE_INIT;

    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value,
        gst_kakao_ocr_region_to_structure (gst_kakao_ocr_result_get_region
            (result, i)));
    gst_value_list_append_and_take_value (&list, &value);
  }
  gst_structure_take_value (structure, "regions", &list);
}

GstKakaoOcrResult *
kocr_ocr_message_shown_result (const KocrRequest * request)
{
  GstKakaoOcrResult *result = kocr_sample_of (request)->tracked;
  const gint *shown = request->transfer.shown;

  if (shown[2] == 0 || (shown[2] == gst_kakao_ocr_result_get_width (result)
          && shown[3] == gst_kakao_ocr_result_get_height (result)))
    return gst_kakao_ocr_result_ref (result);
  return gst_kakao_ocr_result_crop (result, shown[0], shown[1], shown[2],
      shown[3]);
}

GstMessage *
kocr_ocr_message_new_result (GstObject * source, const KocrRequest * request,
    GstKakaoOcrResult * result)
{
  g_autofree gchar *json = gst_kakao_ocr_result_to_json_full (result, NULL,
      request->asked.stream_time,
      kocr_sample_of (request)->times.running_time,
      GST_CLOCK_TIME_NONE);
  GstStructure *structure = gst_structure_new ("kakaoocr-result",
      "timestamp", G_TYPE_UINT64,
      request->asked.pts,
      "stream-time", G_TYPE_UINT64,
      request->asked.stream_time,
      "running-time", G_TYPE_UINT64,
      kocr_sample_of (request)->times.running_time,
      "duration", G_TYPE_UINT64,
      kocr_sample_of (request)->times.duration,
      "width", G_TYPE_INT,
      gst_kakao_ocr_result_get_width (result),
      "height", G_TYPE_INT,
      gst_kakao_ocr_result_get_height (result),
      "text", G_TYPE_STRING,
      gst_kakao_ocr_result_get_text (result),
      "json", G_TYPE_STRING, json,
      "truncated", G_TYPE_BOOLEAN,
      gst_kakao_ocr_result_get_truncated (result),
      "latency", G_TYPE_UINT64,
      gst_kakao_ocr_result_get_latency (result),
      "result",
      GST_TYPE_KAKAO_OCR_RESULT,
      result, NULL);

  take_regions (structure, result);
  return gst_message_new_element (source, structure);
}

GstMessage *
kocr_ocr_message_new_stats (GstObject * source, GstStructure * stats)
{
  gst_structure_set_name (stats, "kakaoocr-stats");
  return gst_message_new_element (source, stats);
}
