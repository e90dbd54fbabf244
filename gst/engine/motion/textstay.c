/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textstay.h"

#include "motion/strokeweights.h"
#include "quantile.h"

/* Of its strokes' strength so much is left where it stands, since a ground that moves
 * takes some; and what is left when nothing is. */
#define STANDS 0.4
#define GONE 0.15
/* Between which parts of what is left where it stands it is on its way, and how much
 * it loses then from one picture to the next; in how many pictures; and how many
 * strokes are there, by how many there were. */
#define DRIFT_LEAST 0.25
#define DRIFT_MOST 0.75
#define DRIFT_SLOWEST 0.01
#define DRIFT_FASTEST 0.4
#define DRIFT_PICTURES 2
#define DRIFT_STROKES 0.7

/* To one side in time. */
typedef struct
{
  const KocrTextPictures *pictures;
  const KocrTextBounds *bounds;
  const KocrStrokeWeights *weights;
  gint step;                    /* 1: behind the sample, -1: before it */
  GArray *strengths;            /* of gdouble: how much of it each picture has, the
                                 * nearest first, up to where nothing is */
  guint n_stands;               /* in so many of them it stands */
} Side;

static gdouble
get_strength (const Side *self, guint i)
{
  return g_array_index (self->strengths, gdouble, i);
}

static void
side_look (Side *self)
{
  guint i = self->pictures->from;
  gdouble strength = 1.0;

  self->strengths = g_array_new (FALSE, FALSE, sizeof (gdouble));
  /* Before the first one it is beyond the last. */
  for (i += self->step; i < self->pictures->n && strength > GONE;
       i += self->step) {
    strength = kocr_stroke_weights_get_strength (
        self->weights, self->pictures->all[i]);
    g_array_append_val (self->strengths, strength);
  }
  while (self->n_stands < self->strengths->len
         && get_strength (self, self->n_stands) > STANDS)
    self->n_stands++;
}

/* What is left of it where it stands: the rest was the ground's. */
static gdouble
find_level (const Side *self)
{
  g_autofree gdouble *strengths = g_memdup2 (
      self->strengths->data, self->strengths->len * sizeof (gdouble));
  guint n = self->strengths->len;

  while (n > 0 && strengths[n - 1] < STANDS)
    n--;
  return n > 0 ? kocr_median (strengths, n) : 0.0;
}

/* Whether @strength is on its way from @before to nothing. */
static gboolean
is_between (gdouble before, gdouble strength, gdouble level)
{
  gdouble lost = before - strength;

  return strength > DRIFT_LEAST * level && strength < DRIFT_MOST * level
         && lost > DRIFT_SLOWEST && lost < DRIFT_FASTEST * level;
}

static gboolean
has_as_many_strokes (const Side *self, guint i)
{
  g_autoptr (KocrStrokeWeights) all = kocr_stroke_weights_new (
      self->pictures->all[self->pictures->from + self->step * (gint)(i + 1)],
      self->bounds);

  return kocr_stroke_weights_compare (self->weights, all) > DRIFT_STROKES;
}

static gboolean
side_drifts (const Side *self)
{
  gdouble level = find_level (self), before = 1.0;
  guint n = 0;

  for (guint i = 0; i < self->strengths->len && n < DRIFT_PICTURES; i++) {
    gdouble strength = get_strength (self, i);

    n += is_between (before, strength, level) && has_as_many_strokes (self, i);
    before = strength;
  }
  return n >= DRIFT_PICTURES;
}

void
kocr_text_stay_find (const KocrTextPictures *pictures, const gdouble box[8],
    KocrTextStay *stay)
{
  const KocrLumaPyramid *shown = pictures->all[pictures->from];
  KocrTextBounds bounds = kocr_text_bounds_find (shown, box);
  g_autoptr (KocrStrokeWeights) weights
      = kocr_stroke_weights_new (shown, &bounds);
  Side before = { pictures, &bounds, weights, -1, NULL, 0 };
  Side behind = { pictures, &bounds, weights, 1, NULL, 0 };

  side_look (&before);
  side_look (&behind);
  stay->begin = pictures->from - before.n_stands;
  stay->end = pictures->from + 1 + behind.n_stands;
  stay->is_bounded = stay->begin > 0 && stay->end < pictures->n;
  stay->drifts = side_drifts (&before) || side_drifts (&behind);
  g_array_unref (before.strengths);
  g_array_unref (behind.strengths);
}
