/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answer.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  guint status;
  const gchar *code;
  const gchar *message;
} rows[N_REFUSALS] = {
  [REFUSAL_BAD_REQUEST] = {400, "Bad Request",
      "The address of the request is wrong."},
  [REFUSAL_INVALID_SIGNATURE] = {400, "INVALID_SIGNATURE",
      "The signature in the endpoint's address is wrong."},
  [REFUSAL_NO_IMAGE] = {400, "NO_IMAGE",
      "No image could be recognised in the form's part \"image\"."},
  [REFUSAL_AUTHENTICATION] = {401, "Authentication failed",
      "The x-api-key header is missing or its value is wrong."},
  [REFUSAL_NOT_FOUND] = {404, "NOT FOUND",
      "The method of the request is not known; use POST."},
  [REFUSAL_METHOD] = {405, "Method Not Allowed",
      "The method of the request is not supported; use POST."},
  [REFUSAL_TOO_MANY_BOXES] = {405, "TOO_MANY_BOXES",
      "The image has more text regions than the set limit."},
  [REFUSAL_FORMAT] = {405, "UNSUPPORTED_IMAGE_FORMAT",
      "The format of the image is not supported; send JPEG, PNG or PDF."},
  [REFUSAL_TOO_LARGE] = {413, "Request Entity Too Large",
      "The request is larger than 8 MB."},
  [REFUSAL_MAX_LEN] = {413, "EXCEED_MAX_LEN",
      "The image has too many pixels on a side, or in all."},
  [REFUSAL_MAX_PAGES] = {413, "EXCEED_MAX_PAGES",
      "The PDF has more than 30 pages."},
  [REFUSAL_CONTENT_TYPE] = {415, "Unsupported content type",
      "The Content-Type is missing or not multipart/form-data with a "
        "boundary."},
  [REFUSAL_DOMAIN_NOT_FOUND] = {425, "Domain not found",
      "The requested domain has been deleted."},
  [REFUSAL_DOMAIN_NOT_DEPLOYED] = {425, "Domain not deployed",
      "The requested domain is not deployed yet."},
  [REFUSAL_TOO_MANY_REQUESTS] = {429, "Too many Requests",
      "There are more requests than the set limit."},
  [REFUSAL_INTERNAL] = {503, "INTERNAL ERROR",
      "An unexpected error occurred in the server."},
};

guint
refusal_get_status (Refusal refusal)
{
  return rows[refusal].status;
}

const gchar *
refusal_get_code (Refusal refusal)
{
  return rows[refusal].code;
}

static gchar *
normalize_code (const gchar * code)
{
  gchar *normal = g_ascii_strdown (code, -1);

  return g_strdelimit (normal, " -", '_');
}

gboolean
refusal_find (guint status, const gchar * code, Refusal * refusal)
{
  g_autofree gchar *wanted = code != NULL ? normalize_code (code) : NULL;
  guint i;

  for (i = 0; i < N_REFUSALS; i++) {
    g_autofree gchar *have = normalize_code (rows[i].code);

    if (rows[i].status == status
        && (wanted == NULL || strcmp (wanted, have) == 0)) {
      *refusal = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* (transfer full) @root */
static GBytes *
serialize (JsonNode * root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length;
  gchar *text;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  json_node_unref (root);
  return g_bytes_new_take (text, length);
}

static Answer *
answer_new (guint status, GBytes * body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = body;
  answer->type = "application/json";
  return answer;
}

Answer *
answer_new_error (guint status, const gchar * code, const gchar * message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  return answer_new (status, serialize (json_builder_get_root (builder)));
}

Answer *
answer_new_refusal (Refusal refusal)
{
  return answer_new_error (rows[refusal].status, rows[refusal].code,
      rows[refusal].message);
}

Answer *
answer_new_json (GBytes * json)
{
  return answer_new (200, g_bytes_ref (json));
}

Answer *
answer_new_health (void)
{
  static const gchar ok[] = "{\"status\":\"ok\"}";

  return answer_new (200, g_bytes_new_static (ok, strlen (ok)));
}

Answer *
answer_new_metrics (GBytes * text)
{
  Answer *answer = answer_new (200, text);

  answer->type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  return answer;
}

/* A tilted line at the border has corners outside the picture; the guide's
 * sample cuts with them as they are, where a negative one cuts nothing. */
static gint64
to_pixel (gdouble value, gint size)
{
  if (!isfinite (value))
    return 0;
  return (gint64) CLAMP (floor (value + 0.5), 0.0, (gdouble) size);
}

static void
add_word (JsonBuilder * builder, const RecognizedWord * word, gint width,
    gint height)
{
  g_autofree gchar *text = g_utf8_make_valid (word->text, -1);
  guint i;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "box");
  json_builder_begin_array (builder);
  for (i = 0; i < 8; i += 2) {
    json_builder_begin_array (builder);
    json_builder_add_int_value (builder, to_pixel (word->box[i], width));
    json_builder_add_int_value (builder, to_pixel (word->box[i + 1], height));
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "recognized_word");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
answer_page_clear (AnswerPage * page)
{
  g_clear_pointer (&page->words, g_ptr_array_unref);
}

static void
add_page (JsonBuilder * builder, const AnswerPage * page, guint number)
{
  guint i;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "page");
  json_builder_add_int_value (builder, number);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (i = 0; i < page->words->len; i++)
    add_word (builder, g_ptr_array_index (page->words, i), page->width,
        page->height);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

Answer *
answer_new_pages (const AnswerPage * pages, guint n_pages, guint max_regions)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint i;

  for (i = 0; i < n_pages; i++)
    if (max_regions > 0 && pages[i].words->len > max_regions)
      return answer_new_refusal (REFUSAL_TOO_MANY_BOXES);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "responses");
  json_builder_begin_array (builder);
  for (i = 0; i < n_pages; i++)
    add_page (builder, &pages[i], i + 1);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return answer_new (200, serialize (json_builder_get_root (builder)));
}

void
answer_free (Answer * answer)
{
  g_bytes_unref (answer->body);
  g_free (answer);
}
