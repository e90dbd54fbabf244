/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay behind kakaoocr: whether it warns that text may stay
 * readable, and what of.
 */
#include <string.h>

#include "service.h"
#include "testframe.h"

#include <gst/check/gstharness.h>

#include "../../testrows.h"
#include "../../patience.h"

#define TESTS "/kakaoocroverlay/warning/"

#define SAFE "timing=exact interval=0 change-threshold=0"

static Service *service;

/* Those that are about text that stays readable, by newlines. */
static gchar *
collect_warnings (GstBus * bus)
{
  GString *warnings = g_string_new (NULL);
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING))) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_warning (message, &error, NULL);
    if (strstr (error->message, "stay readable"))
      g_string_append_printf (warnings, "%s\n", error->message);
    gst_message_unref (message);
  }
  return g_string_free (warnings, FALSE);
}

/* The warnings of a run of three frames. */
static gchar *
run (const gchar * ocr, const gchar * between, const gchar * overlay)
{
  g_autofree gchar *description = g_strdup_printf ("kakaoocr endpoint=%s %s ! "
      "%s ! kakaoocroverlay %s", service->url, ocr, between, overlay);
  GstHarness *h = gst_harness_new_parse (description);
  g_autoptr (GstBus) bus = gst_bus_new ();
  gchar *warnings;
  guint i;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  for (i = 0; i < 3; i++)
    g_assert_cmpint (gst_harness_push (h, test_frame_new (i)), ==, GST_FLOW_OK);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  for (i = 0; i < 3; i++) {
    g_autoptr (GstBuffer) frame = gst_harness_pull (h);

    g_assert_nonnull (frame);
  }
  warnings = collect_warnings (bus);
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
  return warnings;
}

static void
warns_once_of_what_leaves_frames_unread (void)
{
  static const struct
  {
    const gchar *ocr, *between, *overlay;
    const gchar *parts[3];      /* of the one warning; none: there is none */
  } cases[] = {
    {SAFE, "identity", "fill=redact", {NULL}},
    {SAFE, "queue ! videoconvert ! videoscale",
        "fill=blur", {NULL}},
    {"timing=latest interval=0", "identity", "fill=redact",
        {"timing=latest"}},
    {"timing=aligned interval=40", "identity", "fill=blur",
        {"timing=aligned", "interval=40"}},
    {"timing=exact interval=0", "queue", "fill=redact",
        {"change-threshold=12"}},
    {"timing=exact interval=1000", "queue ! videoconvert ! tee",
        "fill=redact", {"interval=1000"}},
    {SAFE " active=false", "identity",
        "fill=redact fail-closed=false", {"active=false"}},
    {"timing=latest", "identity", "fill=none", {NULL}},
    {"timing=latest", "identity", "fill=tint", {NULL}},
    /* What stands between repeats frames. */
    {SAFE, "videorate ! video/x-raw,framerate=50/1",
          "fill=redact",
        {"another"}},
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *warnings = run (cases[i].ocr, cases[i].between,
        cases[i].overlay);
    gchar *end = strchr (warnings, '\n');

    g_test_message ("%s: %s", cases[i].ocr, warnings);
    g_assert_cmpint (end != NULL, ==, cases[i].parts[0] != NULL);
    g_assert_true (!end || end[1] == '\0');
    for (j = 0; j < 3 && cases[i].parts[j]; j++)
      g_assert_nonnull (strstr (warnings, cases[i].parts[j]));
  }
}

/* Runs a pipeline to its end; all its warnings, by newlines, each after the
 * element that it is from. */
static gchar *
launch (const gchar * description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  GString *warnings = g_string_new (NULL);
  gboolean over = FALSE;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!over) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        PATIENCE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);
    g_autoptr (GError) warning = NULL;

    g_assert_nonnull (message);
    over = GST_MESSAGE_TYPE (message) != GST_MESSAGE_WARNING;
    if (over)
      continue;
    gst_message_parse_warning (message, &warning, NULL);
    g_string_append_printf (warnings, "%s: %s\n",
        GST_MESSAGE_SRC_NAME (message), warning->message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return g_string_free (warnings, FALSE);
}

static guint
count_lines (const gchar * text)
{
  guint n = 0;

  for (; *text; text++)
    n += *text == '\n';
  return n;
}

static void
tells_once_that_no_kakaoocr_is_before_it (void)
{
  static const struct
  {
    const gchar *before, *after;
    gboolean told;
  } cases[] = {
    {"identity", "kakaoocroverlay name=boxes", TRUE},
    {"identity", "kakaoocroverlay name=boxes fill=redact", TRUE},
    {"identity", "kakaoocroverlay name=boxes ! kakaoocr endpoint=%s", TRUE},
    {"kakaoocr endpoint=%s", "kakaoocroverlay name=boxes", FALSE},
    {"kakaoocr endpoint=%s ! queue", "kakaoocroverlay name=boxes", FALSE},
  };
  static const guint counts[] = { 3, 60 };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (j = 0; j < G_N_ELEMENTS (counts); j++) {
      g_autofree gchar *format = g_strdup_printf ("videotestsrc "
          "num-buffers=%u ! video/x-raw,width=64,height=48,framerate=30/1 ! "
          "%s ! %s ! fakesink", counts[j], cases[i].before, cases[i].after);
      g_auto (GStrv) parts = g_strsplit (format, "%s", 0);
      g_autofree gchar *description = g_strjoinv (service->url, parts);
      g_autofree gchar *warnings = launch (description);

      g_test_message ("%s: %s", description, warnings);
      g_assert_cmpuint (count_lines (warnings), ==, cases[i].told ? 1 : 0);
      if (cases[i].told) {
        g_assert_true (g_str_has_prefix (warnings, "boxes: "));
        g_assert_nonnull (strstr (warnings, "no kakaoocr before"));
      }
    }
  }
}

