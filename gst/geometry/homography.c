/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/homography.h"

#include <math.h>

void
kocr_homography_init_translate (KocrHomography * self, gdouble x, gdouble y)
{
  *self = (KocrHomography) {
  .m = { {1, 0, x}, {0, 1, y}, {0, 0, 1} }};
}

void
kocr_homography_init_scale (KocrHomography * self, gdouble x, gdouble y)
{
  *self = (KocrHomography) {
  .m = { {x, 0, 0}, {0, y, 0}, {0, 0, 1} }};
}

/* Elements that mirror or turn give the way from pixel to pixel, on which the
 * last column of w goes to 0 by w - 1 - x; those that scale give the way of the
 * edges, on which w goes to w × scale. Boxes lie on edges, so the former is
 * taken to the middles of the pixels. A turn by 90° has one entry below 0, and
 * a transposition, which has none, is the same both ways. */
static gboolean
goes_by_pixels (const gfloat matrix[3][3])
{
  return matrix[0][0] < 0 || matrix[0][1] < 0 || matrix[1][0] < 0 ||
      matrix[1][1] < 0;
}

void
kocr_homography_init_matrix (KocrHomography * self,
    const GstVideoRectangle * in, const GstVideoRectangle * out,
    const gfloat matrix[3][3])
{
  gdouble middle = goes_by_pixels (matrix) ? 0.5 : 0.0;
  guint row, column;

  for (row = 0; row < 3; row++) {
    for (column = 0; column < 3; column++)
      self->m[row][column] = matrix[row][column];
  }
  kocr_homography_precede_translate (self, -in->x - middle, -in->y - middle);
  for (column = 0; column < 3; column++) {
    self->m[0][column] += self->m[2][column] * (out->x + middle);
    self->m[1][column] += self->m[2][column] * (out->y + middle);
  }
}

/* Paul Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989,
 * 2.2.3: the unit square to a quad; width and height are divided out after. */
gboolean
kocr_homography_init_quad (
    KocrHomography *self, gdouble width, gdouble height, const gdouble q[8])
{
  gdouble sx = q[0] - q[2] + q[4] - q[6], sy = q[1] - q[3] + q[5] - q[7];
  gdouble ax = q[2] - q[4], ay = q[3] - q[5];
  gdouble bx = q[6] - q[4], by = q[7] - q[5];
  gdouble determinant = ax * by - bx * ay;
  gdouble g = (sx * by - bx * sy) / determinant;
  gdouble h = (ax * sy - sx * ay) / determinant;

  if (!isfinite (g) || !isfinite (h))
    return FALSE;
  *self = (KocrHomography) {
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
kocr_homography_precede_translate (KocrHomography *self, gdouble x, gdouble y)
{
  guint i;

  for (i = 0; i < 3; i++)
    self->m[i][2] += self->m[i][0] * x + self->m[i][1] * y;
}

void
kocr_homography_invert (const KocrHomography *self, KocrHomography *inverse)
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
kocr_homography_apply (const KocrHomography *self, gdouble *points, guint n)
{
  gboolean seen = TRUE;
  guint i;

  for (i = 0; i < n; i++)
    seen &= kocr_homography_map (self, points[2 * i], points[2 * i + 1],
        &points[2 * i]);
  return seen;
}
