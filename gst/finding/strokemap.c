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

typedef enum
{
  MINIMUM,
  MAXIMUM
} Extremum;

/* a[i] becomes the extremum of a[i] and b[i]; b may be a little further on in
 * the same memory. Plain loops, for the compiler to vectorise. */
static inline void
combine (guint8 * a, const guint8 * b, gsize n, Extremum extremum)
{
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
      combine (line, line + step, width + window - done - step, extremum);
    }
    memcpy (row, line, width);
  }
}

/* The same along the columns, from @from to @to, whole rows at a time.
 * @rows holds (height + window) rows. */
static void
filter_columns (const guint8 * from, gsize stride, guint8 * to, gint width,
    gint height, gint window, Extremum extremum, guint8 * rows)
{
  gint radius = window / 2, n_rows = height + window - 1, y, done, step;

  for (y = 0; y < n_rows; y++)
    memcpy (rows + (gsize) y * width,
        from + CLAMP (y - radius, 0, height - 1) * stride, width);
  for (done = 1; done < window; done += step) {
    step = MIN (done, window - done);
    n_rows -= step;
    combine (rows, rows + (gsize) step * width, (gsize) n_rows * width,
        extremum);
  }
  memcpy (to, rows, (gsize) width * height);
}

static void
filter (const guint8 * from, gsize stride, guint8 * to, gint width,
    gint height, gint window, Extremum extremum, guint8 * scratch)
{
  filter_columns (from, stride, to, width, height, window, extremum, scratch);
  filter_rows (to, width, height, window, extremum, scratch);
}

void
kocr_stroke_map_init (StrokeMap * self, const PyramidLevel * level, gboolean light)
{
  gint width = level->width, height = level->height, x, y;
  gsize size = (gsize) width * height;
  g_autofree guint8 *scratch =
      g_malloc ((gsize) (width + PEAK_WINDOW) * (height + PEAK_WINDOW));
  Extremum first = light ? MINIMUM : MAXIMUM;
  Extremum second = light ? MAXIMUM : MINIMUM;

  self->width = width;
  self->height = height;
  self->strength = g_malloc (size);
  self->peak = g_malloc (size);

  filter (level->pixels, level->stride, self->peak, width, height,
      STROKE_WINDOW, first, scratch);
  filter (self->peak, width, self->strength, width, height,
      STROKE_WINDOW, second, scratch);
  for (y = 0; y < height; y++) {
    const guint8 *pixel = level->pixels + y * level->stride;
    guint8 *strength = self->strength + (gsize) y * width;

    /* The opening is never above the picture, the closing never below. */
    if (light)
      for (x = 0; x < width; x++)
        strength[x] = pixel[x] - strength[x];
    else
      for (x = 0; x < width; x++)
        strength[x] = strength[x] - pixel[x];
  }
  filter (self->strength, width, self->peak, width, height, PEAK_WINDOW,
      MAXIMUM, scratch);
}

void
kocr_stroke_map_clear (StrokeMap * self)
{
  g_clear_pointer (&self->strength, g_free);
  g_clear_pointer (&self->peak, g_free);
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
