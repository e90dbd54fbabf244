/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "strokemap.h"

#include <string.h>

/* Strokes are thinner than this: bold letters 40 pixels high, the largest a
 * level is searched for, have strokes of 7 or 8. */
#define STROKE_WINDOW 9
/* The neighbourhood whose strongest stroke sets the threshold: more than a
 * stroke and the gap beside it, less than a letter and its neighbour, so that
 * faint letters beside strong ones keep theirs. */
#define PEAK_WINDOW 15
/* Noise and compression leave up to 10 grey levels of strokes on flat areas. */
#define MIN_STRENGTH 12

/* Rows that are filtered together: of the widest level 150 KB. */
#define BAND 64

typedef enum
{
  MINIMUM,
  MAXIMUM
} Extremum;

/* to[i] becomes the extremum of a[i] and b[i]. Plain loops, for the compiler to
 * vectorise. */
static inline void
combine (guint8 *restrict to, const guint8 *a, const guint8 *b, gsize n,
    Extremum extremum)
{
  gsize i;

  if (extremum == MAXIMUM)
    for (i = 0; i < n; i++)
      to[i] = MAX (a[i], b[i]);
  else
    for (i = 0; i < n; i++)
      to[i] = MIN (a[i], b[i]);
}

/* The same in the place of a; b is a little further on in the same memory. */
static inline void
combine_ahead (guint8 *a, gsize ahead, gsize n, Extremum extremum)
{
  const guint8 *b = a + ahead;
  gsize i;

  if (extremum == MAXIMUM)
    for (i = 0; i < n; i++)
      a[i] = MAX (a[i], b[i]);
  else
    for (i = 0; i < n; i++)
      a[i] = MIN (a[i], b[i]);
}

/* The running extremum over @window pixels along each row, in place. The
 * window is built by doubling: of 1, 2, 4 … pixels, then the rest; outside,
 * the picture goes on as its border. @line holds width + window bytes. */
static void
filter_rows (guint8 * pixels, gint width, gint height, gint window,
    Extremum extremum, guint8 * line)
{
  gint radius = window / 2, y;

  for (y = 0; y < height; y++) {
    guint8 *row = pixels + (gsize) y * width;
    gint done, step;

    memset (line, row[0], radius);
    memcpy (line + radius, row, width);
    memset (line + radius + width, row[width - 1], window - radius);
    for (done = 1; done < window; done += step) {
      step = MIN (done, window - done);
      combine_ahead (line, step, width + window - done - step, extremum);
    }
    memcpy (row, line, width);
  }
}

/* The same along the columns of @n_rows rows from @top on, which become @to.
 * @band holds @n_rows + window - 2 rows. */
static void
filter_columns (const GrayPicture *from, gint top, gint n_rows, guint8 *to,
    gint window, Extremum extremum, guint8 *band)
{
  gint first = top - window / 2, n = n_rows + window - 2, done, step, i;
  gsize width = from->width;

  for (i = 0; i < n; i++) {
    gint upper = CLAMP (first + i, 0, from->height - 1);
    gint lower = CLAMP (first + i + 1, 0, from->height - 1);

    combine (band + i * width, from->pixels + upper * from->stride,
        from->pixels + lower * from->stride, width, extremum);
  }
  for (done = 2; done * 2 < window; done *= 2) {
    n -= done;
    combine_ahead (band, done * width, n * width, extremum);
  }
  step = window - done;
  combine (to, band, band + step * width, n_rows * width, extremum);
}

/* Along both, a few rows at a time, which stay in the processor's cache. */
static void
filter (const GrayPicture *from, guint8 *to, gint window, Extremum extremum,
    guint8 *scratch)
{
  gint top;

  for (top = 0; top < from->height; top += BAND) {
    guint8 *rows = to + (gsize)top * from->width;
    gint n_rows = MIN (BAND, from->height - top);

    filter_columns (from, top, n_rows, rows, window, extremum, scratch);
    filter_rows (rows, from->width, n_rows, window, extremum, scratch);
  }
}

static void
resize (StrokeMap *self, gint width, gint height)
{
  gsize n = (gsize)width * height;

  self->width = width;
  self->height = height;
  if (n <= self->n_allocated)
    return;
  kocr_stroke_map_clear (self);
  self->strength = g_malloc (n);
  self->peak = g_malloc (n);
  self->n_allocated = n;
}

/* Leaves of @opened, the opening or the closing of @level, how far the level is
 * from it: an opening is never above the picture, a closing never below. */
static void
subtract (const PyramidLevel *level, gboolean light, guint8 *opened)
{
  gint x, y;

  for (y = 0; y < level->height; y++, opened += level->width) {
    const guint8 *pixel = level->pixels + y * level->stride;

    if (light)
      for (x = 0; x < level->width; x++)
        opened[x] = pixel[x] - opened[x];
    else
      for (x = 0; x < level->width; x++)
        opened[x] = opened[x] - pixel[x];
  }
}

void
kocr_stroke_map_fill (
    StrokeMap *self, const PyramidLevel *level, gboolean light)
{
  gint width = level->width, height = level->height;
  g_autofree guint8 *scratch
      = g_malloc ((gsize)(width + PEAK_WINDOW) * (BAND + PEAK_WINDOW));
  Extremum first = light ? MINIMUM : MAXIMUM;
  Extremum second = light ? MAXIMUM : MINIMUM;
  GrayPicture picture
      = { width, height, level->stride, (guint8 *)level->pixels };
  GrayPicture strength, peak;

  resize (self, width, height);
  strength = (GrayPicture){ width, height, width, self->strength };
  peak = (GrayPicture){ width, height, width, self->peak };
  filter (&picture, self->peak, STROKE_WINDOW, first, scratch);
  filter (&peak, self->strength, STROKE_WINDOW, second, scratch);
  subtract (level, light, self->strength);
  filter (&strength, self->peak, PEAK_WINDOW, MAXIMUM, scratch);
}

void
kocr_stroke_map_clear (StrokeMap * self)
{
  g_clear_pointer (&self->strength, g_free);
  g_clear_pointer (&self->peak, g_free);
  self->n_allocated = 0;
}

void
kocr_stroke_map_threshold (const StrokeMap * self, gdouble share, guint8 * mask)
{
  const guint8 *strength = self->strength, *peak = self->peak;
  gsize size = (gsize) self->width * self->height, i;
  guint16 factor = share * 256;

  /* 16 bits are enough, and twice as many fit a register as of 32. */
  for (i = 0; i < size; i++) {
    guint8 threshold = (guint16) (peak[i] * factor) >> 8;

    mask[i] = strength[i] > MAX (threshold, MIN_STRENGTH);
  }
}
