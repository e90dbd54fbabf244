/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/knowntexts.h"

#define KNOWN_PART 0.5

gboolean
kocr_known_text_is_in (const KocrKnownText *self, const KocrPlaneArea *line)
{
  gint x = self->area.x + self->area.width / 2;
  gint y = self->area.y + self->area.height / 2;

  return x >= line->x && x < line->x + line->width && y >= line->y
         && y < line->y + line->height;
}

KocrTextMove
kocr_known_text_get_move (const KocrKnownText *self, gdouble scale)
{
  const KocrPlaneArea *area = &self->area;

  return (KocrTextMove){ area->x / scale, area->y / scale, area->width / scale,
    area->height / scale, self->x / scale, self->y / scale };
}

static gdouble
common_part (const KocrPlaneArea *line, const KocrKnownText *text)
{
  gint left = text->area.x + text->x, top = text->area.y + text->y;
  gint width = MIN (line->x + line->width, left + text->area.width)
               - MAX (line->x, left);
  gint height = MIN (line->y + line->height, top + text->area.height)
                - MAX (line->y, top);

  return width > 0 && height > 0
             ? (gdouble)width * height / (line->width * line->height)
             : 0;
}

gboolean
kocr_known_texts_cover (const GArray *texts, const KocrPlaneArea *line)
{
  gdouble part = 0;

  for (guint i = 0; i < texts->len; i++)
    part += common_part (line, &g_array_index (texts, KocrKnownText, i));
  return part >= KNOWN_PART;
}

KocrPlaneArea
kocr_known_texts_get_rest (const GArray *texts, const KocrPlaneArea *line)
{
  gint end = line->x + line->width, left = end, right = line->x;
  KocrPlaneArea rest = *line;

  for (guint i = 0; i < texts->len; i++) {
    const KocrKnownText *text = &g_array_index (texts, KocrKnownText, i);

    if (common_part (line, text) == 0)
      continue;
    left = MIN (left, text->area.x + text->x);
    right = MAX (right, text->area.x + text->x + text->area.width);
  }
  if (left >= right)
    return rest;
  if (left - line->x < end - right)
    rest.x = right;
  rest.width = MAX (left - line->x, end - right);
  return rest;
}
