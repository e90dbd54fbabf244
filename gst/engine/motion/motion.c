/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/motion.h"

#include <math.h>
#include <string.h>

#include "motion/trackedregion.h"

#define BOX 8                   /* numbers in one */
#define NO_LEADER G_MAXUINT

/* Points of a region: more gain nothing (by trial). Where there are many
 * regions they share what ten have, but no region has fewer than it needs. */
#define MAX_POINTS 36
#define ALL_POINTS (10 * MAX_POINTS)
#define MIN_POINTS 10
/* What a hostile answer may cost the streaming thread: regions with points of
 * their own, and what these may cover, in pictures. A page of text is under
 * both. */
#define MAX_LEADERS 128
#define MAX_COVERED 2.0
/* Ages that regions start with, one after the other, so that their renewals
 * are spread over the frames. */
#define AGE_STEP 3
#define AGE_LIMIT 10
/* A region without points of its own goes along with one that is no farther,
 * in parts of both their diagonals: the next word or line. What is beyond is
 * another thing, which moves as it likes. */
#define MAX_LEAD 1.0
/* So many of the nearest are known: when one is lost, the next one leads. */
#define MAX_NEAR 3
/* A box that would move by less stays where it is (pixels of the frame): noise
 * would make it tremble. */
#define MIN_MOVE 0.2

typedef struct
{
  KocrTrackedRegion region;
  guint leaders[MAX_NEAR];      /* regions it may go along with: itself, or the
                                 * nearest first; NO_LEADER */
  gboolean over;                /* it will not come back */
} Follower;

struct _KocrMotion
{
  gint reduction, width, height;        /* of the pictures */
  guint64 frame;                /* the last one */
  guint n;
  Follower *followers;
  gdouble *found;               /* boxes where they were found */
  gdouble *boxes;
  gboolean *lost;
  gboolean moved;
};

/* A pixel of the first level lies in the middle of those it stands for. */
static KocrPoint
to_picture (const KocrMotion * self, const gdouble * corner)
{
  gdouble middle = (self->reduction - 1) / 2.0;

  return (KocrPoint) {
  (corner[0] - middle) / self->reduction, (corner[1] - middle) /
        self->reduction};
}

static void
to_frame (const KocrMotion * self, KocrPoint point, gdouble * corner)
{
  gdouble middle = (self->reduction - 1) / 2.0;

  corner[0] = point.x * self->reduction + middle;
  corner[1] = point.y * self->reduction + middle;
}

static gdouble
diagonal (const KocrPoint quad[4])
{
  return MAX (hypot (quad[2].x - quad[0].x, quad[2].y - quad[0].y),
      hypot (quad[3].x - quad[1].x, quad[3].y - quad[1].y));
}

/* Of their middles, in parts of both their diagonals. */
static gdouble
distance (const KocrTrackedRegion * a, const KocrTrackedRegion * b)
{
  gdouble size = diagonal (a->quad) + diagonal (b->quad);
  gdouble x = 0, y = 0;

  for (guint i = 0; i < 4; i++) {
    x += (a->quad[i].x - b->quad[i].x) / 4;
    y += (a->quad[i].y - b->quad[i].y) / 4;
  }
  return size > 0 ? hypot (x, y) / size : G_MAXDOUBLE;
}

static gboolean
leads_itself (const KocrMotion * self, guint i)
{
  return self->followers[i].leaders[0] == i;
}

/* Keeps @leader, which is @away, among the nearest. */
static void
consider_leader (guint leaders[MAX_NEAR], gdouble distances[MAX_NEAR],
    guint leader, gdouble away)
{
  for (guint k = 0; k < MAX_NEAR; k++) {
    if (away <= distances[k]) {
      guint further = leaders[k];
      gdouble further_away = distances[k];

      leaders[k] = leader;
      distances[k] = away;
      leader = further;
      away = further_away;
    }
  }
}

static void
find_leaders (KocrMotion * self, guint i)
{
  gdouble distances[MAX_NEAR] = { MAX_LEAD, MAX_LEAD, MAX_LEAD };

  for (guint j = 0; j < self->n; j++) {
    if (leads_itself (self, j))
      consider_leader (self->followers[i].leaders, distances, j,
          distance (&self->followers[i].region, &self->followers[j].region));
  }
}

/* The one that region @i goes along with, by what is seen now. */
static guint
get_leader (const KocrMotion * self, guint i)
{
  for (guint k = 0; k < MAX_NEAR; k++) {
    guint leader = self->followers[i].leaders[k];

    if (leader == NO_LEADER || !self->lost[leader])
      return leader;
  }
  return NO_LEADER;
}

/* Of the upright rectangle around it. */
static gdouble
get_area (const KocrPoint quad[4])
{
  KocrPoint least = quad[0], most = quad[0];

  for (guint i = 1; i < 4; i++) {
    least.x = MIN (least.x, quad[i].x);
    least.y = MIN (least.y, quad[i].y);
    most.x = MAX (most.x, quad[i].x);
    most.y = MAX (most.y, quad[i].y);
  }
  return (most.x - least.x) * (most.y - least.y);
}

