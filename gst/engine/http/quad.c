/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/quad.h"

#include <math.h>
#include <string.h>

/* A quad of which less is in the frame, in square pixels, shows no character.
 */
#define MIN_AREA 1.0
/* How far a corner may stand inside the line between its neighbours, as a part
 * of the area: the service rounds corners to pixels, which dents thin quads. */
#define MAX_DENT 0.25
/* Sides that lean by less, in pixels, are upright: what scaling rounds. */
#define UPRIGHT 1e-6

/* Each of the frame's four sides cuts one corner more. */
#define MAX_CORNERS 8

/* Twice the signed area; positive when the corners run clockwise on screen. */
static gdouble
get_area (const gdouble * points, guint n)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++) {
    guint j = (i + 1) % n;

    sum += points[2 * i] * points[2 * j + 1]
           - points[2 * j] * points[2 * i + 1];
  }
  return sum;
}

static gboolean
is_crossed (const gdouble box[8], gdouble area)
{
  for (guint i = 0; i < 4; i++) {
    guint j = (i + 1) % 4, k = (i + 2) % 4;
    gdouble cross
        = (box[2 * j] - box[2 * i]) * (box[2 * k + 1] - box[2 * j + 1])
          - (box[2 * j + 1] - box[2 * i + 1]) * (box[2 * k] - box[2 * j]);

    if (cross < -MAX_DENT * area)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_upright (const gdouble box[8])
{
  return fabs (box[1] - box[3]) < UPRIGHT && fabs (box[2] - box[4]) < UPRIGHT
         && fabs (box[5] - box[7]) < UPRIGHT
         && fabs (box[6] - box[0]) < UPRIGHT;
}

/* The part of @in whose coordinate @axis, times @sign, is at least @limit
 * (Sutherland and Hodgman). */
static guint
cut (const gdouble * in, guint n, guint axis, gdouble sign, gdouble limit,
    gdouble * out)
{
  guint n_out = 0;

  for (guint i = 0; i < n; i++) {
    const gdouble *a = &in[2 * i], *b = &in[2 * ((i + 1) % n)];
    gdouble from = sign * a[axis] - limit, to = sign * b[axis] - limit;

    if (from >= 0 && n_out < MAX_CORNERS)
      memcpy (&out[2 * n_out++], a, 2 * sizeof *a);
    if ((from >= 0) != (to >= 0) && n_out < MAX_CORNERS) {
      gdouble share = from / (from - to);

      out[2 * n_out] = a[0] + share * (b[0] - a[0]);
      out[2 * n_out + 1] = a[1] + share * (b[1] - a[1]);
      n_out++;
    }
  }
  return n_out;
}

/* Twice that of what is in the frame. */
static gdouble
get_visible_area (const gdouble box[8], gint width, gint height)
{
  gdouble a[2 * MAX_CORNERS], b[2 * MAX_CORNERS];
  guint n = 4;

  memcpy (a, box, 8 * sizeof *box);
  n = cut (a, n, 0, 1, 0, b);
  n = cut (b, n, 1, 1, 0, a);
  n = cut (a, n, 0, -1, -width, b);
  n = cut (b, n, 1, -1, -height, a);
  return fabs (get_area (a, n));
}

gboolean
kocr_quad_fit (gdouble box[8], gint width, gint height)
{
  gdouble area = get_area (box, 4);

  if (area < 0) {
    /* Mirrored: the corners were counted the other way round. */
    for (guint i = 0; i < 2; i++) {
      gdouble corner = box[2 + i];

      box[2 + i] = box[6 + i];
      box[6 + i] = corner;
    }
    area = -area;
  }
  if (is_crossed (box, area)
      || get_visible_area (box, width, height) < 2 * MIN_AREA)
    return FALSE;
  if (is_upright (box)) {
    for (guint i = 0; i < 8; i++)
      box[i] = CLAMP (box[i], 0, i % 2 ? height : width);
  }
  return TRUE;
}
