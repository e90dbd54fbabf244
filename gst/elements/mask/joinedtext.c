/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/joinedtext.h"

#include <string.h>

void
kocr_joined_text_init (KocrJoinedText * self)
{
  self->text = g_string_new (NULL);
  self->regions = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
kocr_joined_text_clear (KocrJoinedText * self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->regions);
}

void
kocr_joined_text_append (
    KocrJoinedText *self, const gchar *text, gsize length, guint region)
{
  gsize i;

  g_string_append_len (self->text, text, length);
  for (i = 0; i < length; i++)
    g_array_append_val (self->regions, region);
}

/* Bytes from @start to @end of @from. */
static void
append_part (
    KocrJoinedText *self, const KocrJoinedText *from, gsize start, gsize end)
{
  g_string_append_len (self->text, from->text->str + start, end - start);
  g_array_append_vals (
      self->regions, &g_array_index (from->regions, guint, start), end - start);
}

void
kocr_joined_text_append_line (KocrJoinedText * self, GstKakaoOcrResult * result,
    guint line)
{
  guint n, i;
  const guint *regions = gst_kakao_ocr_result_get_line_regions (result, line,
      &n);

  for (i = 0; i < n; i++) {
    const gchar *text =
        gst_kakao_ocr_result_get_region (result, regions[i])->text;

    if (i > 0)
      kocr_joined_text_append (self, " ", 1, KOCR_JOINED_TEXT_NO_REGION);
    kocr_joined_text_append (self, text, strlen (text), regions[i]);
  }
}

void
kocr_joined_text_append_end (KocrJoinedText *self, const KocrJoinedText *line,
    gboolean first, gsize most)
{
  const gchar *text = line->text->str;
  gsize length = line->text->len, start = 0, end = length;

  if (first && length > most)
    start = g_utf8_find_next_char (text + length - most - 1, NULL) - text;
  if (!first && length > most)
    end = g_utf8_find_prev_char (text, text + most) - text;
  append_part (self, line, start, end);
}

gboolean
kocr_joined_text_join_digits (KocrJoinedText *self, const KocrJoinedText *from)
{
  const gchar *text = from->text->str, *p = text;
  gunichar last = 0;

  while (*p) {
    const gchar *end = p;
    gboolean between;

    while (*end && g_unichar_isspace (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
    between = end > p && *end && g_unichar_isdigit (last) &&
        g_unichar_isdigit (g_utf8_get_char (end));
    if (!between && end > p)
      append_part (self, from, p - text, end - text);
    p = end;
    if (!*p)
      break;
    last = g_utf8_get_char (p);
    end = g_utf8_next_char (p);
    append_part (self, from, p - text, end - text);
    p = end;
  }
  return self->text->len < from->text->len;
}