/* What kakaoocr did well at first it need not do for ever. */
static void
warns_of_settings_that_were_changed_later (void)
{
  g_autofree gchar *description = g_strdup_printf ("kakaoocr name=ocr "
      "endpoint=%s " SAFE " ! kakaoocroverlay name=boxes fill=redact hold=0",
      service->url);
  GstHarness *h = gst_harness_new_parse (description);
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (h->element),
      "ocr");
  g_autoptr (GstBus) bus = gst_bus_new ();
  guint i;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  for (i = 0; i < 4; i++) {
    g_autoptr (GstBuffer) frame = NULL;
    g_autofree gchar *warnings = NULL;

    g_assert_cmpint (gst_harness_push (h, test_frame_new (i)), ==, GST_FLOW_OK);
    frame = gst_harness_pull (h);
    g_assert_nonnull (frame);
    warnings = collect_warnings (bus);
    g_assert_cmpint (*warnings != '\0', ==, i == 2);
    g_assert_true (i != 2 || strstr (warnings, "change-threshold=40"));
    if (i == 1)
      g_object_set (ocr, "change-threshold", 40, NULL);
  }
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

/* A region, or a picture that is sent smaller than the frame. */
static void
warns_of_parts_that_are_not_read_and_blanks_them (void)
{
  static const struct
  {
    const gchar *ocr;
    gboolean left, right;       /* what is blanked */
  } cases[] = {
    {"", FALSE, FALSE},
    {"region=\"<0,0,160,240>\"", FALSE, TRUE},
    {"max-dimension=100", TRUE, TRUE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *description = g_strdup_printf ("videotestsrc "
        "num-buffers=1 pattern=white ! video/x-raw,format=GRAY8,width=320,"
        "height=240,framerate=25/1 ! kakaoocr endpoint=%s " SAFE " %s ! "
        "kakaoocroverlay name=boxes fill=redact show-boxes=false ! appsink "
        "name=sink sync=false", service->url, cases[i].ocr);
    g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
    g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
        "sink");
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    g_autoptr (GstMessage) warning = NULL;
    g_autoptr (GstSample) sample = NULL;
    guint8 left, right;

    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    g_signal_emit_by_name (sink, "pull-sample", &sample);
    g_assert_nonnull (sample);
    gst_buffer_extract (gst_sample_get_buffer (sample), 200 * 320 + 100, &left,
        1);
    gst_buffer_extract (gst_sample_get_buffer (sample), 200 * 320 + 300,
        &right, 1);
    g_test_message ("%s", cases[i].ocr);
    g_assert_cmpint (left < 50, ==, cases[i].left);
    g_assert_cmpint (right < 50, ==, cases[i].right);
    warning = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING);
    g_assert_cmpint (warning != NULL, ==, cases[i].left || cases[i].right);
    gst_element_set_state (pipeline, GST_STATE_NULL);
  }
}

/* What cannot be placed may be anywhere. */
static void
a_text_that_cannot_be_placed_hides_the_frame (void)
{
  static const gchar *answers[] = {
    "{\"box\":[[8,4],[24,12],[24,4],[8,12]],\"recognized_word\":[\"a\"]}",
    "{\"box\":[[8,4],[24,4],[24,4],[8,4]],\"recognized_word\":[\"a\"]}",
    "{\"box\":[[8,4],[24,4],[24,12],[8,12]],\"recognized_word\":[]}",
    "{\"box\":[[8,4],[24,4],[24,12],[8,12]],\"recognized_word\":[\" \"]}",
    ("{\"box\":[[908,4],[924,4],[924,12],[908,12]],"
        "\"recognized_word\":[\"a\"]}"),
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree gchar *answer = g_strdup_printf ("{\"responses\":[{\"page\":1,"
        "\"results\":[%s]}]}", answers[i]);
    Service *doubtful = service_new (answer, NULL);
    g_autofree gchar *description = g_strdup_printf ("kakaoocr endpoint=%s "
        SAFE " ! kakaoocroverlay fill=redact hold=0", doubtful->url);
    GstHarness *h = gst_harness_new_parse (description);
    g_autoptr (GstBus) bus = gst_bus_new ();

    gst_element_set_bus (h->element, bus);
    gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
    for (j = 0; j < 3; j++) {
      g_autoptr (GstBuffer) frame = NULL;
      g_autofree gchar *warnings = NULL;
      GstMapInfo map;
      gsize k;

      g_assert_cmpint (gst_harness_push (h, test_frame_new (10 + j)), ==,
          GST_FLOW_OK);
      frame = gst_harness_pull (h);
      g_assert_true (gst_buffer_map (frame, &map, GST_MAP_READ));
      for (k = 0; k < TEST_FRAME_WIDTH * TEST_FRAME_HEIGHT; k++)
        g_assert_cmpuint (map.data[k], <=, 16);
      gst_buffer_unmap (frame, &map);
      warnings = collect_warnings (bus);
      g_assert_cmpint (strstr (warnings, "nobody can tell") != NULL, ==,
          j == 0);
    }
    gst_element_set_bus (h->element, NULL);
    gst_harness_teardown (h);
    service_free (doubtful);
  }
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  service = service_new (service_answer, NULL);
  g_test_add_func ("/kakaoocroverlay/warning/"
      "warns_once_of_what_leaves_frames_unread",
      warns_once_of_what_leaves_frames_unread);
  ADD (tells_once_that_no_kakaoocr_is_before_it);
  ADD (warns_of_settings_that_were_changed_later);
  ADD (a_text_that_cannot_be_placed_hides_the_frame);
  ADD (warns_of_parts_that_are_not_read_and_blanks_them);
  ret = g_test_run ();
  service_free (service);
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
