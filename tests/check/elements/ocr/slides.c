/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr on what a codec leaves of slides that come back, each time with
 * another time in a corner.  ffmpeg makes the video, the service of this machine
 * reads it.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "ffmpeg.h"
#include "ocrharness.h"
#include "service.h"
#include "../../patience.h"

#define FONT "font=DejaVu Sans:"
/* Two slides take turns by the second, and every four seconds it is a minute
 * later: each of them is there twice with the same time. */
#define SECONDS 16
#define SLIDES "drawtext=text=DEPARTURES:" FONT "fontsize=40:" \
    "fontcolor=white:x=40:y=40:enable='lt(mod(t,2),1)'," \
    "drawtext=text=ARRIVALS:" FONT "fontsize=40:" \
    "fontcolor=black:x=160:y=130:enable='gte(mod(t,2),1)'," \
    "drawtext=text='10\\:%{eif\\:30+trunc(t/4)\\:d}':" FONT \
    "fontsize=24:fontcolor=0xd8d8d8:x=350:y=225,noise=c0s=8:c0f=t"

/* FALSE: there is no ffmpeg, and the test is skipped. */
static gboolean
make_video (const gchar *path)
{
  return ffmpeg_make ("-f", "lavfi", "-i", "color=c=gray:s=480x270:r=5:d=16",
      "-vf", SLIDES, "-c:v", "libx264", "-crf", "26", "-pix_fmt", "yuv420p",
      path, NULL);
}

/* Only digits can be wrong here. */
static gchar *
get_digits (const gchar *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* The second, with the time that was on the slide. */
static guint
check_result (const GstStructure *result)
{
  const gchar *text = gst_structure_get_string (result, "text");
  guint64 pts = GST_CLOCK_TIME_NONE;
  g_autofree gchar *expected = NULL;
  g_autofree gchar *digits = NULL;
  guint second;

  g_assert_true (gst_structure_get_uint64 (result, "timestamp", &pts));
  second = pts / GST_SECOND;
  expected = g_strdup_printf ("10%u", 30 + second / 4);
  digits = get_digits (text);
  g_test_message ("%u s: %s", second, text);
  g_assert_cmpstr (digits, ==, expected);
  g_assert_nonnull (strstr (text, second % 2 ? "ARRIVALS" : "DEPARTURES"));
  return second;
}

static void
a_slide_that_comes_back_at_another_time_is_read_anew (void)
{
  g_autofree gchar *folder = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (folder, "slides.mp4", NULL);
  g_autofree gchar *line = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) ocr = NULL;
  g_autoptr (GstBus) bus = NULL;
  gboolean seen[SECONDS] = { FALSE, };
  gboolean ended = FALSE;
  Service *service = NULL;

  if (!make_video (path))
    goto skip;
  service = service_new_reading ();
  line = g_strdup_printf ("filesrc location=%s ! decodebin ! kakaoocr name=ocr "
      "endpoint=%s timing=exact interval=500 ! fakesink sync=false", path,
      service->url);
  pipeline = ocr_parse (line);
  ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

    g_assert_nonnull (message);
    g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    if (gst_message_has_name (message, "kakaoocr-result"))
      seen[MIN (check_result (gst_message_get_structure (message)),
              SECONDS - 1)]
          = TRUE;
  }
  for (guint second = 0; second < SECONDS; second++)
    g_assert_true (seen[second]);
  /* And those that came back as they were were not paid for twice. */
  g_assert_cmpuint (ocr_get_stat (ocr, "remembered"), >=, SECONDS / 4);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  service_free (service);
skip:
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kakaoocr/slides/"
      "a_slide_that_comes_back_at_another_time_is_read_anew",
      a_slide_that_comes_back_at_another_time_is_read_anew);
  return g_test_run ();
}
