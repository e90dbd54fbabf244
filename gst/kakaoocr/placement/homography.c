/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "placement/homography.h"

void
kocr_homography_init_scale (KocrHomography * homography,
    gdouble x, gdouble y)
{
  *homography = (KocrHomography) {
  .m = { {x, 0, 0}, {0, y, 0}, {0, 0, 1} }};
}

/* Moves the origin of what goes in by (@in_x, @in_y), and that of what comes
 * out. */
static void
translate (KocrHomography * homography, gdouble in_x, gdouble in_y,
    gdouble out_x, gdouble out_y)
{
  gdouble (*m)[3] = homography->m;
  guint i;

  for (i = 0; i < 3; i++)
    m[i][2] += m[i][0] * in_x + m[i][1] * in_y;
  for (i = 0; i < 3; i++) {
    m[0][i] += m[2][i] * out_x;
    m[1][i] += m[2][i] * out_y;
  }
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
kocr_homography_init_matrix (KocrHomography * homography,
    const GstVideoRectangle * in, const GstVideoRectangle * out,
    const gfloat matrix[3][3])
{
  gdouble middle = goes_by_pixels (matrix) ? 0.5 : 0.0;
  guint row, column;

  for (row = 0; row < 3; row++) {
    for (column = 0; column < 3; column++)
      homography->m[row][column] = matrix[row][column];
  }
  translate (homography, -in->x - middle, -in->y - middle, out->x + middle,
      out->y + middle);
}

gboolean
kocr_homography_apply (const KocrHomography * homography,
    gdouble * points, guint n_points)
{
  const gdouble (*m)[3] = homography->m;
  guint i;

  for (i = 0; i < n_points; i++) {
    gdouble x = points[2 * i], y = points[2 * i + 1];
    gdouble w = m[2][0] * x + m[2][1] * y + m[2][2];

    /* On or behind the horizon. */
    if (!(w > 0.0))
      return FALSE;
    points[2 * i] = (m[0][0] * x + m[0][1] * y + m[0][2]) / w;
    points[2 * i + 1] = (m[1][0] * x + m[1][1] * y + m[1][2]) / w;
  }
  return TRUE;
}
