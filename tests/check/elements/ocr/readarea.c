/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr and the part of a frame that is read: crops, regions, masks, and
 * what stands at their edges.  The service of this machine reads what whole
 * pipelines make.
 */
#include <math.h>
#include <string.h>

#include "../../testrows.h"
#include "played.h"
#include "service.h"

static const gchar *const formats[]
    = { "I420", "NV12", "YUY2", "BGRx", "AYUV", "v210" };

/* A GstVideoCropMeta, since the element behind says that it takes one. */

static GstPadProbeReturn
take_crop_metas (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  if (GST_QUERY_TYPE (GST_PAD_PROBE_INFO_QUERY (info))
      == GST_QUERY_ALLOCATION) {
    GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);

    gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
    gst_query_add_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL);
    return GST_PAD_PROBE_HANDLED;
  }
  return GST_PAD_PROBE_OK;
}

typedef struct
{
  guint n_cropped, n;
  gchar *text;  /* of the meta, as it is for the crop */
  gdouble left; /* of its first box */
} Seen;

static GstPadProbeReturn
look (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  Seen *seen = user_data;
  gdouble box[8];

  seen->n++;
  if (gst_buffer_get_video_crop_meta (buffer))
    seen->n_cropped++;
  if (meta && gst_kakao_ocr_result_get_n_regions (meta->result) > 0) {
    g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_meta_dup_result (meta);

    g_free (seen->text);
    seen->text = g_strdup (gst_kakao_ocr_result_get_text (result));
    g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
    seen->left = box[0];
  }
  return GST_PAD_PROBE_OK;
}

/* Plays @line, whose fakesink "sink" takes crop metas. */
static GPtrArray *
play_cropped (const gchar *line, Seen *seen)
{
  g_autoptr (GstElement) pipeline = played_parse ("%s", line);
  g_autoptr (GstElement) sink
      = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM, take_crop_metas, NULL, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, look, seen, NULL);
  return played_pipeline (pipeline);
}

static void
what_is_cropped_away_is_not_read (gconstpointer data)
{
  const gchar *format = data;
  g_autofree gchar *line = g_strdup_printf (
      TWO_TEXTS "videocrop left=640 ! " READER "! fakesink name=sink", format);
  Seen seen = {
    0,
  };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const PlayedResult *result = played_get (all, 0);
  gdouble box[8];

  /* v210 is not cropped but copied. */
  if (strcmp (format, "v210") != 0)
    g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_cmpstr (result->text, ==, "RIGHT 222");
  g_assert_cmpint (result->width, ==, 640);
  g_assert_cmpint (result->height, ==, 360);
  played_result_assert_inside (result);
  played_result_get_box (result, 0, box);
  g_assert_cmpstr (seen.text, ==, "RIGHT 222");
  g_assert_cmpfloat_with_epsilon (seen.left, box[0], 0.01);
  g_free (seen.text);
}

static void
a_crop_behind_leaves_boxes_in_its_own_pixels (void)
{
  g_autofree gchar *line = g_strdup_printf (
      TWO_TEXTS READER "! videocrop left=640 ! fakesink name=sink", "I420");
  Seen seen = {
    0,
  };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const PlayedResult *result = played_get (all, 0);
  gdouble box[8];

  g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_cmpint (result->width, ==, 1280);
  played_result_get_box (result, 0, box);
  g_assert_cmpfloat_with_epsilon (seen.left, box[0] - 640, 0.01);
  g_free (seen.text);
}

static void
an_encoder_behind_a_crop_tells_what_is_shown (void)
{
  g_autoptr (GPtrArray) all = played (TWO_TEXTS "videocrop left=640 ! " READER
                                                "! kakaoocrenc ! fakesink",
      "NV12");

  g_assert_cmpstr (played_get (all, 0)->text, ==, "RIGHT 222");
  played_result_assert_inside (played_get (all, 0));
}

static void
a_region_counts_inside_the_crop (void)
{
  g_autofree gchar *line = g_strdup_printf (TWO_TEXTS
      "videocrop left=200 ! " READER
      "region=<0.5,0.0,0.5,1.0> ! fakesink name=sink",
      "I420");
  Seen seen = {
    0,
  };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const PlayedResult *result = played_get (all, 0);

  g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_nonnull (strstr (result->text, "222"));
  g_assert_null (strstr (result->text, "111"));
  g_assert_cmpint (result->width, ==, 1080);
  g_free (seen.text);
}

/* Masks. */

static void
what_is_masked_is_not_read (gconstpointer data)
{
  g_autoptr (GPtrArray) all = played (
      TWO_TEXTS READER "mask=<<0,0,640,360>> ! fakesink", (const gchar *)data);

  g_assert_cmpstr (played_get (all, 0)->text, ==, "RIGHT 222");
}

static void
what_is_masked_opens_no_gate (void)
{
  g_autoptr (GPtrArray) all = played (
      "videotestsrc num-buffers=8 pattern=black "
      "! video/x-raw,format=I420,width=640,height=360,framerate=25/1 ! "
      "timeoverlay " FONT "halignment=left valignment=top ! "
      "textoverlay " FONT "text=\"CHANNEL 5\" valignment=bottom ! " READER
      "change-threshold=12 mask=<<0.0,0.0,1.0,0.5>> ! fakesink");

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (played_get (all, 0)->text, ==, "CHANNEL 5");
}

