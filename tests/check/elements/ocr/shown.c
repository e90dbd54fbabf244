/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr behind other elements: what is read is what is shown, with what is
 * attached, turned, transparent or of two fields.  The service of this machine
 * reads what whole pipelines make.
 */
#include "../../testrows.h"
#include "played.h"
#include "service.h"

static const gchar *const formats[] = { "I420", "NV12", "YUY2", "BGRx", "AYUV",
  "v210"
};

/* What is attached. */

static void
what_is_attached_is_read (gconstpointer data)
{
  g_autoptr (GPtrArray) all
      = played ("videotestsrc num-buffers=2 pattern=%s ! "
                "video/x-raw,format=%s,width=640,height=360,framerate=25/1 ! "
                "textoverlay " FONT "text=\"HELLO 123\" ! " READER
                "! fakevideosink sync=false",
          "black", (const gchar *)data);

  g_assert_cmpstr (played_get (all, 0)->text, ==, "HELLO 123");
}

static GstPadProbeReturn
note_attached (GstPad * pad, GstPadProbeInfo * info, gpointer attached)
{
  if (gst_buffer_get_video_overlay_composition_meta
      (GST_PAD_PROBE_INFO_BUFFER (info)))
    *(gboolean *) attached = TRUE;
  return GST_PAD_PROBE_OK;
}

/* So that it is drawn once, and not for each sample as well; the sink would take
 * it attached. */
static void
who_would_attach_is_asked_to_draw (void)
{
  g_autoptr (GstElement) pipeline = played_parse ("videotestsrc num-buffers=2 "
      "pattern=black ! video/x-raw,format=I420,width=640,height=360 ! "
      "textoverlay name=text " FONT "text=\"HELLO 123\" ! " READER
      "! fakevideosink sync=false");
  g_autoptr (GstElement) text =
      gst_bin_get_by_name (GST_BIN (pipeline), "text");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (text, "src");
  g_autoptr (GPtrArray) all = NULL;
  gboolean attached = FALSE;

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_attached, &attached,
      NULL);
  all = played_pipeline (pipeline);
  g_assert_cmpstr (played_get (all, 0)->text, ==, "HELLO 123");
  g_assert_false (attached);
}

static GstPadProbeReturn
attach_again (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstVideoOverlayComposition *composition = user_data;

  GST_PAD_PROBE_INFO_DATA (info) =
      gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  gst_buffer_add_video_overlay_composition_meta (GST_PAD_PROBE_INFO_BUFFER
      (info), composition);
  return GST_PAD_PROBE_OK;
}

/* A rectangle of the text's pixels, which some element attached in any case. */
static GstVideoOverlayComposition *
draw_composition (const gchar * text)
{
  g_autofree gchar *line = g_strdup_printf ("videotestsrc num-buffers=1 "
      "pattern=black ! video/x-raw,format=BGRA,width=400,height=80 ! "
      "textoverlay " FONT "valignment=center text=\"%s\" ! "
      "fakesink name=sink", text);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) sink =
      gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) end = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstVideoOverlayComposition *composition;
  GstVideoOverlayRectangle *rectangle;
  GstBuffer *pixels;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  end = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS);
  g_assert_nonnull (end);
  g_object_get (sink, "last-sample", &sample, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  pixels = gst_buffer_copy_deep (gst_sample_get_buffer (sample));
  if (!gst_buffer_get_video_meta (pixels))
    gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
        GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 400, 80);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, 100, 200, 400, 80,
      GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (pixels);
  return composition;
}

static guint64
sum_of (GstBuffer * buffer)
{
  GstMapInfo map;
  guint64 sum = 0;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (gsize i = 0; i < map.size; i++)
    sum += map.data[i];
  gst_buffer_unmap (buffer, &map);
  return sum;
}

