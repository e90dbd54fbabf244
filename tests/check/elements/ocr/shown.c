/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr behind other elements: what is read is what is shown.  The service of
 * this machine reads what whole pipelines make.
 */
#include <math.h>
#include <string.h>

#include "ocrharness.h"
#include "service.h"

#define PATIENCE (60 * GST_SECOND)
#define READER "kakaoocr name=ocr timing=exact interval=0 "
#define FONT "font-desc=\"Noto Sans Mono Bold 32\" draw-shadow=false " \
    "draw-outline=false "

/* A result, of the message that tells it. */
typedef struct
{
  gchar *text;
  gint width, height;
  GArray *boxes;                /* 8 doubles a region */
} Told;

static void
told_free (gpointer data)
{
  Told *self = data;

  g_free (self->text);
  g_array_unref (self->boxes);
  g_free (self);
}

static void
add_told (GPtrArray * all, const GstStructure * structure)
{
  const GValue *regions = gst_structure_get_value (structure, "regions");
  Told *told = g_new0 (Told, 1);

  told->text = g_strdup (gst_structure_get_string (structure, "text"));
  gst_structure_get_int (structure, "width", &told->width);
  gst_structure_get_int (structure, "height", &told->height);
  told->boxes = g_array_new (FALSE, FALSE, 8 * sizeof (gdouble));
  for (guint i = 0; i < gst_value_list_get_size (regions); i++) {
    const GstStructure *region =
        gst_value_get_structure (gst_value_list_get_value (regions, i));
    const GValue *box = gst_structure_get_value (region, "box");
    gdouble values[8];

    for (guint j = 0; j < 8; j++)
      values[j] = g_value_get_double (gst_value_array_get_value (box, j));
    g_array_append_vals (told->boxes, values, 1);
  }
  g_ptr_array_add (all, told);
}

static GstElement *parse (const gchar * format, ...) G_GNUC_PRINTF (1, 2);
/* Plays @format to its end: all results. */
static GPtrArray *play (const gchar * format, ...) G_GNUC_PRINTF (1, 2);

static GstElement *
parse_line (const gchar * format, va_list arguments)
{
  g_autofree gchar *line = g_strdup_vprintf (format, arguments);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  return pipeline;
}

static GstElement *
parse (const gchar * format, ...)
{
  GstElement *pipeline;
  va_list arguments;

  va_start (arguments, format);
  pipeline = parse_line (format, arguments);
  va_end (arguments);
  return pipeline;
}

static GPtrArray *
play_pipeline (GstElement * pipeline)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (told_free);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

    g_assert_nonnull (message);
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_error ("%s", error->message);
    }
    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    if (gst_message_has_name (message, "kakaoocr-result"))
      add_told (all, gst_message_get_structure (message));
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return all;
}

static GPtrArray *
play (const gchar * format, ...)
{
  g_autoptr (GstElement) pipeline = NULL;
  va_list arguments;

  va_start (arguments, format);
  pipeline = parse_line (format, arguments);
  va_end (arguments);
  return play_pipeline (pipeline);
}

static const Told *
get_told (GPtrArray * all, guint i)
{
  g_assert_cmpuint (i, <, all->len);
  return g_ptr_array_index (all, i);
}

static void
get_box (const Told * told, guint i, gdouble box[8])
{
  g_assert_cmpuint (i, <, told->boxes->len);
  memcpy (box, told->boxes->data + i * 8 * sizeof *box, 8 * sizeof *box);
}

static void
assert_inside (const Told * told)
{
  for (guint i = 0; i < told->boxes->len; i++) {
    gdouble box[8];

    get_box (told, i, box);
    for (guint j = 0; j < 8; j += 2) {
      g_assert_cmpfloat (box[j], >=, 0);
      g_assert_cmpfloat (box[j], <=, told->width);
      g_assert_cmpfloat (box[j + 1], >=, 0);
      g_assert_cmpfloat (box[j + 1], <=, told->height);
    }
  }
}

#define TWO_TEXTS "videotestsrc num-buffers=1 pattern=black ! " \
    "video/x-raw,format=%s,width=1280,height=360,framerate=25/1 ! " \
    "textoverlay " FONT "text=\"LEFT 111\" halignment=left ! " \
    "textoverlay " FONT "text=\"RIGHT 222\" halignment=right ! "

/* A GstVideoCropMeta, since the element behind says that it takes one. */

