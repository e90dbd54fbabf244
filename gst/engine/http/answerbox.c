/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/answerbox.h"

#include <math.h>

#include "geometry/quad.h"

/* A quad of which less is in the frame, in square pixels, shows no character.
 */
#define MIN_AREA 1.0
/* How far a corner may stand inside the line between its neighbours, as a part
 * of the area: the service rounds corners to pixels, which dents thin quads. */
#define MAX_DENT 0.25
/* Sides that lean by less, in pixels, are upright: what scaling rounds. */
#define UPRIGHT 1e-6

/* Twice the signed area; positive when the corners run clockwise on screen. */
static gdouble
get_area (const gdouble box[8])
{
  gdouble sum = 0;

  for (guint i = 0; i < 4; i++) {
    const gdouble *p = &box[2 * i], *q = &box[2 * ((i + 1) % 4)];

    sum += p[0] * q[1] - q[0] * p[1];
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

gboolean
kocr_answer_box_fit (gdouble box[8], gint width, gint height)
{
  const gdouble frame[] = { 0, 0, width, 0, width, height, 0, height };
  gdouble area = get_area (box);

  if (area < 0) {
    /* Mirrored: the corners were counted the other way round. */
    for (guint i = 0; i < 2; i++) {
      gdouble corner = box[2 + i];

      box[2 + i] = box[6 + i];
      box[6 + i] = corner;
    }
    area = -area;
  }
  if (is_crossed (box, area) || kocr_quad_get_overlap (box, frame) < MIN_AREA)
    return FALSE;
  if (is_upright (box)) {
    for (guint i = 0; i < 8; i++)
      box[i] = CLAMP (box[i], 0, i % 2 ? height : width);
  }
  return TRUE;
}
