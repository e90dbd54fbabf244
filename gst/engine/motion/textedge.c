/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textedge.h"

#include <math.h>
#include <stdlib.h>
#include "motion/blockmatch.h"
#include "motion/strokeweights.h"
#include "motion/textlook.h"

/* Levels that a pixel of text differs by at least, beyond what noise makes, and
 * how many must, one in so many. */
#define LEAST_CHANGE 16
#define LEAST_PIXELS 8
#define LEAST_PART 50
/* Pixels of the first level from which on something has moved, and the most
 * that may differ where it moved to, as a part of its own contrast. */
#define LEAST_SHIFT 0.75
#define MOVED_PART 0.5

/* So many times its contrast a text has more than when it was faded; and what a
 * codec makes of one that stands is as uneven. */
#define FADED 1.15
#define UNEVEN 1.03
/* Of its strength a text that fades has so little left when it is behind its half.
 */
#define FAINT 0.4
/* Pixels of a small picture that are half a letter, and the part of them that has
 * strokes. */
#define LEAST_LETTER 3
#define LETTER_PART 8
/* Beyond the half, one that is there is so near to all of its way; a ground that
 * passes is not. */
#define ALL_THERE 2

/* The sum of differences of @a from what lies by a shift further in @b. */
static guint64
differ (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * bounds, gint shift_x, gint shift_y)
{
  const KocrLumaLevel *from = &a->levels[0], *to = &b->levels[0];
  guint64 sum = 0;

  for (gint y = bounds->top; y < bounds->bottom; y++) {
    gint other = CLAMP (y + shift_y, 0, to->height - 1);
    const guint8 *p = from->pixels + (gsize) y * from->stride;
    const guint8 *q = to->pixels + (gsize) other * to->stride;

    for (gint x = bounds->left; x < bounds->right; x++)
      sum += abs (p[x] - q[CLAMP (x + shift_x, 0, to->width - 1)]);
  }
  return sum;
}

/* How many pixels are others. */
static gint
count_changed (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * bounds)
{
  gint stride = a->levels[0].stride, n = 0;

  for (gint y = bounds->top; y < bounds->bottom; y++) {
    const guint8 *p = a->levels[0].pixels + (gsize) y * stride;
    const guint8 *q = b->levels[0].pixels + (gsize) y * stride;

    for (gint x = bounds->left; x < bounds->right; x++)
      n += abs (p[x] - q[x]) >= LEAST_CHANGE;
  }
  return n;
}

static gint
get_area (const KocrTextBounds * bounds)
{
  return (bounds->right - bounds->left) * (bounds->bottom - bounds->top);
}

static gboolean
shows_change (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * bounds)
{
  return count_changed (a, b, bounds)
      >= MAX (LEAST_PIXELS, get_area (bounds) / LEAST_PART);
}

/* The sum of differences from the mean. */
static guint64
find_contrast (const KocrLumaPyramid * picture, const KocrTextBounds * bounds)
{
  const KocrLumaLevel *level = &picture->levels[0];
  gint n = (bounds->right - bounds->left) * (bounds->bottom - bounds->top);
  guint64 sum = 0, contrast = 0;

  for (gint y = bounds->top; y < bounds->bottom; y++)
    for (gint x = bounds->left; x < bounds->right; x++)
      sum += level->pixels[(gsize) y * level->stride + x];
  for (gint y = bounds->top; y < bounds->bottom; y++)
    for (gint x = bounds->left; x < bounds->right; x++)
      contrast += abs (level->pixels[(gsize) y * level->stride + x]
          - (gint) (sum / n));
  return contrast;
}

/* Whether what @from shows in the box is elsewhere in @to, not gone. */
static gboolean
moves_on (const KocrLumaPyramid * from, const KocrLumaPyramid * to,
    const gdouble box[8], const KocrTextBounds * bounds)
{
  const KocrPoint quad[4] = {
    {bounds->left, bounds->top}, {bounds->right - 1, bounds->top},
    {bounds->right - 1, bounds->bottom - 1}, {bounds->left, bounds->bottom - 1}
  };
  KocrPoint shift = { 0, 0 };

  if (!shows_change (from, to, bounds)
      || kocr_text_look_compare (from, to, box) == KOCR_TEXT_LOOK_SAME
      || !kocr_block_match (from, quad, to, &shift)
      || hypot (shift.x, shift.y) < LEAST_SHIFT)
    return FALSE;
  return differ (from, to, bounds, floor (shift.x + 0.5),
      floor (shift.y + 0.5)) < MOVED_PART * find_contrast (from, bounds);
}

