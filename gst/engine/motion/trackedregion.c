/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/trackedregion.h"

#include <math.h>
#include <string.h>

#include "motion/blockmatch.h"
#include "motion/corners.h"

/* Fewer agree by chance. */
#define MIN_POINTS 5
/* Part of the points that must agree. Where half of a box is covered, or half
 * of its points are on what is behind the text, it is still found. */
#define MIN_SHARE 0.35
/* With less, the points are renewed early, or blocks are matched first. */
#define GOOD_SHARE 0.6
/* How far points that agree may be from where the others say, in pixels of the
 * first level, and from where they came when they are traced back. */
#define TOLERANCE 0.5
#define TRACE_TOLERANCE 0.7
/* After guesses that were off by less, in pixels of the first level, windows of
 * that level are enough. */
#define FINE_ERROR 0.4
/* Frames between renewals: see motion/motion.h. */
#define RENEWAL 10
/* When new points are no good, the old ones serve longer. */
#define RETRY 3
/* Frames that a region may be missing: a third of a second at 30 a second. */
#define MAX_MISSING 10
/* Over more frames, motion goes on as it likes. */
#define MAX_PREDICTED 15
/* Change of size from one picture to the next that is not a mistake. */
#define MAX_GROWTH 1.3

static void
take_key (KocrTrackedRegion * self, KocrLumaPyramid * picture)
{
  kocr_luma_pyramid_ref (picture);
  g_clear_pointer (&self->key, kocr_luma_pyramid_unref);
  self->key = picture;
}

