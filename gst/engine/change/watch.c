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
/* So many lie at most between two captions that follow each other. */
#define GAP 3
#define ALL_BITS 255

/* Of edges, in each column of some rows. */
typedef struct
{
  GByteArray *edges;            /* how many there are */
  GByteArray *gone;             /* of them */
} EdgeCounts;

struct _KocrChangeWatch
{
  KocrLumaPyramid *sample;          /* nullable */
  KocrLumaPyramid *seen[GAP + REACH + 1]; /* nullable: the present picture,
                                           * and those before it */
  guint n_before;                   /* of seen, since the last cut */
  gboolean rest_known;              /* of the present picture */
  gboolean at_rest;                 /* it hardly moves */
  EdgeCounts earlier, later;    /* in both halves of the time looked back on */
  GByteArray *counts;           /* of new edges, in each column of some rows */
  GByteArray *standing;         /* of each pixel: all bits, or none */
  GByteArray *stood;            /* the same of the sample */
};

static void
edge_counts_init (EdgeCounts *self)
{
  self->edges = g_byte_array_new ();
  self->gone = g_byte_array_new ();
}

static void
edge_counts_clear (EdgeCounts *self)
{
  g_byte_array_unref (self->edges);
  g_byte_array_unref (self->gone);
}

KocrChangeWatch *
kocr_change_watch_new (void)
{
  KocrChangeWatch *self = g_new0 (KocrChangeWatch, 1);

  edge_counts_init (&self->earlier);
  edge_counts_init (&self->later);
  self->counts = g_byte_array_new ();
  self->standing = g_byte_array_new ();
  self->stood = g_byte_array_new ();
  return self;
}

void
kocr_change_watch_forget (KocrChangeWatch * self)
{
  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->seen); i++)
    g_clear_pointer (&self->seen[i], kocr_luma_pyramid_unref);
  self->n_before = 0;
}

