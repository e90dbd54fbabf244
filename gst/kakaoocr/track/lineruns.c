/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/lineruns.h"

#include <string.h>

#include "track/textdistance.h"
#include "track/ticker.h"

/* A ticker's text gets no longer. */
#define MOST_TICKER 4096
/* Of its height that its end moved by, at least. */
#define LEAST_RUN 0.3
/* So many letters that the left edge cuts can be read as anything. */
#define MOST_TAIL 6
/* How far a line that rolls is from its last sample to what is left of it, in its
 * heights. */
#define ROLLED 6.0
/* A line that moves by more than this a second, of the frame's height, rolls. */
#define LEAST_ROLL 0.01
/* Of a line's letters those that no edge cut: how many tell that it is the same one,
 * and how much alike they are. */
#define LEAST_KEPT 3
#define KEPT 0.75
/* Or that none of them was cut, when all are there again. */
#define LEAST_WHOLE 2
/* Of what is left of a line that lies where it would be. */
#define LEAST_LEFT 0.5

/* How far the end of @line is to the right of that of @track, in heights. */
static gdouble
get_end_shift (const KocrLineTrack * track, const KocrLine * line)
{
  return (line->box.corners[2] - track->box.corners[2]) / track->box.height;
}

/* Whether @line is what is left of a ticker that leaves. */
static gboolean
is_tail (const KocrLineTrack * track, const KocrLine * line, gint width,
    gint height)
{
  return (track->runs || track->pace_x < 0) && line->n_chars <= MOST_TAIL
      && kocr_line_box_get_cut (&line->box, width, height) & KOCR_CUT_LEFT
      && kocr_line_boxes_share_row (&track->box, &line->box)
      && get_end_shift (track, line) < -LEAST_RUN;
}

/* How @line lies on the text of @track, both without what the edges cut: from
 * @first to @end of the line. */
static gboolean
fit_part (const KocrLineTrack * track, const KocrLine * line, gint width,
    gint height, guint * first, guint * end, KocrTickerFit * fit)
{
  guint cut = kocr_line_box_get_cut (&line->box, width, height);
  guint before = kocr_line_box_get_cut (&track->box, width, height);
  guint skipped = 0, n = track->text.n_chars;

  if (!((cut | before) & (KOCR_CUT_LEFT | KOCR_CUT_RIGHT))
      || !kocr_line_boxes_share_row (&track->box, &line->box))
    return FALSE;
  kocr_ticker_trim (cut, line->n_chars, first, end);
  if (!track->runs)
    kocr_ticker_trim (before, track->text.n_chars, &skipped, &n);
  if (!kocr_ticker_fit (track->text.chars, n, line->chars + *first,
          *end - *first, fit))
    return FALSE;
  return track->runs || (fit->at > *first && (fit->n_more > 0
          || get_end_shift (track, line) < -LEAST_RUN));
}

gboolean
kocr_line_track_runs_on (const KocrLineTrack * track, const KocrLine * line,
    gint width, gint height)
{
  KocrTickerFit fit;
  guint first, end;

  return fit_part (track, line, width, height, &first, &end, &fit)
      || is_tail (track, line, width, height);
}

/* What is new of a part goes to the end of the text; else it is one more reading
 * of what is known. */
gboolean
kocr_line_track_run_on (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample)
{
  g_autofree gunichar *joined = NULL;
  KocrTickerFit fit;
  guint first, end, n;

  if (!fit_part (track, line, sample->width, sample->height, &first, &end,
          &fit))
    return is_tail (track, line, sample->width, sample->height);
  if (fit.until + fit.n_more > MOST_TICKER)
    return FALSE;
  kocr_line_track_join (track);
  track->runs = track->moving = TRUE;
  if (fit.n_more > 0) {
    n = fit.until + fit.n_more;
    joined = g_new (gunichar, n);
    memcpy (joined, track->text.chars, fit.until * sizeof (gunichar));
    memcpy (joined + fit.until, line->chars + end - fit.n_more,
        fit.n_more * sizeof (gunichar));
    kocr_consensus_reset (&track->text);
  } else {
    n = fit.at + (end - first) + (track->text.n_chars - fit.until);
    joined = g_new (gunichar, n);
    memcpy (joined, track->text.chars, fit.at * sizeof (gunichar));
    memcpy (joined + fit.at, line->chars + first,
        (end - first) * sizeof (gunichar));
    memcpy (joined + fit.at + end - first, track->text.chars + fit.until,
        (track->text.n_chars - fit.until) * sizeof (gunichar));
  }
  kocr_consensus_add (&track->text, joined, n);
  return TRUE;
}

/* Whether all of the text, or all but for the letters that the edge cut, is in the
 * same place of @line: at its end (@at_end), or at its beginning. */
