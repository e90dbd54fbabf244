/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Elements that use results say when nothing before them makes any.
 */
#include <gst/gst.h>

#include "../../testrows.h"

#define VIDEO "videotestsrc num-buffers=%u ! " \
    "video/x-raw,format=I420,width=64,height=48,framerate=10/1 ! "

/* WARNINGs of that, from who is called @name, of a run from NULL to EOS. */
static guint
count_warnings (GstElement *pipeline, const gchar *name)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autofree gchar *said
      = g_strdup_printf ("*there is no kakaoocr before %s.", name);
  gboolean ended = FALSE;
  guint n = 0;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message
        = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
            GST_MESSAGE_WARNING | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
    g_autoptr (GError) error = NULL;

    ended = GST_MESSAGE_TYPE (message) != GST_MESSAGE_WARNING;
    if (ended) {
      g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
      continue;
    }
    gst_message_parse_warning (message, &error, NULL);
    n += g_pattern_match_simple (said, error->message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return n;
}

static void
check (const gchar *name, const gchar *before, guint n_frames, guint expected)
{
  g_autofree gchar *line
      = g_strdup_printf (VIDEO "%s%s ! fakesink", n_frames, before, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_warnings (pipeline, name), ==, expected);
  /* And of the next run. */
  g_assert_cmpuint (count_warnings (pipeline, name), ==, expected);
}

static void
a_run_without_kakaoocr_is_warned_of_once (gconstpointer name)
{
  check (name, "", 30, 1);
}

static void
a_short_one_at_its_end (gconstpointer name)
{
  check (name, "", 3, 1);
}

static void
kakaoocr_behind_is_none (gconstpointer name)
{
  g_autofree gchar *both
      = g_strdup_printf ("%s ! kakaoocr active=false", (const gchar *) name);
  g_autofree gchar *line = g_strdup_printf (VIDEO "%s ! fakesink", 3, both);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);

  g_assert_cmpuint (count_warnings (pipeline, name), ==, 1);
}

static void
kakaoocr_anywhere_before_is_enough (gconstpointer name)
{
  check (name, "kakaoocr active=false ! tee ! queue ! ", 30, 0);
}

#define TESTS "/elements/sourcecheck/"

int
main (int argc, char **argv)
{
  static const gchar *const names[]
      = { "kakaoocroverlay", "kakaoocrcrop", "kakaoocrenc" };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    ADD_ROW (a_run_without_kakaoocr_is_warned_of_once, names[i], names[i]);
    ADD_ROW (a_short_one_at_its_end, names[i], names[i]);
    if (i == 0)
      ADD_ROW (kakaoocr_behind_is_none, names[i], names[i]);
    ADD_ROW (kakaoocr_anywhere_before_is_enough, names[i], names[i]);
  }
  return g_test_run ();
}
