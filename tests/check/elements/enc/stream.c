/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc as a stream: what goes out when, so that nobody waits for it.
 */
#include <gst/video/video.h>
#include <string.h>

#include "../../testrows.h"
#include "encharness.h"

typedef struct
{
  const gchar *name;
  const gchar *form;            /* that downstream takes */
  const gchar *caps;            /* that goes out */
  const gchar *header;
} FormCase;

static const FormCase form_cases[] = {
  {"any", "ANY", ENC_NDJSON, ""},
  {"ndjson", ENC_NDJSON, ENC_NDJSON, ""},
  {"webvtt", ENC_VTT, ENC_VTT, "WEBVTT\n\n"},
  {"subrip", ENC_SRT, ENC_SRT, ""},
  {"plain", ENC_PLAIN, ENC_PLAIN, ""},
  {"ass", ENC_ASS, ENC_ASS, NULL},
};

static void
stream_is_announced_with_the_first_frame (gconstpointer data)
{
  const FormCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autoptr (GstCaps) expected = gst_caps_from_string (row->caps);
  g_autofree gchar *header = NULL;
  const GstEventType order[] = { GST_EVENT_STREAM_START, GST_EVENT_CAPS,
    GST_EVENT_SEGMENT, GST_EVENT_GAP
  };

  /* Before it nothing on which a sink prerolls. */
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (order);) {
    g_autoptr (GstEvent) event = gst_harness_try_pull_event (h);
    GstStreamFlags flags;
    GstCaps *caps;

    g_assert_nonnull (event);
    if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
      continue;
    g_assert_cmpstr (GST_EVENT_TYPE_NAME (event), ==,
        gst_event_type_get_name (order[i++]));
    if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
      g_assert_null (gst_harness_try_pull_event (h));
      enc_harness_push (h, enc_frame_new (0, NULL, 1));
      header = enc_harness_pull_all (h);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
      gst_event_parse_stream_flags (event, &flags);
      g_assert_cmpint (flags, ==, GST_STREAM_FLAG_SPARSE);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
      gst_event_parse_caps (event, &caps);
      g_assert_true (gst_caps_is_equal (caps, expected));
    }
  }
  if (row->header)
    g_assert_cmpstr (header, ==, row->header);
  else
    enc_assert_contains (header, "[Script Info]\nScriptType: v4.00+\n"
        "WrapStyle: 2\nScaledBorderAndShadow: yes\nPlayResX: 640\n"
        "PlayResY: 480\n");
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  const gchar *expected;
} EndCase;

static const EndCase end_cases[] = {
  {"track", ENC_NDJSON, "\"start\":500000000,\"end\":1080000000"},
  {"webvtt", ENC_VTT, "00:00:00.500 --> 00:00:01.080"},
  {"subrip", ENC_SRT, "00:00:00,500 --> 00:00:01,080"},
  {"plain", ENC_PLAIN, "EXIT"},
};

static void
the_last_text_comes_before_the_end (gconstpointer data)
{
  const EndCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (0, NULL, 0);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (GST_SECOND, "EXIT");
  g_autofree gchar *all = NULL;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  enc_harness_push (h, enc_frame_new (0, nothing, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND + ENC_FRAME_DURATION, text,
          1));
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, row->expected);
  gst_harness_teardown (h);
}

static void
a_flush_drops_what_stands_and_begins_the_file_anew (void)
{
  /* Running time begins anew with a flush. */
  GstHarness *h = enc_harness_new_open_text (ENC_VTT);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (9 * GST_SECOND,
      "NEW");
  g_autofree gchar *before = enc_harness_pull_all (h);
  g_autofree gchar *after = NULL;

  g_assert_cmpstr (before, ==, "WEBVTT\n\n");
  enc_harness_flush (h);
  enc_harness_push_segment (h, 9 * GST_SECOND, 9 * GST_SECOND, 0);
  enc_harness_push (h, enc_frame_new (9 * GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (10 * GST_SECOND, text, 1));
  enc_harness_push_eos (h);
  after = enc_harness_pull_all (h);
  g_assert_true (g_str_has_prefix (after, "WEBVTT\n\n00:00:00.000 --> "));
  g_assert_null (strstr (after, "EXIT"));
  gst_harness_teardown (h);
}

static void
a_caps_change_goes_unseen (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstCaps) caps = gst_caps_from_string
      ("video/x-raw,format=NV12,width=32,height=32");
  g_autoptr (GstEvent) event = NULL;

  enc_harness_push (h, enc_frame_new (0, NULL, 1));
  while ((event = gst_harness_try_pull_event (h)))
    g_clear_pointer (&event, gst_event_unref);
  g_assert_true (gst_harness_push_event (h, gst_event_new_caps (caps)));
  while ((event = gst_harness_try_pull_event (h))) {
    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_CAPS);
    g_clear_pointer (&event, gst_event_unref);
  }
  gst_harness_teardown (h);
}

