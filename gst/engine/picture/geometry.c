/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/geometry.h"

#include <math.h>

/* Takes whole units of @align from the span that starts at @from and ends
 * before @to, of at most @size.  FALSE: the span is empty. */
static gboolean
take_span (gint64 from, gint64 to, gint size, gint align, gint * start,
    gint * length)
{
  from = MAX (from, 0);
  to = MIN (to, size);
  if (from >= to)
    return FALSE;
  from -= from % align;
  to += (align - to % align) % align;
  *start = from;
  *length = MIN (to, size) - from;
  return TRUE;
}

gboolean
kocr_picture_geometry_take (KocrPictureGeometry * self,
    const KocrFrameShape * frame, const gint region[4])
{
  gint64 x = region[0], y = region[1], width = region[2], height = region[3];
  gint step = frame->row_step;
  gint rows = frame->height / step + frame->height % step;

  if (x == 0 && y == 0 && width == 0 && height == 0) {
    width = frame->width;
    height = frame->height;
  }
  if (!take_span (x, x + width, frame->width, frame->align_x, &self->x,
          &self->width)
      || !take_span (MAX (y, 0), y + height, frame->height,
          frame->align_y * step, &self->y, &self->height))
    return FALSE;
  self->y /= step;
  self->height = MIN ((self->height + step - 1) / step, rows - self->y);
  self->to_frame.offset_x = self->x;
  self->to_frame.offset_y = (gdouble) self->y * step;
  return TRUE;
}

static void
pad (gint * start, gint * length, gint sent, gboolean before, gboolean behind,
    guint longest)
{
  gint padded = sent + (before + behind) * KOCR_EDGE_PAD;
  gboolean fits = padded <= (gint) MIN (longest, G_MAXINT);

  *start = before && fits ? KOCR_EDGE_PAD : 0;
  *length = fits ? padded : sent;
}

void
kocr_picture_geometry_fit (KocrPictureGeometry * self,
    const KocrFrameShape * frame, guint longest, KocrEdges edges)
{
  gdouble pixel_aspect = frame->par_n > 0 && frame->par_d > 0 ?
      (gdouble) frame->par_n / frame->par_d : 1.0;
  gdouble aspect = self->width * pixel_aspect
      / ((gdouble) self->height * frame->row_step);
  guint side = MIN ((guint) MAX (self->width, self->height), longest);

  self->sent_width = side;
  self->sent_height = side;
  if (aspect > 1.0)
    self->sent_height = MAX (1, (gint) floor (side / aspect + 0.5));
  else
    self->sent_width = MAX (1, (gint) floor (side * aspect + 0.5));
  self->to_frame.scale_x = (gdouble) self->width / self->sent_width;
  self->to_frame.scale_y
      = (gdouble) self->height * frame->row_step / self->sent_height;
  pad (&self->left, &self->sheet_width, self->sent_width,
      (edges & KOCR_EDGE_LEFT) != 0, (edges & KOCR_EDGE_RIGHT) != 0, longest);
  pad (&self->top, &self->sheet_height, self->sent_height,
      (edges & KOCR_EDGE_TOP) != 0, (edges & KOCR_EDGE_BOTTOM) != 0, longest);
  self->fold.n = 0;
}

gboolean
kocr_picture_geometry_fold (KocrPictureGeometry * self,
    const KocrFrameShape * frame, guint longest)
{
  kocr_picture_geometry_fit (self, frame, G_MAXINT, 0);
  /* Pixels that are not square are scaled, and then as a whole. */
  if (self->sent_width != self->width || self->sent_height != self->height
      || !kocr_fold_init (&self->fold, self->width, self->height, longest))
    return FALSE;
  self->fold.to_frame = self->to_frame;
  kocr_fold_get_size (&self->fold, &self->sheet_width, &self->sheet_height);
  return TRUE;
}
