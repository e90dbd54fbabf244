/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/lineends.h"

/* What differs from the plate by this share of what the letters do is beside it, ... */
#define MIN_SHARE 0.25
/* ... in this share of the crop's rows: a codec leaves some, ... */
#define MIN_ROWS 0.95
/* ... and on, by the text's height, where any stroke ends. */
#define MIN_WIDTH 0.25
/* So far into the text its end may lie: an arm of a letter is as wide as the blur. */
#define OVERLAP 0.06

/* Whether column @x has hardly anything of the plate, from the crop's top to its
 * foot. */
static gboolean
is_beside (const LineCrop *crop, gint x, gint ink, gint ground)
{
  gint n = 0;

  for (gint y = 0; y < crop->height; y++) {
    gint from_ground = crop->pixels[(gsize)y * crop->width + x] - ground;

    n += from_ground * (ink > ground ? 1 : -1)
         > MIN_SHARE * ABS (ink - ground);
  }
  return n >= MIN_ROWS * crop->height;
}

static void
clear_columns (LineCrop *crop, gint first, gint step, gint ground)
{
  for (gint x = first; x >= 0 && x < crop->width; x += step)
    for (gint y = 0; y < crop->height; y++)
      crop->pixels[(gsize)y * crop->width + x] = ground;
}

/* From column @first on by @step, outwards. Where that has nothing of the plate, there
 * is none that ends. */
static void
clear_end (LineCrop *crop, gint first, gint step, gint ink, gint ground)
{
  gint least = MIN_WIDTH * (crop->text_bottom - crop->text_top), n = 0;

  if (is_beside (crop, first, ink, ground))
    return;
  for (gint x = first; x >= 0 && x < crop->width; x += step) {
    n = is_beside (crop, x, ink, ground) ? n + 1 : 0;
    if (n > least) {
      clear_columns (crop, x - n * step, step, ground);
      return;
    }
  }
}

void
line_ends_clear (LineCrop *crop, const guint8 *strokes, gint ink, gint ground)
{
  gint overlap = OVERLAP * (crop->text_bottom - crop->text_top);
  gint left = crop->width, right = -1;
  gsize n = (gsize)crop->width * crop->height;

  for (gsize i = 0; i < n; i++)
    if (strokes[i]) {
      left = MIN (left, (gint)(i % crop->width));
      right = MAX (right, (gint)(i % crop->width));
    }
  if (right < 0)
    return;
  clear_end (crop, MIN (left + overlap, right), -1, ink, ground);
  clear_end (crop, MAX (right - overlap, left), 1, ink, ground);
}