static KocrPoint
middle_of (const KocrPoint quad[4])
{
  return (KocrPoint) {
  (quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4,
        (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4};
}

static guint
pick_points (const KocrLumaPyramid * picture, const KocrPoint quad[4],
    KocrLkPoint * points, guint max)
{
  g_autofree KocrCorner *corners = g_new (KocrCorner, max);
  guint n = kocr_corners_pick (&picture->levels[0], quad, max, corners);
  guint usable = 0;

  for (guint i = 0; i < n; i++) {
    if (kocr_lk_point_init (&points[usable], picture, corners[i].x,
            corners[i].y))
      usable++;
  }
  return usable;
}

gboolean
kocr_tracked_region_init (KocrTrackedRegion * self,
    KocrLumaPyramid * picture, const KocrPoint quad[4], guint max_points,
    guint age)
{
  memset (self, 0, sizeof *self);
  self->max_points = max_points;
  self->to_key = self->since = self->before = KOCR_SIMILARITY_IDENTITY;
  self->age = age;
  memcpy (self->quad, quad, sizeof self->quad);
  if (max_points > 0) {
    self->points = g_new (KocrLkPoint, max_points);
    self->n_points = pick_points (picture, quad, self->points, max_points);
  }
  take_key (self, picture);
  return self->n_points >= MIN_POINTS;
}

void
kocr_tracked_region_clear (KocrTrackedRegion * self)
{
  g_clear_pointer (&self->key, kocr_luma_pyramid_unref);
  g_clear_pointer (&self->points, g_free);
}

KocrSimilarity
kocr_tracked_region_get_motion (const KocrTrackedRegion * self)
{
  return kocr_similarity_compose (&self->since, &self->to_key);
}

/* Where the middle of the box was in the key picture. */
static KocrPoint
key_middle (const KocrTrackedRegion * self)
{
  return kocr_similarity_apply (&self->to_key, middle_of (self->quad));
}

/* The motion from the key that goes on as it went before. */
static KocrSimilarity
predict (const KocrTrackedRegion * self, guint frames)
{
  KocrPoint key = key_middle (self), last, before;
  KocrSimilarity guess = self->since;
  gdouble ratio;

  if (self->frames == 0 || frames > MAX_PREDICTED)
    return guess;
  ratio = (gdouble) frames / self->frames;
  last = kocr_similarity_apply (&self->since, key);
  before = kocr_similarity_apply (&self->before, key);
  guess.a += ratio * (self->since.a - self->before.a);
  guess.b += ratio * (self->since.b - self->before.b);
  guess.u = last.x + ratio * (last.x - before.x)
      - (guess.a * key.x - guess.b * key.y);
  guess.v = last.y + ratio * (last.y - before.y)
      - (guess.b * key.x + guess.a * key.y);
  return guess;
}

/* Looks for all points where @guess expects them. Returns how many agree on
 * @motion. */
static guint
find_points (const KocrTrackedRegion * self,
    const KocrLumaPyramid * picture, const KocrSimilarity * guess,
    guint coarsest, KocrSimilarity * motion)
{
  g_autofree KocrPoint *from = g_new (KocrPoint, self->n_points);
  g_autofree KocrPoint *to = g_new (KocrPoint, self->n_points);
  g_autofree gboolean *agree = g_new (gboolean, self->n_points);
  guint n = 0;

  for (guint i = 0; i < self->n_points; i++) {
    from[n] = self->points[i].at;
    to[n] = kocr_similarity_apply (guess, from[n]);
    if (kocr_lk_point_find (&self->points[i], picture, coarsest, &to[n]))
      n++;
  }
  return kocr_similarity_fit (motion, from, to, n, TOLERANCE, agree);
}

static gboolean
is_plausible (const KocrSimilarity * motion, const KocrSimilarity * last)
{
  gdouble growth = hypot (motion->a, motion->b) / hypot (last->a, last->b);

  return growth < MAX_GROWTH && growth > 1 / MAX_GROWTH;
}

static guint
needed (const KocrTrackedRegion * self, gdouble share)
{
  return MAX (ceil (share * self->n_points), MIN_POINTS);
}

/* Picks new points in @picture and keeps those that lead back. */
static void
renew (KocrTrackedRegion * self, KocrLumaPyramid * picture)
{
  KocrSimilarity motion = kocr_tracked_region_get_motion (self);
  KocrSimilarity back = kocr_similarity_invert (&self->since);
  KocrLkPoint *points = g_new (KocrLkPoint, self->max_points);
  KocrPoint quad[4];
  guint picked, n = 0;

  for (guint i = 0; i < 4; i++)
    quad[i] = kocr_similarity_apply (&motion, self->quad[i]);
  picked = pick_points (picture, quad, points, self->max_points);
  for (guint i = 0; i < picked; i++) {
    KocrPoint origin = kocr_similarity_apply (&back, points[i].at);
    KocrPoint traced = origin;

    if (kocr_lk_point_find (&points[i], self->key, 0, &traced)
        && hypot (traced.x - origin.x, traced.y - origin.y) < TRACE_TOLERANCE)
      points[n++] = points[i];
  }
  if (n < MIN_POINTS) {
    g_free (points);
    self->age -= MIN (self->age, RETRY);
    return;
  }
  g_free (self->points);
  self->points = points;
  self->n_points = n;
  self->to_key = motion;
  self->before = kocr_similarity_compose (&self->before, &back);
  self->since = KOCR_SIMILARITY_IDENTITY;
  self->age = 0;
  take_key (self, picture);
}

/* A guess that does not rely on what was before: tries all places around
 * @guess. */
static KocrSimilarity
search (const KocrTrackedRegion * self, const KocrLumaPyramid * picture,
    const KocrSimilarity * guess)
{
  KocrPoint key = key_middle (self);
  KocrPoint there = kocr_similarity_apply (guess, key);
  KocrPoint shift = { there.x - key.x, there.y - key.y };
  KocrSimilarity searched = *guess;
  KocrPoint quad[4];

  for (guint i = 0; i < 4; i++)
    quad[i] = kocr_similarity_apply (&self->to_key, self->quad[i]);
  if (kocr_block_match (self->key, quad, picture, &shift)) {
    searched.u += shift.x - (there.x - key.x);
    searched.v += shift.y - (there.y - key.y);
  }
  return searched;
}

KocrFollowed
kocr_tracked_region_follow (KocrTrackedRegion * self,
    KocrLumaPyramid * picture, guint frames)
{
  KocrSimilarity guess = predict (self, frames), motion = guess;
  gboolean known = self->frames > 0 && frames <= MAX_PREDICTED;
  KocrPoint middle, expected;
  guint found;

  self->age += frames;
  found = find_points (self, picture, &guess,
      known && self->error < FINE_ERROR ? 0 : 1, &motion);
  if (found < needed (self, GOOD_SHARE)) {
    KocrSimilarity searched = search (self, picture, &guess), other;
    guint better = find_points (self, picture, &searched, 1, &other);

    if (better > found) {
      found = better;
      motion = other;
    }
  }
  if (found < needed (self, MIN_SHARE)
      || !is_plausible (&motion, &self->since)) {
    self->missing += frames;
    self->frames = 0;
    return self->missing > MAX_MISSING ? KOCR_GONE : KOCR_MISSING;
  }

  middle = kocr_similarity_apply (&motion, key_middle (self));
  expected = kocr_similarity_apply (&guess, key_middle (self));
  self->error = hypot (middle.x - expected.x, middle.y - expected.y);
  self->before = self->since;
  self->since = motion;
  self->frames = frames;
  self->missing = 0;
  if (self->age >= RENEWAL || found < needed (self, GOOD_SHARE))
    renew (self, picture);
  return KOCR_FOUND;
}
