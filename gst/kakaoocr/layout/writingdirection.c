/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/writingdirection.h"

static gboolean
is_from_right (gunichar letter)
{
  switch (g_unichar_get_script (letter)) {
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
      return TRUE;
    default:
      return FALSE;
  }
}

/* How many more letters are written from right to left than from left to right;
 * digits are neither. */
static gint
count_from_right (const gchar *text)
{
  gint n = 0;

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar letter = g_utf8_get_char (text);

    if (g_unichar_isalpha (letter))
      n += is_from_right (letter) ? 1 : -1;
  }
  return n;
}

static void
reverse (guint *words, guint n)
{
  for (guint i = 0; i < n / 2; i++) {
    guint word = words[i];

    words[i] = words[n - 1 - i];
    words[n - 1 - i] = word;
  }
}

void
kocr_writing_direction_sort (
    guint *words, guint n, const GstKakaoOcrRegion *regions)
{
  gint from_right = 0;
  guint first = 0;

  for (guint i = 0; i < n; i++)
    from_right += count_from_right (regions[words[i]].text);
  if (from_right <= 0)
    return;
  reverse (words, n);
  for (guint i = 0; i <= n; i++) {
    if (i == n || count_from_right (regions[words[i]].text) >= 0) {
      reverse (words + first, i - first);
      first = i + 1;
    }
  }
}
