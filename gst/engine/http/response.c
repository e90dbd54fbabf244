/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/response.h"

#include <string.h>

#include "http/answerbox.h"
#include "json/answerword.h"
#include "json/document.h"
#include "json/reader.h"
#include "picture/unread.h"

/* Beyond any picture's pixels; farther corners are said to be here, so that no
 * product of them overflows. */
#define MAX_COORDINATE 1e6

/* An answer of 100 regions has some 2,000: numbers, texts, arrays. That of the
 * bundled service has no limit of regions. */
#define MAX_VALUES 10000
#define MAX_OWN_VALUES (20 * MAX_VALUES)

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

/* What is told of a region, but for where it is in the frame. @region: all 0 */
static void
take_word (KocrAnswerWord *word, GstKakaoOcrRegion *region)
{
  region->text = g_steal_pointer (&word->text);
  region->words = g_steal_pointer (&word->words);
  for (guint i = 0; i < 8; i++)
    region->box[i] = CLAMP (word->box[i], -MAX_COORDINATE, MAX_COORDINATE);
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

static gboolean
parse_page_number (JsonObject * page, guint * number, GError ** error)
{
  JsonNode *node = json_object_get_member (page, "page");
  gdouble value = 0;

  /* The guide spells it both ways. */
  if (!node)
    node = json_object_get_member (page, "pages");
  /* Nothing depends on it, so it may be absent. */
  if (node && !JSON_NODE_HOLDS_NULL (node)
      && !kocr_json_node_number (node, &value))
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
  fits = kocr_answer_box_fit (box, shown[2], shown[3]);
  for (guint i = 0; i < 8; i++)
    box[i] += shown[i % 2];
  return fits;
}

static gboolean
parse_region (JsonNode * node, guint page, const KocrPicture * picture,
    GArray * regions, guint * dropped, GError ** error)
{
  const gchar *problem;
  g_autoptr (KocrAnswerWord) word = kocr_answer_word_read (node, &problem);
  GstKakaoOcrRegion region = { .page = page };

  if (!word)
    return fail (error, problem);
  if (strlen (word->text) > KOCR_RESPONSE_MAX_TEXT)
    return fail (error, "a region has too much text");
  take_word (word, &region);
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
  JsonObject *page = kocr_json_node_object (node);
  JsonNode *list;
  JsonArray *results;
  guint number, i;

  if (!page)
    return fail (error, "a page is not an object");
  if (!parse_page_number (page, &number, error))
    return FALSE;
  list = json_object_get_member (page, "results");
  /* A blank page: asked again, it would be paid for again. */
  if (list && JSON_NODE_HOLDS_NULL (list))
    return TRUE;
  results = kocr_json_node_array (list);
  if (!results)
    return fail (error, "a page has no `results`");
  for (i = 0; i < json_array_get_length (results); i++) {
    if (!parse_region (json_array_get_element (results, i), number, picture,
            regions, dropped, error))
      return FALSE;
  }
  return TRUE;
}

static JsonObject *
load (const gchar * data, gsize length, gboolean own, JsonParser ** parser,
    GError ** error)
{
  /* An answer may hold an identifier or a time stamp that nobody reads. */
  const KocrJsonLimits limits = {
    .max_bytes = KOCR_RESPONSE_MAX_BYTES,
    .max_depth = 32,
    .max_values = own ? MAX_OWN_VALUES : MAX_VALUES,
    .max_digits = 15,
    .lenient = TRUE
  };
  KocrJsonProblem problem;
  JsonObject *object = kocr_json_load (data, length, &limits, parser,
      &problem);

  if (!object)
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER,
        "The service's answer is not usable: it has %s (byte %" G_GSIZE_FORMAT
        " of %" G_GSIZE_FORMAT "). Check that `endpoint` is a General OCR API.",
        problem.text, problem.at, length);
  return object;
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
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *root = load (data, length, own, &parser, error);
  GstKakaoOcrResult *result;
  gboolean truncated;
  JsonArray *pages;
  guint i;

  *dropped = 0;
  if (!root)
    return NULL;
  pages = kocr_json_node_array (json_object_get_member (root, "responses"));
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
