/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/watch.h"

#include <string.h>
#include "kernels.h"

/* Levels: of letters from their ground, of noise that a codec leaves, and of a
 * text from what was there before it. */
#define EDGE 28
#define STANDING 6
#define CHANGE 24
/* The pixels of a part of the picture that are counted together, and how many
 * make a change: chance makes fewer in a ground that moves, two letters more.
 */
#define ROWS 8
#define COLUMNS 16
#define LEAST_PIXELS 16
/* One pixel in so many may move in a picture that stands. */
#define MOVING_PART 10

struct _KocrChangeWatch
{
  KocrLumaPyramid *sample, *present;    /* nullable */
  KocrLumaPyramid *before[2];   /* nullable: of the last frame, and of the one
                                 * before that */
  GByteArray *counts;           /* of each column */
  GByteArray *standing;         /* of each pixel: all bits, or none */
};

KocrChangeWatch *
kocr_change_watch_new (void)
{
  KocrChangeWatch *self = g_new0 (KocrChangeWatch, 1);

  self->counts = g_byte_array_new ();
  self->standing = g_byte_array_new ();
  return self;
}

void
kocr_change_watch_forget (KocrChangeWatch * self)
{
  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  g_clear_pointer (&self->before[0], kocr_luma_pyramid_unref);
  g_clear_pointer (&self->before[1], kocr_luma_pyramid_unref);
  g_clear_pointer (&self->present, kocr_luma_pyramid_unref);
}

void
kocr_change_watch_free (KocrChangeWatch * self)
{
  kocr_change_watch_forget (self);
  g_byte_array_unref (self->counts);
  g_byte_array_unref (self->standing);
  g_free (self);
}

void
kocr_change_watch_look (KocrChangeWatch * self, KocrLumaPyramid * picture)
{
  g_clear_pointer (&self->before[1], kocr_luma_pyramid_unref);
  self->before[1] = self->before[0];
  self->before[0] = g_steal_pointer (&self->present);
  if (picture)
    self->present = kocr_luma_pyramid_ref (picture);
}

void
kocr_change_watch_take (KocrChangeWatch * self)
{
  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  if (self->present)
    self->sample = kocr_luma_pyramid_ref (self->present);
}

static const guint8 *
row_at (const KocrLumaPyramid * picture, gint y)
{
  return picture->levels[0].pixels + (gsize) y * picture->levels[0].stride;
}

/* Where the picture is as it was in the frames before. */
static void
find_standing (KocrChangeWatch * self, const KocrLumaPyramid * before,
    const KocrLumaPyramid * first)
{
  gint width = self->present->levels[0].width;
  gint height = self->present->levels[0].height;

  g_byte_array_set_size (self->standing, width * height);
  for (gint y = 0; y < height; y++)
    kocr_orc_standing (self->standing->data + (gsize) y * width,
        row_at (self->present, y), row_at (before, y), row_at (first, y),
        STANDING, width);
}

/* Whether @shows has edges that @other has not, where the picture stands. */
static gboolean
has_edges (KocrChangeWatch * self, const KocrLumaPyramid * shows,
    const KocrLumaPyramid * other)
{
  gint width = shows->levels[0].width, height = shows->levels[0].height;

  g_byte_array_set_size (self->counts, width);
  for (gint top = 0; top < height; top += ROWS) {
    memset (self->counts->data, 0, width);
    for (gint y = top; y < MIN (top + ROWS, height); y++) {
      const guint8 *standing = self->standing->data + (gsize) y * width;

      kocr_orc_new_edges (self->counts->data, row_at (shows, y),
          row_at (shows, y) + 1, row_at (other, y), standing, standing + 1,
          EDGE, CHANGE, width - 1);
    }
    for (gint left = 0; left < width; left += COLUMNS) {
      guint n = 0;

      for (gint x = left; x < MIN (left + COLUMNS, width); x++)
        n += self->counts->data[x];
      if (n >= LEAST_PIXELS)
        return TRUE;
    }
  }
  return FALSE;
}

/* Whether hardly anything moves. */
static gboolean
stands (KocrChangeWatch * self)
{
  guint n = 0;

  for (guint i = 0; i < self->standing->len; i++)
    n += self->standing->data[i] == 0;
  return n < self->standing->len / MOVING_PART;
}

static gboolean
have_same_size (const KocrLumaPyramid * a, const KocrLumaPyramid * b)
{
  return a->levels[0].width == b->levels[0].width
      && a->levels[0].height == b->levels[0].height;
}

gboolean
kocr_change_watch_has_changed (KocrChangeWatch * self, gboolean steady)
{
  const KocrLumaPyramid *before = steady ? self->before[0] : self->present;
  const KocrLumaPyramid *first = steady ? self->before[1] : self->present;

  if (!self->present || !self->sample || !before || !first
      || !have_same_size (self->present, self->sample)
      || !have_same_size (self->present, before)
      || !have_same_size (self->present, first))
    return FALSE;
  find_standing (self, before, first);
  return has_edges (self, self->present, self->sample)
      || (stands (self) && has_edges (self, self->sample, self->present));
}
