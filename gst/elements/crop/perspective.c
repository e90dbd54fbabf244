/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/perspective.h"

#include <math.h>

void
kocr_perspective_init_translate (KocrPerspective * self, gdouble x, gdouble y)
{
  *self = (KocrPerspective) {
  .m = { {1, 0, x}, {0, 1, y}, {0, 0, 1} }};
}

/* Paul Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989,
 * 2.2.3: the unit square to a quad; width and height are divided out after. */
gboolean
kocr_perspective_init_quad (
    KocrPerspective *self, gdouble width, gdouble height, const gdouble q[8])
{
  gdouble sx = q[0] - q[2] + q[4] - q[6], sy = q[1] - q[3] + q[5] - q[7];
  gdouble ax = q[2] - q[4], ay = q[3] - q[5];
  gdouble bx = q[6] - q[4], by = q[7] - q[5];
  gdouble determinant = ax * by - bx * ay;
  gdouble g = (sx * by - bx * sy) / determinant;
  gdouble h = (ax * sy - sx * ay) / determinant;

  if (!isfinite (g) || !isfinite (h))
    return FALSE;
  *self = (KocrPerspective) {
    .m = {
      {(q[2] - q[0] + g * q[2]) / width, (q[6] - q[0] + h * q[6]) / height,
          q[0]},
      {(q[3] - q[1] + g * q[3]) / width, (q[7] - q[1] + h * q[7]) / height,
          q[1]},
      {g / width, h / height, 1}
    }
  };
  return TRUE;
}

void
kocr_perspective_precede_translate (KocrPerspective *self, gdouble x, gdouble y)
{
  guint i;

  for (i = 0; i < 3; i++)
    self->m[i][2] += self->m[i][0] * x + self->m[i][1] * y;
}

void
kocr_perspective_invert (const KocrPerspective *self, KocrPerspective *inverse)
{
  const gdouble (*m)[3] = self->m;
  gdouble determinant = 0.0;
  guint row, column;

  for (row = 0; row < 3; row++) {
    for (column = 0; column < 3; column++) {
      guint r1 = (column + 1) % 3, r2 = (column + 2) % 3;
      guint c1 = (row + 1) % 3, c2 = (row + 2) % 3;

      inverse->m[row][column] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
    }
  }
  for (column = 0; column < 3; column++)
    determinant += m[0][column] * inverse->m[column][0];
  for (row = 0; row < 3; row++) {
    for (column = 0; column < 3; column++)
      inverse->m[row][column] /= determinant;
  }
}

gboolean
kocr_perspective_map_all (const KocrPerspective *self, gdouble *points, guint n)
{
  gboolean seen = TRUE;
  guint i;

  for (i = 0; i < n; i++)
    seen &= perspective_map (self, points[2 * i], points[2 * i + 1],
        &points[2 * i]);
  return seen;
}
