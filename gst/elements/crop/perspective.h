/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a plane is seen: a projective map from points to points. Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gdouble m[3][3];              /* applied to (x, y, 1); rows first */
} KocrPerspective;

/* Moves points by (@x, @y). */
void kocr_perspective_init_translate (
    KocrPerspective *self, gdouble x, gdouble y);

/* Takes the rectangle from (0, 0) to (@width, @height) to @quad, corner by
 * corner. FALSE when @quad is not one that a rectangle can look like: three of
 * its corners lie on one line. */
gboolean kocr_perspective_init_quad (KocrPerspective * self, gdouble width,
    gdouble height, const gdouble quad[8]);

/* Has points moved by (@x, @y) before what it does with them. */
void kocr_perspective_precede_translate (
    KocrPerspective *self, gdouble x, gdouble y);

/* The way back. */
void kocr_perspective_invert (
    const KocrPerspective *self, KocrPerspective *inverse);

/* Where it takes the point (@x, @y). FALSE when that is seen nowhere: on or
 * behind the horizon. */
static inline gboolean
perspective_map (const KocrPerspective * self, gdouble x, gdouble y,
    gdouble point[2])
{
  const gdouble (*m)[3] = self->m;
  gdouble w = m[2][0] * x + m[2][1] * y + m[2][2];

  point[0] = (m[0][0] * x + m[0][1] * y + m[0][2]) / w;
  point[1] = (m[1][0] * x + m[1][1] * y + m[1][2]) / w;
  return w > 0.0;
}

/* Takes @n pairs along, in place. FALSE when one is seen nowhere. */
gboolean kocr_perspective_map_all (
    const KocrPerspective *self, gdouble *points, guint n);

G_END_DECLS