static void
offers_every_layout_of_frames (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstCaps) caps = gst_caps_from_string (ENC_FRAME_CAPS);
  GstQuery *query = gst_query_new_allocation (caps, FALSE);

  g_assert_true (gst_pad_peer_query (h->srcpad, query));
  g_assert_true (gst_query_find_allocation_meta (query,
          GST_VIDEO_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_harness_teardown (h);
}

static void
latency_passes (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);

  gst_harness_set_upstream_latency (h, 70 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 70 * GST_MSECOND);
  gst_harness_teardown (h);
}

static void
tags_of_the_video_stay_behind (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  GstTagList *codec = gst_tag_list_new (GST_TAG_VIDEO_CODEC, "H.264", NULL);
  GstTagList *title = gst_tag_list_new (GST_TAG_TITLE, "Seoul", NULL);
  guint n_tags = 0;
  GstEvent *event;

  gst_tag_list_set_scope (title, GST_TAG_SCOPE_GLOBAL);
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (codec)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (title)));
  while ((event = gst_harness_try_pull_event (h))) {
    n_tags += GST_EVENT_TYPE (event) == GST_EVENT_TAG;
    gst_event_unref (event);
  }
  g_assert_cmpuint (n_tags, ==, 1);
  gst_harness_teardown (h);
}

/* As when a pipeline stops: a source pad is flushing before its sink pad is. An
 * upstream that was told of caps would post an ERROR. */
static void
a_stop_is_no_fault_of_the_caps (void)
{
  GstHarness *h = enc_harness_new (ENC_VTT);
  g_autoptr (GstPad) src = gst_element_get_static_pad (h->element, "src");
  g_autoptr (GstCaps) caps = gst_caps_from_string (
      "video/x-raw,format=I420,width=320,height=240,framerate=25/1");

  enc_harness_push (h, enc_frame_new (0, NULL, 1));
  g_assert_true (gst_pad_set_active (src, FALSE));
  gst_pad_mark_reconfigure (src);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (1, NULL, 1)), ==,
      GST_FLOW_FLUSHING);
  gst_harness_push_event (h, gst_event_new_caps (caps));
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (2, NULL, 1)), ==,
      GST_FLOW_FLUSHING);
  gst_harness_teardown (h);
}

static void
refuses_what_downstream_does_not_take (void)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");

  gst_harness_set_sink_caps_str (h, "text/x-other");
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, NULL, 1)), ==,
      GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}

static void
survives_an_unlinked_source (void)
{
  GstHarness *h = gst_harness_new_with_padnames ("kakaoocrenc", "sink", NULL);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "lost");

  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, NULL, 1)), ==,
      GST_FLOW_OK);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, result, 1)), ==,
      GST_FLOW_NOT_LINKED);
  gst_harness_teardown (h);
}

#define TESTS "/enc/stream/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (stream_is_announced_with_the_first_frame, form_cases);
  ADD_ROWS (the_last_text_comes_before_the_end, end_cases);
  ADD (a_flush_drops_what_stands_and_begins_the_file_anew);
  ADD (a_caps_change_goes_unseen);
  ADD (offers_every_layout_of_frames);
  ADD (latency_passes);
  ADD (tags_of_the_video_stay_behind);
  ADD (a_stop_is_no_fault_of_the_caps);
  ADD (refuses_what_downstream_does_not_take);
  ADD (survives_an_unlinked_source);
  return g_test_run ();
}
