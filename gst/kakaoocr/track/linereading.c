/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/linereading.h"

#include "track/differences.h"
#include "track/evidence.h"
#include "track/linematch.h"
#include "track/lineplace.h"
#include "track/lineruns.h"
#include "track/numbers.h"
#include "track/passage.h"
#include "track/textdistance.h"
#include "track/ticker.h"

/* Readings in a row of which each differs from the one before in digits alone:
 * a counter, which never shows the same twice. From then on each is a text of
 * its own, until one stays for so long. */
#define COUNTING_CHANGES 3
#define COUNTING_STANDS 5

/* What is read of a part of a line is no longer than this part of it. */
#define WHOLE_WIDTH 0.8

/* Whether a reading is the next one of a counter. */
static gboolean
has_counted (KocrLineTrack * track, const KocrLine * line)
{
  if (kocr_numbers_changed (track->latest, track->n_latest, line->chars,
          line->n_chars))
    track->n_digit_changes++;
  else
    track->n_digit_changes = 0;
  if (track->n_samples >= COUNTING_STANDS)
    track->counts = FALSE;
  track->counts |= track->n_digit_changes >= COUNTING_CHANGES;
  return track->counts && track->n_digit_changes > 0;
}

/* From its first sight on it is what @line says. */
static void
grow (KocrLineTrack * track, const KocrLine * line)
{
  kocr_line_track_join (track);
  kocr_consensus_reset (&track->text);
  kocr_consensus_add (&track->text, line->chars, line->n_chars);
}

static KocrReading
judge (KocrLineTrack * track, const KocrLine * line,
    gboolean stood, GstClockTime time)
{
  KocrLook look = track->look;
  gboolean moved = kocr_passage_moves (track);
  g_autoptr (GArray) found = NULL;
  gboolean grown = kocr_text_has_grown (track->text.chars,
      track->text.n_chars, line->chars, line->n_chars,
      look == KOCR_LOOK_CHANGED && !line->given && !moved);
  gboolean seen = look == KOCR_LOOK_CHANGED
      || (look != KOCR_LOOK_SAME && kocr_numbers_carried (track->text.chars,
              track->text.n_chars, line->chars, line->n_chars));
  gboolean changed;

  if (grown && kocr_line_track_is_one_reading (track)) {
    grow (track, line);
    kocr_line_track_see (track, time);
    return KOCR_READING_SAME;
  }
  found = kocr_find_changes (&track->text, line->chars, line->n_chars, seen);

  if (kocr_line_track_is_put_by (track)
      && !kocr_differences_intersect (track->run.changes, found,
          look == KOCR_LOOK_CHANGED)) {
    if (!line->given && kocr_line_track_run_is_other (track, NULL)
        && kocr_differences_share_place (track->run.changes, found))
      return KOCR_READING_PASSED;
    kocr_line_track_join (track);
    g_array_unref (found);
    found = kocr_find_changes (&track->text, line->chars, line->n_chars, seen);
  }
  if (found->len == 0
      || (look == KOCR_LOOK_SAME && !grown && !kocr_line_track_is_put_by (track)
          && !kocr_changes_have_digits (found))) {
    kocr_line_track_see (track, time);
    kocr_consensus_add (&track->text, line->chars, line->n_chars);
    return KOCR_READING_SAME;
  }
  changed = !kocr_line_track_is_put_by (track)
            && (stood || seen) && kocr_changes_are_plain (found, seen);
  kocr_reading_run_begin (&track->run, found, look, moved);
  kocr_line_track_put_by (track, line, time);
  changed |=
      kocr_run_is_enough (track->run.changes, track->run.readings->len);
  if (changed && grown) {
    if (kocr_line_track_run_outweighs (track))
      grow (track, line);
    return KOCR_READING_SAME;
  }
  if (line->given) {
    if (track->run.readings->len >= KOCR_MAX_RUN)
      kocr_line_track_join (track);
    return KOCR_READING_SAME;
  }
  return changed ? KOCR_READING_CHANGED :
      KOCR_READING_SAME;
}

/* What may be the second value of a clock is put by until the third tells. */
static void
put_by_value (KocrLineTrack * track, const KocrLine * line, GstClockTime time)
{
  g_autoptr (GArray) found = kocr_find_changes (&track->text, line->chars,
      line->n_chars, TRUE);

  if (found->len == 0) {
    kocr_line_track_see (track, time);
    return;
  }
  kocr_reading_run_begin (&track->run, found, KOCR_LOOK_UNKNOWN, FALSE);
  kocr_line_track_put_by (track, line, time);
}

/* The next value of a clock is no other text, and its latest what it says. */
static void
go_on_as_clock (KocrLineTrack * track, GstClockTime time)
{
  kocr_line_track_join (track);
  kocr_line_track_see (track, time);
  kocr_consensus_reset (&track->text);
  kocr_consensus_add (&track->text, track->clock.text, track->clock.n_text);
}

