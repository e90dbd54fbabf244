/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Brightness fit: by how much one picture is brighter than another all over,
 * as where a camera's exposure or a screen's backlight wanders.  Pure.
 *
 * A gain and an offset from the means of blocks of both pictures, by the
 * resistant line (Tukey; Brown and Mood): blocks are split into dark and
 * bright, and the line goes through the medians of both.  So blocks whose
 * content changed have no say as long as they are fewer than half of either.
 * Its error is about half a level; a drift of less than two is left to the
 * noise.
 */
#pragma once

#include <glib.h>

/* What still counts as drift; a picture that changed more has changed. */
#define KOCR_DRIFT_LEAST_GAIN 0.8
#define KOCR_DRIFT_MOST_GAIN 1.25
#define KOCR_DRIFT_MOST_OFFSET 16

/* Fewer may well change all at once: no drift is found in them. */
#define KOCR_DRIFT_LEAST_BLOCKS 16

typedef struct
{
  gdouble gain, offset;         /* sample = gain * reference + offset */
  gboolean noticeable;          /* it moves some level by two */
} KocrBrightnessFit;

/* From @n means of the same blocks of both pictures, inside the limits.
 * @pivot: the level that a gain leaves as it is: 0 of luma, 128 of a difference
 * of colour. */
void kocr_brightness_fit (KocrBrightnessFit * self, const guint8 * reference,
    const guint8 * sample, guint n, gint pivot);
