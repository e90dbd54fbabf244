/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/rectification.h"

#include <math.h>
#include <string.h>

#include "geometry/polygon.h"

/* How far from upright a corner may be for the pixels to be kept. */
#define UPRIGHT 0.5
/* By how much the ends of a line may differ in height, or its top and bottom
 * in length: text beyond that reads nowhere. */
#define MAX_TAPER 10.0
/* What rounding adds to a side that has a whole number of pixels. */
#define ROUNDING 0.01
/* By how much a part of the picture may be magnified before it is taken for
 * nonsense: where the frame cuts a quad, the rest may be its far end. */
#define MAX_MAGNIFICATION 2.0
/* Samples a pixel and direction where the picture is smaller than what it
 * shows: the near end of a line in perspective. */
#define MAX_SAMPLES 4

static void
fill_corners (gdouble corners[8], gdouble left, gdouble top, gdouble right,
    gdouble bottom)
{
  const gdouble filled[8] = { left, top, right, top, right, bottom, left,
    bottom
  };

  memcpy (corners, filled, sizeof filled);
}

static void
fill_window (gdouble corners[8], const GstVideoRectangle * window)
{
  fill_corners (corners, window->x, window->y, window->x + window->w,
      window->y + window->h);
}

/* --- Where --- */

/* Doubles, since a service may give any coordinates. */
static gboolean
intersect (gdouble left, gdouble top, gdouble right, gdouble bottom,
    const GstVideoRectangle * window, GstVideoRectangle * common)
{
  left = MAX (left, window->x);
  top = MAX (top, window->y);
  right = MIN (right, window->x + window->w);
  bottom = MIN (bottom, window->y + window->h);
  if (!(right > left && bottom > top))
    return FALSE;
  *common = (GstVideoRectangle) {
  left, top, right - left, bottom - top};
  return TRUE;
}

static gdouble
overlap (gdouble from, gdouble to, gint start, gint length)
{
  return MAX (MIN (to, start + length) - MAX (from, start), 0.0);
}

gboolean
kocr_rectification_init_plain (KocrRectification * self, const gdouble quad[8],
    const GstVideoRectangle * window, guint padding)
{
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (quad, 4, &left, &top, &right, &bottom);
  if (overlap (left, right, window->x, window->w)
      * overlap (top, bottom, window->y, window->h) < 1.0
      || !intersect (floor (left + ROUNDING) - padding,
          floor (top + ROUNDING) - padding, ceil (right - ROUNDING) + padding,
          ceil (bottom - ROUNDING) + padding, window, &self->source))
    return FALSE;
  self->plain = TRUE;
  self->width = self->source.w;
  self->height = self->source.h;
  kocr_homography_init_translate (
      &self->to_frame, self->source.x, self->source.y);
  return TRUE;
}

static gboolean
is_upright (const gdouble quad[8])
{
  gdouble left, top, right, bottom, upright[8];
  guint i;

  kocr_polygon_get_bounds (quad, 4, &left, &top, &right, &bottom);
  fill_corners (upright, left, top, right, bottom);
  for (i = 0; i < 8; i++) {
    if (fabs (quad[i] - upright[i]) > UPRIGHT)
      return FALSE;
  }
  return TRUE;
}

/* Whether quad is convex, which way round it may be, and not too far from a
 * rectangle: what any three corners span says that. */
static gboolean
can_be_flat (const gdouble q[8])
{
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < 8; i += 2) {
    const gdouble *a = &q[i], *b = &q[(i + 2) % 8], *c = &q[(i + 4) % 8];
    gdouble area = (b[0] - a[0]) * (c[1] - b[1])
        - (b[1] - a[1]) * (c[0] - b[0]);

    least = MIN (least, area);
    most = MAX (most, area);
  }
  return least > 0.0 ? most < MAX_TAPER * least :
      most < 0.0 && least > MAX_TAPER * most;
}

/* How large the picture of a quad is, where pixels are as wide as they are
 * high: its longer sides are that of a slanted one as well; the shorter ones
 * are taken across. */
