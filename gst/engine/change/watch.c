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
/* In a picture that stands one part in so many may move, and in a part that
 * stands one edge in so many; small pixels of such a part. */
#define MOVING_PART 4
#define PART_ROWS 16
#define PART_COLUMNS 32
/* One pixel in so many is another one when there is a cut. */
#define CUT_PART 2
/* So many frames a picture that moves is looked back on: a ground that creeps
 * by a quarter of a small pixel a frame has by then moved by two, and a caption
 * of 0.4 s at 25 frames a second still stands. */
#define REACH 8
/* One row in so many tells how much of a picture moves. */
#define PROBED 4
/* What stands in a picture that stands does so for so many. */
#define STEADY 2

struct _KocrChangeWatch
{
  KocrLumaPyramid *sample;          /* nullable */
  KocrLumaPyramid *seen[REACH + 1]; /* nullable: the present picture, and
                                     * those before it */
  guint n_before;                   /* of seen, since the last cut */
  gboolean at_rest;                 /* it hardly moves */
  GByteArray *counts;           /* of each column */
  GByteArray *standing;         /* of each pixel: all bits, or none */
  GByteArray *stood;            /* the same of the sample */
};

KocrChangeWatch *
kocr_change_watch_new (void)
{
  KocrChangeWatch *self = g_new0 (KocrChangeWatch, 1);

  self->counts = g_byte_array_new ();
  self->standing = g_byte_array_new ();
  self->stood = g_byte_array_new ();
  return self;
}

void
kocr_change_watch_forget (KocrChangeWatch * self)
{
  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  for (guint i = 0; i <= REACH; i++)
    g_clear_pointer (&self->seen[i], kocr_luma_pyramid_unref);
  self->n_before = 0;
}

void
kocr_change_watch_free (KocrChangeWatch * self)
{
  kocr_change_watch_forget (self);
  g_byte_array_unref (self->counts);
  g_byte_array_unref (self->standing);
  g_byte_array_unref (self->stood);
  g_free (self);
}

static gboolean
have_same_size (const KocrLumaPyramid *a, const KocrLumaPyramid *b)
{
  return a->levels[0].width == b->levels[0].width
         && a->levels[0].height == b->levels[0].height;
}

static const guint8 *
row_at (const KocrLumaPyramid * picture, gint y)
{
  return picture->levels[0].pixels + (gsize) y * picture->levels[0].stride;
}

/* Where the picture is as it was @frames before, and half as many. */
static void
find_standing (const KocrChangeWatch *self, guint frames, GByteArray *standing)
{
  gint width = self->seen[0]->levels[0].width;
  gint height = self->seen[0]->levels[0].height;

  g_byte_array_set_size (standing, width * height);
  for (gint y = 0; y < height; y++)
    kocr_orc_standing (standing->data + (gsize)y * width,
        row_at (self->seen[0], y), row_at (self->seen[frames / 2], y),
        row_at (self->seen[frames], y), STANDING, width);
}

