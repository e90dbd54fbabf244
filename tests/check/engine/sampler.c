/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sampler: rows of frames, each with what becomes of it.
 */
#include "sampler.h"

#include <stdlib.h>
#include <string.h>

/* A frame is its position in ms, or "-" without one, then what it must be:
 * nothing: not due; "!": due, and taken; "b": due, but no slot is free and the
 * miss is not counted again; "B": the same and counted. "r" before it: a
 * reset comes first. */
static const struct
{
  const gchar *name;
  guint interval, frame_duration;       /* ms */
  const gchar *frames;
} rows[] = {
  {"the_first_frame_is_due", 1000, 40, "5000!"},
  {"frames_nearer_than_the_interval_are_not_due", 1000, 40,
      "0! 40 500 999 1000! 1040 2000!"},
  {"a_late_frame_starts_the_next_interval", 1000, 40, "0! 1300! 2000 2300!"},
  {"interval_0_takes_every_frame", 0, 40, "0! 40! 80! 80!"},
  {"reverse_counts_the_distance_downwards", 1000, 40,
      "5000! 4960 4001 4000! 3500 3000!"},
  {"a_jump_in_either_direction_is_a_distance", 1000, 40,
      "5000! 5040 9000! 9040 2000! 1500 3000!"},
  {"no_time_counts_by_arrival_and_rate", 100, 40, "-! - - -! - - -!"},
  {"no_time_and_no_rate_is_a_row_of_pictures", 1000, 0, "-! -! -!"},
  {"no_rate_with_times_goes_by_times", 1000, 0, "0! 500 1000!"},
  {"a_frame_without_time_follows_the_one_with", 100, 40,
      "1000! - - -! - - 1240!"},
  {"a_reset_makes_the_next_frame_due", 1000, 40, "0! 40 r80! 120 1080!"},
  {"a_reset_begins_arrival_anew", 100, 40, "-! - r-! - - -!"},
  {"a_busy_frame_leaves_the_next_one_due", 1000, 40,
      "0B 40b 80! 120 1000 1080!"},
  {"a_sample_is_missed_once_an_interval", 1000, 40,
      "0! 1000B 1040b 1999b 2000B 2040b 2080! 3079 3080!"},
  {"with_interval_0_each_busy_frame_is_a_miss", 0, 40, "0! 40B 80B 120!"},
  {"misses_in_reverse_count_by_distance_too", 1000, 40,
      "9000! 8000B 7960b 7000B 6960!"},
  {"pictures_without_time_are_missed_one_by_one", 1000, 0, "-! -B -B -!"},
  {"a_reset_forgets_the_last_miss", 1000, 40, "0B 40b r80B 120!"},
};

static void
check_frame (KocrSampler * sampler, const gchar * frame, guint row)
{
  GstClockTime position = GST_CLOCK_TIME_NONE;
  GstClockTime interval = rows[row].interval * GST_MSECOND;
  const gchar *rest = frame;
  gboolean due;

  if (*rest == 'r') {
    kocr_sampler_reset (sampler);
    rest++;
  }
  if (*rest == '-')
    rest++;
  else
    position = strtoull (rest, (gchar **) & rest, 10) * GST_MSECOND;

  due = kocr_sampler_is_due (sampler, position,
      rows[row].frame_duration * GST_MSECOND, interval);
  if (due != (*rest != '\0'))
    g_error ("%s: frame %s is %sdue", rows[row].name, frame, due ? "" : "not ");
  if (*rest == '!')
    kocr_sampler_take (sampler);
  else if (due && kocr_sampler_miss (sampler, interval) != (*rest == 'B'))
    g_error ("%s: frame %s is counted wrongly", rows[row].name, frame);
}

static void
follows_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_auto (GStrv) frames = g_strsplit (rows[row].frames, " ", -1);
  KocrSampler sampler;

  kocr_sampler_reset (&sampler);
  for (guint i = 0; frames[i]; i++)
    check_frame (&sampler, frames[i], row);
}

static void
the_interval_may_change_between_frames (void)
{
  KocrSampler sampler;

  kocr_sampler_reset (&sampler);
  g_assert_true (kocr_sampler_is_due (&sampler, 0, 0, 10 * GST_SECOND));
  kocr_sampler_take (&sampler);
  g_assert_false (kocr_sampler_is_due (&sampler, GST_SECOND, 0,
          10 * GST_SECOND));
  g_assert_true (kocr_sampler_is_due (&sampler, 2 * GST_SECOND, 0,
          2 * GST_SECOND));
}

static void
unknown_frame_duration_may_be_none_too (void)
{
  KocrSampler sampler;

  kocr_sampler_reset (&sampler);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (kocr_sampler_is_due (&sampler, GST_CLOCK_TIME_NONE,
            GST_CLOCK_TIME_NONE, GST_SECOND));
    kocr_sampler_take (&sampler);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/sampler/", rows[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), follows_row);
  }
  g_test_add_func ("/sampler/the_interval_may_change_between_frames",
      the_interval_may_change_between_frames);
  g_test_add_func ("/sampler/unknown_frame_duration_may_be_none_too",
      unknown_frame_duration_may_be_none_too);
  return g_test_run ();
}