static gboolean
has_more (const KocrLineTrack * track, const KocrLine * line, gboolean at_end)
{
  guint n = track->text.n_chars, n_kept;

  if (n >= LEAST_WHOLE && line->n_chars > n
      && kocr_texts_equal (line->chars + (at_end ? line->n_chars - n : 0), n,
          track->text.chars, n))
    return TRUE;
  if (n < LEAST_KEPT + KOCR_CUT_LETTERS || line->n_chars < n)
    return FALSE;
  n_kept = n - KOCR_CUT_LETTERS;
  return kocr_text_similarity (
             track->text.chars + (at_end ? KOCR_CUT_LETTERS : 0), n_kept,
             line->chars + (at_end ? line->n_chars - n_kept : 0), n_kept)
      >= KEPT;
}

gboolean
kocr_line_track_comes_in (const KocrLineTrack * track, const KocrLine * line,
    gint width, gint height)
{
  const gdouble *now = line->box.corners;
  gdouble step = LEAST_RUN * line->box.height;
  gboolean is_new = track->text.n_readings == 1, in_row;
  gdouble first[GST_KAKAO_OCR_BOX_LEN];
  guint cut;

  if (track->runs || track->cut == 0)
    return FALSE;
  cut = kocr_line_box_get_cut (&line->box, width, height);
  in_row = is_new && kocr_line_boxes_share_row (&track->box, &line->box);
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    first[i] = track->origin[i] * (i % 2 == 0 ? width : height);
  if (track->cut & KOCR_CUT_LEFT && now[2] > first[2] + step)
    return (in_row && cut & KOCR_CUT_LEFT) || has_more (track, line, TRUE);
  if (track->cut & KOCR_CUT_RIGHT && now[0] < first[0] - step)
    return (in_row && cut & KOCR_CUT_RIGHT) || has_more (track, line, FALSE);
  return (is_new || track->entering)
      && ((track->cut & KOCR_CUT_BELOW && now[1] < first[1] - step)
          || (track->cut & KOCR_CUT_ABOVE && now[7] > first[7] + step));
}

gboolean
kocr_line_track_is_cut (const KocrLineTrack * track, const KocrLine * line,
    gint width, gint height)
{
  guint cut = kocr_line_box_get_cut (&line->box, width, height);
  gdouble roll = track->vy * GST_SECOND / height;

  return (cut & KOCR_CUT_ABOVE && roll < -LEAST_ROLL)
      || (cut & KOCR_CUT_BELOW && roll > LEAST_ROLL)
      || (cut & KOCR_CUT_RIGHT
          && track->pace_x * GST_SECOND / height > LEAST_ROLL);
}

gboolean
kocr_line_track_goes_out (const KocrLineTrack * track, const KocrLine * line,
    const KocrLineBox * predicted, gint width)
{
  gboolean is_out = (track->pace_x < 0 && predicted->corners[0] < 0)
      || (track->pace_x > 0 && predicted->corners[2] > width);

  return is_out && line->n_chars < track->text.n_chars
      && kocr_line_box_overlap (predicted, &line->box) >= LEAST_LEFT
      && kocr_text_part_distance (line->chars, line->n_chars,
             track->text.chars, track->text.n_chars)
      <= (1.0 - KEPT) * KOCR_TEXT_UNIT * line->n_chars;
}

/* Whether @line is about where the track would be that moves out. */
static gboolean
is_near (const KocrLineTrack * track, const KocrLine * line)
{
  if (track->pace_x > 0)
    return kocr_line_boxes_share_row (&track->box, &line->box)
        && line->box.corners[0] < track->box.corners[2] + track->box.width;
  return ABS (track->box.x - line->box.x) < track->box.width / 2
      && ABS (track->box.y - line->box.y) < ROLLED * track->box.height;
}

KocrLineTrack *
kocr_line_find_leaving (const KocrLine * line, const KocrSample * sample,
    GPtrArray * unseen)
{
  for (guint i = 0; i < unseen->len; i++) {
    KocrLineTrack *track = g_ptr_array_index (unseen, i);

    if (kocr_line_track_is_cut (track, line, sample->width, sample->height)
        && is_near (track, line))
      return track;
  }
  return NULL;
}

const KocrLineTrack *
kocr_line_find_rolling (const KocrLine * line, const KocrSample * sample,
    GPtrArray * tracks)
{
  guint cut = kocr_line_box_get_cut (&line->box, sample->width,
      sample->height);

  for (guint i = 0; i < tracks->len; i++) {
    const KocrLineTrack *track = g_ptr_array_index (tracks, i);

    if ((cut & KOCR_CUT_BELOW && track->vy < 0 && track->moving)
        || (cut & KOCR_CUT_ABOVE && track->vy > 0 && track->moving))
      return track;
  }
  return NULL;
}