void
kocr_change_watch_free (KocrChangeWatch * self)
{
  kocr_change_watch_forget (self);
  edge_counts_clear (&self->earlier);
  edge_counts_clear (&self->later);
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

static void
set_zeros (GByteArray *counts, gint n)
{
  g_byte_array_set_size (counts, n);
  memset (counts->data, 0, n);
}

static const guint8 *
row_at (const KocrLumaPyramid * picture, gint y)
{
  return picture->levels[0].pixels + (gsize) y * picture->levels[0].stride;
}

/* How many pixels of a row differ by no more than @level. */
static gint
count_alike (
    const KocrLumaPyramid *a, const KocrLumaPyramid *b, gint y, guint8 level)
{
  guint32 n;

  kocr_orc_count_alike (
      &n, row_at (a, y), row_at (b, y), level, a->levels[0].width);
  return n / ALL_BITS;
}

/* What was before a cut says nothing of what stands. */
static gboolean
is_cut (const KocrChangeWatch *self)
{
  const KocrLumaPyramid *now = self->seen[0], *before = self->seen[1];
  gint n = 0, n_alike = 0;

  if (!now || !before || !have_same_size (now, before))
    return TRUE;
  for (gint y = 0; y < now->levels[0].height; y += PROBED) {
    n += now->levels[0].width;
    n_alike += count_alike (now, before, y, STANDING);
  }
  return n - n_alike >= n / CUT_PART;
}

/* Of the edges that @then has in the rows of a part: how many there are in each
 * column, and how many are gone from @now. */
static void
count_edges (EdgeCounts *counts, const KocrLumaPyramid *now,
    const KocrLumaPyramid *then, gint top)
{
  gint width = now->levels[0].width - 1, height = now->levels[0].height;

  set_zeros (counts->edges, width);
  set_zeros (counts->gone, width);
  for (gint y = top; y < MIN (top + PART_ROWS, height); y += PROBED)
    kocr_orc_gone_edges (counts->edges->data, counts->gone->data,
        row_at (then, y), row_at (then, y) + 1, row_at (now, y), EDGE, STANDING,
        width);
}

static gint
sum (const GByteArray *counts, gint left, gint right)
{
  gint n = 0;

  for (gint x = left; x < right; x++)
    n += counts->data[x];
  return n;
}

static gboolean
has_gone (const EdgeCounts *counts, gint left, gint right)
{
  return sum (counts->gone, left, right)
         > sum (counts->edges, left, right) / MOVING_PART;
}

/* Whether the edges that there were @frames before are where they were, in most
 * parts of the picture that have any: what came since does not count, so that a
 * caption on plain ground is no motion, nor does it count how many edges a part
 * has, so that text that stands does not hide that its ground moves. What moves
 * does so in both halves of the time: a caption that went at once does not. */
static gboolean
find_rest (KocrChangeWatch *self, guint frames)
{
  const KocrLumaPyramid *now = self->seen[0];
  const KocrLumaPyramid *half = self->seen[frames / 2];
  const KocrLumaPyramid *then = self->seen[frames];
  gint width = now->levels[0].width - 1;
  gint n_parts = 0, n_moving = 0;

  for (gint top = 0; top < now->levels[0].height; top += PART_ROWS) {
    count_edges (&self->earlier, half, then, top);
    count_edges (&self->later, now, half, top);
    for (gint left = 0; left < width; left += PART_COLUMNS) {
      gint right = MIN (left + PART_COLUMNS, width);

      n_parts += sum (self->earlier.edges, left, right) > 0;
      n_moving += has_gone (&self->earlier, left, right)
                  && has_gone (&self->later, left, right);
    }
  }
  return n_moving <= n_parts / MOVING_PART;
}

void
kocr_change_watch_look (KocrChangeWatch *self, KocrLumaPyramid *picture)
{
  g_clear_pointer (&self->seen[GAP + REACH], kocr_luma_pyramid_unref);
  memmove (&self->seen[1], &self->seen[0], (GAP + REACH) * sizeof *self->seen);
  self->seen[0] = picture ? kocr_luma_pyramid_ref (picture) : NULL;
  self->n_before = is_cut (self) ? 0 : MIN (self->n_before + 1, GAP + REACH);
  self->rest_known = FALSE;
}

/* It is asked of few pictures: most have nothing that the sample has not. */
static gboolean
is_at_rest (KocrChangeWatch *self)
{
  if (!self->rest_known)
    self->at_rest = self->n_before >= STEADY
                    && find_rest (self, MIN (self->n_before, REACH));
  self->rest_known = TRUE;
  return self->at_rest;
}

/* For how many frames a thing has to be there to stand. */
static guint
get_reach (KocrChangeWatch *self)
{
  return is_at_rest (self) ? STEADY : MIN (self->n_before, REACH);
}

/* Where rows of the picture are as they were @frames before, and half as many. */
static void
find_standing (const KocrChangeWatch *self, guint frames, GByteArray *standing,
    gint top, gint bottom)
{
  gint width = self->seen[0]->levels[0].width;

  for (gint y = top; y < bottom; y++)
    kocr_orc_standing (standing->data + (gsize)y * width,
        row_at (self->seen[0], y), row_at (self->seen[frames / 2], y),
        row_at (self->seen[frames], y), STANDING, width);
}

void
kocr_change_watch_take (KocrChangeWatch *self)
{
  gint width, height;

  g_clear_pointer (&self->sample, kocr_luma_pyramid_unref);
  if (!self->seen[0])
    return;
  self->sample = kocr_luma_pyramid_ref (self->seen[0]);
  width = self->sample->levels[0].width;
  height = self->sample->levels[0].height;
  set_zeros (self->stood, width * height);
  if (self->n_before >= STEADY)
    find_standing (self, get_reach (self), self->stood, 0, height);
}

/* Whether rows of @shows have edges that @other has not, where it is said to
 * stand. */
static gboolean
has_edges (KocrChangeWatch *self, const KocrLumaPyramid *shows,
    const KocrLumaPyramid *other, const GByteArray *where, gint top, gint bottom)
{
  gint width = shows->levels[0].width;

  set_zeros (self->counts, width);
  for (gint y = top; y < bottom; y++) {
    const guint8 *standing = where->data + (gsize)y * width;

    kocr_orc_new_edges (self->counts->data, row_at (shows, y),
        row_at (shows, y) + 1, row_at (other, y), standing, standing + 1, EDGE,
        CHANGE, width - 1);
  }
  for (gint left = 0; left < width; left += COLUMNS) {
    if (sum (self->counts, left, MIN (left + COLUMNS, width)) >= LEAST_PIXELS)
      return TRUE;
  }
  return FALSE;
}

/* Of what stood in the sample, where all of the picture stands now or stood
 * then; else it is the ground that has gone on. */
static gboolean
has_lost (KocrChangeWatch *self, KocrChangeScope scope, gint top, gint bottom)
{
  const GByteArray *where = is_at_rest (self) || scope == KOCR_CHANGE_ANY
                                ? self->standing
                                : self->stood;
  guint away = scope == KOCR_CHANGE_STANDING ? GAP + get_reach (self) : 0;

  return away <= self->n_before
         && has_edges (self, self->sample, self->seen[away], where, top, bottom)
         && has_edges (self, self->sample, self->seen[0], where, top, bottom);
}

/* For how many frames a thing has to be there to count. */
static guint
get_frames (KocrChangeWatch *self, KocrChangeScope scope)
{
  switch (scope) {
  case KOCR_CHANGE_STANDING:
    return get_reach (self);
  case KOCR_CHANGE_NEWEST:
    return is_at_rest (self) || self->n_before < STEADY ? 0 : STEADY;
  default:
    return 0;
  }
}

/* Whether any pixel has changed since the sample: in a picture that stands most
 * rows have none. One in two tells: letters are higher. */
static gboolean
may_have_changed (const KocrChangeWatch *self, gint top, gint bottom)
{
  gint width = self->sample->levels[0].width;

  for (gint y = top; y < bottom; y += 2) {
    if (count_alike (self->seen[0], self->sample, y, CHANGE) < width)
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_change_watch_has_changed (KocrChangeWatch * self, KocrChangeScope scope)
{
  const KocrLumaPyramid *present = self->seen[0];
  gint width, height;

  if (!present || !self->sample || !have_same_size (present, self->sample)
      || (scope == KOCR_CHANGE_STANDING && self->n_before < STEADY))
    return FALSE;
  width = present->levels[0].width;
  height = present->levels[0].height;
  g_byte_array_set_size (self->standing, width * height);
  for (gint top = 0; top < height; top += ROWS) {
    gint bottom = MIN (top + ROWS, height);

    if (!may_have_changed (self, top, bottom))
      continue;
    find_standing (
        self, get_frames (self, scope), self->standing, top, bottom);
    if (has_edges (self, present, self->sample, self->standing, top, bottom)
        || has_lost (self, scope, top, bottom))
      return TRUE;
  }
  return FALSE;
}
