/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textpattern.h"

#include <string.h>

#include "overlayregion.h"

/* Steps from one place of a text on, and bytes of a text: an e-mail address in
 * a line of 100 letters takes some 200. Together they bound a text to 0.1 s,
 * which only an adversary gets near. */
#define LIMITS "(*LIMIT_MATCH=10000)"
#define MAX_LENGTH 2048

/* As many as frames carry by turns: one of each kakaoocr. */
#define N_REMEMBERED 4

typedef struct
{
  GstKakaoOcrResult *result;
  gboolean *meant;
} Remembered;

struct _TextPattern
{
  GRegex *regex;
  Remembered remembered[N_REMEMBERED];
  guint next;
};

TextPattern *
text_pattern_new (const gchar * pattern, GError ** error)
{
  g_autofree gchar *limited = g_strconcat (LIMITS, pattern, NULL);
  g_autoptr (GRegex) regex = NULL;
  TextPattern *self;

  /* By itself first: its errors tell the place in it. */
  regex = g_regex_new (pattern, 0, 0, error);
  if (!regex)
    return NULL;
  g_clear_pointer (&regex, g_regex_unref);
  regex = g_regex_new (limited, 0, 0, error);
  if (!regex)
    return NULL;

  self = g_atomic_rc_box_new0 (TextPattern);
  self->regex = g_steal_pointer (&regex);
  return self;
}

TextPattern *
text_pattern_ref (TextPattern * self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  TextPattern *self = data;

  text_pattern_forget (self);
  g_regex_unref (self->regex);
}

void
text_pattern_unref (TextPattern * self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
text_pattern_forget (TextPattern * self)
{
  guint i;

  for (i = 0; i < N_REMEMBERED; i++) {
    g_clear_pointer (&self->remembered[i].result, gst_kakao_ocr_result_unref);
    g_clear_pointer (&self->remembered[i].meant, g_free);
  }
}

static gboolean
matches (const TextPattern * self, const gchar * text)
{
  g_autoptr (GError) error = NULL;

  return strlen (text) > MAX_LENGTH ||
      g_regex_match_full (self->regex, text, -1, 0, 0, NULL, &error) || error;
}

/* Where the text of each of a line's regions ends in @text. */
static void
join (const OverlayRegion * regions, guint n_regions, GString * text,
    gint * ends)
{
  guint i;

  for (i = 0; i < n_regions; i++) {
    if (i > 0)
      g_string_append_c (text, ' ');
    g_string_append (text, regions[i].text);
    ends[i] = text->len;
  }
}

static void
mark (const OverlayRegion * regions, guint n_regions, const gint * ends,
    gint from, gint to, gboolean * meant)
{
  guint i;

  for (i = 0; i < n_regions; i++) {
    gint start = i > 0 ? ends[i - 1] + 1 : 0;

    if (start < to && ends[i] > from)
      meant[regions[i].index] = TRUE;
  }
}

static void
match_line (const TextPattern * self, const OverlayRegion * regions,
    guint n_regions, gboolean * meant)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree gint *ends = g_new (gint, n_regions);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  gint from, to;

  join (regions, n_regions, text, ends);
  if (text->len <= MAX_LENGTH)
    g_regex_match_full (self->regex, text->str, -1, 0, 0, &match, &error);
  while (match && !error && g_match_info_fetch_pos (match, 0, &from, &to)) {
    mark (regions, n_regions, ends, from, to, meant);
    g_match_info_next (match, &error);
  }
  if (error || text->len > MAX_LENGTH)
    mark (regions, n_regions, ends, 0, G_MAXINT, meant);
}

static gboolean *
match_result (const TextPattern * self, GstKakaoOcrResult * result)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE,
      sizeof (OverlayRegion));
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (OverlayLine));
  gboolean *meant = g_new0 (gboolean,
      gst_kakao_ocr_result_get_n_regions (result));
  guint i;

  overlay_regions_add_result (regions, result);
  for (i = 0; i < regions->len; i++)
    meant[i] = matches (self, g_array_index (regions, OverlayRegion, i).text);

  overlay_regions_to_lines (regions, lines);
  for (i = 0; i < lines->len; i++) {
    const OverlayLine *line = &g_array_index (lines, OverlayLine, i);

    if (line->n_regions > 1)
      match_line (self, &g_array_index (regions, OverlayRegion, line->first),
          line->n_regions, meant);
  }
  return meant;
}

const gboolean *
text_pattern_match (TextPattern * self, GstKakaoOcrResult * result)
{
  Remembered *remembered;
  guint i;

  for (i = 0; i < N_REMEMBERED; i++) {
    if (self->remembered[i].result == result)
      return self->remembered[i].meant;
  }
  remembered = &self->remembered[self->next];
  self->next = (self->next + 1) % N_REMEMBERED;
  g_clear_pointer (&remembered->result, gst_kakao_ocr_result_unref);
  g_free (remembered->meant);
  remembered->result = gst_kakao_ocr_result_ref (result);
  remembered->meant = match_result (self, result);
  return remembered->meant;
}
