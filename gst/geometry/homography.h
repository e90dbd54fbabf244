/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Homography: a projective map from the points of one picture to those of
 * another: what scaling, turning and perspective do. Pure.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  gdouble m[3][3];              /* applied to (x, y, 1); rows first */
} KocrHomography;

/* Moves points by (@x, @y). */
void kocr_homography_init_translate (
    KocrHomography *self, gdouble x, gdouble y);

/* Stretches by @x and @y. */
void kocr_homography_init_scale (KocrHomography *self, gdouble x, gdouble y);

/* What a GstVideoMetaTransformMatrix says: @matrix goes from the corner of @in
 * to that of @out. */
void kocr_homography_init_matrix (KocrHomography *self,
    const GstVideoRectangle *in, const GstVideoRectangle *out,
    const gfloat matrix[3][3]);

/* Takes the rectangle from (0, 0) to (@width, @height) to @quad, corner by
 * corner. FALSE when @quad is not one that a rectangle can look like: three of
 * its corners lie on one line. */
gboolean kocr_homography_init_quad (KocrHomography * self, gdouble width,
    gdouble height, const gdouble quad[8]);

/* Has points moved by (@x, @y) before what it does with them. */
void kocr_homography_precede_translate (
    KocrHomography *self, gdouble x, gdouble y);

/* The way back. */
void kocr_homography_invert (
    const KocrHomography *self, KocrHomography *inverse);

/* Where it takes the point (@x, @y). FALSE when that is seen nowhere: on or
 * behind the horizon. */
static inline gboolean
kocr_homography_map (const KocrHomography * self, gdouble x, gdouble y,
    gdouble point[2])
{
  const gdouble (*m)[3] = self->m;
  gdouble w = m[2][0] * x + m[2][1] * y + m[2][2];

  point[0] = (m[0][0] * x + m[0][1] * y + m[0][2]) / w;
  point[1] = (m[1][0] * x + m[1][1] * y + m[1][2]) / w;
  return w > 0.0;
}

/* Takes @n points along, in place. FALSE when one is seen nowhere: then none of
 * them is of use. */
gboolean kocr_homography_apply (
    const KocrHomography *self, gdouble *points, guint n);
