/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/passage.h"

#include <math.h>

#include "geometry/polygon.h"

/* Of its height that a line moves by from sample to sample, and of the frame's
 * height a second: less may be how its box was read. */
#define LEAST_STEP 0.5
#define LEAST_PACE 0.02
/* Of its height so much of a row at the frame's edge is too little to be read, and
 * of a line that rolls. */
#define UNREAD_IN_ROW 4.0
#define UNREAD_ROLLING 0.5
/* The same of what an edge cuts: letters have gaps; and where the letter that it cuts
 * was not read. */
#define NEAR_EDGE 0.6
#define UNREAD_LETTER 1.0

typedef struct
{
  gdouble left, top, right, bottom;
} Bounds;

/* Pixels, and nanoseconds. */
typedef struct
{
  gdouble left, pace, unread;
} Way;

static Bounds
find_bounds (const gdouble corners[GST_KAKAO_OCR_BOX_LEN], gdouble width,
    gdouble height)
{
  Bounds bounds;

  kocr_polygon_get_bounds (corners, GST_KAKAO_OCR_BOX_LEN / 2, &bounds.left,
      &bounds.top, &bounds.right, &bounds.bottom);
  return (Bounds) { bounds.left * width, bounds.top * height,
    bounds.right * width, bounds.bottom * height };
}

/* How far a line went sideways: as far as both sides, since a text that is
 * another one by now may be longer, but for one that the frame's edge cuts of what
 * runs to the left: at the left a text that is written grows likewise. */
static gdouble
find_step (const KocrLineTrack *track, const Bounds *before, const Bounds *now)
{
  gdouble near = NEAR_EDGE * track->box.height;
  gdouble left = now->left - before->left, right = now->right - before->right;

  if (left < 0 && MAX (now->right, before->right)
          > track->width - near - UNREAD_LETTER * track->box.height)
    return left;
  if (right < 0 && MIN (now->left, before->left) < near)
    return right;
  if ((left < 0) != (right < 0))
    return 0;
  return fabs (left) < fabs (right) ? left : right;
}

void
kocr_passage_note (KocrLineTrack *track, const KocrLine *line, gdouble passed)
{
  Bounds before = find_bounds (track->box.corners, 1, 1);
  Bounds now = find_bounds (line->box.corners, 1, 1);
  gdouble dx = find_step (track, &before, &now);
  gdouble dy = line->box.y - track->box.y;

  if (hypot (dx, dy) < LEAST_STEP * line->box.height)
    passed = 0;
  track->n_steps += passed > 0;
  track->pace_x = passed > 0 ? dx / passed : 0;
  track->pace_y = passed > 0 ? dy / passed : 0;
}

gboolean
kocr_passage_moves (const KocrLineTrack *track)
{
  return track->pace_x != 0 || track->pace_y != 0;
}

/* How far from where @bounds has just come in, or is just out (@leaves), how fast,
 * along the way that it moves, and what of that is too little to be read. FALSE: it
 * stands. */
static gboolean
find_way (const KocrLineTrack *track, const Bounds *bounds, gboolean leaves,
    Way *way)
{
  gboolean is_row = fabs (track->pace_x) > fabs (track->pace_y);
  gdouble middle = (bounds->top + bounds->bottom) / 2, left;
  gboolean backwards = (is_row ? track->pace_x : track->pace_y) < 0;

  way->pace = fabs (is_row ? track->pace_x : track->pace_y);
  if (way->pace * GST_SECOND < LEAST_PACE * track->height)
    return FALSE;
  if (is_row)
    left = backwards != leaves ? track->width - bounds->left : bounds->right;
  else
    left = backwards != leaves ? track->height - middle : middle;
  way->left = MAX (left, 0);
  way->unread
      = (is_row ? UNREAD_IN_ROW : UNREAD_ROLLING) * track->box.height;
  return TRUE;
}

/* Whether a sample that did not show it had little enough of it, @passed
 * nanoseconds from where it was read. */
static gboolean
is_unread (const Way *way, gdouble passed)
{
  return way->left - way->pace * passed <= way->unread;
}

GstClockTime
kocr_passage_find_entry (const KocrLineTrack *track)
{
  Bounds first = find_bounds (track->origin, track->width, track->height);
  gdouble passed;
  Way way;

  if (!GST_CLOCK_TIME_IS_VALID (track->first_seen)
      || !GST_CLOCK_TIME_IS_VALID (track->before)
      || !find_way (track, &first, FALSE, &way)
      || !is_unread (&way, track->first_seen - track->before))
    return GST_CLOCK_TIME_NONE;
  passed = way.left / way.pace;
  return passed < track->first_seen
             ? track->first_seen - (GstClockTime) passed : 0;
}

/* Whether it moved by less than what is a step between where it was told to have
 * come and where it was read. */
static gboolean
has_just_come (const KocrLineTrack *track)
{
  GstClockTime told = GST_CLOCK_TIME_IS_VALID (track->start_unmoved)
                          ? track->start_unmoved : track->start;
  gdouble passed = GST_CLOCK_DIFF (told, track->first_seen);

  return hypot (track->pace_x, track->pace_y) * passed
         < LEAST_STEP * track->box.height;
}

gboolean
kocr_passage_is_entry (const KocrLineTrack *track)
{
  Bounds first = find_bounds (track->origin, track->width, track->height);
  gdouble near = NEAR_EDGE * track->box.height;

  if (!kocr_passage_moves (track))
    return FALSE;
  if (has_just_come (track))
    return TRUE;
  if (fabs (track->pace_x) > fabs (track->pace_y))
    return track->pace_x < 0 ? first.right > track->width - near
                             : first.left < near;
  return track->pace_y < 0 ? first.bottom > track->height - near
                           : first.top < near;
}

GstClockTime
kocr_passage_find_exit (const KocrLineTrack *track)
{
  Bounds last = find_bounds (track->box.corners, 1, 1);
  Way way;

  if (!GST_CLOCK_TIME_IS_VALID (track->box_time)
      || !GST_CLOCK_TIME_IS_VALID (track->missed)
      || track->missed < track->box_time
      || !find_way (track, &last, TRUE, &way)
      || !is_unread (&way, track->missed - track->box_time))
    return GST_CLOCK_TIME_NONE;
  return track->box_time + (GstClockTime) (way.left / way.pace);
}
