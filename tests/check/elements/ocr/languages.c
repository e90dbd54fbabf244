/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Writing that the languages of the service of this machine do not fit: told,
 * once.
 */
#include <gst/gst.h>

#include "../../testrows.h"

#define TESTS "/kakaoocr/languages/"

/* How many WARNINGs name the property while @text is read three times. */
static guint
count_warnings (const gchar *text)
{
  g_autofree gchar *line
      = g_strdup_printf ("videotestsrc num-buffers=3 pattern=black ! "
                         "video/x-raw,width=1280,height=360,framerate=1/1 ! "
                         "textoverlay valignment=center text=\"%s\" "
                         "font-desc=\"Noto Sans CJK JP 20\" ! "
                         "kakaoocr endpoint=local change-threshold=0 memory=0 "
                         "! fakesink",
          text);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstBus) bus = NULL;
  gboolean at_end = FALSE;
  guint n = 0;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!at_end) {
    g_autoptr (GstMessage) message
        = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
            GST_MESSAGE_WARNING | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

    g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
    at_end = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    if (!at_end) {
      g_autoptr (GError) warning = NULL;

      gst_message_parse_warning (message, &warning, NULL);
      n += strstr (warning->message, "`local-languages`")
           && strstr (warning->message, "tesseract-ocr-jpn");
    }
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return n;
}

static void
another_language_is_told_once (void)
{
  g_assert_cmpuint (
      count_warnings ("次は新宿、新宿です。お出口は右側です"), ==, 1);
}

static void
one_that_is_read_is_not (void)
{
  g_assert_cmpuint (count_warnings ("오늘의 뉴스를 전해 드립니다"), ==, 0);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (another_language_is_told_once);
  ADD (one_that_is_read_is_not);
  return g_test_run ();
}