/* Edges. */

#define ONE_TEXT                                                               \
  "videotestsrc num-buffers=1 pattern=solid-color "                            \
  "foreground-color=0xff204060 ! "                                             \
  "video/x-raw,format=%s,width=640,height=360,framerate=25/1 ! "               \
  "textoverlay " FONT "text=\"SCORE 21\" valignment=center ! video/x-raw ! "

/* Where the text is that both words are of, in whole pixels inside of it. */
static void
find_text (const gchar *format, gint at[4])
{
  g_autoptr (GPtrArray) all = played (ONE_TEXT READER "! fakesink", format);
  const PlayedResult *result = played_get (all, 0);
  gdouble x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = 0, y1 = 0;

  g_assert_cmpstr (result->text, ==, "SCORE 21");
  for (guint i = 0; i < result->boxes->len; i++) {
    gdouble box[8];

    played_result_get_box (result, i, box);
    for (guint j = 0; j < 8; j += 2) {
      x0 = MIN (x0, box[j]);
      x1 = MAX (x1, box[j]);
      y0 = MIN (y0, box[j + 1]);
      y1 = MAX (y1, box[j + 1]);
    }
  }
  at[0] = x0;
  at[1] = y0;
  at[2] = (gint)x1 - at[0];
  at[3] = (gint)y1 - at[1];
}

static void
text_at_the_edge_of_the_region_is_read (void)
{
  gint at[4];

  find_text ("I420", at);
  for (gint slack = 0; slack <= 2; slack++) {
    g_autoptr (GPtrArray) all
        = played (ONE_TEXT READER "region=<%d,%d,%d,%d> ! fakesink", "I420",
            at[0] - slack, at[1] - slack, at[2] + 2 * slack, at[3] + 2 * slack);

    g_assert_cmpstr (played_get (all, 0)->text, ==, "SCORE 21");
  }
}

static void
text_at_the_edge_of_the_frame_is_read (gconstpointer data)
{
  const gchar *format = data;
  gint at[4];

  find_text (format, at);
  {
    /* videocrop copies here: nobody behind it takes a crop meta. */
    g_autoptr (GPtrArray) all = played (ONE_TEXT
        "videocrop left=%d top=%d "
        "right=%d bottom=%d ! identity ! " READER "! fakesink",
        format, at[0], at[1], 640 - at[0] - at[2], 360 - at[1] - at[3]);

    g_assert_cmpstr (played_get (all, 0)->text, ==, "SCORE 21");
    played_result_assert_inside (played_get (all, 0));
  }
}

/* Walls. */

/* Of a strip that is four times as long as what may be sent, all text at its
 * size; at a quarter of it nobody could read it. */
static void
text_of_a_wall_is_read_at_its_size (void)
{
  g_autoptr (GString) line = g_string_new (
      "videotestsrc num-buffers=1 "
      "pattern=black ! video/x-raw,format=I420,width=8192,height=64,"
      "framerate=25/1 ! ");
  g_autoptr (GPtrArray) all = NULL;
  const PlayedResult *result;

  for (guint i = 0; i < 8; i++)
    g_string_append_printf (line,
        "textoverlay font-desc=\"DejaVu Sans "
        "Bold 10\" scale-mode=none auto-resize=false draw-shadow=false "
        "draw-outline=false valignment=top halignment=left ypad=20 xpad=%u "
        "text=\"WALL %u0%u\" ! ",
        60 + 1010 * i, i, i + 1);
  g_string_append (line, READER "max-dimension=2048 ! fakesink");
  all = played ("%s", line->str);
  result = played_get (all, 0);
  played_result_assert_inside (result);
  g_assert_cmpint (result->width, ==, 8192);
  g_assert_cmpuint (result->boxes->len, ==, 16);
  for (guint i = 0; i < 8; i++) {
    g_autofree gchar *number = g_strdup_printf ("%u0%u", i, i + 1);
    gdouble box[8];

    g_assert_nonnull (strstr (result->text, number));
    played_result_get_box (result, 2 * i, box);
    g_assert_cmpfloat (fabs (box[0] - (60 + 1010.0 * i)), <, 12);
    g_assert_cmpfloat (box[5] - box[1], <, 24);
  }
}

#define TESTS "/kakaoocr/readarea/"

int
main (int argc, char **argv)
{
  Service *service;
  gint failed;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  service = service_new_reading ();
  g_setenv ("KAKAOOCR_ENDPOINT", service->url, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    ADD_ROW (what_is_cropped_away_is_not_read, formats[i], formats[i]);
  ADD (a_crop_behind_leaves_boxes_in_its_own_pixels);
  ADD (an_encoder_behind_a_crop_tells_what_is_shown);
  ADD (a_region_counts_inside_the_crop);
  for (guint i = 0; i < 4; i++)
    ADD_ROW (what_is_masked_is_not_read, formats[i], formats[i]);
  ADD (what_is_masked_opens_no_gate);
  ADD (text_of_a_wall_is_read_at_its_size);
  ADD (text_at_the_edge_of_the_region_is_read);
  for (guint i = 0; i < 4; i++)
    ADD_ROW (text_at_the_edge_of_the_frame_is_read, formats[i], formats[i]);
  failed = g_test_run ();
  service_free (service);
  return failed;
}
