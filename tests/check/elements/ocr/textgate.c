/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr with gate=text on a video of captions over a ground that pans, as a
 * codec leaves it.  ffmpeg makes the video.
 */
#include <glib/gstdio.h>

#include "ffmpeg.h"
#include "ocrharness.h"
#include "played.h"
#include "service.h"

/* Captions stand for three seconds of every five, and then there are none. */
#define PERIOD 5
#define SHOWN 3
#define N_CAPTIONS 5
#define SECONDS 40
#define REFRESH 10

#define CAPTION(text, from, to)                                                \
  "drawtext=text='" text "':"                                                  \
  "font=DejaVu Sans:fontsize=28:fontcolor=white:borderw=2:x=(w-tw)/2:y=300:"     \
  "enable='between(t," from "," to ")',"
/* Hills of noise, which the filter moves on. */
#define GROUND                                                                 \
  "color=c=gray:s=640x360:r=5:d=40,noise=c0s=100,"                             \
  "gblur=sigma=9,eq=contrast=6,scroll=h=0.003:v=0.001,"
#define CAPTIONS                                                               \
  CAPTION ("Where have you been?", "1", "3.9")                                 \
  CAPTION ("There was nobody here", "6", "8.9")                                \
  CAPTION ("Gate 3 is open", "11", "13.9")                                     \
  CAPTION ("Gate 8 is open", "16", "18.9")                                     \
  CAPTION ("A word of thanks", "21", "23.9")

static const gchar no_text[] = "{\"responses\":[{\"page\":1,\"results\":[]}]}";

/* FALSE: there is no ffmpeg, and the test is skipped. */
static gboolean
make_video (const gchar *path)
{
  return ffmpeg_make ("-f", "lavfi", "-i", GROUND CAPTIONS "noise=c0s=8:c0f=t",
      "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", path, NULL);
}

/* How many were sent of each second. */
static void
count_sent (GstElement *pipeline, guint sent[SECONDS])
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);
    guint64 pts = 0;

    g_assert_nonnull (message);
    g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    if (!gst_message_has_name (message, "kakaoocr-result"))
      continue;
    g_assert_true (gst_structure_get_uint64 (
        gst_message_get_structure (message), "timestamp", &pts));
    g_test_message ("sent at %" GST_TIME_FORMAT, GST_TIME_ARGS (pts));
    sent[MIN (pts / GST_SECOND, SECONDS - 1)]++;
  }
}

static guint
sum (const guint sent[SECONDS], guint from, guint to)
{
  guint n = 0;

  for (guint i = from; i < to; i++)
    n += sent[i];
  return n;
}

static void
captions_over_a_pan_cost_a_request_or_two (void)
{
  g_autofree gchar *folder = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (folder, "captions.mp4", NULL);
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) ocr = NULL;
  guint sent[SECONDS] = {
    0,
  };
  Service *service;

  if (make_video (path)) {
    service = service_new (no_text, NULL);
    pipeline = played_parse (
        "filesrc location=%s ! decodebin ! "
        "kakaoocr name=ocr endpoint=%s timing=exact interval=1000 gate=text ! "
        "fakesink sync=false",
        path, service->url);
    ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
    count_sent (pipeline, sent);
    for (guint i = 0; i < N_CAPTIONS; i++) {
      guint begin = 1 + i * PERIOD;

      g_assert_cmpuint (sum (sent, begin, begin + SHOWN), >=, 1);
      g_assert_cmpuint (sum (sent, begin, begin + PERIOD), <=, 2);
    }
    /* Then the ground moves on alone. */
    g_assert_cmpuint (sum (sent, N_CAPTIONS * PERIOD + 1, SECONDS), <=,
        (SECONDS - N_CAPTIONS * PERIOD) / REFRESH + 1);
    g_assert_cmpuint (ocr_get_stat (ocr, "gated-text"), >=, SECONDS / 2);
    g_assert_cmpuint (ocr_get_stat (ocr, "sampled"), ==,
        ocr_get_stat (ocr, "unchanged") + ocr_get_stat (ocr, "remembered")
            + ocr_get_stat (ocr, "recognized") + ocr_get_stat (ocr, "failed"));
    gst_element_set_state (pipeline, GST_STATE_NULL);
    service_free (service);
  }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kakaoocr/textgate/"
                   "captions_over_a_pan_cost_a_request_or_two",
      captions_over_a_pan_cost_a_request_or_two);
  return g_test_run ();
}
