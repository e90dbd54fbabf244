/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr timing=exact: no due frame is lost, each ends with a result or a
 * counted failure.
 */
#include <math.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/exact/"

static void
assert_sums_agree (GstElement * element)
{
  g_assert_cmpuint (ocr_get_stat (element, "sampled"), ==,
      ocr_get_stat (element, "recognized") + ocr_get_stat (element, "failed"));
}

/* 400 frames of 5120x2880, of which 20 are due, and a third of all answers is
 * 503. The box is in the pixels of the picture that was sent: 4096 wide. */

#define N_LARGE_FRAMES 400
#define N_LARGE_SAMPLES 20
#define LARGE_CAPS "video/x-raw,format=I420,width=5120,height=2880," \
    "framerate=25/1"
#define LARGE_ANSWER "{\"responses\":[{\"page\":1,\"results\":[{\"box\":" \
    "[[400,40],[800,43],[799,83],[399,80]],\"recognized_word\":[\"EXIT\"]}]}]}"

static const gdouble large_box[] =
    { 500, 50, 1000, 53.75, 998.75, 103.75, 498.75, 100 };

static void
check_large_frame (GstBuffer * buffer, guint id)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  guint sample = id / N_LARGE_SAMPLES * N_LARGE_SAMPLES;
  gdouble box[8];

  g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, id * TEST_FRAME_DURATION);
  g_assert_nonnull (meta);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (meta->result), ==,
      sample * TEST_FRAME_DURATION);
  g_assert_cmpint (gst_kakao_ocr_result_get_width (meta->result), ==, 5120);
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
  for (guint i = 0; i < G_N_ELEMENTS (box); i++)
    g_assert_cmpfloat_with_epsilon (box[i], large_box[i], 1);
}

static void
no_result_is_lost_when_a_third_of_the_answers_is_503 (void)
{
  Service *service = service_new (LARGE_ANSWER, "--fail 503=0.34 --seed 16");
  GstHarness *h = ocr_harness_new_without_caps (service->url,
      "timing=exact interval=800 max-size-bytes=4294967296");
  GstVideoInfo info;
  g_autoptr (GstBuffer) picture = NULL;

  gst_harness_set_live (h, FALSE);
  gst_harness_set_src_caps_str (h, LARGE_CAPS);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 5120, 2880);
  picture = test_frame_new_full (0, &info);

  for (guint i = 0; i < N_LARGE_FRAMES; i++) {
    GstBuffer *frame = gst_buffer_copy (picture);

    GST_BUFFER_PTS (frame) = i * TEST_FRAME_DURATION;
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  for (guint i = 0; i < N_LARGE_FRAMES; i++) {
    g_autoptr (GstBuffer) frame = gst_harness_pull (h);

    check_large_frame (frame, i);
  }
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);

  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, N_LARGE_SAMPLES);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==,
      N_LARGE_SAMPLES);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), ==, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "retried"), >, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "skipped-busy"), ==, 0);
  ocr_harness_free (h);
  service_free (service);
}

static void
results_are_posted_in_sample_order (void)
{
  Service *service = service_new (service_answer, "--latency 20+-20");
  GstHarness *h = ocr_harness_new_not_live (service->url,
      "timing=exact interval=0 max-in-flight=8");

  for (guint i = 0; i < 50; i++)
    ocr_harness_push (h, i);
  for (guint i = 0; i < 50; i++) {
    GstMessage *message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
    guint64 pts;

    g_assert_true (gst_structure_get_uint64 (gst_message_get_structure
            (message), "timestamp", &pts));
    g_assert_cmpuint (pts, ==, i * TEST_FRAME_DURATION);
    gst_message_unref (message);
  }
  ocr_harness_free (h);
  service_free (service);
}