static GstPadProbeReturn
take_crop_metas (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  if (GST_QUERY_TYPE (GST_PAD_PROBE_INFO_QUERY (info)) == GST_QUERY_ALLOCATION) {
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
  gchar *text;                  /* of the meta, as it is for the crop */
  gdouble left;                 /* of its first box */
} Seen;

static GstPadProbeReturn
look (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  Seen *seen = user_data;
  gdouble box[8];

  seen->n++;
  if (gst_buffer_get_video_crop_meta (buffer))
    seen->n_cropped++;
  if (meta && gst_kakao_ocr_result_get_n_regions (meta->result) > 0) {
    g_autoptr (GstKakaoOcrResult) result =
        gst_kakao_ocr_meta_dup_result (meta);

    g_free (seen->text);
    seen->text = g_strdup (gst_kakao_ocr_result_get_text (result));
    g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
    seen->left = box[0];
  }
  return GST_PAD_PROBE_OK;
}

/* Plays @line, whose fakesink "sink" takes crop metas. */
static GPtrArray *
play_cropped (const gchar * line, Seen * seen)
{
  g_autoptr (GstElement) pipeline = parse ("%s", line);
  g_autoptr (GstElement) sink =
      gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM, take_crop_metas,
      NULL, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, look, seen, NULL);
  return play_pipeline (pipeline);
}

static const gchar *const formats[] = { "I420", "NV12", "YUY2", "BGRx", "AYUV",
  "v210"
};

static void
what_is_cropped_away_is_not_read (gconstpointer data)
{
  const gchar *format = data;
  g_autofree gchar *line = g_strdup_printf (TWO_TEXTS
      "videocrop left=640 ! " READER "! fakesink name=sink", format);
  Seen seen = { 0, };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const Told *told = get_told (all, 0);
  gdouble box[8];

  /* v210 is not cropped but copied. */
  if (strcmp (format, "v210") != 0)
    g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_cmpstr (told->text, ==, "RIGHT 222");
  g_assert_cmpint (told->width, ==, 640);
  g_assert_cmpint (told->height, ==, 360);
  assert_inside (told);
  get_box (told, 0, box);
  g_assert_cmpstr (seen.text, ==, "RIGHT 222");
  g_assert_cmpfloat_with_epsilon (seen.left, box[0], 0.01);
  g_free (seen.text);
}

static void
a_crop_behind_leaves_boxes_in_its_own_pixels (void)
{
  g_autofree gchar *line = g_strdup_printf (TWO_TEXTS
      READER "! videocrop left=640 ! fakesink name=sink", "I420");
  Seen seen = { 0, };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const Told *told = get_told (all, 0);
  gdouble box[8];

  g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_cmpint (told->width, ==, 1280);
  get_box (told, 0, box);
  g_assert_cmpfloat_with_epsilon (seen.left, box[0] - 640, 0.01);
  g_free (seen.text);
}

static void
an_encoder_behind_a_crop_tells_what_is_shown (void)
{
  g_autoptr (GPtrArray) all = play (TWO_TEXTS "videocrop left=640 ! " READER
      "! kakaoocrenc ! fakesink", "NV12");

  g_assert_cmpstr (get_told (all, 0)->text, ==, "RIGHT 222");
  assert_inside (get_told (all, 0));
}

static void
a_region_counts_inside_the_crop (void)
{
  g_autofree gchar *line = g_strdup_printf (TWO_TEXTS
      "videocrop left=200 ! " READER
      "region=<0.5,0.0,0.5,1.0> ! fakesink name=sink", "I420");
  Seen seen = { 0, };
  g_autoptr (GPtrArray) all = play_cropped (line, &seen);
  const Told *told = get_told (all, 0);

  g_assert_cmpuint (seen.n_cropped, ==, 1);
  g_assert_nonnull (strstr (told->text, "222"));
  g_assert_null (strstr (told->text, "111"));
  g_assert_cmpint (told->width, ==, 1080);
  g_free (seen.text);
}

/* What is attached. */

static void
what_is_attached_is_read (gconstpointer data)
{
  g_autoptr (GPtrArray) all = play ("videotestsrc num-buffers=2 pattern=%s ! "
      "video/x-raw,format=%s,width=640,height=360,framerate=25/1 ! "
      "textoverlay " FONT "text=\"HELLO 123\" ! " READER
      "! fakevideosink sync=false", "black", (const gchar *) data);

  g_assert_cmpstr (get_told (all, 0)->text, ==, "HELLO 123");
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
  g_autoptr (GPtrArray) all = play ("videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=I420,width=480,height=640,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111 1111\" ! "
      "videoflip video-direction=%s ! taginject tags=\"image-orientation=%s\" ! "
      READER "! fakesink", turns[row].method, turns[row].tag);
  const Told *told = get_told (all, 0);
  gdouble box[8];

  assert_words (told->text, g_str_has_prefix (turns[row].tag, "flip"));
  g_assert_cmpint (told->width, ==, across ? 640 : 480);
  assert_inside (told);
  /* Long words lie along the frame's height when it is on its side. */
  get_box (told, told->boxes->len - 1, box);
  g_assert_cmpint (ABS (box[4] - box[0]) < ABS (box[5] - box[1]), ==, across);
}