static GstPadProbeReturn
add_up (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  *(guint64 *) user_data = sum_of (GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

/* The frame's own pixels stay as they were: a sink draws what is attached. */
static void
what_was_attached_all_the_same_is_read_and_not_drawn (gconstpointer data)
{
  GstVideoOverlayComposition *composition = draw_composition ("WORLD 456");
  g_autofree gchar *line = g_strdup_printf ("videotestsrc num-buffers=1 "
      "pattern=black ! video/x-raw,format=%s,width=640,height=360 ! "
      "identity name=before ! " READER "! fakesink name=sink",
      (const gchar *) data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstElement) before = NULL, sink = NULL;
  g_autoptr (GstPad) out = NULL, in = NULL;
  guint64 sum_before = 0, sum_after = 0;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) result = NULL;

  g_assert_no_error (error);
  before = gst_bin_get_by_name (GST_BIN (pipeline), "before");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  out = gst_element_get_static_pad (before, "src");
  in = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, add_up, &sum_before,
      NULL);
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, attach_again, composition,
      NULL);
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, add_up, &sum_after, NULL);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  result = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
  g_assert_nonnull (result);
  g_assert_true (gst_message_has_name (result, "kakaoocr-result"));
  g_assert_cmpstr (gst_structure_get_string (gst_message_get_structure
          (result), "text"), ==, "WORLD 456");
  gst_message_unref (g_steal_pointer (&result));
  result = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS);
  g_assert_nonnull (result);
  g_assert_cmpuint (sum_before, ==, sum_after);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_video_overlay_composition_unref (composition);
}

/* How it is turned. */

static const struct
{
  const gchar *method, *tag;
} turns[] = {
  {"90l", "rotate-90"}, {"180", "rotate-180"},
  {"90r", "rotate-270"}, {"horiz", "flip-rotate-0"},
  {"ur-ll", "flip-rotate-90"},
  {"vert", "flip-rotate-180"},
  {"ul-lr", "flip-rotate-270"},
};

/* In a mirrored frame words of a line stand from right to left. */
static void
assert_words (const gchar * text, gboolean mirrored)
{
  g_assert_cmpstr (text, ==, mirrored ? "1111 4111 CARD" : "CARD 4111 1111");
}

static void
a_tagged_picture_is_read_upright (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  gboolean across = g_str_has_suffix (turns[row].tag, "90")
      || g_str_has_suffix (turns[row].tag, "270");
  g_autoptr (GPtrArray) all = played (
      "videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=I420,width=480,height=640,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111 1111\" ! "
      "videoflip video-direction=%s ! taginject tags=\"image-orientation=%s\" "
      "! " READER "! fakesink",
      turns[row].method, turns[row].tag);
  const PlayedResult *result = played_get (all, 0);
  gdouble box[8];

  assert_words (result->text, g_str_has_prefix (turns[row].tag, "flip"));
  g_assert_cmpint (result->width, ==, across ? 640 : 480);
  played_result_assert_inside (result);
  /* Long words lie along the frame's height when it is on its side. */
  played_result_get_box (result, result->boxes->len - 1, box);
  g_assert_cmpint (ABS (box[4] - box[0]) < ABS (box[5] - box[1]), ==, across);
}

static void
a_picture_is_turned_as_it_is_told (void)
{
  g_autoptr (GPtrArray) all = played (
      "videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=YUY2,width=640,height=480,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111\" ! "
      "videoflip video-direction=90r ! " READER "orientation=90l ! fakesink");

  g_assert_cmpstr (played_get (all, 0)->text, ==, "CARD 4111");
  played_result_assert_inside (played_get (all, 0));
}

/* The element turns nothing that another one has turned. */
static void
what_videoflip_has_turned_is_not_turned_again (void)
{
  g_autoptr (GPtrArray) all = played (
      "videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=I420,width=480,height=640,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111\" ! "
      "videoflip video-direction=90l ! "
      "taginject tags=\"image-orientation=rotate-90\" ! "
      "videoflip video-direction=auto ! " READER "! fakesink");

  g_assert_cmpstr (played_get (all, 0)->text, ==, "CARD 4111");
  g_assert_cmpint (played_get (all, 0)->width, ==, 480);
}

/* Transparent pixels: all of one colour, text in their alpha alone. */

static GstPadProbeReturn
move_into_alpha (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstBuffer *buffer =
      gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  guint8 level = GPOINTER_TO_UINT (user_data);
  GstMapInfo map;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READWRITE));
  for (gsize i = 0; i + 3 < map.size; i += 4) {
    map.data[i + 3] = map.data[i];
    map.data[i] = map.data[i + 1] = map.data[i + 2] = level;
  }
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

/* Which of two texts is seen changes in the middle. */
static GstPadProbeReturn
change_text (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstClockTime pts = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

  g_object_set (user_data, "text",
      pts < 2 * GST_SECOND / 25 ? "FIRST 123" : "SECOND 456", NULL);
  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement * pipeline, const gchar * element, const gchar * pad,
    GstPadProbeCallback probe, gpointer data)
{
  g_autoptr (GstElement) found =
      gst_bin_get_by_name (GST_BIN (pipeline), element);
  g_autoptr (GstPad) at = gst_element_get_static_pad (found, pad);

  gst_pad_add_probe (at, GST_PAD_PROBE_TYPE_BUFFER, probe, data, NULL);
}