/* Each answer says which picture it is of. */
static void
every_frame_carries_the_result_of_its_own_picture (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");

  held_service_open (service);
  for (guint i = 0; i < TEST_FRAME_IDS; i++)
    ocr_harness_push (h, i);
  for (guint i = 0; i < TEST_FRAME_IDS; i++)
    g_assert_cmpint (ocr_harness_pull (h), ==, i);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
frames_between_carry_the_newest_samples_result (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=160");

  held_service_open (service);
  for (guint i = 0; i < 40; i++)
    ocr_harness_push (h, i);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpint (ocr_harness_pull (h), ==, i / 4 * 4);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_refused_picture_is_a_counted_failure (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  GstStructure *details;

  /* One by one: workers may finish in any order, and the window starts with
   * two requests. */
  ocr_harness_push (h, 0);
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  ocr_harness_push (h, 1);
  held_service_refuse (service, 1, 413, "EXCEED_MAX_PAGES");
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  ocr_harness_push (h, 2);
  held_service_answer (service, 2);
  g_assert_cmpint (ocr_harness_pull (h), ==, 2);

  details = ocr_harness_wait_problem (h, GST_MESSAGE_WARNING, "pages");
  gst_structure_free (details);
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), ==, 1);
  assert_sums_agree (h->element);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
drop_unsampled_leaves_gaps (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=120 drop-unsampled=true");
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  held_service_open (service);
  for (guint i = 0; i < 7; i++)
    ocr_harness_push (h, i);
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "0:0 gap gap 3:3 gap gap 6:6 eos");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
drop_unsampled_lets_frames_pass_while_inactive (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact drop-unsampled=true active=false");

  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
events_keep_their_place_between_frames (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  ocr_harness_push (h, 0);
  gst_harness_push_event (h, gst_event_new_gap (40 * GST_MSECOND,
          40 * GST_MSECOND));
  ocr_harness_push (h, 2);
  gst_harness_push_event (h, gst_event_new_eos ());
  held_service_answer (service, 2);
  held_service_answer (service, 0);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "0:0 gap 2:2 eos");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
eos_comes_after_all_results_are_posted (void)
{
  Service *service = service_new (service_answer, "--latency 50");
  GstHarness *h = ocr_harness_new_not_live (service->url,
      "timing=exact interval=0");

  for (guint i = 0; i < 10; i++)
    ocr_harness_push (h, i);
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  for (guint i = 0; i < 10; i++) {
    GstMessage *message = ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT);

    g_assert_nonnull (message);
    gst_message_unref (message);
  }
  assert_sums_agree (h->element);
  ocr_harness_free (h);
  service_free (service);
}

/* Whoever reads `stats` when the file is over finds that it is. */
static void
nothing_is_in_flight_at_eos (void)
{
  Service *service = service_new (service_answer, NULL);

  for (guint round = 0; round < 50; round++) {
    GstHarness *h =
        ocr_harness_new_not_live (service->url, "timing=exact interval=0");

    for (guint i = 0; i < 4; i++)
      ocr_harness_push (h, i);
    gst_harness_push_event (h, gst_event_new_eos ());
    ocr_harness_wait_event (h, GST_EVENT_EOS);
    g_assert_cmpuint (ocr_get_stat (h->element, "in-flight"), ==, 0);
    assert_sums_agree (h->element);
    ocr_harness_free (h);
  }
  service_free (service);
}

static void
qos_stays_here (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact");

  g_assert_false (ocr_harness_passes_qos (h));
  ocr_harness_free (h);
  held_service_free (service);
}

/* A wait that QoS would shorten: each frame costs the service more time than
 * it has, so that all but the first are late at the sink. */

#define N_DECODED_FRAMES 60

static void
a_decoder_before_and_a_syncing_sink_behind_lose_no_due_frame (void)
{
  Service *service = service_new (service_answer, "--latency 100");
  g_autofree gchar *line = g_strdup_printf ("videotestsrc num-buffers=%u ! "
      "video/x-raw,width=320,height=240,framerate=50/1 ! jpegenc ! jpegdec ! "
      "kakaoocr name=ocr endpoint=%s interval=0 ! fakesink sync=true qos=true",
      N_DECODED_FRAMES, service->url);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");

  ocr_run_to_eos (pipeline);
  g_assert_cmpuint (ocr_get_stat (ocr, "frames"), ==, N_DECODED_FRAMES);
  g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), ==, N_DECODED_FRAMES);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (ocr);
  gst_object_unref (pipeline);
  service_free (service);
}

/* Ends that are not the stream's. */