static void
a_picture_is_turned_as_it_is_told (void)
{
  g_autoptr (GPtrArray) all = play ("videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=YUY2,width=640,height=480,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111\" ! "
      "videoflip video-direction=90r ! " READER "orientation=90l ! fakesink");

  g_assert_cmpstr (get_told (all, 0)->text, ==, "CARD 4111");
  assert_inside (get_told (all, 0));
}

/* The element turns nothing that another one has turned. */
static void
what_videoflip_has_turned_is_not_turned_again (void)
{
  g_autoptr (GPtrArray) all = play ("videotestsrc num-buffers=1 pattern=black "
      "! video/x-raw,format=I420,width=480,height=640,framerate=25/1 ! "
      "textoverlay " FONT "valignment=top text=\"CARD 4111\" ! "
      "videoflip video-direction=90l ! "
      "taginject tags=\"image-orientation=rotate-90\" ! "
      "videoflip video-direction=auto ! " READER "! fakesink");

  g_assert_cmpstr (get_told (all, 0)->text, ==, "CARD 4111");
  g_assert_cmpint (get_told (all, 0)->width, ==, 480);
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
  g_autoptr (GstElement) pipeline = parse ("videotestsrc num-buffers=4 "
      "pattern=black ! video/x-raw,format=RGBA,width=640,height=360,"
      "framerate=25/1 ! identity name=change ! textoverlay name=text " FONT
      "! identity name=mask ! videoconvert ! video/x-raw,format=%s ! " READER
      "change-threshold=12 ! fakesink", alphas[row].format);
  g_autoptr (GstElement) text =
      gst_bin_get_by_name (GST_BIN (pipeline), "text");
  g_autoptr (GPtrArray) all = NULL;

  add_probe (pipeline, "change", "src", change_text, text);
  add_probe (pipeline, "mask", "src", move_into_alpha,
      GUINT_TO_POINTER (alphas[row].level));
  all = play_pipeline (pipeline);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (get_told (all, 0)->text, ==, "FIRST 123");
  g_assert_cmpstr (get_told (all, 1)->text, ==, "SECOND 456");
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
  g_autoptr (GstElement) pipeline = parse ("videotestsrc num-buffers=4 "
      "pattern=black ! video/x-raw,format=I420,width=720,height=480,"
      "framerate=50/1 ! identity name=move ! textoverlay name=text deltax=-100 "
      "valignment=center " FONT "text=\"HELLO 123\" ! "
      "interlace field-pattern=1:1 ! "
      "video/x-raw,interlace-mode=interleaved ! videoconvert ! "
      "video/x-raw,format=%s ! " READER "! fakesink", (const gchar *) data);
  g_autoptr (GstElement) text =
      gst_bin_get_by_name (GST_BIN (pipeline), "text");
  g_autoptr (GPtrArray) all = NULL;
  const Told *told;
  gdouble box[8];

  add_probe (pipeline, "move", "src", move_text, text);
  all = play_pipeline (pipeline);
  told = get_told (all, 0);
  g_assert_cmpstr (told->text, ==, "HELLO 123");
  g_assert_cmpint (told->height, ==, 480);
  assert_inside (told);
  get_box (told, 0, box);
  g_assert_cmpfloat ((box[1] + box[5]) / 2, >, 220);
  g_assert_cmpfloat ((box[1] + box[5]) / 2, <, 260);
  g_assert_cmpfloat (box[5] - box[1], >, 16);
}

/* Masks. */

static void
what_is_masked_is_not_read (gconstpointer data)
{
  g_autoptr (GPtrArray) all = play (TWO_TEXTS READER
      "mask=<<0,0,640,360>> ! fakesink", (const gchar *) data);

  g_assert_cmpstr (get_told (all, 0)->text, ==, "RIGHT 222");
}

static void
what_is_masked_opens_no_gate (void)
{
  g_autoptr (GPtrArray) all = play ("videotestsrc num-buffers=8 pattern=black "
      "! video/x-raw,format=I420,width=640,height=360,framerate=25/1 ! "
      "timeoverlay " FONT "halignment=left valignment=top ! "
      "textoverlay " FONT "text=\"CHANNEL 5\" valignment=bottom ! " READER
      "change-threshold=12 mask=<<0.0,0.0,1.0,0.5>> ! fakesink");

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (get_told (all, 0)->text, ==, "CHANNEL 5");
}

/* Edges. */

#define ONE_TEXT "videotestsrc num-buffers=1 pattern=solid-color " \
    "foreground-color=0xff204060 ! " \
    "video/x-raw,format=%s,width=640,height=360,framerate=25/1 ! " \
    "textoverlay " FONT "text=\"SCORE 21\" valignment=center ! video/x-raw ! "

