/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Subtitles of videos that are shown turned: cues stand where their texts are
 * shown. Read by the service of this machine.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "ffmpeg.h"
#include "ocrharness.h"
#include "service.h"

#define READER                                                                 \
  "kakaoocr name=ocr endpoint=%s timing=exact interval=1000 %s ! "             \
  "kakaoocrenc ! %s ! fakesink name=out signal-handoffs=true"

/* How it lies in the file, and how it is to be shown. */
static const struct
{
  const gchar *degrees;        /* clockwise, of the file's tag */
  const gchar *filter;         /* ffmpeg: the other way round */
  const gchar *flip;           /* videoflip: likewise */
  const gchar *tag, *property; /* nullable */
} turns[] = {
  { "0", "null", "none", "rotate-0", "0" },
  { "90", "transpose=cclock", "90l", "rotate-90", "90r" },
  { "180", "hflip,vflip", "180", "rotate-180", "180" },
  { "270", "transpose=clock", "90r", "rotate-270", "90l" },
  { NULL, NULL, "horiz", "flip-rotate-0", NULL },
  { NULL, NULL, "ur-ll", "flip-rotate-90", NULL },
};

/* One for all: what it reads is the same each time. */
static Service *service;

/* Two lines near the upper left corner of an upright picture. */
#define TEXT "CARD 4111\nVALID 2027"

/* The same picture without a tag, from a time (ns) on. */
#define DRAWN_FROM(time, frames, width, height, pads)                          \
  "videotestsrc timestamp-offset=" #time " num-buffers=" #frames               \
  " pattern=white ! video/x-raw,format=I420,width=" #width ",height=" #height  \
  ",framerate=10/1 ! textoverlay " pads " "                                    \
  "halignment=left valignment=top line-alignment=left color=0xff000000 "       \
  "draw-outline=false draw-shadow=false font-desc=\"DejaVu Sans 40\" "      \
  "text=\"CARD 4111\nVALID 2027\" ! "
#define DRAWN(frames, width, height, pads)                                     \
  DRAWN_FROM (0, frames, width, height, pads)