static void
assert_details (GstStructure * details, guint status, const gchar * code,
    GstClockTime resume_pts)
{
  guint got_status;
  guint64 lost, resume;

  g_assert_true (gst_structure_get_uint (details, "http-status", &got_status));
  g_assert_cmpuint (got_status, ==, status);
  g_assert_true (gst_structure_has_field_typed (details, "code",
          G_TYPE_STRING));
  g_assert_cmpstr (gst_structure_get_string (details, "code"), ==, code);
  g_assert_true (gst_structure_get_uint64 (details, "frames-lost", &lost));
  g_assert_cmpuint (lost, >, 0);
  g_assert_true (gst_structure_get_uint64 (details, "resume-pts", &resume));
  g_assert_cmpuint (resume, ==, resume_pts);
  gst_structure_free (details);
}

static void
a_latch_is_an_error_that_says_where_to_resume (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  g_autofree gchar *state = NULL;

  ocr_harness_push (h, 0);
  ocr_harness_push (h, 1);
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  held_service_refuse (service, 1, 400, "INVALID_SIGNATURE");
  assert_details (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "can be resumed at 0:00:00.0"),
      400, "INVALID_SIGNATURE", 1 * TEST_FRAME_DURATION);
  /* So that what was written so far is finished. */
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_assert_cmpint (gst_harness_push (h, test_frame_new (2)), ==,
      GST_FLOW_ERROR);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  state = ocr_get_stat_string (h->element, "state");
  g_assert_cmpstr (state, ==, "latched");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_wrong_key_is_an_error (void)
{
  gchar *file = service_write_file ("right", 0600);
  g_autofree gchar *arguments = g_strdup_printf ("--api-key-file %s", file);
  Service *service = service_new (service_answer, arguments);
  GstHarness *h = ocr_harness_new_not_live (service->url,
      "timing=exact api-key=wrong");

  ocr_harness_push (h, 0);
  assert_details (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR, "key"), 401,
      NULL, 0);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  ocr_harness_free (h);
  service_free (service);
  service_remove_file (file);
}

static void
a_spent_budget_is_an_error (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 max-requests=2 max-in-flight=1");

  held_service_open (service);
  for (guint i = 0; i < 3; i++)
    ocr_harness_push (h, i);
  assert_details (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "max-requests"), 0, NULL, 2 * TEST_FRAME_DURATION);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 2);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
an_outage_is_an_error_after_max_outage (void)
{
  GstHarness *h = ocr_harness_new_not_live (SERVICE_REFUSING_URL,
      "timing=exact max-outage=300");
  GstClockTime start = gst_util_get_timestamp ();

  ocr_harness_push (h, 0);
  assert_details (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "No connection"), 0, NULL, 0);
  g_assert_cmpuint (gst_util_get_timestamp () - start, >=, 300 * GST_MSECOND);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  ocr_harness_free (h);
}

static void
a_preroll_that_waits_is_explained (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact");
  GstClockTime start = gst_util_get_timestamp ();

  ocr_harness_push (h, 0);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "Waiting for the text recognition service"));
  g_assert_cmpuint (gst_util_get_timestamp () - start, >=, 2 * GST_SECOND);
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_live_source_is_warned_of_once_and_works (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=exact interval=0");

  held_service_open (service);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, i);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS ",pixel-aspect-ratio=2/1");
  g_assert_cmpint (ocr_harness_pass (h, 5), ==, 5);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "live"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (no_result_is_lost_when_a_third_of_the_answers_is_503);
  ADD (results_are_posted_in_sample_order);
  ADD (every_frame_carries_the_result_of_its_own_picture);
  ADD (frames_between_carry_the_newest_samples_result);
  ADD (a_refused_picture_is_a_counted_failure);
  ADD (drop_unsampled_leaves_gaps);
  ADD (drop_unsampled_lets_frames_pass_while_inactive);
  ADD (events_keep_their_place_between_frames);
  ADD (eos_comes_after_all_results_are_posted);
  ADD (nothing_is_in_flight_at_eos);
  ADD (qos_stays_here);
  ADD (a_decoder_before_and_a_syncing_sink_behind_lose_no_due_frame);
  ADD (a_latch_is_an_error_that_says_where_to_resume);
  ADD (a_wrong_key_is_an_error);
  ADD (a_spent_budget_is_an_error);
  ADD (an_outage_is_an_error_after_max_outage);
  ADD (a_preroll_that_waits_is_explained);
  ADD (a_live_source_is_warned_of_once_and_works);
  return g_test_run ();
}
