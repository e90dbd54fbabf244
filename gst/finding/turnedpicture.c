/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "turnedpicture.h"

#include <math.h>

/* What lies beyond the picture: no edge is as strong as one against black. */
#define BEYOND 128

static inline guint8
sample (const GrayPicture * picture, gfloat x, gfloat y)
{
  gint left = (gint) (x + 1) - 1, top = (gint) (y + 1) - 1, right, bottom;
  gfloat fx = x - left, fy = y - top, upper, lower;
  const guint8 *a, *b;

  if (x < -0.5f || y < -0.5 || x > picture->width - 0.5
      || y > picture->height - 0.5)
    return BEYOND;
  right = CLAMP (left + 1, 0, picture->width - 1);
  bottom = CLAMP (top + 1, 0, picture->height - 1);
  left = CLAMP (left, 0, picture->width - 1);
  top = CLAMP (top, 0, picture->height - 1);
  a = picture->pixels + top * picture->stride;
  b = picture->pixels + bottom * picture->stride;
  upper = a[left] + (a[right] - a[left]) * fx;
  lower = b[left] + (b[right] - b[left]) * fx;
  return upper + (lower - upper) * fy + 0.5;
}

/* By a right angle, of which these are the cosine and the sine, or by two:
 * pixels stay as they are. */
static void
turn_pixels (const GrayPicture *picture, gint c, gint s, GrayPicture *out)
{
  gssize stride = picture->stride;
  const guint8 *row = picture->pixels
                      + (c < 0 || s > 0 ? picture->width - 1 : 0)
                      + (c < 0 || s < 0 ? picture->height - 1 : 0) * stride;
  gint u, v;

  for (v = 0; v < out->height; v++, row += c * stride - s)
    for (u = 0; u < out->width; u++)
      out->pixels[v * out->stride + u] = row[u * (c + s * stride)];
}

void
kocr_turned_picture_init (TurnedPicture * self, const GrayPicture * picture,
    gdouble degrees)
{
  gdouble angle = -degrees * G_PI / 180, c = cos (angle), s = sin (angle);
  gdouble width = fabs (picture->width * c) + fabs (picture->height * s);
  gdouble height = fabs (picture->width * s) + fabs (picture->height * c);
  GrayPicture *out = &self->picture;
  gint u, v;

  *self = (TurnedPicture){
    .cos = c, .sin = s, .x = picture->width / 2.0, .y = picture->height / 2.0
  };
  out->width = width + 0.5;
  out->height = height + 0.5;
  out->stride = out->width;
  out->pixels = g_malloc (out->stride * out->height);
  if (fmod (degrees, 90) == 0) {
    turn_pixels (picture, lrint (c), lrint (s), out);
    return;
  }
  for (v = 0; v < out->height; v++)
    for (u = 0; u < out->width; u++) {
      gdouble dx = u + 0.5 - out->width / 2.0;
      gdouble dy = v + 0.5 - out->height / 2.0;

      out->pixels[v * out->stride + u] = sample (picture,
          self->x + dx * c - dy * s - 0.5, self->y + dx * s + dy * c - 0.5);
    }
}

void
kocr_turned_picture_clear (TurnedPicture * self)
{
  g_clear_pointer (&self->picture.pixels, g_free);
}

void
kocr_turned_picture_turn_back (const TurnedPicture * self, gdouble box[8])
{
  guint i;

  for (i = 0; i < 4; i++) {
    gdouble dx = box[2 * i] - self->picture.width / 2.0;
    gdouble dy = box[2 * i + 1] - self->picture.height / 2.0;

    box[2 * i] = self->x + dx * self->cos - dy * self->sin;
    box[2 * i + 1] = self->y + dx * self->sin + dy * self->cos;
  }
}
