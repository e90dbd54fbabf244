/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/outlinepart.h"

#include <math.h>

/* The constants were found on single frames of captions over photographs. */

/* What is larger, by the text's height, is no ground between two outlines. */
#define MAX_BLOT 0.5
#define MAX_GROUND 0.75
/* A blot is so much deeper than the strokes of the letters: a full stop is
 * hardly. */
#define MIN_DEPTH_RATIO 2
#define MIN_DEPTH_GAIN 2
/* Colours, of 255, that differ by less are one; and what share of the way from
 * the ground's colour to the letters' that of ground is at most. */
#define MIN_COLOURS 16
#define GROUND_SHARE 0.3
#define BLOT_SHARE 0.6

guint8 *
outline_part_depths (const guint8 *kinds, guint8 kind, gint width, gint height)
{
  guint8 *depths = g_malloc ((gsize)width * height);
  gint pass, i, n = width * height;

  for (i = 0; i < n; i++)
    depths[i] = kinds[i] == kind ? G_MAXUINT8 : 0;
  /* Down from what is above and to the left, then up from what is below. */
  for (pass = 0; pass < 2; pass++) {
    gint step = pass ? -1 : 1, around[4]
        = { -step, -step * width - 1, -step * width, -step * width + 1 };

    for (i = 0; i < n; i++) {
      gint at = pass ? n - 1 - i : i, x = at % width, y = at / width, j;

      if (depths[at] == 0)
        continue;
      if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
        depths[at] = 1;
        continue;
      }
      for (j = 0; j < 4; j++)
        depths[at] = MIN (depths[at], depths[at + around[j]] + 1);
    }
  }
  return depths;
}

typedef struct
{
  gdouble value;
  guint n;
} Weighted;

static gint
compare_values (gconstpointer a, gconstpointer b)
{
  const Weighted *left = a, *right = b;

  return (left->value > right->value) - (left->value < right->value);
}

static gdouble
median (GArray *values)
{
  guint i, sum = 0, half = 0;

  g_array_sort (values, compare_values);
  for (i = 0; i < values->len; i++)
    sum += g_array_index (values, Weighted, i).n;
  for (i = 0; i < values->len; i++) {
    half += g_array_index (values, Weighted, i).n;
    if (2 * half >= sum)
      return g_array_index (values, Weighted, i).value;
  }
  return 0;
}

static gdouble
part_value (const OutlinePart *part, gint plane)
{
  return plane < 0 ? part->depth : part->colour[plane];
}

static gdouble
median_of (const GArray *parts, gint plane)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Weighted));
  guint i;

  for (i = 0; i < parts->len; i++) {
    const OutlinePart *part = &g_array_index (parts, OutlinePart, i);
    Weighted value = { part_value (part, plane), part->n };

    g_array_append_val (values, value);
  }
  return median (values);
}

OutlinePart
outline_parts_median (const GArray *parts)
{
  return (OutlinePart){ .depth = median_of (parts, -1),
    .colour = { median_of (parts, 0), median_of (parts, 1) } };
}

static gboolean
is_within (const OutlinePart *self, gdouble most)
{
  return self->x1 - self->x0 <= most && self->y1 - self->y0 <= most;
}

static gboolean
is_blot (const OutlinePart *self, gdouble depth, gint text_height)
{
  return is_within (self, MAX_BLOT * text_height)
         && self->depth >= depth * MIN_DEPTH_RATIO
         && self->depth >= depth + MIN_DEPTH_GAIN;
}

gboolean
outline_part_is_ground (const OutlinePart *self, const OutlinePart *letters,
    const gdouble ground[2], gint text_height)
{
  gboolean blot = is_blot (self, letters->depth, text_height);
  gdouble b, r, square, along;

  if (!is_within (self, MAX_GROUND * text_height))
    return FALSE;
  if (!ground)
    return blot;
  b = letters->colour[0] - ground[0];
  r = letters->colour[1] - ground[1];
  square = b * b + r * r;
  if (square < MIN_COLOURS * MIN_COLOURS)
    return blot;
  along = (self->colour[0] - ground[0]) * b
          + (self->colour[1] - ground[1]) * r;
  return along < (blot ? BLOT_SHARE : GROUND_SHARE) * square;
}
