/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/linebox.h"

#include <math.h>
#include <string.h>

#include "geometry/quad.h"

/* A line that is found without its ascenders is lower by a third. Small letters
 * alone are 0.45 of a row, which a cursor beside them is as high as; text that is
 * lower than that is another text. */
#define MIN_HEIGHT_RATIO 0.4

/* The angle of a short line's box is some degrees off. */
#define MIN_COSINE 0.9          /* 25° */

void
kocr_line_box_init (KocrLineBox * box,
    const gdouble first[GST_KAKAO_OCR_BOX_LEN],
    const gdouble last[GST_KAKAO_OCR_BOX_LEN])
{
  gdouble *c = box->corners;
  gdouble right[2], down[2], direction[2];

  /* What is read first stands at the right of what is written from there. */
  kocr_quad_get_direction (first, direction);
  if ((last[0] - first[0]) * direction[0] + (last[1] - first[1]) * direction[1]
      < 0.0) {
    const gdouble *rightmost = first;

    first = last;
    last = rightmost;
  }
  memcpy (c, first, 2 * sizeof (gdouble));
  memcpy (c + 2, last + 2, 4 * sizeof (gdouble));
  memcpy (c + 6, first + 6, 2 * sizeof (gdouble));

  kocr_quad_get_sides (c, right, down);
  kocr_quad_get_direction (c, direction);
  box->ux = direction[0];
  box->uy = direction[1];
  box->x = (c[0] + c[2] + c[4] + c[6]) / 4.0;
  box->y = (c[1] + c[3] + c[5] + c[7]) / 4.0;
  box->width = MAX (1.0, right[0] * box->ux + right[1] * box->uy);
  box->height = MAX (1.0, down[1] * box->ux - down[0] * box->uy);
}

void
kocr_line_box_move (KocrLineBox * box, gdouble dx, gdouble dy)
{
  guint c;

  for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
    box->corners[c] += dx;
    box->corners[c + 1] += dy;
  }
  box->x += dx;
  box->y += dy;
}

/* Of two stretches whose middles are @offset apart: how much of the shorter one
 * is covered. */
static gdouble
covered (gdouble offset, gdouble a, gdouble b)
{
  gdouble shorter = MIN (a, b);

  return CLAMP (((a + b) / 2.0 - fabs (offset)) / shorter, 0.0, 1.0);
}

gdouble
kocr_line_box_cover (const KocrLineBox * a, const KocrLineBox * b)
{
  gdouble dx = b->x - a->x, dy = b->y - a->y;

  return covered (dx * a->ux + dy * a->uy, a->width, b->width) *
      covered (dy * a->ux - dx * a->uy, a->height, b->height);
}

gdouble
kocr_line_box_overlap (const KocrLineBox * a,
    const KocrLineBox * b)
{
  if (MIN (a->height, b->height) <
      MIN_HEIGHT_RATIO * MAX (a->height, b->height) ||
      a->ux * b->ux + a->uy * b->uy < MIN_COSINE)
    return 0.0;
  return kocr_line_box_cover (a, b);
}

gdouble
kocr_line_box_distance (const KocrLineBox * a,
    const KocrLineBox * b)
{
  return hypot (b->x - a->x, b->y - a->y);
}