/* Whether @shows has edges that @other has not, where it is said to stand. */
static gboolean
has_edges (KocrChangeWatch *self, const KocrLumaPyramid *shows,
    const KocrLumaPyramid *other, const GByteArray *where)
{
  gint width = shows->levels[0].width, height = shows->levels[0].height;

  g_byte_array_set_size (self->counts, width);
  for (gint top = 0; top < height; top += ROWS) {
    memset (self->counts->data, 0, width);
    for (gint y = top; y < MIN (top + ROWS, height); y++) {
      const guint8 *standing = where->data + (gsize)y * width;

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

static gint
differ (guint8 a, guint8 b)
{
  return a > b ? a - b : b - a;
}

/* What was before a cut says nothing of what stands. */
static gboolean
is_cut (const KocrChangeWatch *self)
{
  gint n = 0, n_other = 0;

  if (!self->seen[0] || !self->seen[1]
      || !have_same_size (self->seen[0], self->seen[1]))
    return TRUE;
  for (gint y = 0; y < self->seen[0]->levels[0].height; y += PROBED) {
    const guint8 *now = row_at (self->seen[0], y);
    const guint8 *then = row_at (self->seen[1], y);

    for (gint x = 0; x < self->seen[0]->levels[0].width; x++, n++)
      n_other += differ (now[x], then[x]) > STANDING;
  }
  return n_other >= n / CUT_PART;
}

/* Of the edges that @then has in a row: how many there are, and
 * how many are gone from @now. */
static void
count_gone (
    const guint8 *now, const guint8 *then, gint width, gint *n, gint *n_gone)
{
  for (gint x = 0; x < width; x++) {
    if (differ (then[x], then[x + 1]) > EDGE) {
      ++*n;
      *n_gone += differ (now[x], then[x]) > STANDING;
    }
  }
}

/* Whether edges of a part are gone from @now that were there in @then. */
static gboolean
has_gone (const KocrLumaPyramid *now, const KocrLumaPyramid *then, gint left,
    gint top, gboolean *has_any)
{
  gint width = now->levels[0].width - 1, height = now->levels[0].height;
  gint n = 0, n_gone = 0;

  for (gint y = top; y < MIN (top + PART_ROWS, height); y += PROBED)
    count_gone (row_at (now, y) + left, row_at (then, y) + left,
        MIN (PART_COLUMNS, width - left), &n, &n_gone);
  *has_any |= n > 0;
  return n_gone > n / MOVING_PART;
}

/* Whether the edges that there were @frames before are where they were, in most
 * parts of the picture that have any: what came since does not count, so that a
 * caption on plain ground is no motion, nor does it count how many edges a part
 * has, so that text that stands does not hide that its ground moves. What moves
 * does so in both halves of the time: a caption that went at once does not. */
static gboolean
is_at_rest (const KocrChangeWatch *self, guint frames)
{
  const KocrLumaPyramid *now = self->seen[0];
  const KocrLumaPyramid *half = self->seen[frames / 2];
  const KocrLumaPyramid *then = self->seen[frames];
  gint n_parts = 0, n_moving = 0;

  for (gint top = 0; top < now->levels[0].height; top += PART_ROWS) {
    for (gint left = 0; left < now->levels[0].width - 1; left += PART_COLUMNS) {
      gboolean has_any = FALSE;

      n_moving += has_gone (half, then, left, top, &has_any)
                  && has_gone (now, half, left, top, &has_any);
      n_parts += has_any;
    }
  }
  return n_moving <= n_parts / MOVING_PART;
}

void
kocr_change_watch_look (KocrChangeWatch *self, KocrLumaPyramid *picture)
{
  g_clear_pointer (&self->seen[REACH], kocr_luma_pyramid_unref);
  memmove (&self->seen[1], &self->seen[0], REACH * sizeof *self->seen);
  self->seen[0] = picture ? kocr_luma_pyramid_ref (picture) : NULL;
  self->n_before = is_cut (self) ? 0 : MIN (self->n_before + 1, REACH);
  self->at_rest = self->n_before >= STEADY && is_at_rest (self, self->n_before);
}

/* For how many frames a thing has to be there to stand. */
static guint
get_reach (const KocrChangeWatch *self)
{
  return self->at_rest ? STEADY : self->n_before;
}

void
kocr_change_watch_take (KocrChangeWatch *self)
{
  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  if (!self->seen[0])
    return;
  self->sample = kocr_luma_pyramid_ref (self->seen[0]);
  find_standing (self, get_reach (self), self->stood);
  if (self->n_before < STEADY)
    memset (self->stood->data, 0, self->stood->len);
}

/* Of what stood in the sample, where all of the picture stands now or stood
 * then; else it is the ground that has gone on. */
static gboolean
has_lost (KocrChangeWatch *self, KocrChangeScope scope)
{
  return has_edges (self, self->sample, self->seen[0],
      self->at_rest || scope == KOCR_CHANGE_ANY ? self->standing : self->stood);
}

/* For how many frames a thing has to be there to count. */
static guint
get_frames (const KocrChangeWatch *self, KocrChangeScope scope)
{
  switch (scope) {
  case KOCR_CHANGE_STANDING:
    return get_reach (self);
  case KOCR_CHANGE_NEWEST:
    return self->at_rest || self->n_before < STEADY ? 0 : STEADY;
  default:
    return 0;
  }
}

gboolean
kocr_change_watch_has_changed (KocrChangeWatch * self, KocrChangeScope scope)
{
  const KocrLumaPyramid *present = self->seen[0];

  if (!present || !self->sample || !have_same_size (present, self->sample)
      || (scope == KOCR_CHANGE_STANDING && self->n_before < STEADY))
    return FALSE;
  find_standing (self, get_frames (self, scope), self->standing);
  return has_edges (self, present, self->sample, self->standing)
         || has_lost (self, scope);
}
