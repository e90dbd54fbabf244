/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/wordsparser.h"

#include <gio/gio.h>
#include <string.h>

#include "json/answerword.h"
#include "json/document.h"
#include "json/reader.h"

/* Of a process or a file that whoever runs the server has chosen: as large as
 * it likes, but no deeper than the stack. */
static const KocrJsonLimits limits = {
  .max_bytes = G_MAXSSIZE,
  .max_depth = 32,
  .max_values = G_MAXUINT,
  .max_digits = 15,
  .lenient = TRUE
};

static JsonArray *
get_array (JsonObject * object, const gchar * member)
{
  return object ? kocr_json_node_array (json_object_get_member (object,
          member)) : NULL;
}

static gboolean
add_results (JsonObject * page, GPtrArray * words)
{
  JsonArray *results = get_array (page, "results");

  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (results); i++) {
    const gchar *problem;
    KocrAnswerWord *word = kocr_answer_word_read (
        json_array_get_element (results, i), &problem);

    if (!word)
      return FALSE;
    g_ptr_array_add (words, word);
  }
  return TRUE;
}

GPtrArray *
words_parse (const gchar * json, GError ** error)
{
  g_autoptr (GPtrArray) words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_answer_word_free);
  g_autoptr (JsonParser) parser = NULL;
  KocrJsonProblem problem;
  JsonObject *root = kocr_json_load (json, strlen (json), &limits, &parser,
      &problem);
  JsonArray *pages = get_array (root, "responses");
  guint i = 0;

  while (pages != NULL && i < json_array_get_length (pages)
      && add_results (kocr_json_node_object (json_array_get_element (pages,
                  i)), words))
    i++;
  if (pages != NULL && i == json_array_get_length (pages))
    return g_steal_pointer (&words);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      "its answer is not as the API has it%s%s", root ? "" : ": it has ",
      root ? "" : problem.text);
  return NULL;
}
