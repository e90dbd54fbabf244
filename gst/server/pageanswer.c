/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pageanswer.h"

#include <math.h>

#include "json/answerword.h"

/* A tilted line at the border has corners outside the picture; the guide's
 * sample cuts with them as they are, where a negative one cuts nothing. */
static gdouble
to_pixel (gdouble value, gint size)
{
  if (!isfinite (value))
    return 0;
  return CLAMP (floor (value + 0.5), 0.0, (gdouble) size);
}

static void
add_word (KocrJsonWriter * writer, const KocrAnswerWord * word, gint width,
    gint height)
{
  g_autofree gchar *text = g_utf8_make_valid (word->text, -1);
  KocrAnswerWord told = *word;

  told.text = text;
  told.words = NULL;
  for (guint i = 0; i < 8; i++)
    told.box[i] = to_pixel (word->box[i], i % 2 ? height : width);
  kocr_answer_word_write (&told, writer);
}

void
read_page_clear (ReadPage * page)
{
  g_clear_pointer (&page->words, g_ptr_array_unref);
}

static void
add_page (KocrJsonWriter * writer, const ReadPage * page, guint number)
{
  kocr_json_open (writer, NULL, '{');
  kocr_json_add_integer (writer, "page", number);
  kocr_json_open (writer, "results", '[');
  for (guint i = 0; i < page->words->len; i++)
    add_word (writer, g_ptr_array_index (page->words, i), page->width,
        page->height);
  kocr_json_close (writer, ']');
  kocr_json_close (writer, '}');
}

Answer *
page_answer_new (const ReadPage * pages, guint n_pages, guint max_regions)
{
  KocrJsonWriter writer = { NULL };
  Answer *answer;
  guint i;

  for (i = 0; i < n_pages; i++)
    if (max_regions > 0 && pages[i].words->len > max_regions)
      return answer_new_refusal (REFUSAL_TOO_MANY_BOXES);
  writer.text = g_string_new (NULL);
  kocr_json_open (&writer, NULL, '{');
  kocr_json_open (&writer, "responses", '[');
  for (i = 0; i < n_pages; i++)
    add_page (&writer, &pages[i], i + 1);
  kocr_json_close (&writer, ']');
  kocr_json_close (&writer, '}');
  answer = answer_new_json (kocr_json_finish (&writer));
  for (i = 0; i < n_pages; i++)
    answer->n_unread += pages[i].n_unread;
  return answer;
}
