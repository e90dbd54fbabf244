/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what it tells: messages, metas, counters.
 */
#include <string.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/messages/"

typedef struct
{
  const gchar *name;
  GType type;
} Field;

static void
assert_field (const GstStructure * structure, const Field * field)
{
  if (!gst_structure_has_field (structure, field->name))
    g_error ("no field %s", field->name);
  if (gst_structure_get_field_type (structure, field->name) != field->type)
    g_error ("field %s has type %s", field->name,
        g_type_name (gst_structure_get_field_type (structure, field->name)));
}

/* Just these, each once. */
static void
assert_fields (const GstStructure * structure, const Field * fields, guint n)
{
  for (guint i = 0; i < n; i++)
    assert_field (structure, &fields[i]);
  g_assert_cmpint (gst_structure_n_fields (structure), ==, n);
}

/* The result of frame 5 in a segment that runs at 1 s and streams at 10 s. */
static GstMessage *
get_result_message (GstHarness * h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.position = 2 * TEST_FRAME_DURATION;
  segment.time = 10 * GST_SECOND;
  segment.base = GST_SECOND;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  ocr_harness_push (h, 5);
  return ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
}

static void
a_result_message_has_its_fields (void)
{
  const Field fields[] = {
    {"timestamp", G_TYPE_UINT64}, {"stream-time", G_TYPE_UINT64},
    {"running-time", G_TYPE_UINT64}, {"duration", G_TYPE_UINT64},
    {"width", G_TYPE_INT}, {"height", G_TYPE_INT}, {"text", G_TYPE_STRING},
    {"json", G_TYPE_STRING}, {"truncated", G_TYPE_BOOLEAN},
    {"latency", G_TYPE_UINT64}, {"result", GST_TYPE_KAKAO_OCR_RESULT},
    {"regions", GST_TYPE_LIST},
  };
  const Field region_fields[] = {
    {"text", G_TYPE_STRING}, {"page", G_TYPE_UINT}, {"track", G_TYPE_UINT64},
    {"box", GST_TYPE_ARRAY},
  };
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  const GstStructure *structure, *region;
  const GValue *regions, *box;
  GstMessage *message;

  held_service_open (service);
  message = get_result_message (h);
  g_assert_true (GST_MESSAGE_SRC (message) == GST_OBJECT (h->element));
  structure = gst_message_get_structure (message);
  g_assert_true (gst_structure_has_name (structure, "kakaoocr-result"));
  assert_fields (structure, fields, G_N_ELEMENTS (fields));

  regions = gst_structure_get_value (structure, "regions");
  g_assert_cmpuint (gst_value_list_get_size (regions), ==, 2);
  region = gst_value_get_structure (gst_value_list_get_value (regions, 0));
  g_assert_true (gst_structure_has_name (region, "region"));
  assert_fields (region, region_fields, G_N_ELEMENTS (region_fields));
  box = gst_structure_get_value (region, "box");
  g_assert_cmpuint (gst_value_array_get_size (box), ==, 8);
  g_assert_true (G_VALUE_HOLDS_DOUBLE (gst_value_array_get_value (box, 0)));
  gst_message_unref (message);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
assert_time (const GstStructure * structure, const gchar * name,
    GstClockTime expected)
{
  guint64 time;

  g_assert_true (gst_structure_get_uint64 (structure, name, &time));
  g_assert_cmpuint (time, ==, expected);
}

/* What gst-inspect shows of them. */
static void
the_fields_of_a_result_message_are_listed (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h
      = ocr_harness_new (held_service_get_url (service), "timing=latest");
  const gchar *listed = gst_element_class_get_metadata (
      GST_ELEMENT_GET_CLASS (h->element), "messages");
  const GstStructure *structure;
  GstMessage *message;

  held_service_open (service);
  message = get_result_message (h);
  structure = gst_message_get_structure (message);
  g_assert_nonnull (strstr (listed, gst_structure_get_name (structure)));
  for (gint i = 0; i < gst_structure_n_fields (structure); i++)
    g_assert_nonnull (
        strstr (listed, gst_structure_nth_field_name (structure, i)));
  gst_message_unref (message);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_result_message_tells_when_and_what (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  static const gdouble corners[] = { 8, 4, 24, 4, 24, 12, 8, 12 };
  GstClockTime since_segment = 3 * TEST_FRAME_DURATION;
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autofree gchar *json = NULL;
  const GstStructure *structure;
  const GValue *box;
  GstMessage *message;
  gint width, height;

  held_service_open (service);
  message = get_result_message (h);
  structure = gst_message_get_structure (message);
  assert_time (structure, "timestamp", 5 * TEST_FRAME_DURATION);
  assert_time (structure, "stream-time", 10 * GST_SECOND + since_segment);
  assert_time (structure, "running-time", GST_SECOND + since_segment);
  assert_time (structure, "duration", TEST_FRAME_DURATION);
  g_assert_true (gst_structure_get (structure, "width", G_TYPE_INT, &width,
          "height", G_TYPE_INT, &height, "result", GST_TYPE_KAKAO_OCR_RESULT,
          &result, NULL));
  g_assert_cmpint (width, ==, 64);
  g_assert_cmpint (height, ==, 48);
  g_assert_cmpstr (gst_structure_get_string (structure, "text"), ==,
      "5\n64x48");
  assert_time (structure, "latency", gst_kakao_ocr_result_get_latency (result));
  g_assert_cmpuint (gst_kakao_ocr_result_get_latency (result), >, 0);
  g_assert_cmpstr (gst_kakao_ocr_result_get_producer (result), ==,
      GST_OBJECT_NAME (h->element));
  g_assert_nonnull (strstr (gst_structure_get_string (structure, "json"),
          "\"producer\":\"kakaoocr"));
  json = gst_kakao_ocr_result_to_json_full (result, NULL,
      10 * GST_SECOND + since_segment, GST_SECOND + since_segment,
      GST_CLOCK_TIME_NONE);
  g_assert_cmpstr (gst_structure_get_string (structure, "json"), ==, json);
  box = gst_structure_get_value (gst_value_get_structure
      (gst_value_list_get_value (gst_structure_get_value (structure,
                  "regions"), 0)), "box");
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (g_value_get_double (gst_value_array_get_value (box, i)),
        ==, corners[i]);
  gst_message_unref (message);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
times_that_are_unknown_are_none (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  GstBuffer *frame = test_frame_new (0);
  GstMessage *message;
  const GstStructure *structure;

  held_service_open (service);
  GST_BUFFER_PTS (frame) = GST_BUFFER_DURATION (frame) = GST_CLOCK_TIME_NONE;
  gst_harness_push (h, frame);
  message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
  structure = gst_message_get_structure (message);
  assert_time (structure, "timestamp", GST_CLOCK_TIME_NONE);
  assert_time (structure, "stream-time", GST_CLOCK_TIME_NONE);
  assert_time (structure, "running-time", GST_CLOCK_TIME_NONE);
  assert_time (structure, "duration", GST_CLOCK_TIME_NONE);
  gst_message_unref (message);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
assert_is_stats (GstMessage * message, guint64 sampled)
{
  const GstStructure *stats = gst_message_get_structure (message);
  guint64 n;

  g_assert_true (gst_structure_has_name (stats, "kakaoocr-stats"));
  g_assert_true (gst_structure_get_uint64 (stats, "sampled", &n));
  g_assert_cmpuint (n, ==, sampled);
  g_assert_true (gst_structure_has_field (stats, "latency-p95"));
}

static void
stats_are_posted_as_often_as_is_asked_for (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest stats-interval=1");

  for (guint i = 0; i < 3; i++) {
    GstMessage *message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);

    assert_is_stats (message, 0);
    gst_message_unref (message);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
stats_are_posted_at_eos_after_the_results (gconstpointer timing)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *settings = g_strconcat ("stats-interval=86400000 timing=",
      timing, NULL);
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      settings);
  GstMessage *message;

  held_service_open (service);
  ocr_harness_push (h, 0);
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 0);
  message = ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT);
  g_assert_nonnull (message);
  assert_is_stats (message, 1);
  gst_message_unref (message);
  ocr_harness_free (h);
  held_service_free (service);
}

static gchar *
create_answer (guint n_regions)
{
  g_autoptr (GString) answer =
      g_string_new ("{\"responses\":[{\"page\":1,\"results\":[");

  for (guint i = 0; i < n_regions; i++)
    g_string_append_printf (answer, "%s{\"box\":[[8,4],[24,4],[24,12],[8,12]],"
        "\"recognized_word\":[\"%u\"]}", i == 0 ? "" : ",", i);
  g_string_append (answer, "]}]}");
  return g_strdup (answer->str);
}

static void
a_hundred_regions_are_told_as_truncated (void)
{
  for (guint n = 99; n <= 100; n++) {
    g_autofree gchar *answer = create_answer (n);
    Service *service = service_new (answer, NULL);
    GstHarness *h = ocr_harness_new (service->url, "timing=latest");
    GstMessage *message;
    gboolean truncated;

    ocr_harness_push (h, 0);
    message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
    g_assert_true (gst_structure_get_boolean (gst_message_get_structure
            (message), "truncated", &truncated));
    g_assert_cmpint (truncated, ==, n == 100);
    g_assert_cmpuint (ocr_get_stat (h->element, "regions"), ==, n);
    gst_message_unref (message);
    ocr_harness_free (h);
    service_free (service);
  }
}

/* Metas. */

static guint
count_metas (GstBuffer * buffer, GType api)
{
  gpointer state = NULL;
  guint n = 0;

  while (gst_buffer_iterate_meta_filtered (buffer, &state, api))
    n++;
  return n;
}

static const struct
{
  const gchar *attach;
  guint ocr, roi;
} attachments[] = {
  {"ocr", 1, 0}, {"roi", 0, 2}, {"ocr+roi", 1, 2}, {"0", 0, 0},
};

static void
attach_says_which_metas (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");

  held_service_open (service);
  for (guint i = 0; i < G_N_ELEMENTS (attachments); i++) {
    g_autoptr (GstBuffer) buffer = NULL;

    gst_util_set_object_arg (G_OBJECT (h->element), "attach",
        attachments[i].attach);
    ocr_harness_push (h, i);
    buffer = gst_harness_pull (h);
    g_assert_cmpuint (count_metas (buffer, GST_KAKAO_OCR_META_API_TYPE), ==,
        attachments[i].ocr);
    g_assert_cmpuint (count_metas (buffer,
            GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE), ==,
        attachments[i].roi);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
analytics_are_warned_of_where_there_are_none (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest attach=ocr+analytics");

  if (gst_kakao_ocr_text_mtd_get_mtd_type () != 0)
    g_test_skip ("this build has them");
  else
    gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
            "1.24"));
  ocr_harness_free (h);
  held_service_free (service);
}

static void
each_element_replaces_only_its_own_meta (void)
{
  HeldService *service = held_service_new ();
  GstHarness *one = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  GstHarness *two = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  GstBuffer *buffer;

  held_service_open (service);
  ocr_harness_push (one, 0);
  gst_harness_push (two, gst_harness_pull (one));
  buffer = gst_harness_pull (two);
  g_assert_cmpuint (count_metas (buffer, GST_KAKAO_OCR_META_API_TYPE), ==, 2);

  /* Once more through both: both replace what they said. */
  gst_harness_push (one, buffer);
  gst_harness_push (two, gst_harness_pull (one));
  buffer = gst_harness_pull (two);
  g_assert_cmpuint (count_metas (buffer, GST_KAKAO_OCR_META_API_TYPE), ==, 2);

  /* One that has nothing to say takes back what it said. */
  g_object_set (one->element, "active", FALSE, NULL);
  gst_harness_push (one, buffer);
  buffer = gst_harness_pull (one);
  g_assert_cmpuint (count_metas (buffer, GST_KAKAO_OCR_META_API_TYPE), ==, 1);
  gst_buffer_unref (buffer);
  ocr_harness_free (one);
  ocr_harness_free (two);
  held_service_free (service);
}

/* Counters. */

static void
stats_have_their_fields (void)
{
  const Field fields[] = {
    {"frames", G_TYPE_UINT64}, {"sampled", G_TYPE_UINT64},
    {"skipped-busy", G_TYPE_UINT64}, {"submitted", G_TYPE_UINT64},
    {"recognized", G_TYPE_UINT64}, {"failed", G_TYPE_UINT64},
    {"late", G_TYPE_UINT64}, {"retried", G_TYPE_UINT64},
    {"throttled", G_TYPE_UINT64}, {"bytes-sent", G_TYPE_UINT64},
    {"regions", G_TYPE_UINT64}, {"regions-dropped", G_TYPE_UINT64},
    {"in-flight", G_TYPE_UINT}, {"window", G_TYPE_UINT},
    {"encode-p50", G_TYPE_UINT64}, {"encode-p95", G_TYPE_UINT64},
    {"queue-p50", G_TYPE_UINT64}, {"queue-p95", G_TYPE_UINT64},
    {"service-p50", G_TYPE_UINT64}, {"service-p95", G_TYPE_UINT64},
    {"latency-p50", G_TYPE_UINT64}, {"latency-p95", G_TYPE_UINT64},
    {"timing", G_TYPE_STRING}, {"state", G_TYPE_STRING},
    {"last-error", G_TYPE_STRING},
  };
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  g_autofree gchar *state = NULL;
  GstStructure *stats;

  held_service_open (service);
  ocr_harness_push (h, 0);
  ocr_harness_wait_result (h);
  g_object_get (h->element, "stats", &stats, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    assert_field (stats, &fields[i]);
  gst_structure_free (stats);

  g_assert_cmpuint (ocr_get_stat (h->element, "frames"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "submitted"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "regions"), ==, 2);
  g_assert_cmpuint (ocr_get_stat (h->element, "bytes-sent"), >, 100);
  g_assert_cmpuint (ocr_get_stat (h->element, "window"), >, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "latency-p50"), >, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "latency-p95"), >=,
      ocr_get_stat (h->element, "latency-p50"));
  state = ocr_get_stat_string (h->element, "state");
  g_assert_cmpstr (state, ==, "ok");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
problems_have_their_details (void)
{
  const Field fields[] = {
    {"http-status", G_TYPE_UINT}, {"code", G_TYPE_STRING},
    {"frames-lost", G_TYPE_UINT64}, {"resume-pts", G_TYPE_UINT64},
  };
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  GstStructure *details;

  ocr_harness_push (h, 0);
  held_service_refuse (service, 0, 425, "Domain not deployed");
  details = ocr_harness_wait_problem (h, GST_MESSAGE_WARNING, "deploy");
  assert_fields (details, fields, G_N_ELEMENTS (fields));
  g_assert_cmpstr (gst_structure_get_string (details, "code"), ==,
      "Domain not deployed");
  assert_time (details, "resume-pts", GST_CLOCK_TIME_NONE);
  gst_structure_free (details);
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_result_message_has_its_fields);
  ADD (the_fields_of_a_result_message_are_listed);
  ADD (a_result_message_tells_when_and_what);
  ADD (times_that_are_unknown_are_none);
  ADD (stats_are_posted_as_often_as_is_asked_for);
  g_test_add_data_func ("/kakaoocr/messages/stats_are_posted_at_eos_in_latest",
      "latest", stats_are_posted_at_eos_after_the_results);
  g_test_add_data_func ("/kakaoocr/messages/stats_are_posted_at_eos_in_exact",
      "exact", stats_are_posted_at_eos_after_the_results);
  ADD (a_hundred_regions_are_told_as_truncated);
  ADD (attach_says_which_metas);
  ADD (analytics_are_warned_of_where_there_are_none);
  ADD (each_element_replaces_only_its_own_meta);
  ADD (stats_have_their_fields);
  ADD (problems_have_their_details);
  return g_test_run ();
}
