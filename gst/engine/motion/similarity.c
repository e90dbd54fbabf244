/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/similarity.h"

#include <string.h>

/* With half of the points wrong, 24 pairs miss two right ones once in a
 * thousand times. */
#define TRIALS 24
/* Nearer to each other, two points say little about size and angle. */
#define MIN_DISTANCE 4.0
/* Rounds of least squares over the points that agree. */
#define ROUNDS 2
/* Size and angle are drawn towards none by as much as points of so many square
 * pixels around their middle would: where a few points lie close together,
 * noise of a tenth of a pixel would else turn and swell the box. */
#define STIFFNESS 100.0

KocrSimilarity
kocr_similarity_compose (const KocrSimilarity * then,
    const KocrSimilarity * first)
{
  KocrPoint shift =
      kocr_similarity_apply (then, (KocrPoint) { first->u, first->v });

  return (KocrSimilarity) {
  then->a * first->a - then->b * first->b,
        then->b * first->a + then->a * first->b, shift.x, shift.y};
}

KocrSimilarity
kocr_similarity_invert (const KocrSimilarity * self)
{
  gdouble square = self->a * self->a + self->b * self->b;
  gdouble a = self->a / square, b = -self->b / square;

  return (KocrSimilarity) {
  a, b, -(a * self->u - b * self->v), -(b * self->u + a * self->v)};
}

static guint
count_agreeing (const KocrSimilarity * self, const KocrPoint * from,
    const KocrPoint * to, guint n, gdouble tolerance, gboolean * agree)
{
  guint count = 0;

  for (guint i = 0; i < n; i++) {
    KocrPoint there = kocr_similarity_apply (self, from[i]);
    gdouble x = there.x - to[i].x, y = there.y - to[i].y;

    agree[i] = x * x + y * y <= tolerance * tolerance;
    count += agree[i];
  }
  return count;
}

/* The vector (x,y) turned and stretched into (x2,y2). */
static KocrSimilarity
from_products (gdouble dot, gdouble cross, gdouble square, KocrPoint from,
    KocrPoint to)
{
  gdouble a = dot / square, b = cross / square;

  return (KocrSimilarity) {
  a, b, to.x - (a * from.x - b * from.y), to.y - (b * from.x + a * from.y)};
}

static gboolean
from_pair (KocrSimilarity * self, const KocrPoint * from, const KocrPoint * to,
    guint i, guint j)
{
  gdouble x = from[j].x - from[i].x, y = from[j].y - from[i].y;
  gdouble x2 = to[j].x - to[i].x, y2 = to[j].y - to[i].y;
  gdouble square = x * x + y * y;

  if (square < MIN_DISTANCE * MIN_DISTANCE)
    return FALSE;
  *self = from_products (x * x2 + y * y2, x * y2 - y * x2, square, from[i],
      to[i]);
  return TRUE;
}

static KocrPoint
middle_of (const KocrPoint * points, guint n, const gboolean * used)
{
  KocrPoint sum = { 0, 0 };
  guint count = 0;

  for (guint i = 0; i < n; i++) {
    if (used[i]) {
      sum.x += points[i].x;
      sum.y += points[i].y;
      count++;
    }
  }
  return (KocrPoint) {
  sum.x / count, sum.y / count};
}

static KocrSimilarity
least_squares (const KocrPoint * from, const KocrPoint * to, guint n,
    const gboolean * used)
{
  KocrPoint from_middle = middle_of (from, n, used);
  KocrPoint to_middle = middle_of (to, n, used);
  gdouble dot = STIFFNESS, cross = 0, square = STIFFNESS;

  for (guint i = 0; i < n; i++) {
    if (used[i]) {
      gdouble x = from[i].x - from_middle.x, y = from[i].y - from_middle.y;
      gdouble x2 = to[i].x - to_middle.x, y2 = to[i].y - to_middle.y;

      dot += x * x2 + y * y2;
      cross += x * y2 - y * x2;
      square += x * x + y * y;
    }
  }
  return from_products (dot, cross, square, from_middle, to_middle);
}

guint
kocr_similarity_fit (KocrSimilarity * self, const KocrPoint * from,
    const KocrPoint * to, guint n, gdouble tolerance, gboolean * agree)
{
  g_autofree gboolean *trial = g_new (gboolean, MAX (n, 1));
  KocrSimilarity candidate;
  guint32 random = 1;
  guint best = 0;

  for (guint k = 0; k < TRIALS && n >= 2; k++) {
    guint pair[2], count;

    for (guint i = 0; i < 2; i++) {
      random = random * 1664525u + 1013904223u;
      pair[i] = (random >> 16) % n;
    }
    if (!from_pair (&candidate, from, to, pair[0], pair[1]))
      continue;
    count = count_agreeing (&candidate, from, to, n, tolerance, trial);
    if (count > best) {
      best = count;
      memcpy (agree, trial, n * sizeof *agree);
    }
  }
  for (guint k = 0; k < ROUNDS && best >= 2; k++) {
    *self = least_squares (from, to, n, agree);
    best = count_agreeing (self, from, to, n, tolerance, agree);
  }
  return best;
}
