/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/archivetext.h"

#include <string.h>

static gchar *
normalise (const gchar * text, GNormalizeMode mode, gboolean lower)
{
  g_autofree gchar *valid = g_utf8_make_valid (text, -1);
  g_autofree gchar *lowered = lower ? g_utf8_strdown (valid, -1) : NULL;

  return g_utf8_normalize (lower ? lowered : valid, -1, mode);
}

gchar *
archive_text_clean (const gchar * text)
{
  return normalise (text, G_NORMALIZE_NFC, FALSE);
}

gchar *
archive_text_fold (const gchar * text)
{
  return normalise (text, G_NORMALIZE_NFD, TRUE);
}

gchar *
archive_text_compose (const gchar * text)
{
  return normalise (text, G_NORMALIZE_NFC, TRUE);
}

/* Sellers' edit distance: a row of the table for each letter of the query, the
 * text's beginning and end for nothing. */
gdouble
archive_text_likeness (const gchar * query, const gchar * text)
{
  glong n_query, n_text;
  g_autofree gunichar *a = g_utf8_to_ucs4_fast (query, -1, &n_query);
  g_autofree gunichar *b = g_utf8_to_ucs4_fast (text, -1, &n_text);
  g_autofree guint *row = g_new0 (guint, n_text + 1);
  guint best = G_MAXUINT;

  if (n_query == 0)
    return 0.0;
  for (glong i = 1; i <= n_query; i++) {
    guint diagonal = row[0];

    row[0] = i;
    for (glong j = 1; j <= n_text; j++) {
      guint above = row[j];

      row[j] = MIN (MIN (above, row[j - 1]) + 1,
          diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  for (glong j = 0; j <= n_text; j++)
    best = MIN (best, row[j]);
  return 1.0 - (gdouble) MIN (best, (guint) n_query) / n_query;
}