/* Where the text is that both words are of, in whole pixels inside of it. */
static void
find_text (const gchar * format, gint at[4])
{
  g_autoptr (GPtrArray) all = play (ONE_TEXT READER "! fakesink", format);
  const Told *told = get_told (all, 0);
  gdouble x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = 0, y1 = 0;

  g_assert_cmpstr (told->text, ==, "SCORE 21");
  for (guint i = 0; i < told->boxes->len; i++) {
    gdouble box[8];

    get_box (told, i, box);
    for (guint j = 0; j < 8; j += 2) {
      x0 = MIN (x0, box[j]);
      x1 = MAX (x1, box[j]);
      y0 = MIN (y0, box[j + 1]);
      y1 = MAX (y1, box[j + 1]);
    }
  }
  at[0] = x0;
  at[1] = y0;
  at[2] = (gint) x1 - at[0];
  at[3] = (gint) y1 - at[1];
}

static void
text_at_the_edge_of_the_region_is_read (void)
{
  gint at[4];

  find_text ("I420", at);
  for (gint slack = 0; slack <= 2; slack++) {
    g_autoptr (GPtrArray) all = play (ONE_TEXT READER
        "region=<%d,%d,%d,%d> ! fakesink", "I420", at[0] - slack,
        at[1] - slack, at[2] + 2 * slack, at[3] + 2 * slack);

    g_assert_cmpstr (get_told (all, 0)->text, ==, "SCORE 21");
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
    g_autoptr (GPtrArray) all = play (ONE_TEXT "videocrop left=%d top=%d "
        "right=%d bottom=%d ! identity ! " READER "! fakesink", format, at[0],
        at[1], 640 - at[0] - at[2], 360 - at[1] - at[3]);

    g_assert_cmpstr (get_told (all, 0)->text, ==, "SCORE 21");
    assert_inside (get_told (all, 0));
  }
}

/* Walls. */

/* Of a strip that is twice as long as what may be sent, all text at its size. */
static void
text_of_a_wall_is_read_at_its_size (void)
{
  g_autoptr (GString) line = g_string_new ("videotestsrc num-buffers=1 "
      "pattern=black ! video/x-raw,format=I420,width=8192,height=64,"
      "framerate=25/1 ! ");
  g_autoptr (GPtrArray) all = NULL;
  const Told *told;

  for (guint i = 0; i < 8; i++)
    g_string_append_printf (line, "textoverlay font-desc=\"Noto Sans Mono "
        "Bold 10\" scale-mode=none auto-resize=false draw-shadow=false "
        "draw-outline=false valignment=top halignment=left ypad=20 xpad=%u "
        "text=\"WALL %u0%u\" ! ", 60 + 1010 * i, i, i + 1);
  g_string_append (line, READER "! fakesink");
  all = play ("%s", line->str);
  told = get_told (all, 0);
  assert_inside (told);
  g_assert_cmpint (told->width, ==, 8192);
  g_assert_cmpuint (told->boxes->len, ==, 16);
  for (guint i = 0; i < 8; i++) {
    g_autofree gchar *number = g_strdup_printf ("%u0%u", i, i + 1);
    gdouble box[8];

    g_assert_nonnull (strstr (told->text, number));
    get_box (told, 2 * i, box);
    g_assert_cmpfloat (fabs (box[0] - (60 + 1010.0 * i)), <, 12);
    g_assert_cmpfloat (box[5] - box[1], <, 24);
  }
}

#define ADD(test) g_test_add_func ("/kakaoocr/shown/" #test, test)
#define ADD_ROW(test, name, row) G_STMT_START { \
    g_autofree gchar *path = \
        g_strdup_printf ("/kakaoocr/shown/" #test "/%s", name); \
    g_test_add_data_func (path, row, test); \
  } G_STMT_END

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
    ADD_ROW (what_is_cropped_away_is_not_read, formats[i], formats[i]);
    ADD_ROW (what_is_attached_is_read, formats[i], formats[i]);
    ADD_ROW (what_was_attached_all_the_same_is_read_and_not_drawn, formats[i],
        formats[i]);
  }
  ADD (a_crop_behind_leaves_boxes_in_its_own_pixels);
  ADD (an_encoder_behind_a_crop_tells_what_is_shown);
  ADD (a_region_counts_inside_the_crop);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    ADD_ROW (a_tagged_picture_is_read_upright, turns[i].tag,
        GUINT_TO_POINTER (i));
  ADD (a_picture_is_turned_as_it_is_told);
  ADD (what_videoflip_has_turned_is_not_turned_again);
  for (guint i = 0; i < G_N_ELEMENTS (alphas); i++)
    ADD_ROW (text_in_alpha_alone_is_read_and_its_change_is_one,
        alphas[i].format, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (interlaced_formats); i++)
    ADD_ROW (moving_text_of_interlaced_frames_is_read, interlaced_formats[i],
        interlaced_formats[i]);
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