/* How near each picture from @first on is to the last one: above 0, nearer than
 * to the first. (array length=n) (transfer full) */
static gint64 *
place (const KocrTextPictures *pictures, guint first,
    const KocrTextBounds *bounds)
{
  KocrLumaPyramid *const *all = pictures->all;
  guint last = pictures->n - 1;
  g_autoptr (KocrStrokeWeights) weights
      = kocr_stroke_weights_new_between (all[first], all[last], bounds);
  gint64 *places = g_new0 (gint64, pictures->n), half;

  for (guint i = first; i <= last; i++)
    places[i] = kocr_stroke_weights_sum (weights, all[i]);
  half = (places[first] + places[last]) / 2;
  for (guint i = first; i <= last; i++)
    places[i] -= half;
  return places;
}

static guint
find_least (const KocrTextPictures *pictures, guint first,
    const KocrTextBounds *bounds)
{
  g_autofree gint64 *places = place (pictures, first, bounds);
  gint64 cost = 0, least = G_MAXINT64;
  guint edge = 0;

  /* Cost relative to that of an edge at the first picture after the first. */
  for (guint i = first + 1; i < pictures->n; i++) {
    if (cost < least) {
      least = cost;
      edge = i;
    }
    cost += places[i];
  }
  return edge;
}

static gboolean
is_other (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const gdouble box[8])
{
  return kocr_text_look_compare (a, b, box) == KOCR_TEXT_LOOK_OTHER;
}

/* What was there in between and is neither text lies between them somewhere: it is
 * behind the end of the first one, and before the beginning of the last. */
static guint
pass_others (const KocrTextPictures * pictures, guint first,
    const gdouble box[8], KocrTextChange change, guint edge)
{
  KocrLumaPyramid *const *all = pictures->all;
  guint last = pictures->n - 1;

  if (change & KOCR_TEXT_CAME) {
    while (edge > 0 && edge < last && is_other (all[last], all[edge], box))
      edge++;
  } else {
    while (edge > first + 1 && is_other (all[first], all[edge - 1], box))
      edge--;
  }
  return edge;
}

/* Of what @text shows, in @picture. */
static gdouble
get_strength (const KocrLumaPyramid *text, const KocrLumaPyramid *picture,
    const KocrTextBounds *bounds)
{
  g_autoptr (KocrStrokeWeights) weights
      = kocr_stroke_weights_new (text, bounds);

  return kocr_stroke_weights_get_strength (weights, picture);
}

/* Where one text fades and the other sample shows another one, the half of the way
 * between the two is about where neither is. What is faint next to @edge has its own
 * half between there and its sample. */
static guint
find_own_half (const KocrTextPictures *pictures, guint first,
    const gdouble box[8], const KocrTextBounds *bounds, KocrTextChange change,
    guint edge)
{
  KocrLumaPyramid *const *all = pictures->all;
  KocrTextPictures own = *pictures;
  guint last = pictures->n - 1;

  if (change == KOCR_TEXT_CAME)
    return edge > first + 1 && get_strength (all[last], all[edge], bounds) < FAINT
               ? find_least (pictures, edge - 1, bounds)
               : edge;
  if (change != KOCR_TEXT_WENT || edge <= first + 1
      || get_strength (all[first], all[edge - 1], bounds) >= FAINT)
    return edge;
  while (edge < last
         && kocr_text_look_compare (all[first], all[edge], box)
                == KOCR_TEXT_LOOK_SAME)
    edge++;
  own.n = edge + 1;
  return find_least (&own, first, bounds);
}

/* Where a text that the first sample shows had been strongest, if it was going
 * when that was taken. */
static guint
find_strongest (const KocrTextPictures *pictures, const gdouble box[8],
    const KocrTextBounds *bounds)
{
  g_autoptr (KocrStrokeWeights) weights
      = kocr_stroke_weights_new (pictures->all[pictures->from], bounds);
  gdouble most = 1.0;
  guint best = pictures->from;

  for (guint i = best; i-- > 0;) {
    gdouble strength
        = kocr_stroke_weights_get_strength (weights, pictures->all[i]);

    if (strength * UNEVEN < most)
      break;
    if (strength > most) {
      most = strength;
      best = i;
    }
  }
  return most > FADED
                 && kocr_text_look_compare (pictures->all[best],
                        pictures->all[pictures->from], box)
                        == KOCR_TEXT_LOOK_SAME
             ? best
             : pictures->from;
}

