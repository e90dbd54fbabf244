/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * GAPs of kakaoocrenc: how its stream follows the video.
 */
#include "../../testrows.h"
#include "encharness.h"

typedef struct
{
  const gchar *name;
  const gchar *form;
} FormCase;

/* Lines of NDJSON are put beside no video. */
static const FormCase form_cases[] = {
  {"webvtt", ENC_VTT},
  {"subrip", ENC_SRT},
  {"plain", ENC_PLAIN},
  {"ass", ENC_ASS},
};

static void
gaps_follow_the_video (void)
{
  GstHarness *h = enc_harness_new (ENC_VTT);

  enc_harness_push (h, enc_frame_new (0, NULL, 1));
  enc_harness_pull_gap_end (h);
  for (guint i = 1; i < 4; i++) {
    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, NULL, 1));
    g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, i * ENC_FRAME_DURATION);
  }
  gst_harness_teardown (h);
}

static void
gaps_stop_where_an_open_text_starts (gconstpointer data)
{
  const FormCase *row = data;
  GstHarness *h = enc_harness_new_open_text (row->form);

  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, GST_SECOND / 2);
  gst_harness_teardown (h);
}

/* As kakaoocr sends them with drop-unsampled. */
static void
gaps_of_the_video_are_no_gaps_of_the_text (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_SRT);
  g_autofree gchar *file = NULL;

  g_assert_true (gst_harness_push_event (h, gst_event_new_gap (GST_SECOND
              + 2 * ENC_FRAME_DURATION, GST_SECOND)));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, GST_SECOND / 2);
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  enc_assert_contains (file, "00:00:00,500 --> 00:00:02,080");
  gst_harness_teardown (h);
}

/* Whoever muxes must begin its file, or a preroll waits for ever. */
static void
gaps_pass_the_first_frame_whatever_it_shows (void)
{
  GstHarness *h = enc_harness_new (ENC_PLAIN);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (0, "EXIT");

  for (guint i = 0; i < 3; i++)
    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, text, 1));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

static void
gaps_go_on_when_the_text_is_out (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_PLAIN);
  const GstClockTime times[] = { 2 * GST_SECOND, 3 * GST_SECOND };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (times[i], NULL, 0);

    enc_harness_push (h, enc_frame_new (times[i], nothing, 1));
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, 3 * GST_SECOND);
  gst_harness_teardown (h);
}

/* Pulls events until a GAP that ends at end, which comes by itself. */
static void
wait_for_gap (GstHarness * h, GstClockTime end)
{
  GstClockTime start, duration;

  do {
    g_autoptr (GstEvent) event = gst_harness_pull_event (h);

    g_assert_nonnull (event);
    start = duration = 0;
    if (GST_EVENT_TYPE (event) == GST_EVENT_GAP)
      gst_event_parse_gap (event, &start, &duration);
  } while (start + duration != end);
}

static void
gaps_go_on_when_no_frame_comes (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_PLAIN);

  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  gst_harness_teardown (h);
}

/* A video that went on at once had waited: its queues held what was between,
 * 0.54 s, and GAPs must come before they are full. */
static void
gaps_stay_nearer_after_a_stall (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_PLAIN);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (2 * GST_SECOND,
      "EXIT");

  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  enc_harness_push (h, enc_frame_new (2 * GST_SECOND, text, 1));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==,
      2 * GST_SECOND - (GST_SECOND / 2 + ENC_FRAME_DURATION) / 2);
  gst_harness_teardown (h);
}

/* In PAUSED no frame comes either; what a muxer waited for before, it waits for
 * after. */
static void
a_pause_hides_no_stall (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_PLAIN);

  gst_element_set_state (h->element, GST_STATE_PAUSED);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

/* A state that it has already, as some applications set it. */
static void
a_state_set_again_hides_no_stall (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_PLAIN);

  gst_element_set_state (h->element, GST_STATE_PLAYING);
  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

#define TESTS "/enc/gaps/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (gaps_follow_the_video);
  ADD_ROWS (gaps_stop_where_an_open_text_starts, form_cases);
  ADD (gaps_of_the_video_are_no_gaps_of_the_text);
  ADD (gaps_pass_the_first_frame_whatever_it_shows);
  ADD (gaps_go_on_when_the_text_is_out);
  ADD (gaps_go_on_when_no_frame_comes);
  ADD (gaps_stay_nearer_after_a_stall);
  ADD (a_pause_hides_no_stall);
  ADD (a_state_set_again_hides_no_stall);
  return g_test_run ();
}
