/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/readarea.h"

#include <math.h>
#include <string.h>

/* Pixels around a region: a letter's width of small text and no more, since
 * what stands there may be read together with what is wanted. Of a quarter of
 * the region's smaller side, in these bounds. */
#define LEAST_MARGIN 8
#define MOST_MARGIN 32

/* The common part, in @a. FALSE: there is none. */
static gboolean
intersect (gint64 a[4], const gint b[4])
{
  for (guint i = 0; i < 2; i++) {
    gint64 from = MAX (a[i], b[i]);
    gint64 to = MIN (a[i] + a[i + 2], (gint64)b[i] + b[i + 2]);

    if (from >= to)
      return FALSE;
    a[i] = from;
    a[i + 2] = to - from;
  }
  return TRUE;
}

static gboolean
clip (gint64 wide[4], const gint bounds[4], gint rectangle[4])
{
  if (!intersect (wide, bounds))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    rectangle[i] = wide[i];
  return TRUE;
}

static gint64
pixel (gdouble value)
{
  return CLAMP (value, G_MININT, G_MAXINT);
}

gboolean
kocr_area_resolve (const KocrArea *area, const gint shown[4], gint rectangle[4])
{
  gint64 wide[4];

  if (area->at[2] == 0 && area->at[3] == 0) {
    memcpy (rectangle, shown, 4 * sizeof *shown);
    return TRUE;
  }
  for (guint i = 0; i < 2; i++) {
    gdouble scale = area->relative ? shown[i + 2] : 1;

    wide[i] = shown[i] + pixel (floor (area->at[i] * scale + 0.5));
    wide[i + 2]
        = shown[i]
          + pixel (floor ((area->at[i] + area->at[i + 2]) * scale + 0.5))
          - wide[i];
  }
  return clip (wide, shown, rectangle);
}

gboolean
kocr_read_area_init (KocrReadArea *self, gint width, gint height,
    const gint crop[4], const KocrArea *region)
{
  gint frame[4] = { 0, 0, width, height };
  gint64 wide[4] = { 0, 0, width, height };
  gint margin;

  for (guint i = 0; crop && i < 4; i++)
    wide[i] = crop[i];
  if (!clip (wide, frame, self->shown)
      || !kocr_area_resolve (region, self->shown, self->wanted))
    return FALSE;
  margin = CLAMP (
      MIN (self->wanted[2], self->wanted[3]) / 4, LEAST_MARGIN, MOST_MARGIN);
  for (guint i = 0; i < 2; i++) {
    wide[i] = self->wanted[i] - margin;
    wide[i + 2] = self->wanted[i + 2] + 2 * margin;
  }
  return clip (wide, self->shown, self->read);
}
