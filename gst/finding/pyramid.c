/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pyramid.h"

/* The finest level searched has at most this on its longest side, or, a
 * ticker's wall being wide and low, this many pixels: text of 8 pixels there is
 * 17 high in a 4K frame, and a larger search costs more than it finds. */
#define SEARCH_MAX_SIDE 1920
#define SEARCH_MAX_PIXELS (1920 * 1080)
/* Levels searched: text 8 to 40 pixels high on the first is up to 640 high on
 * the fifth. */
#define SEARCH_LEVELS 5
/* A picture of at most this many pixels is also searched at twice its size:
 * that of a telephone's message, of a sign cut out of a photograph. On a larger
 * one that costs more than the rest of the search. */
#define ENLARGE_MAX_PIXELS (640 * 400)
/* Nor one of which neighbouring pixels differ by more than this in the mean: in
 * noise like that (white noise has 85, a photograph 2 to 15) strokes show, twice
 * the size, where there are none. */
#define ENLARGE_MAX_NOISE 40
/* No letter that can be read fits in less. */
#define MIN_SIDE 12

static gboolean
can_halve (const PyramidLevel * level)
{
  return MIN (level->width, level->height) / 2 >= MIN_SIDE;
}

static void
halve (const PyramidLevel * from, PyramidLevel * to)
{
  gint x, y;

  to->width = from->width / 2;
  to->height = from->height / 2;
  to->stride = to->width;
  to->scale = from->scale * 2;
  to->own_pixels = g_malloc ((gsize) to->width * to->height);
  to->pixels = to->own_pixels;

  for (y = 0; y < to->height; y++) {
    const guint8 *a = from->pixels + (gsize) 2 * y * from->stride;
    const guint8 *b = a + from->stride;
    guint8 *row = to->own_pixels + (gsize) y * to->stride;

    for (x = 0; x < to->width; x++)
      row[x] = (a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2;
  }
}

/* By straight lines between the pixels: strokes keep their shape. */
static void
enlarge (const PyramidLevel * from, PyramidLevel * to)
{
  /* Between two rows, with one more at each end. */
  g_autofree guint16 *between = g_new (guint16, from->width + 2);
  guint16 *sums = between + 1;
  gint x, y;

  to->width = from->width * 2;
  to->height = from->height * 2;
  to->stride = to->width;
  to->scale = from->scale / 2;
  to->own_pixels = g_malloc ((gsize) to->width * to->height);
  to->pixels = to->own_pixels;

  for (y = 0; y < to->height; y++) {
    gint nearest = y / 2, other = nearest + (y & 1 ? 1 : -1);
    const guint8 *a = from->pixels + nearest * from->stride;
    const guint8 *b = from->pixels
        + CLAMP (other, 0, from->height - 1) * from->stride;
    guint8 *row = to->own_pixels + (gsize) y * to->stride;

    for (x = 0; x < from->width; x++)
      sums[x] = 3 * a[x] + b[x];
    sums[-1] = sums[0];
    sums[from->width] = sums[from->width - 1];
    for (x = 0; x < from->width; x++) {
      row[2 * x] = (3 * sums[x] + sums[x - 1] + 8) >> 4;
      row[2 * x + 1] = (3 * sums[x] + sums[x + 1] + 8) >> 4;
    }
  }
}

static gboolean
is_noise (const GrayPicture * picture)
{
  guint64 sum = 0;

  for (gint y = 0; y < picture->height; y++) {
    const guint8 *row = picture->pixels + (gsize) y * picture->stride;
    guint of_row = 0;

    for (gint x = 1; x < picture->width; x++)
      of_row += ABS (row[x] - row[x - 1]);
    sum += of_row;
  }
  return sum > (guint64) ENLARGE_MAX_NOISE * picture->width * picture->height;
}

void
kocr_pyramid_init (Pyramid * self, const GrayPicture * picture)
{
  kocr_pyramid_init_bounded (self, picture, 0, 0);
}

void
kocr_pyramid_init_bounded (Pyramid * self, const GrayPicture * picture,
    gint max_side, guint levels)
{
  gboolean small = (gsize) picture->width * picture->height
      <= ENLARGE_MAX_PIXELS && MIN (picture->width, picture->height) >= MIN_SIDE
      && max_side <= 0 && !is_noise (picture);
  PyramidLevel *last = &self->levels[small];
  gsize max_pixels = 0;

  if (max_side <= 0) {
    max_side = SEARCH_MAX_SIDE;
    max_pixels = SEARCH_MAX_PIXELS;
  }
  if (levels == 0)
    levels = SEARCH_LEVELS;
  *self = (Pyramid) {
  .n_levels = 1 + small};
  *last = (PyramidLevel){ .width = picture->width,
    .height = picture->height,
    .stride = picture->stride,
    .pixels = picture->pixels,
    .scale = 1 };
  if (small) {
    enlarge (last, &self->levels[0]);
    levels++;
  }

  while (self->n_levels < PYRAMID_MAX_LEVELS && can_halve (last)) {
    gboolean too_large = MAX (last->width, last->height) > max_side
        && (gsize) last->width * last->height > max_pixels;

    if (too_large)
      self->first = self->n_levels;
    else if (self->n_levels - self->first >= levels)
      break;
    halve (last, last + 1);
    last++;
    self->n_levels++;
  }
}

void
kocr_pyramid_init_part (Pyramid * self, const Pyramid * whole, gint x,
    gint y, gint width, gint height)
{
  guint i;

  *self = (Pyramid) {
  0};
  for (i = whole->first; i < whole->n_levels; i++) {
    const PyramidLevel *from = &whole->levels[i];
    PyramidLevel *to = &self->levels[self->n_levels];
    gint left = x / from->scale, top = y / from->scale;

    if (left * from->scale != x || top * from->scale != y)
      break;
    *to = *from;
    to->own_pixels = NULL;
    to->pixels = from->pixels + top * from->stride + left;
    to->width = MIN ((gint) (width / from->scale), from->width - left);
    to->height = MIN ((gint) (height / from->scale), from->height - top);
    if (MIN (to->width, to->height) < MIN_SIDE)
      break;
    self->n_levels++;
  }
}

void
kocr_pyramid_clear (Pyramid * self)
{
  guint i;

  for (i = 0; i < self->n_levels; i++)
    g_clear_pointer (&self->levels[i].own_pixels, g_free);
  self->n_levels = 0;
}

const PyramidLevel *
kocr_pyramid_level_for_scale (const Pyramid * self, gdouble scale)
{
  guint i = 0;

  /* An enlarged picture shows no more than the picture. */
  while (i + 1 < self->n_levels && self->levels[i].scale < 1)
    i++;
  /* A twentieth too coarse blurs less than the interpolation does. */
  while (i + 1 < self->n_levels && self->levels[i + 1].scale <= scale * 1.05)
    i++;
  return &self->levels[i];
}