static void
measure (const gdouble q[8], gdouble par, gdouble * width, gdouble * height)
{
  gdouble sides[4][2], lengths[2], x, y;
  guint i, longer, shorter;

  for (i = 0; i < 4; i++) {
    sides[i][0] = (q[(2 * i + 2) % 8] - q[2 * i]) * par;
    sides[i][1] = q[(2 * i + 3) % 8] - q[2 * i + 1];
  }
  for (i = 0; i < 2; i++)
    lengths[i] = MAX (hypot (sides[i][0], sides[i][1]),
        hypot (sides[i + 2][0], sides[i + 2][1]));
  longer = lengths[0] >= lengths[1] ? 0 : 1;
  shorter = 1 - longer;
  /* Along the longer ones. */
  x = sides[longer][0] - sides[longer + 2][0];
  y = sides[longer][1] - sides[longer + 2][1];
  lengths[shorter] = MAX (fabs (x * sides[shorter][1] - y * sides[shorter][0]),
      fabs (x * sides[shorter + 2][1] - y * sides[shorter + 2][0]))
      / hypot (x, y);
  *width = lengths[0];
  *height = lengths[1];
}

/* Which part of the rectangle that is seen as quad, and of padding around it,
 * is seen in window; to_frame knows where. */
static gboolean
find_visible (const KocrHomography * to_frame, gdouble width, gdouble height,
    gdouble padding, const GstVideoRectangle * window, gdouble bounds[4])
{
  gdouble points[2 * KOCR_POLYGON_MAX_CORNERS], corners[8];
  KocrHomography from_frame;
  guint n;

  fill_corners (points, -padding, -padding, width + padding, height + padding);
  fill_window (corners, window);
  kocr_homography_invert (to_frame, &from_frame);
  if (!kocr_homography_apply (to_frame, points, 4))
    return FALSE;
  n = kocr_polygon_clip_to_quad (points, 4, corners);
  if (n == 0 || !kocr_homography_apply (&from_frame, points, n))
    return FALSE;
  kocr_polygon_get_bounds (points, n, &bounds[0], &bounds[1], &bounds[2],
      &bounds[3]);
  return TRUE;
}

/* All that bilinear samples of the picture touch. */
static gboolean
find_source (KocrRectification * self, const GstVideoRectangle * window)
{
  gdouble corners[8], left, top, right, bottom;

  fill_corners (corners, 0, 0, self->width, self->height);
  if (!kocr_homography_apply (&self->to_frame, corners, 4))
    return FALSE;
  kocr_polygon_get_bounds (corners, 4, &left, &top, &right, &bottom);
  return intersect (floor (left - 0.5), floor (top - 0.5), ceil (right + 0.5),
      ceil (bottom + 0.5), window, &self->source);
}

static gboolean
rectify (KocrRectification * self, const gdouble quad[8],
    const GstVideoRectangle * window, gdouble par, guint padding)
{
  gdouble limit = MAX_MAGNIFICATION * (window->w * par + window->h) +
      2.0 * padding;
  gdouble bounds[4];            /* left, top, right, bottom */
  gdouble width, height;

  measure (quad, par, &width, &height);
  if (!kocr_homography_init_quad (&self->to_frame, width, height, quad)
      || !find_visible (&self->to_frame, width, height, padding, window, bounds)
      || bounds[2] - bounds[0] > limit || bounds[3] - bounds[1] > limit)
    return FALSE;
  self->plain = FALSE;
  self->width = MAX (ceil (bounds[2] - bounds[0] - ROUNDING), 1);
  self->height = MAX (ceil (bounds[3] - bounds[1] - ROUNDING), 1);
  kocr_homography_precede_translate (&self->to_frame, bounds[0], bounds[1]);
  return find_source (self, window);
}

gboolean
kocr_rectification_init (KocrRectification * self, const gdouble quad[8],
    const GstVideoRectangle * window, gdouble par, guint padding)
{
  gdouble visible[2 * KOCR_POLYGON_MAX_CORNERS], corners[8];

  if (!can_be_flat (quad) || (par == 1.0 && is_upright (quad)))
    return kocr_rectification_init_plain (self, quad, window, padding);
  fill_window (corners, window);
  memcpy (visible, quad, 8 * sizeof *quad);
  if (kocr_polygon_area (
          visible, kocr_polygon_clip_to_quad (visible, 4, corners))
      < 1.0)
    return FALSE;
  return rectify (self, quad, window, par, padding)
      || kocr_rectification_init_plain (self, quad, window, padding);
}

