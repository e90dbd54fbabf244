/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what is a change, in pipelines that draw their text by textoverlay.
 */
#include "ocrharness.h"
#include "service.h"

#define FRAMES 10               /* a second, each of them a sample */

/* A region that holds all that is drawn below. */
static const gchar answer[]
    = "{\"responses\":[{\"page\":1,\"results\":[{\"box\":"
    "[[90,95],[230,95],[230,145],[90,145]],\"recognized_word\":[\"EXIT\"]}]}]"
    "}";

/* What is drawn from frame @at on. */
typedef struct
{
  guint at;
  const gchar *text;
  guint32 colour;               /* ARGB */
} Scene;

typedef struct
{
  const gchar *name;
  guint32 ground;
  Scene scenes[6];              /* the last one has no text */
  guint requests;
  const gchar *settings;
} Case;

/* BT.601's luma of the red and of the green is 76. */
static const Case cases[] = {
  { "a_text_in_another_colour_of_equal_brightness_is_sent", 0xff008200,
      { { 0, "", 0 }, { 5, "EXIT", 0xffff0000 }, { 10, "EXIT", 0xffff0000 },
          { 15, "EXIT 3", 0xffff0000 }, { 20, NULL, 0 } },
      3, "interval=0" },
  { "a_text_that_fades_away_is_sent_once_more_when_it_is_gone", 0xff101010,
      { { 0, "EXIT", 0xffffffff }, { 5, "EXIT", 0x60ffffff },
          { 10, "EXIT", 0x18ffffff }, { 15, "", 0xffffffff }, { 20, NULL, 0 } },
      4, "interval=0" },
  { "a_text_that_stands_is_sent_once", 0xff101010,
      { { 0, "EXIT", 0x18ffffff }, { 20, NULL, 0 } }, 1, "interval=0" },
  { "a_caption_between_two_samples_is_sent_on_change", 0xff101010,
      { { 0, "", 0xffffffff }, { 3, "EXIT", 0xffffffff }, { 7, "", 0xffffffff },
          { 30, NULL, 0 } },
      2, "interval=1000 sample-on-change=true" },
  { "a_caption_of_the_last_frame_is_sent_on_change", 0xff101010,
      { { 0, "", 0xffffffff }, { 19, "EXIT", 0xffffffff }, { 20, NULL, 0 } }, 2,
      "interval=1000 sample-on-change=true" },
  { "a_caption_of_the_last_frame_is_sent_where_none_waits", 0xff101010,
      { { 0, "", 0xffffffff }, { 19, "EXIT", 0xffffffff }, { 20, NULL, 0 } }, 2,
      "interval=1000 sample-on-change=true timing=latest" },
  { "a_caption_of_the_last_frame_is_sent_where_frames_wait_a_while", 0xff101010,
      { { 0, "", 0xffffffff }, { 19, "EXIT", 0xffffffff }, { 20, NULL, 0 } }, 2,
      "interval=1000 sample-on-change=true timing=aligned latency=60000" },
  { "a_caption_between_two_samples_is_not_asked_for", 0xff101010,
      { { 0, "", 0xffffffff }, { 3, "EXIT", 0xffffffff }, { 7, "", 0xffffffff },
          { 30, NULL, 0 } },
      1, "interval=1000" },
};

typedef struct
{
  const Case *row;
  GstElement *text;
  guint frame, scene;
} Player;

static GstPadProbeReturn
draw (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  Player *self = data;
  const Scene *scene = &self->row->scenes[self->scene];

  if (self->frame++ == scene->at && scene->text) {
    g_object_set (self->text, "text", scene->text, "color", scene->colour,
        "silent", scene->text[0] == 0, NULL);
    self->scene++;
  }
  return GST_PAD_PROBE_OK;
}

static void
count_line (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer n)
{
  ++*(guint *)n;
}

static void
is_sent (gconstpointer row)
{
  Service *service = service_new (answer, NULL);
  Player player = { row, NULL, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autofree gchar *line = NULL;
  GstElement *pipeline, *ocr, *out;
  guint n = 0, n_lines = 0;
  GstPad *pad;

  while (player.row->scenes[n].text)
    n++;
  line = g_strdup_printf (
      "videotestsrc pattern=solid-color "
      "foreground-color=%u num-buffers=%u ! video/x-raw,format=I420,width=320,"
      "height=240,framerate=%u/1 ! textoverlay name=text draw-outline=false "
      "draw-shadow=false valignment=center font-desc=\"Sans 28\" ! "
      "kakaoocr name=ocr endpoint=%s timing=exact %s ! kakaoocrenc ! "
      "fakesink name=out signal-handoffs=true",
      player.row->ground, player.row->scenes[n].at, FRAMES, service->url,
      player.row->settings);
  pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  player.text = gst_bin_get_by_name (GST_BIN (pipeline), "text");
  ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_signal_connect (out, "handoff", G_CALLBACK (count_line), &n_lines);
  pad = gst_element_get_static_pad (player.text, "video_sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, draw, &player, NULL);

  ocr_run_to_eos (pipeline);
  g_assert_cmpuint (ocr_get_stat (ocr, "frames"), ==, player.frame);
  g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), ==, player.row->requests);
  /* Those that were remembered are told, too. */
  g_assert_cmpuint (n_lines, >=, player.row->requests);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pad);
  gst_object_unref (ocr);
  gst_object_unref (out);
  gst_object_unref (player.text);
  gst_object_unref (pipeline);
  service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path
        = g_strconcat ("/kakaoocr/change/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], is_sent);
  }
  return g_test_run ();
}
