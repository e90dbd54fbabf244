/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Similarity: a shift, a rotation and a change of size.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gdouble x, y;
} KocrPoint;

/* x' = a x - b y + u, y' = b x + a y + v */
typedef struct
{
  gdouble a, b, u, v;
} KocrSimilarity;

#define KOCR_SIMILARITY_IDENTITY ((KocrSimilarity) { 1, 0, 0, 0 })

/* For each pixel of a picture, in places. */
static inline KocrPoint
kocr_similarity_apply (const KocrSimilarity *self, KocrPoint point)
{
  return (KocrPoint){ self->a * point.x - self->b * point.y + self->u,
    self->b * point.x + self->a * point.y + self->v };
}

/* First @first, then @then. */
KocrSimilarity kocr_similarity_compose (const KocrSimilarity * then,
    const KocrSimilarity * first);
KocrSimilarity kocr_similarity_invert (const KocrSimilarity * self);

/* The similarity that brings most of @n points @from within @tolerance of where
 * they went, @to, by RANSAC with a fixed sequence of trials (the same points
 * give the same answer) and least squares over those that agree.
 *
 * @agree: (array length=n) (out): which do. Returns how many; below 2, @self is
 * not set. */
guint kocr_similarity_fit (KocrSimilarity * self, const KocrPoint * from,
    const KocrPoint * to, guint n, gdouble tolerance, gboolean * agree);
