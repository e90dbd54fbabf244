/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Continuity: rows of frames, each with what it is to the time line.
 */
#include "common/continuity.h"

#include <stdlib.h>

/* A frame is its time in ms, then what it must be: nothing: it goes on; "?":
 * it is astray; "!": the time line is broken. "+5000" after the time: its
 * duration. "a" before it: a jump was announced; "g": it is a GAP, which goes on,
 * or "?" does not. */
static const struct
{
  const gchar *name;
  guint frame_duration;         /* ms */
  const gchar *frames;
} rows[] = {
  {"frames_go_on", 40, "0 40 80 120"},
  {"the_first_frame_may_be_anywhere", 40, "900000 900040"},
  {"what_a_camera_loses_is_no_break", 40, "0 40 9000 9040"},
  {"an_outlier_is_astray_and_no_more", 40, "0 40 37600000? 80 120"},
  {"outliers_of_past_and_future", 40,
      "9900000 100000? 9900040 47500000? 9900080"},
  {"two_in_a_row_break_the_line", 40, "0 40 900000? 900040! 900080"},
  {"time_that_falls_back_does", 40, "4000 4040 0? 40! 80 120"},
  {"two_that_do_not_agree_do_too", 40, "0 40 900000? 1800000! 1800040"},
  {"frames_that_were_swapped_are_none", 40, "0 80 40 160 120 200"},
  {"a_frame_that_lasts_is_no_gap", 40, "0+60000 60000 60040"},
  {"a_duration_is_believed_up_to_an_hour", 40, "0+99999999 37600000? 40"},
  {"slow_frames_may_lose_as_many", 10000, "0 10000 200000 210000"},
  {"slides_stand_as_long_as_they_like", 0, "0 1200000 2400000"},
  {"but_no_ten_hours", 0, "0 1000 37600000? 2000"},
  {"slides_that_begin_anew_break_the_line", 0, "0 5000 10000 0? 5000!"},
  {"what_was_announced_breaks_at_once", 40, "0 40 a900000! 900040"},
  {"or_is_no_break_at_all", 40, "0 40 a80 900000? 120"},
  {"a_gap_comes_before_frames_within_it", 40, "0 g40+3600 400 g3640+4000 1200"},
  {"frames_go_on_behind_gaps", 40, "0 g40+8000 g8040+8000 16040"},
  {"a_gap_that_follows_nothing_is_none", 40, "0 g900000+40? 40"},
};

static void
check_frame (KocrContinuity * continuity, const gchar * frame, guint row)
{
  GstClockTime time, duration = GST_CLOCK_TIME_NONE;
  KocrContinuityOutcome expected = KOCR_CONTINUITY_KEPT, outcome;
  gboolean is_gap = FALSE;
  const gchar *rest = frame;

  if (*rest == 'a') {
    kocr_continuity_announce (continuity);
    rest++;
  }
  if (*rest == 'g') {
    is_gap = TRUE;
    rest++;
  }
  time = strtoull (rest, (gchar **) & rest, 10) * GST_MSECOND;
  if (*rest == '+')
    duration = strtoull (rest, (gchar **) & rest, 10) * GST_MSECOND;
  if (*rest != '\0')
    expected = *rest == '?' ? KOCR_CONTINUITY_ASTRAY : KOCR_CONTINUITY_BROKEN;
  if (is_gap)
    outcome = kocr_continuity_extend (continuity, time, duration,
        rows[row].frame_duration * GST_MSECOND) ? KOCR_CONTINUITY_KEPT
        : KOCR_CONTINUITY_ASTRAY;
  else
    outcome = kocr_continuity_check (continuity, time, duration,
        rows[row].frame_duration * GST_MSECOND);
  if (outcome != expected)
    g_error ("%s: frame %s", rows[row].name, frame);
}

static void
follows_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_auto (GStrv) frames = g_strsplit (rows[row].frames, " ", -1);
  KocrContinuity continuity;

  kocr_continuity_reset (&continuity);
  for (guint i = 0; frames[i]; i++)
    check_frame (&continuity, frames[i], row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/continuity/", rows[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), follows_row);
  }
  return g_test_run ();
}
