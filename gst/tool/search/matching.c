/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/matching.h"

#define TRIGRAM MATCHING_LEAST
/* Trigrams of a fuzzy query, which the user may paste. */
#define MAX_TRIGRAMS 128
/* Of these the rarest are looked for, as long as all texts that have one of
 * them are not more than so many, and a few of them anyhow: what is common
 * costs most and tells least. On a million texts of few words the right line
 * comes first as often as with all of them, in a tenth of the time. */
#define FEW_TRIGRAMS 3
#define MANY_TEXTS 60000
/* A trigram that is in more is as common as any. */
#define COMMON 20000
#define COUNT                                                                  \
  "SELECT count(*) FROM (SELECT 1 FROM track_text"                             \
  " WHERE track_text MATCH ? LIMIT " G_STRINGIFY (COMMON) ")"

/* FTS5's own syntax: a string is in double quotes, which are doubled in it. */
static void
append_string (
    GString *match, const gchar *operator, const gchar * text, gssize length)
{
  g_autofree gchar *part
      = length < 0 ? g_strdup (text) : g_strndup (text, length);
  g_auto (GStrv) pieces = g_strsplit (part, "\"", -1);
  g_autofree gchar *doubled = g_strjoinv ("\"\"", pieces);

  if (match->len > 0)
    g_string_append (match, operator);
  g_string_append_printf (match, "\"%s\"", doubled);
}

gchar *
matching_whole (const gchar *folded)
{
  GString *match = g_string_new (NULL);

  if (g_utf8_strlen (folded, -1) >= TRIGRAM)
    append_string (match, "", folded, -1);
  return g_string_free (match, match->len == 0);
}

gchar *
matching_words (const gchar *folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n\r", -1);
  GString *match = g_string_new (NULL);

  for (gchar **word = words; *word; word++)
    if (g_utf8_strlen (*word, -1) >= TRIGRAM)
      append_string (match, " AND ", *word, -1);
  return g_string_free (match, match->len == 0);
}

typedef struct
{
  gchar *string; /* as FTS5 has it */
  guint n_texts;
} Trigram;

static void
trigram_clear (gpointer data)
{
  g_free (((Trigram *)data)->string);
}

/* Those that no text has come last, as they find nothing. */
static gint
compare_trigrams (gconstpointer a, gconstpointer b)
{
  guint one = ((const Trigram *)a)->n_texts - 1;
  guint other = ((const Trigram *)b)->n_texts - 1;

  return one < other ? -1 : one > other;
}

/* FALSE with an error. */
static gboolean
count_texts (Database *database, Trigram *trigram, GError **error)
{
  sqlite3_stmt *statement = database_prepare (database, COUNT, error);
  gint result = 0;

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, trigram->string);
  result = database_step (database, statement, error);
  if (result == SQLITE_ROW)
    trigram->n_texts = sqlite3_column_int (statement, 0);
  sqlite3_reset (statement);
  return result == SQLITE_ROW;
}

/* All that the query has, the rarest first; NULL with an error. */
static GArray *
find_trigrams (Database *database, const gchar *folded, GError **error)
{
  g_autoptr (GArray) trigrams = g_array_new (FALSE, FALSE, sizeof (Trigram));
  glong n = g_utf8_strlen (folded, -1);

  g_array_set_clear_func (trigrams, trigram_clear);
  for (glong i = 0; i + TRIGRAM <= MIN (n, MAX_TRIGRAMS); i++) {
    const gchar *end = g_utf8_offset_to_pointer (folded, TRIGRAM);
    g_autoptr (GString) string = g_string_new (NULL);
    Trigram trigram = { NULL, 0 };

    append_string (string, "", folded, end - folded);
    trigram.string = g_string_free (g_steal_pointer (&string), FALSE);
    g_array_append_val (trigrams, trigram);
    if (!count_texts (database, &g_array_index (trigrams, Trigram, i), error))
      return NULL;
    folded = g_utf8_next_char (folded);
  }
  g_array_sort (trigrams, compare_trigrams);
  return g_steal_pointer (&trigrams);
}

gboolean
matching_letters (Database *database, const gchar *folded, gchar **match,
    GArray **counts, GError **error)
{
  g_autoptr (GArray) trigrams = find_trigrams (database, folded, error);
  GString *any = g_string_new (NULL);
  guint n_texts = 0;

  *counts = g_array_new (FALSE, FALSE, sizeof (gdouble));
  for (guint i = 0; trigrams && i < trigrams->len; i++) {
    const Trigram *trigram = &g_array_index (trigrams, Trigram, i);
    gdouble count = trigram->n_texts;

    n_texts += trigram->n_texts;
    if (i >= FEW_TRIGRAMS && n_texts > MANY_TEXTS)
      break;
    g_string_append_printf (any, "%s%s", i > 0 ? " OR " : "", trigram->string);
    g_array_append_val (*counts, count);
  }
  *match = g_string_free (any, any->len == 0);
  return trigrams != NULL;
}