KocrMotion *
kocr_motion_new (KocrLumaPyramid * picture, guint64 frame,
    const gdouble * boxes, guint n)
{
  KocrMotion *self = g_atomic_rc_box_new0 (KocrMotion);
  guint max_points = CLAMP (ALL_POINTS / MAX (n, 1), MIN_POINTS, MAX_POINTS);
  gdouble uncovered;

  self->frame = frame;
  self->reduction = picture->reduction;
  self->width = picture->levels[0].width;
  self->height = picture->levels[0].height;
  self->n = n;
  self->followers = g_new0 (Follower, n);
  self->found = g_memdup2 (boxes, n * BOX * sizeof *boxes);
  self->boxes = g_memdup2 (boxes, n * BOX * sizeof *boxes);
  self->lost = g_new0 (gboolean, n);
  uncovered = MAX_COVERED * self->width * self->height;

  for (guint i = 0; i < n; i++) {
    KocrPoint quad[4];

    for (guint k = 0; k < 4; k++)
      quad[k] = to_picture (self, boxes + i * BOX + 2 * k);
    uncovered -= get_area (quad);
    if (i == MAX_LEADERS || uncovered < 0)
      max_points = 0;
    for (guint k = 0; k < MAX_NEAR; k++)
      self->followers[i].leaders[k] = NO_LEADER;
    if (kocr_tracked_region_init (&self->followers[i].region, picture, quad,
            max_points, i * AGE_STEP % AGE_LIMIT))
      self->followers[i].leaders[0] = i;
  }
  for (guint i = 0; i < n; i++) {
    if (!leads_itself (self, i))
      find_leaders (self, i);
  }
  return self;
}

static void
kocr_motion_clear (KocrMotion * self)
{
  for (guint i = 0; i < self->n; i++)
    kocr_tracked_region_clear (&self->followers[i].region);
  g_free (self->followers);
  g_free (self->found);
  g_free (self->boxes);
  g_free (self->lost);
}

KocrMotion *
kocr_motion_ref (KocrMotion * self)
{
  return g_atomic_rc_box_acquire (self);
}

void
kocr_motion_unref (KocrMotion * self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) kocr_motion_clear);
}

/* Less than half of it is still to be seen. */
static gboolean
is_leaving (const KocrMotion * self, const KocrPoint quad[4])
{
  gdouble x = 0, y = 0;

  for (guint i = 0; i < 4; i++) {
    x += quad[i].x / 4;
    y += quad[i].y / 4;
  }
  return x < 0 || y < 0 || x > self->width || y > self->height;
}

static void
place (KocrMotion * self, guint i, guint leader)
{
  Follower *follower = &self->followers[i];
  KocrSimilarity motion =
      kocr_tracked_region_get_motion (&self->followers[leader].region);
  gdouble *box = self->boxes + i * BOX, there[BOX];
  gdouble furthest = 0;
  KocrPoint quad[4];

  for (guint k = 0; k < 4; k++) {
    quad[k] = kocr_similarity_apply (&motion, follower->region.quad[k]);
    to_frame (self, quad[k], there + 2 * k);
    furthest = MAX (furthest, hypot (there[2 * k] - box[2 * k],
            there[2 * k + 1] - box[2 * k + 1]));
  }
  if (furthest >= MIN_MOVE)
    memcpy (box, there, sizeof there);
  self->lost[i] = is_leaving (self, quad);
}

void
kocr_motion_follow (KocrMotion * self, KocrLumaPyramid * picture, guint64 frame)
{
  guint frames = frame - self->frame;
  guint n_leaders = 0, n_lost = 0;

  self->frame = frame;
  for (guint i = 0; i < self->n; i++) {
    Follower *follower = &self->followers[i];
    KocrFollowed followed;

    if (!leads_itself (self, i))
      continue;
    n_leaders++;
    if (follower->over) {
      n_lost++;
      continue;
    }
    followed = kocr_tracked_region_follow (&follower->region, picture, frames);
    if (followed == KOCR_FOUND)
      place (self, i, i);
    else
      self->lost[i] = TRUE;
    n_lost += self->lost[i];
    follower->over = followed == KOCR_GONE;
  }
  for (guint i = 0; i < self->n; i++) {
    guint leader = get_leader (self, i);

    if (leads_itself (self, i))
      continue;
    /* What is near none that is seen stays, unless those that were have gone
     * with the whole picture. */
    if (leader != NO_LEADER)
      place (self, i, leader);
    else if (self->followers[i].leaders[0] != NO_LEADER)
      self->lost[i] = n_lost == n_leaders;
  }

  self->moved = memcmp (self->boxes, self->found,
      self->n * BOX * sizeof *self->boxes) != 0;
  for (guint i = 0; i < self->n; i++)
    self->moved |= self->lost[i];
}

gboolean
kocr_motion_is_over (const KocrMotion * self)
{
  for (guint i = 0; i < self->n; i++) {
    if (leads_itself (self, i) && !self->followers[i].over)
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_motion_has_moved (const KocrMotion * self)
{
  return self->moved;
}

const gdouble *
kocr_motion_get_boxes (const KocrMotion * self)
{
  return self->boxes;
}

const gboolean *
kocr_motion_get_lost (const KocrMotion * self)
{
  return self->lost;
}
