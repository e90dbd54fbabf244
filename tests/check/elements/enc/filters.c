/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: which texts it tells of.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../common/loglines.h"
#include "../../testrows.h"
#include "enctools.h"

#define TESTS "/enc/filters/"

/* A logo, a ticker, small print and a caption. */
static const EncCaption captions[] = {
  {{"KBS", 560, 20}, 0, 30 * GST_SECOND, 0},
  {{"breaking news", 20, 440}, GST_SECOND, 6 * GST_SECOND, 40},
  {{"Good morning", 200, 300}, 3 * GST_SECOND, 6 * GST_SECOND, 0},
  {{"Call 02-123-4567", 200, 100}, 8 * GST_SECOND, 10 * GST_SECOND, 0},
};

static const EncClip clip = {
  captions, G_N_ELEMENTS (captions), 20 * GST_SECOND, 500 * GST_MSECOND, 0
};

typedef struct
{
  const gchar *name;
  const gchar *settings;
  const gchar *left;            /* the texts that are told of, by their
                                 * numbers */
} FilterCase;

static const FilterCase filter_cases[] = {
  {"none", "", "0123"},
  {"static", "exclude-static=10000", "123"},
  {"moving", "exclude-moving=true", "023"},
  {"include", "include=\"[a-z]\"", "123"},
  {"exclude", "exclude=\"KBS|Call\"", "12"},
  {"both", "include=^[A-Z] exclude=morning", "03"},
  {"height", "min-height=20", "0123"},
  {"more-height", "min-height=21", ""},
};

static const gchar *forms[] = { ENC_VTT, ENC_SRT, ENC_ASS, ENC_PLAIN,
  ENC_NDJSON
};

static void
only_texts_that_are_meant_are_told_of (gconstpointer data)
{
  const FilterCase *row = data;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree gchar *line = g_strdup_printf
        ("kakaoocrenc granularity=track %s", row->settings);
    GstHarness *h = gst_harness_new_parse (line);
    g_autofree gchar *all = NULL;

    gst_harness_set_sink_caps_str (h, forms[i]);
    gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
    enc_harness_push_clip (h, &clip);
    enc_harness_push_eos (h);
    all = enc_harness_pull_all (h);
    for (guint n = 0; n < G_N_ELEMENTS (captions); n++) {
      gboolean left = strchr (row->left, '0' + n) != NULL;

      g_test_message ("%s: %s", forms[i], captions[n].line.text);
      g_assert_true ((strstr (all, captions[n].line.text) != NULL) == left);
    }
    gst_harness_teardown (h);
  }
}

/* A line for each track says what became of it, one for each cue its time. What
 * a picture said is not in the log. */
static void
the_log_says_why_a_text_is_left_out (void)
{
  GstHarness *h = gst_harness_new_parse (
      "kakaoocrenc exclude-static=10000 "
      "exclude-moving=true exclude=Call min-duration=300");
  static const gchar *const parts[] = {
    "writes application/x-subtitle\n",
    ": left out: it stands longer than exclude-static\n",
    ": left out: it moves\n",
    ": left out: exclude matches\n",
    ": written\n",
    "cue 1, 0:00:02.",
    ": written, 1 lines\n",
  };
  g_autofree gchar *log = NULL;

  log_lines_start ("kakaoocrenc");
  gst_harness_set_sink_caps_str (h, ENC_SRT);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  enc_harness_push_clip (h, &clip);
  enc_harness_push_eos (h);
  log = log_lines_stop ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    enc_assert_contains (log, parts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (captions); i++)
    g_assert_null (strstr (log, captions[i].line.text));
  gst_harness_teardown (h);
}

/* A logo is not told of in part before it is known to be one. */
static void
a_logo_leaves_no_trace_while_it_stands (gconstpointer data)
{
  GstHarness *h = gst_harness_new_parse ("kakaoocrenc exclude-static=10000 "
      "max-duration=1000");
  g_autofree gchar *all = NULL;

  gst_harness_set_sink_caps_str (h, data);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  enc_harness_push_clip (h, &clip);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, captions[2].line.text);
  g_assert_null (strstr (all, "KBS"));
  gst_harness_teardown (h);
}

static void
a_pattern_that_is_wrong_is_refused (void)
{
  g_autoptr (GstElement) enc = gst_element_factory_make ("kakaoocrenc", NULL);
  g_autofree gchar *pattern = NULL;

  g_object_set (enc, "include", "a+", NULL);
  g_test_expect_message ("kakaoocr", G_LOG_LEVEL_WARNING,
      "include refused, the one before it stays:*");
  g_object_set (enc, "include", "(", NULL);
  g_test_assert_expected_messages ();
  g_object_get (enc, "include", &pattern, NULL);
  g_assert_cmpstr (pattern, ==, "a+");
}

/* It is told of: a filter that cannot tell loses nothing. */
static void
a_pattern_that_takes_too_long_leaves_nothing_out (void)
{
  GstHarness *h = gst_harness_new_parse ("kakaoocrenc granularity=track "
      "exclude=(a+)+$");
  g_autofree gchar *text = g_strnfill (2000, 'a');
  g_autofree gchar *hostile = g_strconcat (text, "!", NULL);
  g_autofree gchar *all = NULL;

  gst_harness_set_sink_caps_str (h, ENC_NDJSON);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstKakaoOcrResult) result =
        enc_result_new_line (i * GST_SECOND, hostile);

    enc_harness_push (h, enc_frame_new (i * GST_SECOND, result, 1));
  }
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, "aaa!");
  gst_harness_teardown (h);
}

static void
misread_texts_become_known_ones (void)
{
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "words");
  GstHarness *h = gst_harness_new ("kakaoocrenc");
  g_autofree gchar *all = NULL;

  g_assert_true (g_file_set_contents (path, "Seoul Station\n", -1, NULL));
  gst_element_set_state (h->element, GST_STATE_NULL);
  g_object_set (h->element, "vocabulary", path, NULL);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  gst_harness_set_sink_caps_str (h, ENC_SRT);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstKakaoOcrResult) result =
        enc_result_new_line (i * GST_SECOND, "Se0ul Statlon");

    enc_harness_push (h, enc_frame_new (i * GST_SECOND, result, 1));
  }
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, "\nSeoul Station\n");
  gst_harness_teardown (h);
  enc_folder_remove (folder);
}

static void
a_vocabulary_that_cannot_be_read_is_an_error (void)
{
  g_autoptr (GstElement) enc = gst_element_factory_make ("kakaoocrenc", NULL);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_bus (enc, bus);
  g_object_set (enc, "vocabulary", "/nowhere/words", NULL);
  g_assert_cmpint (gst_element_set_state (enc, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_FAILURE);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_element_set_state (enc, GST_STATE_NULL);
  gst_element_set_bus (enc, NULL);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (only_texts_that_are_meant_are_told_of, filter_cases);
  g_test_add_data_func ("/enc/filters/a_logo_leaves_no_trace_while_it_stands/"
      "subrip", ENC_SRT, a_logo_leaves_no_trace_while_it_stands);
  g_test_add_data_func ("/enc/filters/a_logo_leaves_no_trace_while_it_stands/"
      "plain", ENC_PLAIN, a_logo_leaves_no_trace_while_it_stands);
  ADD (the_log_says_why_a_text_is_left_out);
  ADD (a_pattern_that_is_wrong_is_refused);
  ADD (a_pattern_that_takes_too_long_leaves_nothing_out);
  ADD (misread_texts_become_known_ones);
  ADD (a_vocabulary_that_cannot_be_read_is_an_error);
  return g_test_run ();
}