static const struct
{
  const gchar *format;
  guint level;                  /* of all pixels */
} alphas[] = {
  {"RGBA", 255}, {"BGRA", 0}, {"ARGB", 128}, {"AYUV", 255}, {"A420", 0},
  {"ARGB64", 255},
};

/* Both texts, since the second is a change of alpha alone. */
static void
text_in_alpha_alone_is_read_and_its_change_is_one (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GstElement) pipeline = played_parse (
      "videotestsrc num-buffers=4 "
      "pattern=black ! video/x-raw,format=RGBA,width=640,height=360,"
      "framerate=25/1 ! identity name=change ! textoverlay name=text " FONT
      "! identity name=mask ! videoconvert ! video/x-raw,format=%s ! " READER
      "change-threshold=12 ! fakesink",
      alphas[row].format);
  g_autoptr (GstElement) text =
      gst_bin_get_by_name (GST_BIN (pipeline), "text");
  g_autoptr (GPtrArray) all = NULL;

  add_probe (pipeline, "change", "src", change_text, text);
  add_probe (pipeline, "mask", "src", move_into_alpha,
      GUINT_TO_POINTER (alphas[row].level));
  all = played_pipeline (pipeline);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (played_get (all, 0)->text, ==, "FIRST 123");
  g_assert_cmpstr (played_get (all, 1)->text, ==, "SECOND 456");
}

/* Two fields a frame. */

static GstPadProbeReturn
move_text (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  gint x = -200;

  g_object_get (user_data, "deltax", &x, NULL);
  g_object_set (user_data, "deltax", x + 20, NULL);
  return GST_PAD_PROBE_OK;
}

static const gchar *const interlaced_formats[] = { "I420", "YUY2", "v210" };

static void
moving_text_of_interlaced_frames_is_read (gconstpointer data)
{
  g_autoptr (GstElement) pipeline = played_parse (
      "videotestsrc num-buffers=4 "
      "pattern=black ! video/x-raw,format=I420,width=720,height=480,"
      "framerate=50/1 ! identity name=move ! textoverlay name=text deltax=-100 "
      "valignment=center " FONT "text=\"HELLO 123\" ! "
      "interlace field-pattern=1:1 ! "
      "video/x-raw,interlace-mode=interleaved ! videoconvert ! "
      "video/x-raw,format=%s ! " READER "! fakesink",
      (const gchar *)data);
  g_autoptr (GstElement) text =
      gst_bin_get_by_name (GST_BIN (pipeline), "text");
  g_autoptr (GPtrArray) all = NULL;
  const PlayedResult *result;
  gdouble box[8];

  add_probe (pipeline, "move", "src", move_text, text);
  all = played_pipeline (pipeline);
  result = played_get (all, 0);
  g_assert_cmpstr (result->text, ==, "HELLO 123");
  g_assert_cmpint (result->height, ==, 480);
  played_result_assert_inside (result);
  played_result_get_box (result, 0, box);
  g_assert_cmpfloat ((box[1] + box[5]) / 2, >, 220);
  g_assert_cmpfloat ((box[1] + box[5]) / 2, <, 260);
  g_assert_cmpfloat (box[5] - box[1], >, 16);
}

#define TESTS "/kakaoocr/shown/"

int
main (int argc, char **argv)
{
  Service *service;
  gint failed;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  service = service_new_reading ();
  g_setenv ("KAKAOOCR_ENDPOINT", service->url, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    ADD_ROW (what_is_attached_is_read, formats[i], formats[i]);
    ADD_ROW (what_was_attached_all_the_same_is_read_and_not_drawn, formats[i],
        formats[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    ADD_ROW (a_tagged_picture_is_read_upright, turns[i].tag,
        GUINT_TO_POINTER (i));
  ADD (who_would_attach_is_asked_to_draw);
  ADD (a_picture_is_turned_as_it_is_told);
  ADD (what_videoflip_has_turned_is_not_turned_again);
  for (guint i = 0; i < G_N_ELEMENTS (alphas); i++)
    ADD_ROW (text_in_alpha_alone_is_read_and_its_change_is_one,
        alphas[i].format, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (interlaced_formats); i++)
    ADD_ROW (moving_text_of_interlaced_frames_is_read, interlaced_formats[i],
        interlaced_formats[i]);
  failed = g_test_run ();
  service_free (service);
  return failed;
}
