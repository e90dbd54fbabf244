/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/fold.h"

#include <math.h>

/* A picture that is not so many times as long as it is wide is scaled: its text
 * is small in it and large in pixels. */
#define LEAST_RATIO 4
/* Of the overlap, in widths of the strip: words of so many letters are whole in
 * one of two strips. At most a third of a strip. */
#define OVERLAP 8
/* Between strips and around them, pixels. */
#define GAP 16

static gint
pitch_of (const KocrFold *self)
{
  return self->width + self->width % 2 + GAP;
}

gboolean
kocr_fold_init (KocrFold *self, gint width, gint height, guint longest)
{
  gint side = (gint)MIN (longest, G_MAXINT / 4) - 2 * GAP;
  gint overlap;

  *self = (KocrFold){ .tall = height > width,
    .whole = MAX (width, height),
    .width = MIN (width, height) };
  if ((guint)self->whole <= longest || self->whole / LEAST_RATIO < self->width
      || side < 2)
    return FALSE;
  overlap = MIN ((gint64)OVERLAP * self->width, side / 3);
  self->n = (self->whole - overlap + side - overlap - 1) / (side - overlap);
  /* Even, so that strips begin at whole chroma samples. */
  self->length = (self->whole + (gint)(self->n - 1) * overlap) / self->n;
  self->length = MIN (self->length + self->length % 2 + 2, side) & ~1;
  self->step = (self->length - overlap) & ~1;
  if ((gint64)self->n * pitch_of (self) + GAP > longest)
    self->n = 0;
  return self->n > 1;
}

void
kocr_fold_get_size (const KocrFold *self, gint *width, gint *height)
{
  gint along = self->length + 2 * GAP;
  gint across = (gint)self->n * pitch_of (self) + GAP;

  *width = self->tall ? across : along;
  *height = self->tall ? along : across;
}

gint
kocr_fold_get_start (const KocrFold *self, guint i)
{
  gint last = self->whole - self->length;

  last += last % 2;
  return i + 1 == self->n ? last : MIN ((gint) i * self->step, last);
}

static void
place (const KocrFold *self, gint along, gint across, gint length, gint width,
    gint rectangle[4])
{
  rectangle[0] = self->tall ? across : along;
  rectangle[1] = self->tall ? along : across;
  rectangle[2] = self->tall ? width : length;
  rectangle[3] = self->tall ? length : width;
}

void
kocr_fold_get_strip (
    const KocrFold *self, guint i, gint strip[4], gint around[4])
{
  gint across = (gint)i * pitch_of (self);
  gint length = MIN (self->length, self->whole - kocr_fold_get_start (self, i));

  place (self, GAP, across + GAP, length, self->width, strip);
  place (self, 0, across, self->length + 2 * GAP,
      pitch_of (self) + (i + 1 == self->n ? GAP : 0), around);
}

static gdouble
middle_of (const gdouble box[8], guint axis)
{
  return (box[axis] + box[axis + 2] + box[axis + 4] + box[axis + 6]) / 4;
}

/* The strip that @box is in. */
static guint
strip_of (const KocrFold *self, const gdouble box[8])
{
  gdouble across = middle_of (box, self->tall ? 0 : 1) - GAP / 2;

  return CLAMP (floor (across / pitch_of (self)), 0, self->n - 1);
}

/* Along the picture, where the text of strip @i ends and that of the next one
 * begins. */
static gdouble
end_of (const KocrFold *self, guint i)
{
  return (kocr_fold_get_start (self, i) + self->length
             + kocr_fold_get_start (self, i + 1))
         / 2.0;
}

gboolean
kocr_fold_counts (const KocrFold *self, const gdouble box[8])
{
  guint i = strip_of (self, box);
  gdouble along = middle_of (box, self->tall ? 1 : 0) - GAP
                  + kocr_fold_get_start (self, i);

  return (i == 0 || along >= end_of (self, i - 1))
         && (i + 1 == self->n || along < end_of (self, i));
}

void
kocr_fold_open (const KocrFold *self, gdouble box[8])
{
  guint i = strip_of (self, box);
  guint along = self->tall ? 1 : 0;

  for (guint c = 0; c < 8; c++)
    box[c] -= GAP;
  for (guint c = 0; c < 8; c += 2) {
    box[c + along] += kocr_fold_get_start (self, i);
    box[c + 1 - along] -= (gdouble)i * pitch_of (self);
  }
  kocr_transform_apply (&self->to_frame, box);
}