/* With which picture before the first sample what both samples show came. */
static guint
find_before (const KocrTextPictures * pictures, const gdouble box[8],
    const KocrTextBounds * bounds)
{
  const KocrLumaPyramid *last = pictures->all[pictures->n - 1];

  for (guint i = pictures->from; i-- > 0;) {
    if (kocr_text_look_compare (pictures->all[i], last, box)
        != KOCR_TEXT_LOOK_SAME)
      return find_least (pictures, i, bounds);
  }
  return 0;
}

guint
kocr_text_edge_find (const KocrTextPictures *pictures, const gdouble box[8],
    KocrTextChange change)
{
  KocrLumaPyramid *const *samples = pictures->all + pictures->from;
  guint n = pictures->n - pictures->from, first = pictures->from, edge;
  KocrTextBounds bounds;

  if (n < 2)
    return 0;
  bounds = kocr_text_bounds_find (samples[0], box);
  /* It was there, and nobody read it. */
  if (change == KOCR_TEXT_CAME && kocr_text_look_compare (samples[0],
          samples[n - 1], box) == KOCR_TEXT_LOOK_SAME)
    return find_before (pictures, box, &bounds);
  if (change == KOCR_TEXT_WENT)
    first = find_strongest (pictures, box, &bounds);
  if (!shows_change (pictures->all[first], samples[n - 1], &bounds)
      || !(kocr_text_bounds_have_strokes (&bounds, pictures->all[first])
          || kocr_text_bounds_have_strokes (&bounds, samples[n - 1]))
      || (change & KOCR_TEXT_WENT
          && moves_on (samples[0], samples[1], box, &bounds))
      || (change & KOCR_TEXT_CAME
          && moves_on (samples[n - 1], samples[n - 2], box, &bounds)))
    return 0;
  edge = pass_others (pictures, first, box, change,
      find_least (pictures, first, &bounds));
  return find_own_half (pictures, first, box, &bounds, change, edge);
}

/* @bounds of @last as a box in pixels of the frame. */
static void
get_box (const KocrLumaPyramid *last, const KocrTextBounds *bounds,
    gdouble box[8])
{
  gdouble scale = last->reduction;

  box[0] = box[6] = bounds->left * scale;
  box[1] = box[3] = bounds->top * scale;
  box[2] = box[4] = bounds->right * scale;
  box[5] = box[7] = bounds->bottom * scale;
}

guint
kocr_text_edge_find_beginning (
    const KocrTextPictures *pictures, const gdouble box[8])
{
  const KocrLumaPyramid *last = pictures->all[pictures->n - 1];
  KocrTextBounds bounds = kocr_text_bounds_find (last, box);
  g_autofree gint64 *places = NULL;
  guint first = pictures->from, i = pictures->n - 1;
  gdouble letter[8];

  bounds.right = MIN (bounds.right,
      bounds.left + MAX ((bounds.bottom - bounds.top) / 2, LEAST_LETTER));
  /* The newest one that has not got it. */
  while (count_changed (pictures->all[first], last, &bounds)
      < MAX (get_area (&bounds) / LETTER_PART, 1))
    if (first-- == 0)
      return 0;
  places = place (pictures, first, &bounds);
  while (i > first + 1 && places[i - 1] * ALL_THERE > places[pictures->n - 1])
    i--;
  /* Another ground may be nearer to a letter that has hardly any strokes, a dash,
   * than the one before it was. */
  get_box (last, &bounds, letter);
  while (i < pictures->n - 1 && is_other (last, pictures->all[i], letter))
    i++;
  return i;
}

guint
kocr_text_edge_find_rise (
    const KocrTextPictures *pictures, const gdouble box[8])
{
  const KocrLumaPyramid *last = pictures->all[pictures->n - 1];
  const KocrLumaPyramid *first = pictures->all[pictures->from];
  KocrTextBounds bounds = kocr_text_bounds_find (last, box);

  if (get_strength (first, last, &bounds) <= FADED
      || kocr_text_look_compare (first, last, box) != KOCR_TEXT_LOOK_SAME)
    return 0;
  return find_before (pictures, box, &bounds);
}

guint
kocr_text_edge_find_fall (
    const KocrTextPictures *pictures, const gdouble box[8])
{
  const KocrLumaPyramid *last = pictures->all[pictures->n - 1];
  const KocrLumaPyramid *first = pictures->all[pictures->from];
  KocrTextBounds bounds = kocr_text_bounds_find (first, box);

  if (get_strength (first, last, &bounds) >= FAINT
      || kocr_text_look_compare (first, last, box) != KOCR_TEXT_LOOK_SAME)
    return 0;
  return kocr_text_edge_find (pictures, box, KOCR_TEXT_WENT);
}
