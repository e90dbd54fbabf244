/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <string.h>

#include "json/document.h"
#include "json/reader.h"
#include "json/writer.h"
#include "region-private.h"
#include "regionfields.h"

/* A result of a thousand regions has 200 kB and 24,000 values at a depth of 5.
 */
static const KocrJsonLimits limits = {
  .max_bytes = 1024 * 1024,
  .max_depth = 32,
  .max_values = 65536,
  .max_digits = 18,
};

GQuark
gst_kakao_ocr_json_error_quark (void)
{
  return g_quark_from_static_string ("gst-kakao-ocr-json-error-quark");
}

gchar *
gst_kakao_ocr_result_to_json (GstKakaoOcrResult * result)
{
  return gst_kakao_ocr_result_to_json_full (result, NULL, GST_CLOCK_TIME_NONE,
      GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE);
}

gchar *
gst_kakao_ocr_result_to_json_full (GstKakaoOcrResult * result,
    const gchar * source, GstClockTime stream_time, GstClockTime running_time,
    GstClockTime utc)
{
  KocrJsonWriter writer = { NULL };
  guint i, n;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (source == NULL || g_utf8_validate (source, -1, NULL),
      NULL);

  writer.text = g_string_sized_new (256);
  kocr_json_open (&writer, NULL, '{');
  kocr_json_add_text (&writer, "type", "result");
  kocr_json_add_text (&writer, "source", source);
  kocr_json_add_text (&writer, "producer",
      gst_kakao_ocr_result_get_producer (result));
  kocr_json_add_integer (&writer, "pts", gst_kakao_ocr_result_get_pts (result));
  kocr_json_add_integer (&writer, "stream_time", stream_time);
  kocr_json_add_integer (&writer, "running_time", running_time);
  kocr_json_add_utc (&writer, "utc", utc);
  kocr_json_open (&writer, "frame", '{');
  kocr_json_add_integer (&writer, "width",
      gst_kakao_ocr_result_get_width (result));
  kocr_json_add_integer (&writer, "height",
      gst_kakao_ocr_result_get_height (result));
  kocr_json_close (&writer, '}');
  kocr_json_add_text (&writer, "text", gst_kakao_ocr_result_get_text (result));
  kocr_json_add_boolean (&writer, "truncated",
      gst_kakao_ocr_result_get_truncated (result));
  kocr_json_add_integer (&writer, "latency",
      gst_kakao_ocr_result_get_latency (result));
  kocr_json_open (&writer, "regions", '[');
  n = gst_kakao_ocr_result_get_n_regions (result);
  for (i = 0; i < n; i++)
    kocr_region_write (gst_kakao_ocr_result_get_region (result, i), &writer);
  kocr_json_close (&writer, ']');
  kocr_json_close (&writer, '}');
  return kocr_json_finish (&writer);
}

gchar *
gst_kakao_ocr_text_track_to_json (const GstKakaoOcrTextTrack * track,
    const gchar * source)
{
  KocrJsonWriter writer = { NULL };

  g_return_val_if_fail (track != NULL, NULL);
  g_return_val_if_fail (source == NULL || g_utf8_validate (source, -1, NULL),
      NULL);

  writer.text = g_string_sized_new (256);
  kocr_json_open (&writer, NULL, '{');
  kocr_json_add_text (&writer, "type", "track");
  kocr_json_add_text (&writer, "source", source);
  kocr_json_add_text (&writer, "producer", track->producer);
  kocr_json_add_integer (&writer, "track", track->id);
  kocr_json_add_text (&writer, "text", track->text);
  kocr_json_add_integer (&writer, "start", track->start);
  kocr_json_add_integer (&writer, "end", track->end);
  kocr_json_add_integer (&writer, "samples", track->n_samples);
  kocr_json_add_number (&writer, "agreement", track->agreement);
  kocr_json_add_boolean (&writer, "moving", track->moving);
  kocr_json_add_box (&writer, "box", track->box);
  kocr_json_close (&writer, '}');
  return kocr_json_finish (&writer);
}

static gboolean
fail (GError ** error, const gchar * key, const gchar * expected)
{
  g_set_error (error, GST_KAKAO_OCR_JSON_ERROR,
      GST_KAKAO_OCR_JSON_ERROR_SCHEMA, "\"%s\" is not %s", key, expected);
  return FALSE;
}

static gboolean
read_integer (JsonObject * object, const gchar * key, guint64 * value,
    GError ** error)
{
  return kocr_json_node_integer (json_object_get_member (object, key), 0,
      GST_CLOCK_TIME_NONE, value) || fail (error, key,
      "an integer in range, or null");
}

