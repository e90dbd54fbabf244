/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/response.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "http/jsonguard.h"
#include "http/quad.h"
#include "picture/unread.h"

/* Beyond any picture's pixels; farther corners are said to be here, so that no
 * product of them overflows. */
#define MAX_COORDINATE 1e6

/* Page of a region that is told of from another part of the picture. */
#define ELSEWHERE G_MAXUINT

static gboolean
fail (GError ** error, const gchar * problem)
{
  g_set_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER,
      "The service's answer is not usable: %s. Check that `endpoint` is a "
      "General OCR API.", problem);
  return FALSE;
}

static void
region_clear (gpointer data)
{
  GstKakaoOcrRegion *region = data;

  g_free (region->text);
  g_strfreev (region->words);
}

static JsonArray *
node_array (JsonNode * node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) :
      NULL;
}

static JsonObject *
node_object (JsonNode * node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) :
      NULL;
}

static gboolean
node_number (JsonNode * node, gdouble * value)
{
  GType type = node ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (!node || !JSON_NODE_HOLDS_VALUE (node)
      || (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE))
    return FALSE;
  *value = type == G_TYPE_INT64 ? (gdouble) json_node_get_int (node) :
      json_node_get_double (node);
  return isfinite (*value);
}

static gboolean
parse_box (JsonNode * node, gdouble box[8], GError ** error)
{
  JsonArray *corners = node_array (node);
  guint i;

  if (!corners || json_array_get_length (corners) != 4)
    return fail (error, "a box does not have four corners");
  for (i = 0; i < 4; i++) {
    JsonArray *corner = node_array (json_array_get_element (corners, i));

    if (!corner || json_array_get_length (corner) != 2
        || !node_number (json_array_get_element (corner, 0), &box[2 * i])
        || !node_number (json_array_get_element (corner, 1), &box[2 * i + 1]))
      return fail (error, "a corner of a box is not two numbers");
  }
  for (i = 0; i < 8; i++)
    box[i] = CLAMP (box[i], -MAX_COORDINATE, MAX_COORDINATE);
  return TRUE;
}

static gboolean
parse_words (JsonNode * node, GstKakaoOcrRegion * region, GError ** error)
{
  JsonArray *words = node_array (node);
  gsize length = 0;
  guint i, n;

  if (!words)
    return fail (error, "a region has no list of words");
  n = json_array_get_length (words);
  region->words = g_new0 (gchar *, n + 1);
  for (i = 0; i < n; i++) {
    JsonNode *word = json_array_get_element (words, i);

    if (!JSON_NODE_HOLDS_VALUE (word)
        || json_node_get_value_type (word) != G_TYPE_STRING)
      return fail (error, "a word is not a text");
    region->words[i] = g_strdup (json_node_get_string (word));
    length += strlen (region->words[i]);
    if (length > KOCR_RESPONSE_MAX_TEXT)
      return fail (error, "a region has too much text");
  }
  region->text = g_strjoinv (NULL, region->words);
  return TRUE;
}

static gboolean
text_is_blank (const gchar * text)
{
  for (; *text; text = g_utf8_next_char (text)) {
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  }
  return TRUE;
}

/* The guide spells it both ways. */
static JsonNode *
get_either (JsonObject * object, const gchar * name, const gchar * other)
{
  JsonNode *node = json_object_get_member (object, name);

  return node ? node : json_object_get_member (object, other);
}

static gboolean
parse_page_number (JsonObject * page, guint * number, GError ** error)
{
  JsonNode *node = get_either (page, "page", "pages");
  gdouble value = 0;

  /* Nothing depends on it, so it may be absent. */
  if (node && !JSON_NODE_HOLDS_NULL (node) && !node_number (node, &value))
    return fail (error, "a page's number is not a number");
  *number = value >= 1 && value <= G_MAXINT ? (guint) value : 0;
  return TRUE;
}

static gboolean
fit_into_shown (gdouble box[8], const KocrPicture * picture)
{
  gint shown[4];
  gboolean fits;

  kocr_picture_get_shown (picture, shown);
  for (guint i = 0; i < 8; i++)
    box[i] -= shown[i % 2];
  fits = kocr_quad_fit (box, shown[2], shown[3]);
  for (guint i = 0; i < 8; i++)
    box[i] += shown[i % 2];
  return fits;
}

