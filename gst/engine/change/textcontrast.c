/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/textcontrast.h"

#define LEVELS 256
/* Pixels that are looked at, on each side. */
#define MOST_COLUMNS 64
#define MOST_ROWS 16
/* So many of all are left out at both ends. */
#define OUTLIERS 50

guint
kocr_text_contrast (const KocrLumaPlane * plane, const KocrPlaneArea * area)
{
  gint left = CLAMP (area->x, 0, plane->width);
  gint top = CLAMP (area->y, 0, plane->height);
  gint right = CLAMP (area->x + area->width, left, plane->width);
  gint bottom = CLAMP (area->y + area->height, top, plane->height);
  gint step_x = MAX (1, (right - left) / MOST_COLUMNS);
  gint step_y = MAX (1, (bottom - top) / MOST_ROWS);
  guint counts[LEVELS] = {
    0,
  };
  guint n = 0, seen = 0;
  gint low = -1, high = 0;

  for (gint y = top; y < bottom; y += step_y) {
    const guint8 *row = plane->data + (gssize) y * plane->stride;

    for (gint x = left; x < right; x += step_x, n++)
      counts[row[x]]++;
  }
  if (n == 0)
    return 0;
  for (gint level = 0; level < LEVELS; level++) {
    seen += counts[level];
    if (low < 0 && seen > n / OUTLIERS)
      low = level;
    if (seen >= n - n / OUTLIERS) {
      high = level;
      break;
    }
  }
  return MAX (high - low, 0);
}
