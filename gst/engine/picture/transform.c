/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/transform.h"

#include <string.h>

static void
swap_left_and_right (gdouble box[8])
{
  for (guint i = 0; i < 8; i += 4) {
    gdouble corner[2] = { box[i], box[i + 1] };

    memcpy (box + i, box + i + 2, sizeof corner);
    memcpy (box + i + 2, corner, sizeof corner);
  }
}

void
kocr_transform_apply (const KocrTransform * self, gdouble box[8])
{
  guint from_x = self->swapped ? 1 : 0;

  for (guint i = 0; i < 8; i += 2) {
    gdouble x = box[i + from_x], y = box[i + 1 - from_x];

    box[i] = self->offset_x + x * self->scale_x;
    box[i + 1] = self->offset_y + y * self->scale_y;
  }
  if ((self->scale_x < 0) ^ (self->scale_y < 0) ^ (from_x == 1))
    swap_left_and_right (box);
}

KocrTransform
kocr_transform_compose (const KocrTransform * outer,
    const KocrTransform * inner)
{
  gdouble scale[2] = { inner->scale_x, inner->scale_y };
  gdouble offset[2] = { inner->offset_x, inner->offset_y };
  guint x = outer->swapped ? 1 : 0, y = 1 - x;

  return (KocrTransform) {
    .swapped = !outer->swapped != !inner->swapped,
    .scale_x = scale[x] * outer->scale_x,
    .scale_y = scale[y] * outer->scale_y,
    .offset_x = outer->offset_x + offset[x] * outer->scale_x,
    .offset_y = outer->offset_y + offset[y] * outer->scale_y
  };
}
