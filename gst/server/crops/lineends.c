/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/lineends.h"

/* What differs from the plate by this share of what the letters do is beside it, ... */
#define MIN_SHARE 0.25
/* ... in this share of the crop's rows: a codec leaves some, ... */
#define MIN_ROWS 0.95
/* ... and on, by the text's height, where any stroke ends. */
#define MIN_WIDTH 0.25
/* Beyond so much of the plate alone, by the text's height, no letter touches its end. */
#define MAX_PADDING 0.3
/* So wide in a row above or below the text, where the next line's plate ends. */
#define MIN_RUN 0.5
/* Of what is between the letters so much is the plate, ... */
#define MIN_PLATE 0.9
/* ... beyond the blur of a stroke or its outline, by the text's height. */
#define BLUR 0.08
/* So far into the text its end may lie: an arm of a letter is as wide as the blur. */
#define OVERLAP 0.06

typedef struct
{
  LineCrop *crop;
  gint ink, ground;
} Plate;

static guint8 *
pixel_at (const Plate *self, gint x, gint y)
{
  return self->crop->pixels + (gsize)y * self->crop->width + x;
}

static gboolean
is_pixel_beside (const Plate *self, gint x, gint y)
{
  gint from_ground = *pixel_at (self, x, y) - self->ground;
  gint contrast = self->ink - self->ground;

  return from_ground * (contrast > 0 ? 1 : -1) > MIN_SHARE * ABS (contrast);
}

/* The share of column @x, from the crop's top to its foot, that is not the plate. */
static gdouble
beside_share (const Plate *self, gint x)
{
  gint height = self->crop->height, n = 0;

  for (gint y = 0; y < height; y++)
    n += is_pixel_beside (self, x, y);
  return (gdouble)n / height;
}

/* Adds to @n what lies between two strokes of row @y, and to @n_beside what of that
 * is not the plate. */
static void
look_between (const Plate *self, gint y, gint from, gint to, gint blur,
    guint *n, guint *n_beside)
{
  for (gint x = from + blur; x < to - blur; x++) {
    *n += 1;
    *n_beside += is_pixel_beside (self, x, y);
  }
}

/* Whether letters stand on a plate, and not, by their outlines, on a picture. */
static gboolean
has_plate (const Plate *self, const guint8 *strokes)
{
  gint blur = BLUR * (self->crop->text_bottom - self->crop->text_top) + 1;
  guint n = 0, n_beside = 0;

  for (gint y = self->crop->text_top; y < self->crop->text_bottom; y++) {
    const guint8 *row = strokes + (gsize)y * self->crop->width;
    gint last = -1;

    for (gint x = 0; x < self->crop->width; x++) {
      if (!row[x])
        continue;
      if (last >= 0)
        look_between (self, y, last, x, blur, &n, &n_beside);
      last = x;
    }
  }
  return n > 0 && n - n_beside >= MIN_PLATE * n;
}

static void
clear_columns (const Plate *self, gint first, gint step)
{
  for (gint x = first; x >= 0 && x < self->crop->width; x += step)
    for (gint y = 0; y < self->crop->height; y++)
      *pixel_at (self, x, y) = self->ground;
}

/* From column @first on by @step, outwards. Where that has nothing of the plate, there
 * is none that ends. Returns whether one does. */
static gboolean
clear_end (const Plate *self, gint first, gint step)
{
  gint height = self->crop->text_bottom - self->crop->text_top;
  gint n = 0, n_padding = 0;

  if (beside_share (self, first) >= MIN_ROWS)
    return FALSE;
  for (gint x = first; x >= 0 && x < self->crop->width
       && n_padding <= MAX_PADDING * height; x += step) {
    gdouble share = beside_share (self, x);

    n = share >= MIN_ROWS ? n + 1 : 0;
    n_padding = share == 0 ? n_padding + 1 : 0;
    if (n > MIN_WIDTH * height) {
      clear_columns (self, x - n * step, step);
      return TRUE;
    }
  }
  return FALSE;
}

static void
clear_row (const Plate *self, gint y)
{
  gint least = MIN_RUN * (self->crop->text_bottom - self->crop->text_top);
  gint n = 0;

  for (gint x = 0; x <= self->crop->width; x++) {
    if (x < self->crop->width && is_pixel_beside (self, x, y)) {
      n++;
      continue;
    }
    for (gint i = 1; n > least && i <= n; i++)
      *pixel_at (self, x - i, y) = self->ground;
    n = 0;
  }
}

void
line_ends_clear (LineCrop *crop, const guint8 *strokes, gint ink, gint ground)
{
  const Plate plate = { crop, ink, ground };
  gint overlap = OVERLAP * (crop->text_bottom - crop->text_top);
  gint left = crop->width, right = -1;
  gsize n = (gsize)crop->width * crop->height;
  gboolean has_ends;

  for (gsize i = 0; i < n; i++)
    if (strokes[i]) {
      left = MIN (left, (gint)(i % crop->width));
      right = MAX (right, (gint)(i % crop->width));
    }
  if (right < 0 || !has_plate (&plate, strokes))
    return;
  has_ends = clear_end (&plate, MIN (left + overlap, right), -1);
  has_ends |= clear_end (&plate, MAX (right - overlap, left), 1);
  for (gint y = 0; has_ends && y < crop->height; y++)
    if (y < crop->text_top || y >= crop->text_bottom)
      clear_row (&plate, y);
}
