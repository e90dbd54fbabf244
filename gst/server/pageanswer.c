/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pageanswer.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "reading/recognizer.h"

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
read_page_clear (ReadPage * page)
{
  g_clear_pointer (&page->words, g_ptr_array_unref);
}

static void
add_page (JsonBuilder * builder, const ReadPage * page, guint number)
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
page_answer_new (const ReadPage * pages, guint n_pages, guint max_regions)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
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
  root = json_builder_get_root (builder);
  return answer_new_json (json_to_string (root, FALSE));
}
