/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textpattern.h"

#include <string.h>

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

/* A line's text, and where the text of each of its regions ends in it. */
static gchar *
join (GstKakaoOcrResult * result, const guint * regions, guint n_regions,
    gsize * ends)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = 0; i < n_regions; i++) {
    if (i > 0)
      g_string_append_c (text, ' ');
    g_string_append (text, gst_kakao_ocr_result_get_region (result,
            regions[i])->text);
    ends[i] = text->len;
  }
  return g_string_free (text, FALSE);
}

static void
match_line (const TextPattern * self, GstKakaoOcrResult * result,
    const guint * regions, guint n_regions, gboolean * meant)
{
  g_autofree gsize *ends = g_new (gsize, n_regions);
  g_autofree gchar *text = join (result, regions, n_regions, ends);
  gboolean too_long = ends[n_regions - 1] > MAX_LENGTH;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  gint from, to;
  guint i;

  if (!too_long)
    g_regex_match_full (self->regex, text, -1, 0, 0, &match, &error);
  while (match && !error && g_match_info_fetch_pos (match, 0, &from, &to)) {
    for (i = 0; i < n_regions; i++) {
      gsize start = i > 0 ? ends[i - 1] + 1 : 0;

      if (start < (gsize) to && ends[i] > (gsize) from)
        meant[regions[i]] = TRUE;
    }
    g_match_info_next (match, &error);
  }
  for (i = 0; i < n_regions && (error || too_long); i++)
    meant[regions[i]] = TRUE;
}

static gboolean *
match_result (const TextPattern * self, GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result), i;
  gboolean *meant = g_new0 (gboolean, n);

  for (i = 0; i < n; i++)
    meant[i] =
        matches (self, gst_kakao_ocr_result_get_region (result, i)->text);
  for (i = 0; i < gst_kakao_ocr_result_get_n_lines (result); i++) {
    guint n_regions;
    const guint *regions = gst_kakao_ocr_result_get_line_regions (result, i,
        &n_regions);

    if (n_regions > 1)
      match_line (self, result, regions, n_regions, meant);
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
