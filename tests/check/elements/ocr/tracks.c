/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: the text tracks of regions, which meta, message and JSON tell
 * alike. The service's answer to each frame has a first line that is another
 * each time, the id, and a second one that stays.
 */
#include "heldservice.h"
#include "ocrharness.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/tracks/"

enum
{
  ID_LINE,
  SIZE_LINE,
  N_LINES
};

static void
get_tracks (GstKakaoOcrResult * result, guint64 tracks[N_LINES])
{
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, N_LINES);
  for (guint i = 0; i < N_LINES; i++)
    tracks[i] = gst_kakao_ocr_result_get_region (result, i)->track;
}

static void
assert_tracks (GstKakaoOcrResult * result, const guint64 expected[N_LINES])
{
  guint64 tracks[N_LINES];

  get_tracks (result, tracks);
  g_assert_cmpmem (tracks, sizeof tracks, expected, sizeof tracks);
}

/* Takes the next frame: the tracks that its meta tells. */
static void
pull_tracks (GstHarness * h, guint64 tracks[N_LINES])
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (h);
  GstKakaoOcrMeta *meta;

  g_assert_nonnull (buffer);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_nonnull (meta);
  for (guint i = 0; i < N_LINES; i++)
    tracks[i] = gst_kakao_ocr_meta_get_track (meta, i);
}

/* Takes the next message, which must agree with itself: its result. */
static GstKakaoOcrResult *
wait_result (GstHarness * h)
{
  GstMessage *message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *regions = gst_structure_get_value (structure, "regions");
  g_autoptr (GstKakaoOcrResult) from_json = NULL;
  GstKakaoOcrResult *result;
  guint64 tracks[N_LINES];

  g_assert_true (gst_structure_get (structure, "result",
          GST_TYPE_KAKAO_OCR_RESULT, &result, NULL));
  get_tracks (result, tracks);
  from_json =
      gst_kakao_ocr_result_from_json (gst_structure_get_string (structure,
          "json"), NULL);
  assert_tracks (from_json, tracks);
  for (guint i = 0; i < N_LINES; i++) {
    const GstStructure *region =
        gst_value_get_structure (gst_value_list_get_value (regions, i));
    guint64 track;

    g_assert_true (gst_structure_get_uint64 (region, "track", &track));
    g_assert_cmpuint (track, ==, tracks[i]);
  }
  gst_message_unref (message);
  return result;
}

static void
meta_message_and_json_tell_the_same (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");

  held_service_open (service);
  for (guint i = 0; i < 8; i++)
    ocr_harness_push (h, i);
  for (guint i = 0; i < 8; i++) {
    g_autoptr (GstKakaoOcrResult) result = wait_result (h);
    guint64 tracks[N_LINES];

    pull_tracks (h, tracks);
    assert_tracks (result, tracks);
    g_assert_cmpuint (tracks[ID_LINE], >, 0);
    g_assert_cmpuint (tracks[SIZE_LINE], >, 0);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
exact_counts_tracks_in_the_order_of_samples (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 max-in-flight=4");
  guint64 first[N_LINES], next[N_LINES], last = 0;

  for (guint i = 0; i < 2; i++)
    ocr_harness_push (h, i);
  held_service_answer (service, 1);
  held_service_answer (service, 0);
  pull_tracks (h, first);
  g_assert_cmpuint (first[SIZE_LINE], ==, first[ID_LINE] + 1);
  pull_tracks (h, next);
  g_assert_cmpuint (next[ID_LINE], ==, first[ID_LINE] + 2);
  g_assert_cmpuint (next[SIZE_LINE], ==, first[SIZE_LINE]);

  /* Messages tell the same, in the same order. */
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstKakaoOcrResult) result = wait_result (h);
    guint64 tracks[N_LINES];

    get_tracks (result, tracks);
    g_assert_cmpuint (tracks[ID_LINE], >, last);
    last = tracks[ID_LINE];
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
two_elements_give_no_track_the_same_number (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h[2];
  guint64 tracks[2][N_LINES];

  held_service_open (service);
  for (guint i = 0; i < 2; i++) {
    h[i] = ocr_harness_new_not_live (held_service_get_url (service),
        "timing=exact interval=0");
    ocr_harness_push (h[i], 0);
    pull_tracks (h[i], tracks[i]);
  }
  for (guint i = 0; i < N_LINES; i++) {
    g_assert_cmpuint (tracks[1][i], !=, tracks[0][ID_LINE]);
    g_assert_cmpuint (tracks[1][i], !=, tracks[0][SIZE_LINE]);
  }
  ocr_harness_free (h[0]);
  ocr_harness_free (h[1]);
  held_service_free (service);
}

static void
a_flush_ends_tracks_and_numbers_go_on (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  guint64 before[N_LINES], after[N_LINES];
  GstSegment segment;

  held_service_open (service);
  ocr_harness_push (h, 0);
  pull_tracks (h, before);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  ocr_harness_push (h, 0);
  pull_tracks (h, after);
  for (guint i = 0; i < N_LINES; i++)
    g_assert_cmpuint (after[i], >, MAX (before[ID_LINE], before[SIZE_LINE]));
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (meta_message_and_json_tell_the_same);
  ADD (exact_counts_tracks_in_the_order_of_samples);
  ADD (two_elements_give_no_track_the_same_number);
  ADD (a_flush_ends_tracks_and_numbers_go_on);
  return g_test_run ();
}
