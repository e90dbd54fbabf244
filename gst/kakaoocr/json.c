/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <math.h>
#include <string.h>
#include <json-glib/json-glib.h>

#include "jsonguard.h"
#include "jsonwriter.h"
#include "result-private.h"

GQuark
gst_kakao_ocr_json_error_quark (void)
{
  return g_quark_from_static_string ("gst-kakao-ocr-json-error-quark");
}

static void
append_region (GString * out, const GstKakaoOcrRegion * region)
{
  guint i;

  g_string_append (out, "{\"text\":");
  kocr_json_append_text (out, region->text);
  g_string_append (out, ",\"words\":[");
  for (i = 0; region->words[i]; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    kocr_json_append_text (out, region->words[i]);
  }
  g_string_append (out, "],\"box\":");
  kocr_json_append_box (out, region->box);
  /* 0 is unknown for both, and unknown is null. */
  g_string_append (out, ",\"page\":");
  kocr_json_append_integer (out,
      region->page > 0 ? region->page : G_MAXUINT64);
  g_string_append (out, ",\"track\":");
  kocr_json_append_integer (out,
      region->track > 0 ? region->track : G_MAXUINT64);
  g_string_append_c (out, '}');
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
  GString *out;
  guint i, n;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (source == NULL || g_utf8_validate (source, -1, NULL),
      NULL);

  out = g_string_sized_new (256);
  g_string_append (out, "{\"type\":\"result\",\"source\":");
  kocr_json_append_text (out, source);
  g_string_append (out, ",\"producer\":");
  kocr_json_append_text (out,
      gst_kakao_ocr_result_get_producer (result));
  g_string_append (out, ",\"pts\":");
  kocr_json_append_integer (out,
      gst_kakao_ocr_result_get_pts (result));
  g_string_append (out, ",\"stream_time\":");
  kocr_json_append_integer (out, stream_time);
  g_string_append (out, ",\"running_time\":");
  kocr_json_append_integer (out, running_time);
  g_string_append (out, ",\"utc\":");
  kocr_json_append_utc (out, utc);
  g_string_append_printf (out,
      ",\"frame\":{\"width\":%d,\"height\":%d},\"text\":",
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result));
  kocr_json_append_text (out, gst_kakao_ocr_result_get_text (result));
  g_string_append_printf (out, ",\"truncated\":%s,\"latency\":",
      gst_kakao_ocr_result_get_truncated (result) ? "true" : "false");
  kocr_json_append_integer (out,
      gst_kakao_ocr_result_get_latency (result));
  g_string_append (out, ",\"regions\":[");
  n = gst_kakao_ocr_result_get_n_regions (result);
  for (i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_region (out, gst_kakao_ocr_result_get_region (result, i));
  }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