static gboolean
read_size (JsonObject * frame, const gchar * key, gint * value,
    GError ** error)
{
  guint64 size;

  if (!kocr_json_node_integer (json_object_get_member (frame, key), 1,
          G_MAXUINT64, &size) || size > G_MAXINT)
    return fail (error, key, "a size in pixels");
  *value = size;
  return TRUE;
}

/* The regions as an array of GstKakaoOcrRegion. */
static GArray *
read_regions (JsonObject * result, GError ** error)
{
  JsonArray *array =
      kocr_json_node_array (json_object_get_member (result, "regions"));
  g_autoptr (GArray) regions = NULL;
  guint i, n;

  if (array == NULL) {
    fail (error, "regions", "an array");
    return NULL;
  }
  n = json_array_get_length (array);
  regions = g_array_sized_new (FALSE, TRUE, sizeof (GstKakaoOcrRegion), n);
  g_array_set_clear_func (regions, (GDestroyNotify) kocr_region_clear);
  g_array_set_size (regions, n);
  for (i = 0; i < n; i++) {
    JsonObject *object =
        kocr_json_node_object (json_array_get_element (array, i));
    const gchar *key = "regions", *expected = "an array of objects";

    if (object == NULL || !kocr_region_read (&g_array_index (regions,
                GstKakaoOcrRegion, i), object, &key, &expected)) {
      fail (error, key, expected);
      return NULL;
    }
  }
  return g_steal_pointer (&regions);
}

/* What a line tells beside the result: may be left out, must not be wrong. */
static gboolean
check_surroundings (JsonObject * object, GError ** error)
{
  static const gchar *strings[] = { "source", "producer", "utc", "text" };
  static const gchar *times[] = { "stream_time", "running_time" };
  guint64 time;
  JsonNode *node;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (strings); i++) {
    node = json_object_get_member (object, strings[i]);
    if (node && !JSON_NODE_HOLDS_NULL (node)
        && kocr_json_node_text (node) == NULL)
      return fail (error, strings[i], "a string");
  }
  for (i = 0; i < G_N_ELEMENTS (times); i++) {
    if (json_object_has_member (object, times[i])
        && !read_integer (object, times[i], &time, error))
      return FALSE;
  }
  return TRUE;
}

static GstKakaoOcrResult *
read_result (JsonObject * object, GError ** error)
{
  const gchar *type = kocr_json_node_text (json_object_get_member (object,
          "type"));
  JsonObject *frame = kocr_json_node_object (json_object_get_member (object,
          "frame"));
  g_autoptr (GArray) regions = NULL;
  GstClockTime pts, latency;
  gboolean truncated;
  GstKakaoOcrResult *result;
  gint width = 0, height = 0;

  if (g_strcmp0 (type, "result") != 0) {
    fail (error, "type", "\"result\"");
    return NULL;
  }
  if (!kocr_json_node_boolean (json_object_get_member (object, "truncated"),
          &truncated)) {
    fail (error, "truncated", "true or false");
    return NULL;
  }
  if (frame == NULL) {
    fail (error, "frame", "an object");
    return NULL;
  }
  if (!check_surroundings (object, error) ||
      !read_integer (object, "pts", &pts, error) ||
      !read_integer (object, "latency", &latency, error) ||
      !read_size (frame, "width", &width, error) ||
      !read_size (frame, "height", &height, error))
    return NULL;
  regions = read_regions (object, error);
  if (regions == NULL)
    return NULL;
  result = gst_kakao_ocr_result_new (pts, width, height,
      (const GstKakaoOcrRegion *) regions->data, regions->len, truncated,
      latency);
  gst_kakao_ocr_result_set_producer (result,
      kocr_json_node_text (json_object_get_member (object, "producer")));
  return result;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_from_json (const gchar * json, GError ** error)
{
  static const GstKakaoOcrJsonError codes[] = {
    [KOCR_JSON_TOO_LARGE] = GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE,
    [KOCR_JSON_NO_JSON] = GST_KAKAO_OCR_JSON_ERROR_SYNTAX,
    [KOCR_JSON_NO_OBJECT] = GST_KAKAO_OCR_JSON_ERROR_SCHEMA,
    [KOCR_JSON_NAME_TWICE] = GST_KAKAO_OCR_JSON_ERROR_SCHEMA,
  };
  g_autoptr (JsonParser) parser = NULL;
  KocrJsonProblem problem;
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  object = kocr_json_load (json, strlen (json), &limits, &parser, &problem);
  if (object == NULL) {
    g_set_error (error, GST_KAKAO_OCR_JSON_ERROR, codes[problem.fault],
        "The line has %s (byte %" G_GSIZE_FORMAT ")", problem.text,
        problem.at);
    return NULL;
  }
  return read_result (object, error);
}