/* Whether a line that the edge cut is now whole. */
static gboolean
has_entered (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample)
{
  if (!track->entering || kocr_line_box_get_cut (&line->box, sample->width,
          sample->height) & (KOCR_CUT_ABOVE | KOCR_CUT_BELOW))
    return FALSE;
  track->entering = FALSE;
  return TRUE;
}

/* Whether @part is what was read of a part of what says @whole, of strokes that
 * stayed. What a few letters more or less are any ground may be read as, or not. The
 * digits of another number may have the same strokes as far as can be seen. */
static gboolean
is_part (const KocrLine * part, const KocrLine * whole)
{
  return part->box.width < WHOLE_WIDTH * whole->box.width
      && kocr_text_is_longer (whole->chars, whole->n_chars, part->chars,
          part->n_chars)
      && !kocr_numbers_are_others (part->chars, part->n_chars, whole->chars,
          whole->n_chars);
}

/* What it says, where it was seen last. */
static KocrLine
get_line (const KocrLineTrack * track)
{
  return (KocrLine) { .box = track->box, .chars = track->text.chars,
    .n_chars = track->text.n_chars };
}

static gboolean
is_fragment (const KocrLineTrack * track, const KocrLine * line)
{
  const KocrLine before = get_line (track);

  return track->look == KOCR_LOOK_SAME && is_part (line, &before);
}

static gboolean
is_fragment_of (const KocrLineTrack * track, const KocrLine * line)
{
  const KocrLine before = get_line (track);

  return track->look == KOCR_LOOK_SAME && is_part (&before, line);
}

static gboolean
goes_out (const KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample)
{
  KocrLineBox predicted;

  kocr_line_place_predict (track, sample->time, &predicted);
  return kocr_line_track_goes_out (track, line, &predicted, sample->width);
}

/* Strokes that are elsewhere now were seen to go from where they were, which does not
 * tell whether they changed. One that is not known well is told from others by its
 * place. */
static void
pass_over_move (KocrLineTrack * track, const KocrLine * line)
{
  if (track->look == KOCR_LOOK_CHANGED && track->n_samples > 1
      && kocr_line_place_is_left (track, line)
      && !kocr_numbers_are_others (track->text.chars, track->text.n_chars,
          line->chars, line->n_chars)
      && kocr_text_similarity (track->text.chars, track->text.n_chars,
             line->chars, line->n_chars)
             >= KOCR_MIN_MOVED_SIMILARITY)
    track->look = KOCR_LOOK_UNCLEAR;
}

KocrReading
kocr_line_track_read (KocrLineTrack * track,
    const KocrLine * line, const KocrSample * sample)
{
  KocrClockState clock = kocr_clock_read (&track->clock, line->chars,
      line->n_chars, sample->time);
  gboolean counted = has_counted (track, line);
  /* What stood and is then read otherwise is another text; but over another
   * ground any text may be. */
  gboolean stood = track->stood && track->look != KOCR_LOOK_UNCLEAR;
  gboolean cut = kocr_line_track_is_cut (track, line, sample->width,
      sample->height);
  gboolean ran = !cut && kocr_line_track_run_on (track, line, sample);
  gboolean comes = !cut && !ran
      && kocr_line_track_comes_in (track, line, sample->width, sample->height);
  KocrReading reading;

  pass_over_move (track, line);
  cut |= !ran && goes_out (track, line, sample);
  track->stood = FALSE;
  track->n_read++;
  track->cut &= kocr_line_box_get_near (&line->box, sample->width,
      sample->height);
  if (cut || ran)
    kocr_line_track_see (track, sample->time);
  if (cut) {
    kocr_line_place_move_out (track, line, sample);
    return KOCR_READING_SAME;
  }
  if (!ran && is_fragment (track, line)) {
    kocr_line_track_see (track, sample->time);
    return KOCR_READING_SAME;
  }
  if (!ran && (comes || is_fragment_of (track, line)
          || has_entered (track, line, sample))) {
    grow (track, line);
    kocr_line_track_see (track, sample->time);
    ran = TRUE;
  }
  kocr_line_place_move (track, line, sample);
  if (ran) {
    kocr_line_track_set_latest (track, line->chars, line->n_chars);
    return KOCR_READING_SAME;
  }
  if (clock == KOCR_CLOCK_RUNS) {
    go_on_as_clock (track, sample->time);
    reading = KOCR_READING_SAME;
  } else if (clock == KOCR_CLOCK_MAYBE) {
    put_by_value (track, line, sample->time);
    reading = KOCR_READING_SAME;
  } else if (counted && !line->given) {
    kocr_line_track_join (track);
    kocr_line_track_put_by (track, line, sample->time);
    reading = KOCR_READING_CHANGED;
  } else {
    reading = judge (track, line, stood, sample->time);
  }
  kocr_line_track_set_latest (track, line->chars, line->n_chars);
  return reading;
}