static gboolean
parse_region (JsonNode * node, guint page, const KocrPicture * picture,
    GArray * regions, guint * dropped, GError ** error)
{
  JsonObject *object = node_object (node);
  GstKakaoOcrRegion region = { NULL };

  if (!object)
    return fail (error, "a region is not an object");
  region.page = page;
  if (!parse_box (json_object_get_member (object, "box"), region.box, error))
    return FALSE;
  if (!parse_words (get_either (object, "recognized_word",
              "recongnized_word"), &region, error)) {
    region_clear (&region);
    return FALSE;
  }

  if (!kocr_picture_counts (picture, region.box))
    region.page = ELSEWHERE;
  kocr_picture_to_frame (picture, region.box);
  if (text_is_blank (region.text) || !fit_into_shown (region.box, picture)) {
    region_clear (&region);
    (*dropped)++;
  } else {
    g_array_append_val (regions, region);
  }
  return TRUE;
}

static gboolean
parse_page (JsonNode * node, const KocrPicture * picture, GArray * regions,
    guint * dropped, GError ** error)
{
  JsonObject *page = node_object (node);
  JsonArray *results;
  guint number, i;

  if (!page)
    return fail (error, "a page is not an object");
  if (!parse_page_number (page, &number, error))
    return FALSE;
  results = node_array (json_object_get_member (page, "results"));
  if (!results)
    return fail (error, "a page has no `results`");
  for (i = 0; i < json_array_get_length (results); i++) {
    if (!parse_region (json_array_get_element (results, i), number, picture,
            regions, dropped, error))
      return FALSE;
  }
  return TRUE;
}

/* The guard keeps the nesting, and so this recursion, small. */
static guint
count_members (JsonNode * node)
{
  g_autoptr (GList) children = NULL;
  JsonObject *object = node_object (node);
  guint n = object ? json_object_get_size (object) : 0;
  GList *l;

  if (object)
    children = json_object_get_values (object);
  else if (node_array (node))
    children = json_array_get_elements (node_array (node));
  for (l = children; l; l = l->next)
    n += count_members (l->data);
  return n;
}

static JsonParser *
load (const gchar * data, gsize length, guint max_tokens, GError ** error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *harmless = NULL;
  KocrJsonGuard guard;

  if (!kocr_json_guard_check (data, length, max_tokens, &guard, error))
    return NULL;
  harmless = guard.harmless;
#if JSON_CHECK_VERSION (1, 10, 0)
  json_parser_set_strict (parser, TRUE);
#endif
  if (!json_parser_load_from_data (parser, harmless ? harmless : data, length,
          &cause)) {
    fail (error, "it is not JSON");
    return NULL;
  }
  if (count_members (json_parser_get_root (parser)) != guard.n_members) {
    fail (error, "an object has two members of one name");
    return NULL;
  }
  return g_steal_pointer (&parser);
}

/* The margin of a picture is sent for the sake of what is in its middle, and
 * what two rows have in common for that of one. */
static void
leave_out_margin (GArray * regions, const KocrPicture * picture)
{
  for (guint i = regions->len; i > 0; i--) {
    const GstKakaoOcrRegion *region =
        &g_array_index (regions, GstKakaoOcrRegion, i - 1);

    if (region->page == ELSEWHERE || !kocr_picture_wants (picture,
            region->box))
      g_array_remove_index (regions, i - 1);
  }
}

GstKakaoOcrResult *
kocr_response_parse (const gchar * data, gsize length,
    const KocrPicture * picture, gboolean own, GstClockTime pts,
    GstClockTime latency, guint * dropped, GError ** error)
{
  g_autoptr (GArray) regions = NULL;
  g_autoptr (JsonParser) parser = load (data, length,
      own ? KOCR_JSON_MAX_OWN_TOKENS : KOCR_JSON_MAX_TOKENS, error);
  GstKakaoOcrResult *result;
  gboolean truncated;
  JsonArray *pages;
  guint i;

  *dropped = 0;
  if (!parser)
    return NULL;
  pages = node_array (json_object_get_member (node_object (json_parser_get_root
              (parser)), "responses"));
  if (!pages) {
    fail (error, "it has no `responses`");
    return NULL;
  }

  regions = g_array_new (FALSE, FALSE, sizeof (GstKakaoOcrRegion));
  g_array_set_clear_func (regions, region_clear);
  for (i = 0; i < json_array_get_length (pages); i++) {
    if (!parse_page (json_array_get_element (pages, i), picture, regions,
            dropped, error))
      return NULL;
  }
  truncated = !own && regions->len + *dropped == KOCR_RESPONSE_MAX_REGIONS;
  leave_out_margin (regions, picture);
  result = gst_kakao_ocr_result_new (pts, picture->frame_width,
      picture->frame_height, (const GstKakaoOcrRegion *) regions->data,
      regions->len, truncated, latency);
  gst_kakao_ocr_result_set_regions_dropped (result, *dropped);
  kocr_unread_tell (picture, result);
  return result;
}