/* --- Pixels --- */

/* How many samples a pixel needs each way: as many as the frame's pixels that
 * a step in the picture goes over where it goes over most, at a corner. */
static guint
count_samples (const KocrRectification * self)
{
  gdouble corners[8], most = 1.0;
  guint i;

  fill_corners (corners, 0, 0, self->width, self->height);
  for (i = 0; i < 8; i += 2) {
    gdouble x = corners[i], y = corners[i + 1];
    gdouble inward_x = x > 0 ? -1 : 1, inward_y = y > 0 ? -1 : 1;
    gdouble here[2], along[2], down[2];

    kocr_homography_map (&self->to_frame, x, y, here);
    kocr_homography_map (&self->to_frame, x + inward_x, y, along);
    kocr_homography_map (&self->to_frame, x, y + inward_y, down);
    most = MAX (most, hypot (along[0] - here[0], along[1] - here[1]));
    most = MAX (most, hypot (down[0] - here[0], down[1] - here[1]));
  }
  /* A quarter more than one aliases nothing that is seen. */
  return CLAMP (ceil (most - 0.25), 1, MAX_SAMPLES);
}

/* Adds the colour at a point of the frame, bilinear; outside of source its
 * border goes on. */
static void
add_sample (const GstVideoRectangle * area, const guint8 * source,
    gint stride, const gdouble point[2], gfloat sum[3])
{
  gfloat x = CLAMP (point[0] - area->x - 0.5, 0, area->w - 1);
  gfloat y = CLAMP (point[1] - area->y - 0.5, 0, area->h - 1);
  gint left = x, top = y;
  gint right = MIN (left + 1, area->w - 1);
  gint bottom = MIN (top + 1, area->h - 1);
  const guint8 *a = source + (gsize) top * stride;
  const guint8 *b = source + (gsize) bottom * stride;
  gfloat fx = x - left, fy = y - top;
  guint c;

  for (c = 0; c < 3; c++) {
    gfloat upper = a[4 * left + c]
        + (a[4 * right + c] - a[4 * left + c]) * fx;
    gfloat lower = b[4 * left + c]
        + (b[4 * right + c] - b[4 * left + c]) * fx;

    sum[c] += upper + (lower - upper) * fy;
  }
}

static void
copy (const KocrRectification * self, const guint8 * source, gint source_stride,
    guint8 * picture, gint stride)
{
  gint x, y;

  for (y = 0; y < self->height; y++) {
    const guint8 *in = source + (gsize) y * source_stride;
    guint8 *out = picture + (gsize) y * stride;

    for (x = 0; x < self->width; x++, in += 4, out += 3)
      memcpy (out, in, 3);
  }
}

static void
resample (const KocrRectification * self, const guint8 * source,
    gint source_stride, guint8 * picture, gint stride)
{
  guint n = count_samples (self), i, j, c;
  gint x, y;

  for (y = 0; y < self->height; y++) {
    guint8 *out = picture + (gsize) y * stride;

    for (x = 0; x < self->width; x++, out += 3) {
      gfloat sum[3] = { 0.5f * n * n, 0.5f * n * n, 0.5f * n * n };
      gdouble point[2];

      for (j = 0; j < n; j++) {
        for (i = 0; i < n; i++) {
          kocr_homography_map (&self->to_frame, x + (i + 0.5) / n,
              y + (j + 0.5) / n, point);
          add_sample (&self->source, source, source_stride, point, sum);
        }
      }
      for (c = 0; c < 3; c++)
        out[c] = sum[c] / (n * n);
    }
  }
}

void
kocr_rectification_render (const KocrRectification *self, const guint8 *source,
    gint source_stride, guint8 *picture, gint stride)
{
  (self->plain ? copy : resample) (self, source, source_stride, picture,
      stride);
}

void
kocr_rectification_map_box (const KocrRectification * self, gdouble box[8])
{
  KocrHomography from_frame;
  guint i;
  gboolean seen;

  kocr_homography_invert (&self->to_frame, &from_frame);
  seen = kocr_homography_apply (&from_frame, box, 4);
  for (i = 0; i < 8; i++)
    seen &= fabs (box[i]) <= G_MAXINT;
  if (!seen)
    fill_corners (box, 0, 0, self->width, self->height);
}
