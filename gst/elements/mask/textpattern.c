/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/textpattern.h"

#include <string.h>

#include "mask/joinedtext.h"
#include "mask/lineneighbors.h"

/* Bytes of a text: what is longer counts as matching, unsearched. */
#define MAX_LENGTH 2048

/* Texts of a result that may take too many steps; after more all of it is
 * matching. */
#define MAX_FAILURES 4

/* Lines that a text may run over: a card's number in blocks of two. */
#define MAX_JOINED 3

/* Bytes of each of them, where they meet. */
#define MAX_END (MAX_LENGTH / (MAX_JOINED + 1))

/* As many as frames carry by turns: one of each kakaoocr. */
#define N_CACHED 4

typedef struct
{
  GstKakaoOcrResult *result;
  gboolean *matching;
} Cached;

struct _KocrTextPattern
{
  GRegex *regex;
  Cached cached[N_CACHED];
  guint next;
};

KocrTextPattern *
kocr_text_pattern_new (GRegex *regex)
{
  KocrTextPattern *self = g_atomic_rc_box_new0 (KocrTextPattern);

  self->regex = g_regex_ref (regex);
  return self;
}

KocrTextPattern *
kocr_text_pattern_ref (KocrTextPattern * self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KocrTextPattern *self = data;

  kocr_text_pattern_drop_results (self);
  g_regex_unref (self->regex);
}

void
kocr_text_pattern_unref (KocrTextPattern * self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
kocr_text_pattern_drop_results (KocrTextPattern *self)
{
  guint i;

  for (i = 0; i < N_CACHED; i++) {
    g_clear_pointer (&self->cached[i].result, gst_kakao_ocr_result_unref);
    g_clear_pointer (&self->cached[i].matching, g_free);
  }
}

/* --- Matching --- */

static gboolean
matches (const KocrTextPattern * self, const gchar * text, gboolean * failed)
{
  g_autoptr (GError) error = NULL;
  gboolean found = strlen (text) > MAX_LENGTH ||
      g_regex_match_full (self->regex, text, -1, 0, 0, NULL, &error);

  *failed = error != NULL;
  return found || error;
}

static void
mark_joined (
    const KocrJoinedText *self, gsize from, gsize to, gboolean *matching)
{
  gsize i;

  for (i = from; i < to; i++) {
    guint region = g_array_index (self->regions, guint, i);

    if (region != KOCR_JOINED_TEXT_NO_REGION)
      matching[region] = TRUE;
  }
}

/* One result's. */
typedef struct
{
  const KocrTextPattern *pattern;
  GstKakaoOcrResult *result;
  gboolean *matching;
  guint n_failures;             /* texts that took too long */
} Search;

static void
match_joined (Search * self, const KocrJoinedText * joined)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  gboolean too_long = joined->text->len > MAX_LENGTH;
  gint from, to;

  if (self->n_failures > MAX_FAILURES)
    return;
  if (!too_long)
    g_regex_match_full (self->pattern->regex, joined->text->str, -1, 0, 0,
        &match, &error);
  while (match && !error && g_match_info_fetch_pos (match, 0, &from, &to)) {
    mark_joined (joined, from, to, self->matching);
    g_match_info_next (match, &error);
  }
  if (error || too_long)
    mark_joined (joined, 0, joined->text->len, self->matching);
  self->n_failures += error != NULL;
}

static void
match_both_ways (Search * self, const KocrJoinedText * joined)
{
  KocrJoinedText digits_joined;

  match_joined (self, joined);
  kocr_joined_text_init (&digits_joined);
  if (kocr_joined_text_join_digits (&digits_joined, joined))
    match_joined (self, &digits_joined);
  kocr_joined_text_clear (&digits_joined);
}

/* @lines one after the other, as words and as parts of one. */
static void
match_lines (Search * self, const guint * lines, guint n_lines)
{
  static const gchar *separators[] = { " ", "" };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (separators); i++) {
    KocrJoinedText joined;

    kocr_joined_text_init (&joined);
    for (j = 0; j < n_lines; j++) {
      KocrJoinedText line;

      kocr_joined_text_init (&line);
      kocr_joined_text_append_line (&line, self->result, lines[j]);
      if (j > 0)
        kocr_joined_text_append (&joined, separators[i], strlen (separators[i]),
            KOCR_JOINED_TEXT_NO_REGION);
      kocr_joined_text_append_end (&joined, &line, j == 0, MAX_END);
      kocr_joined_text_clear (&line);
    }
    match_both_ways (self, &joined);
    kocr_joined_text_clear (&joined);
  }
}

static void
match_line (Search * self, guint line)
{
  KocrJoinedText joined;

  kocr_joined_text_init (&joined);
  kocr_joined_text_append_line (&joined, self->result, line);
  match_both_ways (self, &joined);
  kocr_joined_text_clear (&joined);
}

/* From @lines on along all ways that the text may go. */
static void
match_ways (Search * self, const KocrLineNeighbors * neighbors, guint * lines,
    guint n_lines)
{
  const KocrLineNeighbors *last = &neighbors[lines[n_lines - 1]];
  const guint ways[] = { last->right, last->below };
  guint i;

  if (n_lines > 1)
    match_lines (self, lines, n_lines);
  else
    match_line (self, lines[0]);
  for (i = 0; i < G_N_ELEMENTS (ways) && n_lines < MAX_JOINED; i++) {
    if (ways[i] == KOCR_LINE_NEIGHBORS_NONE)
      continue;
    lines[n_lines] = ways[i];
    match_ways (self, neighbors, lines, n_lines + 1);
  }
}

static gboolean *
match_result (const KocrTextPattern * self, GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result), i;
  g_autofree KocrLineNeighbors *neighbors = kocr_line_neighbors_find (result);
  gboolean *matching = g_new0 (gboolean, n);
  Search search = { self, result, matching, 0 };

  for (i = 0; i < n && search.n_failures <= MAX_FAILURES; i++) {
    gboolean failed = FALSE;

    matching[i] = matches (
        self, gst_kakao_ocr_result_get_region (result, i)->text, &failed);
    search.n_failures += failed;
  }
  for (i = 0; i < gst_kakao_ocr_result_get_n_lines (result); i++) {
    guint lines[MAX_JOINED] = { i, };

    match_ways (&search, neighbors, lines, 1);
  }
  for (i = 0; i < n && search.n_failures > MAX_FAILURES; i++)
    matching[i] = TRUE;
  return matching;
}

const gboolean *
kocr_text_pattern_match (KocrTextPattern * self, GstKakaoOcrResult * result)
{
  Cached *cached;
  guint i;

  for (i = 0; i < N_CACHED; i++) {
    if (self->cached[i].result == result)
      return self->cached[i].matching;
  }
  cached = &self->cached[self->next];
  self->next = (self->next + 1) % N_CACHED;
  g_clear_pointer (&cached->result, gst_kakao_ocr_result_unref);
  g_free (cached->matching);
  cached->result = gst_kakao_ocr_result_ref (result);
  cached->matching = match_result (self, result);
  return cached->matching;
}
