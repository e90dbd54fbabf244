/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stroke weights: how much of the strokes of a text is in a picture, as a sum over
 * its pixels. Pure.
 *
 * Strokes are slopes, from each pixel to the next one and to the one below. What
 * those of two pictures have in common is a sum over slopes, and so, the one
 * picture being known, a sum over the pixels of the other, each by how far the
 * known one stands off its neighbours there: which is a quarter of the work where
 * one picture is compared with many.
 */
#pragma once

#include "motion/textbounds.h"

typedef struct _KocrStrokeWeights KocrStrokeWeights;

/* Of the strokes that @picture shows in @bounds. */
KocrStrokeWeights *kocr_stroke_weights_new (
    const KocrLumaPyramid *picture, const KocrTextBounds *bounds);
/* Of those that @last has there and @first has not: the sum is how far a picture
 * has gone from the one to the other, but for a constant. */
KocrStrokeWeights *kocr_stroke_weights_new_between (const KocrLumaPyramid *first,
    const KocrLumaPyramid *last, const KocrTextBounds *bounds);
void kocr_stroke_weights_free (KocrStrokeWeights *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrStrokeWeights, kocr_stroke_weights_free)

/* @picture: of the same size. */
gint64 kocr_stroke_weights_sum (
    const KocrStrokeWeights *self, const KocrLumaPyramid *picture);
/* How strong the strokes of a text are in @picture: 1.0 as they were, half of that
 * where the text has half faded, whatever the ground does. What has none loses
 * none. */
gdouble kocr_stroke_weights_get_strength (
    const KocrStrokeWeights *self, const KocrLumaPyramid *picture);
/* How strong all strokes are that @other, of the same place, was made of: 1.0 as
 * strong as those of @self. */
gdouble kocr_stroke_weights_compare (
    const KocrStrokeWeights *self, const KocrStrokeWeights *other);