gchar *
gst_kakao_ocr_text_track_to_json (const GstKakaoOcrTextTrack * track,
    const gchar * source)
{
  GString *out;

  g_return_val_if_fail (track != NULL, NULL);
  g_return_val_if_fail (source == NULL || g_utf8_validate (source, -1, NULL),
      NULL);

  out = g_string_sized_new (256);
  g_string_append (out, "{\"type\":\"track\",\"source\":");
  kocr_json_append_text (out, source);
  g_string_append (out, ",\"producer\":");
  kocr_json_append_text (out, track->producer);
  g_string_append (out, ",\"track\":");
  kocr_json_append_integer (out, track->id);
  g_string_append (out, ",\"text\":");
  kocr_json_append_text (out, track->text);
  g_string_append (out, ",\"start\":");
  kocr_json_append_integer (out, track->start);
  g_string_append (out, ",\"end\":");
  kocr_json_append_integer (out, track->end);
  g_string_append (out, ",\"samples\":");
  kocr_json_append_integer (out, track->n_samples);
  g_string_append (out, ",\"agreement\":");
  kocr_json_append_number (out, track->agreement);
  g_string_append_printf (out, ",\"moving\":%s",
      track->moving ? "true" : "false");
  g_string_append (out, ",\"box\":");
  kocr_json_append_box (out, track->box);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
fail (GError ** error, const gchar * key, const gchar * expected)
{
  g_set_error (error, GST_KAKAO_OCR_JSON_ERROR,
      GST_KAKAO_OCR_JSON_ERROR_SCHEMA, "\"%s\" is not %s", key, expected);
  return FALSE;
}

/* An integer from @min to 2^53, or null for unknown. */
static gboolean
read_integer (JsonNode * node, const gchar * key, gint64 min, guint64 unknown,
    guint64 * value, GError ** error)
{
  gint64 integer;

  if (node && JSON_NODE_HOLDS_NULL (node)) {
    *value = unknown;
    return TRUE;
  }
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (error, key, "an integer or null");
  integer = json_node_get_int (node);
  if (integer < min
      || (guint64) MAX (integer, 0) > GST_KAKAO_OCR_JSON_MAX_INTEGER)
    return fail (error, key, "an integer in range");
  *value = integer;
  return TRUE;
}

static const gchar *
read_string (JsonNode * node, const gchar * key, GError ** error)
{
  if (node && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  fail (error, key, "a string");
  return NULL;
}

static JsonArray *
read_array (JsonNode * node, const gchar * key, GError ** error)
{
  if (node && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  fail (error, key, "an array");
  return NULL;
}

static JsonObject *
read_object (JsonNode * node, const gchar * key, GError ** error)
{
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  fail (error, key, "an object");
  return NULL;
}

static gboolean
read_words (JsonNode * node, gchar *** words, GError ** error)
{
  JsonArray *array = read_array (node, "words", error);
  g_autoptr (GPtrArray) texts = NULL;
  guint i, n;

  if (array == NULL)
    return FALSE;
  n = json_array_get_length (array);
  texts = g_ptr_array_new_full (n + 1, g_free);
  for (i = 0; i < n; i++) {
    const gchar *word =
        read_string (json_array_get_element (array, i), "words", error);

    if (word == NULL)
      return FALSE;
    g_ptr_array_add (texts, g_strdup (word));
  }
  g_ptr_array_add (texts, NULL);
  *words = (gchar **) g_ptr_array_steal (texts, NULL);
  return TRUE;
}

static gboolean
read_box (JsonNode * node, gdouble box[GST_KAKAO_OCR_BOX_LEN], GError ** error)
{
  JsonArray *corners = read_array (node, "box", error);
  guint i;

  if (corners == NULL)
    return FALSE;
  if (json_array_get_length (corners) != GST_KAKAO_OCR_BOX_LEN / 2)
    return fail (error, "box", "four corners");
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++) {
    JsonArray *corner =
        read_array (json_array_get_element (corners, i / 2), "box", error);
    JsonNode *number;
    GType type;

    if (corner == NULL)
      return FALSE;
    if (json_array_get_length (corner) != 2)
      return fail (error, "box", "four pairs of numbers");
    number = json_array_get_element (corner, i % 2);
    type = json_node_get_value_type (number);
    if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
      return fail (error, "box", "four pairs of numbers");
    box[i] = json_node_get_double (number);
  }
  if (!kocr_box_is_valid (box))
    return fail (error, "box", "near any frame");
  return TRUE;
}

static void
region_clear (GstKakaoOcrRegion * region)
{
  g_free (region->text);
  g_strfreev (region->words);
}

/* On failure @region holds what was read until then. */
static gboolean
read_region (JsonNode * node, GstKakaoOcrRegion * region, GError ** error)
{
  JsonObject *object = read_object (node, "regions", error);
  guint64 page;

  if (object == NULL)
    return FALSE;
  region->text = g_strdup (read_string (json_object_get_member (object,
              "text"), "text", error));
  if (region->text == NULL ||
      !read_words (json_object_get_member (object, "words"), &region->words,
          error) ||
      !read_box (json_object_get_member (object, "box"), region->box, error) ||
      !read_integer (json_object_get_member (object, "page"), "page", 1, 0,
          &page, error) ||
      !read_integer (json_object_get_member (object, "track"), "track", 1, 0,
          &region->track, error))
    return FALSE;
  if (page > G_MAXUINT)
    return fail (error, "page", "an integer in range");
  region->page = page;
  return TRUE;
}

/* The regions as an array of GstKakaoOcrRegion. */
static GArray *
read_regions (JsonNode * node, GError ** error)
{
  JsonArray *array = read_array (node, "regions", error);
  g_autoptr (GArray) regions = NULL;
  guint i, n;

  if (array == NULL)
    return NULL;
  n = json_array_get_length (array);
  regions = g_array_sized_new (FALSE, TRUE, sizeof (GstKakaoOcrRegion), n);
  g_array_set_clear_func (regions, (GDestroyNotify) region_clear);
  g_array_set_size (regions, n);
  for (i = 0; i < n; i++) {
    if (!read_region (json_array_get_element (array, i),
            &g_array_index (regions, GstKakaoOcrRegion, i), error))
      return NULL;
  }
  return g_steal_pointer (&regions);
}

static gboolean
read_frame_size (JsonNode * node, gint * width, gint * height, GError ** error)
{
  JsonObject *object = read_object (node, "frame", error);
  guint64 w, h;

  if (object == NULL ||
      !read_integer (json_object_get_member (object, "width"), "width", 1, 0,
          &w, error) ||
      !read_integer (json_object_get_member (object, "height"), "height", 1, 0,
          &h, error))
    return FALSE;
  if (w == 0 || w > G_MAXINT || h == 0 || h > G_MAXINT)
    return fail (error, "frame", "a size in pixels");
  *width = w;
  *height = h;
  return TRUE;
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
    if (node && !JSON_NODE_HOLDS_NULL (node) &&
        read_string (node, strings[i], error) == NULL)
      return FALSE;
  }
  for (i = 0; i < G_N_ELEMENTS (times); i++) {
    node = json_object_get_member (object, times[i]);
    if (node && !read_integer (node, times[i], 0, 0, &time, error))
      return FALSE;
  }
  return TRUE;
}

static GstKakaoOcrResult *
read_result (JsonObject * object, GError ** error)
{
  g_autoptr (GArray) regions = NULL;
  const gchar *type;
  GstClockTime pts, latency;
  JsonNode *truncated, *producer;
  GstKakaoOcrResult *result;
  gint width = 0, height = 0;

  type = read_string (json_object_get_member (object, "type"), "type", error);
  if (type == NULL)
    return NULL;
  if (!g_str_equal (type, "result")) {
    fail (error, "type", "\"result\"");
    return NULL;
  }
  truncated = json_object_get_member (object, "truncated");
  if (truncated == NULL ||
      json_node_get_value_type (truncated) != G_TYPE_BOOLEAN) {
    fail (error, "truncated", "true or false");
    return NULL;
  }
  if (!check_surroundings (object, error) ||
      !read_integer (json_object_get_member (object, "pts"), "pts", 0,
          GST_CLOCK_TIME_NONE, &pts, error) ||
      !read_integer (json_object_get_member (object, "latency"), "latency", 0,
          GST_CLOCK_TIME_NONE, &latency, error) ||
      !read_frame_size (json_object_get_member (object, "frame"), &width,
          &height, error))
    return NULL;
  regions = read_regions (json_object_get_member (object, "regions"), error);
  if (regions == NULL)
    return NULL;
  result = gst_kakao_ocr_result_new (pts, width, height,
      (const GstKakaoOcrRegion *) regions->data, regions->len,
      json_node_get_boolean (truncated), latency);
  producer = json_object_get_member (object, "producer");
  if (producer && !JSON_NODE_HOLDS_NULL (producer))
    gst_kakao_ocr_result_set_producer (result, json_node_get_string (producer));
  return result;
}

/* The members of all objects below @node; the guard has bounded the depth. */
static guint
count_members (JsonNode * node)
{
  guint n = 0;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *member;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &member))
      n += 1 + count_members (member);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint i, length = json_array_get_length (array);

    for (i = 0; i < length; i++)
      n += count_members (json_array_get_element (array, i));
  }
  return n;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_from_json (const gchar * json, GError ** error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) json_error = NULL;
  guint n_members;
  JsonNode *root;
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kocr_json_guard (json, strlen (json), &n_members, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, json, -1, &json_error)) {
    g_set_error_literal (error, GST_KAKAO_OCR_JSON_ERROR,
        GST_KAKAO_OCR_JSON_ERROR_SYNTAX, json_error->message);
    return NULL;
  }
  root = json_parser_get_root (parser);
  object = read_object (root, "the line", error);
  if (object == NULL)
    return NULL;
  if (count_members (root) != n_members) {
    fail (error, "the line", "free of double keys");
    return NULL;
  }
  return read_result (object, error);
}
