/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/sharedmotion.h"

#include <math.h>

#include "track/textdistance.h"
#include "track/ticker.h"

/* Of its height that a line moved by, at least: less may be how it was read. */
#define LEAST_WAY 0.3
/* Of a line that lies where it would be. */
#define LEAST_OVERLAP 0.5
/* Of its height that the side of a line may be off which is not cut. */
#define MOST_OFF 0.5

static gboolean
says_the_same (const KocrTrackMatch *match)
{
  return match->line
         && kocr_texts_equal (match->line->chars, match->line->n_chars,
             match->track->latest, match->track->n_latest);
}

gboolean
kocr_shared_motion_predict (const KocrTrackMatch *matches, guint n,
    const KocrLineTrack *track, KocrLineBox *box)
{
  gdouble nearest = G_MAXDOUBLE;
  gboolean is_known = FALSE;

  *box = track->box;
  for (guint i = 0; i < n; i++) {
    const KocrTrackMatch *match = &matches[i];
    gdouble dx, dy, away;

    if (!says_the_same (match))
      continue;
    is_known = TRUE;
    dx = match->line->box.x - match->track->box.x;
    dy = match->line->box.y - match->track->box.y;
    away = kocr_line_box_distance (&track->box, &match->track->box);
    if (away >= nearest || hypot (dx, dy) < LEAST_WAY * match->line->box.height)
      continue;
    nearest = away;
    *box = track->box;
    kocr_line_box_move (box, dx, dy);
  }
  return is_known;
}

/* Whether what the upper or lower edge cut has come further in: the side that it did
 * not cut tells where. */
static gboolean
is_in (const KocrLineTrack *track, const KocrLine *line,
    const KocrLineBox *predicted, gint width, gint height)
{
  guint cut = kocr_line_box_get_cut (&track->box, width, height);
  const gdouble *there = predicted->corners, *now = line->box.corners;
  const gdouble *before = track->box.corners;
  gdouble both = MIN (there[2], now[2]) - MAX (there[0], now[0]);
  gdouble off;

  if (cut & KOCR_CUT_BELOW && there[1] < before[1])
    off = now[1] - there[1];
  else if (cut & KOCR_CUT_ABOVE && there[7] > before[7])
    off = now[7] - there[7];
  else
    return FALSE;
  return fabs (off) <= MOST_OFF * line->box.height
         && both >= LEAST_OVERLAP
                        * MIN (track->box.width, line->box.width);
}

gboolean
kocr_shared_motion_fits (const KocrLineTrack *track, const KocrLine *line,
    const KocrLineBox *predicted, gint width, gint height)
{
  if (is_in (track, line, predicted, width, height))
    return TRUE;
  return kocr_line_box_overlap (predicted, &line->box) >= LEAST_OVERLAP
         && kocr_text_similarity (line->chars, line->n_chars, track->latest,
                track->n_latest)
                >= LEAST_OVERLAP;
}
