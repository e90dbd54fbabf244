/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/brightnessfit.h"

#include <math.h>

#define LEVELS 256
/* The darkest and the brightest of so many are left out where the range of a
 * picture is looked for: a logo is not half of it. */
#define OUTLIERS 64
/* Levels between dark and bright from which on their distance tells the gain to
 * some hundredths; a picture with less is taken as flat. */
#define LEAST_CONTRAST 16

#define NOTICEABLE 2

typedef struct
{
  guint n;
  guint reference[LEVELS], sample[LEVELS];
} Group;

static void
group_add (Group * self, guint8 reference, guint8 sample)
{
  self->n++;
  self->reference[reference]++;
  self->sample[sample]++;
}

/* The level that @rank of the counted ones lie below or at. */
static gint
level_at (const guint counts[LEVELS], guint rank)
{
  gint level = 0;

  for (guint seen = counts[0]; seen <= rank && level < LEVELS - 1;)
    seen += counts[++level];
  return level;
}

static gint
median (const guint counts[LEVELS], guint n)
{
  return level_at (counts, n / 2);
}

static gdouble
clamp_gain (gdouble gain)
{
  return CLAMP (gain, KOCR_DRIFT_LEAST_GAIN, KOCR_DRIFT_MOST_GAIN);
}

/* The line of @gain through a point, as far as the offset may go. From here on
 * levels are counted from the one that a gain leaves. */
static gdouble
offset_through (gdouble gain, gint reference, gint sample)
{
  return CLAMP (sample - gain * reference, -KOCR_DRIFT_MOST_OFFSET,
      KOCR_DRIFT_MOST_OFFSET);
}

/* All of one level: what an offset cannot explain, a gain may. */
static void
fit_flat (KocrBrightnessFit * self, const Group * all, gint pivot)
{
  gint reference = median (all->reference, all->n) - pivot;
  gint sample = median (all->sample, all->n) - pivot;

  self->offset = offset_through (1, reference, sample);
  self->gain = reference > 0 ?
      clamp_gain ((sample - self->offset) / reference) : 1;
}

static void
fit_line (KocrBrightnessFit * self, const Group * dark, const Group * bright,
    gint pivot)
{
  gint r0 = median (dark->reference, dark->n) - pivot;
  gint r1 = median (bright->reference, bright->n) - pivot;
  gint s0 = median (dark->sample, dark->n) - pivot;
  gint s1 = median (bright->sample, bright->n) - pivot;

  self->gain = clamp_gain ((gdouble) (s1 - s0) / (r1 - r0));
  self->offset = (offset_through (self->gain, r0, s0)
      + offset_through (self->gain, r1, s1)) / 2;
}

static gboolean
moves (const KocrBrightnessFit * self, gint level)
{
  return fabs ((self->gain - 1) * level + self->offset) >= NOTICEABLE;
}

void
kocr_brightness_fit (KocrBrightnessFit * self, const guint8 * reference,
    const guint8 * sample, guint n, gint pivot)
{
  Group all = { 0 }, dark = { 0 }, bright = { 0 };
  gint darkest, brightest, middle;

  *self = (KocrBrightnessFit) {
  .gain = 1};
  if (n < KOCR_DRIFT_LEAST_BLOCKS)
    return;

  for (guint i = 0; i < n; i++)
    group_add (&all, reference[i], sample[i]);
  darkest = level_at (all.reference, n / OUTLIERS);
  brightest = level_at (all.reference, n - 1 - n / OUTLIERS);
  middle = (darkest + brightest) / 2;
  for (guint i = 0; i < n; i++)
    group_add (reference[i] <= middle ? &dark : &bright, reference[i],
        sample[i]);

  if (brightest - darkest < LEAST_CONTRAST || dark.n == 0 || bright.n == 0)
    fit_flat (self, &all, pivot);
  else
    fit_line (self, &dark, &bright, pivot);
  self->offset += pivot * (1 - self->gain);
  self->noticeable = moves (self, darkest) || moves (self, brightest);
}