static void
take_text (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer text)
{
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_string_append_len (text, (const gchar *)map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

/* In the middle of the first stream, where the second one can be selected. */
static GstPadProbeReturn
switch_streams (GstPad *pad, GstPadProbeInfo *info, gpointer n_frames)
{
  g_autoptr (GstElement) element = gst_pad_get_parent_element (pad);
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) other = NULL;

  if (++*(guint *)n_frames != 10
      || !g_str_equal (GST_OBJECT_NAME (factory), "input-selector"))
    return GST_PAD_PROBE_OK;
  other = gst_element_get_static_pad (element, "sink_1");
  g_object_set (element, "active-pad", other, NULL);
  return GST_PAD_PROBE_OK;
}

/* All that kakaoocrenc writes of @source. */
static gchar *
subtitle (const gchar *source, const gchar *settings, const gchar *caps)
{
  g_autofree gchar *line
      = g_strdup_printf ("%s ! " READER, source, service->url, settings, caps);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GstElement) pipeline = ocr_parse (line);
  g_autoptr (GstElement) out = NULL, join = NULL;
  guint n_joined = 0;

  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_signal_connect (out, "handoff", G_CALLBACK (take_text), text);
  join = gst_bin_get_by_name (GST_BIN (pipeline), "j");
  if (join) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (join, "sink_0");

    gst_pad_add_probe (
        pad, GST_PAD_PROBE_TYPE_BUFFER, switch_streams, &n_joined, NULL);
  }
  ocr_run_to_eos (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_test_message ("%s", text->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* In percent of the picture as it is shown: the text's top and its left. */
static void
assert_webvtt (const gchar *text)
{
  const gchar *place = strstr (text, " line:");
  guint line, position;
  gchar align[8];

  g_assert_nonnull (place);
  g_assert_cmpint (sscanf (place, " line:%u%% position:%u%% align:%7s", &line,
                       &position, align),
      ==, 3);
  g_assert_cmpuint (line, >=, 10);
  g_assert_cmpuint (line, <=, 15);
  g_assert_cmpuint (position, >=, 6);
  g_assert_cmpuint (position, <=, 12);
  g_assert_cmpstr (align, ==, "start");
  g_assert_nonnull (strstr (text, TEXT));
}

/* A file as a phone makes it: by ffmpeg 6 or newer, or by an older one. Both
 * count against the clock. */
static gboolean
make_phone_file (guint row, const gchar *plain, const gchar *tagged)
{
  g_autofree gchar *filter = g_strconcat (
      "drawtext=text=CARD 4111:font=DejaVu Sans:fontsize=28:x=30:y=80,"
      "drawtext=text=VALID 2027:font=DejaVu Sans:fontsize=28:x=30:y=130,",
      turns[row].filter, NULL);
  g_autofree gchar *back = g_strconcat ("-", turns[row].degrees, NULL);
  g_autofree gchar *rotate = g_strconcat ("rotate=", back, NULL);

  return ffmpeg_make ("-f", "lavfi", "-i", "color=white:s=360x640:d=2:r=10",
             "-vf", filter, "-pix_fmt", "yuv420p", plain, NULL)
         && (ffmpeg_try ("-display_rotation:v", back, "-i", plain, "-c", "copy",
                 tagged, NULL)
             || ffmpeg_make ("-i", plain, "-c", "copy", "-metadata:s:v", rotate,
                 tagged, NULL));
}

static void
cues_of_a_phone_file_stand_where_it_is_shown (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *folder = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_autofree gchar *plain = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree gchar *tagged = g_build_filename (folder, "phone.mp4", NULL);

  if (make_phone_file (row, plain, tagged)) {
    g_autofree gchar *source = g_strdup_printf (
        "filesrc location=%s ! decodebin ! videoconvert", tagged);
    g_autofree gchar *text
        = subtitle (source, "", "application/x-subtitle-vtt");

    assert_webvtt (text);
  }
  g_unlink (plain);
  g_unlink (tagged);
  g_rmdir (folder);
}

static gchar *
draw (guint row)
{
  return g_strdup_printf (
      DRAWN (20, 360, 640, "xpad=30 ypad=75") "videoflip "
                                              "video-direction=%s",
      turns[row].flip);
}

static void
cues_follow_the_tag (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *drawn = draw (row);
  g_autofree gchar *source = g_strdup_printf (
      "%s ! taginject tags=\"image-orientation=%s\"", drawn, turns[row].tag);
  g_autofree gchar *text = subtitle (source, "", "application/x-subtitle-vtt");

  assert_webvtt (text);
}

static void
cues_follow_the_property (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *source = draw (row);
  g_autofree gchar *settings
      = g_strconcat ("orientation=", turns[row].property, NULL);
  g_autofree gchar *text
      = subtitle (source, settings, "application/x-subtitle-vtt");

  assert_webvtt (text);
}

/* By a videoflip, which passes on the tag that it followed. */
static void
cues_of_what_was_turned_stay (void)
{
  g_autofree gchar *drawn = draw (1);
  g_autofree gchar *source = g_strdup_printf (
      "%s ! taginject tags=\"image-orientation=rotate-90\" ! "
      "videoflip video-direction=auto",
      drawn);
  g_autofree gchar *text = subtitle (source, "", "application/x-subtitle-vtt");

  assert_webvtt (text);
}

/* Streams that take turns: the one lies on its side and says so, the other is
 * upright, and smaller. The same text stands in both. */

#define ON_ITS_SIDE                                                            \
  DRAWN (20, 360, 640, "xpad=30 ypad=75")                                      \
  "videoflip video-direction=90l ! "                                           \
  "taginject tags=\"image-orientation=rotate-90\" ! "
#define UPRIGHT DRAWN (40, 270, 480, "xpad=22 ypad=56")
/* A selector drops what is behind the other stream, when it comes to it: a stream
 * that begins after the switch never goes back. */
#define UPRIGHT_LATER                                                          \
  DRAWN_FROM (1000000000, 40, 270, 480, "xpad=22 ypad=56")
#define FLIP "videoflip video-direction=auto ! "

static const struct
{
  const gchar *name;
  const gchar *source;
} joins[] = {
  { "a_tag_counts_for_its_own_clip/concat",
      "concat name=j " ON_ITS_SIDE "j. " UPRIGHT "j. j." },
  { "a_tag_counts_for_its_own_clip/input-selector",
      "input-selector name=j " ON_ITS_SIDE "j. " UPRIGHT_LATER "j. j." },
  { "a_clip_is_not_turned_again/concat",
      "concat name=j " ON_ITS_SIDE FLIP "j. " UPRIGHT "j. j." },
  /* It joins the second clip before the first one is seen. */
  { "a_clip_is_not_turned_again/concat_and_queue",
      "concat name=j " ON_ITS_SIDE FLIP "j. " UPRIGHT "j. j. ! "
      "queue min-threshold-buffers=30" },
  { "a_clip_is_not_turned_again/input-selector",
      "input-selector name=j " ON_ITS_SIDE FLIP "j. " UPRIGHT_LATER "j. j." },
};

static void
one_cue_stands_in_both (gconstpointer data)
{
  g_autofree gchar *text = subtitle (
      joins[GPOINTER_TO_UINT (data)].source, "", "application/x-subtitle-vtt");

  assert_webvtt (text);
  g_assert_true (strstr (text, "-->") == g_strrstr (text, "-->"));
  g_assert_nonnull (strstr (text, "00:00:00.000 --> 00:00:0"));
  g_assert_null (strstr (text, "--> 00:00:02"));
}

static void
subrip_marks_what_is_shown_at_the_top (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *source = draw (row);
  g_autofree gchar *settings
      = g_strconcat ("orientation=", turns[row].property, NULL);
  g_autofree gchar *text
      = subtitle (source, settings, "application/x-subtitle");

  g_assert_nonnull (strstr (text, "{\\an8}CARD 4111"));
}

/* Of the picture's size that the header names, whichever that is. */
static void
ass_places_what_is_shown (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *source = draw (row);
  g_autofree gchar *settings
      = g_strconcat ("orientation=", turns[row].property, NULL);
  g_autofree gchar *text = subtitle (source, settings, "application/x-ass");
  const gchar *place = strstr (text, "{\\an7\\pos(");
  gint size[2], at[2];

  g_assert_nonnull (place);
  g_assert_cmpint (sscanf (place, "{\\an7\\pos(%d,%d)", &at[0], &at[1]), ==, 2);
  g_assert_cmpint (sscanf (strstr (text, "PlayResX"),
                       "PlayResX: %d\nPlayResY: %d", &size[0], &size[1]),
      ==, 2);
  g_assert_cmpint (100 * at[0] / size[0], >=, 6);
  g_assert_cmpint (100 * at[0] / size[0], <=, 12);
  g_assert_cmpint (100 * at[1] / size[1], >=, 10);
  g_assert_cmpint (100 * at[1] / size[1], <=, 15);
}

static void
add (const gchar *name, const gchar *variant, guint row, GTestDataFunc func)
{
  g_autofree gchar *path
      = g_strconcat ("/kakaoocr/turned/", name, "/", variant, NULL);

  g_test_add_data_func (path, GUINT_TO_POINTER (row), func);
}

int
main (int argc, char **argv)
{
  gint failed;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    if (turns[i].degrees)
      add ("cues_of_a_phone_file_stand_where_it_is_shown", turns[i].degrees, i,
          cues_of_a_phone_file_stand_where_it_is_shown);
    else
      add ("cues_follow_the_tag", turns[i].tag, i, cues_follow_the_tag);
  }
  for (guint i = 0; i < G_N_ELEMENTS (joins); i++)
    add ("one_cue_stands_in_both", joins[i].name, i, one_cue_stands_in_both);
  add ("cues_follow_the_property", "90r", 1, cues_follow_the_property);
  add ("subrip_marks_what_is_shown_at_the_top", "180", 2,
      subrip_marks_what_is_shown_at_the_top);
  add ("ass_places_what_is_shown", "90l", 3, ass_places_what_is_shown);
  g_test_add_func ("/kakaoocr/turned/cues_of_what_was_turned_stay",
      cues_of_what_was_turned_stay);
  service = service_new_reading ();
  failed = g_test_run ();
  service_free (service);
  return failed;
}
