/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what downstream says to a frame that has waited, and a downstream
 * that comes back.
 */
#include "heldservice.h"
#include "ocrharness.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/flow/"

#define EXACT "timing=exact interval=0"
#define OTHER_CAPS TEST_FRAME_CAPS ",pixel-aspect-ratio=2/1"

typedef struct
{
  const gchar *settings;
  GstFlowReturn refusal;        /* that downstream answers frames with */
} Case;

static const Case aligned = {
  "timing=aligned latency=3600000 interval=0", GST_FLOW_OK
};

static const Case exact = { EXACT, GST_FLOW_OK };
static const Case seldom = { "timing=exact interval=60000", GST_FLOW_OK };
static const Case not_negotiated = { EXACT, GST_FLOW_NOT_NEGOTIATED };
static const Case error = { EXACT, GST_FLOW_ERROR };
static const Case eos = { EXACT, GST_FLOW_EOS };
static const Case latest = { "timing=latest", GST_FLOW_OK };
static const Case not_linked = { EXACT, GST_FLOW_NOT_LINKED };

typedef struct
{
  HeldService *service;
  GstHarness *h;
} Fixture;

static void
setup (Fixture * f, gconstpointer data)
{
  const Case *c = data;

  f->service = held_service_new ();
  f->h = ocr_harness_new_not_live (held_service_get_url (f->service),
      c->settings);
}

static void
teardown (Fixture * f, gconstpointer data)
{
  ocr_harness_free (f->h);
  held_service_free (f->service);
}

static gboolean
is_paused (gpointer pad)
{
  return gst_pad_get_task_state (pad) == GST_TASK_PAUSED;
}

/* Waits until downstream has refused a frame. */
static void
wait_for_the_end (GstHarness * h)
{
  g_autoptr (GstPad) srcpad = gst_element_get_static_pad (h->element, "src");

  ocr_wait_until (is_paused, srcpad);
}

static void
unlink_downstream (GstHarness * h)
{
  g_autoptr (GstPad) srcpad = gst_element_get_static_pad (h->element, "src");

  g_assert_true (gst_pad_unlink (srcpad, h->sinkpad));
}

static void
link_downstream (GstHarness * h)
{
  g_autoptr (GstPad) srcpad = gst_element_get_static_pad (h->element, "src");

  g_assert_cmpint (gst_pad_link (srcpad, h->sinkpad), ==, GST_PAD_LINK_OK);
}

static void
push_caps (GstHarness * h, const gchar * description)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (description);

  g_assert_true (gst_harness_push_event (h, gst_event_new_caps (caps)));
}

static void
push_segment (GstHarness * h, GstClockTime base)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = base;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

static void
push_tag (GstHarness * h)
{
  g_assert_true (gst_harness_push_event (h,
          gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "t", NULL))));
}

/* Downstream knows OTHER_CAPS, and a segment with @base. */
static void
assert_downstream_knows (GstHarness * h, GstClockTime base)
{
  g_autoptr (GstCaps) wanted = gst_caps_from_string (OTHER_CAPS);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (h->sinkpad);
  g_autoptr (GstEvent) event =
      gst_pad_get_sticky_event (h->sinkpad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  g_assert_true (gst_caps_is_equal (caps, wanted));
  gst_event_parse_segment (event, &segment);
  g_assert_cmpuint (segment->base, ==, base);
}

/* NOT_LINKED */

static void
frames_flow_again_when_linked_again (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;

  held_service_open (f->service);
  g_assert_cmpint (ocr_harness_pass (h, 0), ==, 0);
  for (guint i = 1; i < 40; i += 4) {
    unlink_downstream (h);
    ocr_harness_push (h, i);
    wait_for_the_end (h);
    g_assert_cmpint (gst_harness_push (h, test_frame_new (i + 1)), ==,
        GST_FLOW_NOT_LINKED);
    link_downstream (h);
    g_assert_cmpint (ocr_harness_pass (h, i + 2), ==, i + 2);
    g_assert_cmpint (ocr_harness_pass (h, i + 3), ==, i + 3);
  }
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ERROR));
}

/* A sample whose answer nobody waits for any more is taken again. */
static void
the_first_frame_after_is_due (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;

  unlink_downstream (h);
  held_service_open (f->service);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  link_downstream (h);
  g_assert_cmpint (ocr_harness_pass (h, 20), ==, 20);
  g_assert_cmpint (ocr_harness_pass (h, 21), ==, 20);
}

static void
events_that_came_meanwhile_are_not_lost (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  held_service_open (f->service);
  unlink_downstream (h);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  push_caps (h, OTHER_CAPS);
  push_segment (h, 7);
  push_tag (h);
  link_downstream (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, 1);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "caps segment tag 1:1");
  assert_downstream_knows (h, 7);
}

static void
events_that_waited_are_not_lost (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  unlink_downstream (h);
  ocr_harness_push (h, 0);
  push_caps (h, TEST_FRAME_CAPS ",pixel-aspect-ratio=3/1");
  push_segment (h, 5);
  push_tag (h);
  held_service_answer (f->service, 0);
  wait_for_the_end (h);
  /* What came last counts. */
  push_caps (h, OTHER_CAPS);
  push_segment (h, 7);
  link_downstream (h);
  ocr_harness_push (h, 1);
  held_service_answer (f->service, 1);
  g_assert_cmpint (ocr_harness_pull (h), ==, 1);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "caps segment tag 1:1");
  assert_downstream_knows (h, 7);
}

static void
a_query_of_a_new_downstream_is_answered (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;
  g_autoptr (GstCaps) caps = gst_caps_from_string (TEST_FRAME_CAPS);
  g_autoptr (GstQuery) query = gst_query_new_allocation (caps, TRUE);

  held_service_open (f->service);
  unlink_downstream (h);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  g_assert_false (gst_pad_peer_query (h->srcpad, query));
  link_downstream (h);
  g_assert_true (gst_pad_peer_query (h->srcpad, query));
}

static void
a_flush_while_unlinked_keeps_what_the_stream_is_like (Fixture * f,
    gconstpointer data)
{
  GstHarness *h = f->h;

  held_service_open (f->service);
  unlink_downstream (h);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  push_caps (h, OTHER_CAPS);
  push_segment (h, 5);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  link_downstream (h);
  ocr_harness_flush_stop (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, 1);
  assert_downstream_knows (h, 0);
}

typedef struct
{
  GstHarness *h;
  gboolean stopping;            /* atomic */
} Upstream;

static gpointer
push_on (gpointer data)
{
  Upstream *upstream = data;

  for (guint i = 0; !g_atomic_int_get (&upstream->stopping); i++) {
    GstFlowReturn flow = gst_harness_push (upstream->h,
        test_frame_new (i % TEST_FRAME_IDS));

    g_assert_true (flow == GST_FLOW_OK || flow == GST_FLOW_NOT_LINKED);
  }
  return NULL;
}

/* Wherever the frames are that come and go meanwhile. */
static void
linking_again_is_never_overlooked (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;
  Upstream upstream = { h };
  GThread *thread;

  held_service_open (f->service);
  thread = g_thread_new ("upstream", push_on, &upstream);
  for (guint i = 0; i < 200; i++) {
    gst_buffer_unref (gst_harness_pull (h));
    unlink_downstream (h);
    if (i % 2 == 0)
      wait_for_the_end (h);
    link_downstream (h);
  }
  g_atomic_int_set (&upstream.stopping, TRUE);
  g_thread_join (thread);
}

static gboolean
is_refused (gpointer h)
{
  return gst_harness_push (h, test_frame_new (0)) == GST_FLOW_NOT_LINKED;
}

/* A queue upstream stops too, and goes on by itself when the link is made: what
 * it pushes then must find the way open. */
static void
a_queue_upstream_goes_on_by_itself (void)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *line = g_strdup_printf ("queue ! kakaoocr endpoint=%s "
      EXACT, held_service_get_url (service));
  GstHarness *h = gst_harness_new_parse (line);

  held_service_open (service);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  g_assert_cmpint (ocr_harness_pass (h, 0), ==, 0);
  unlink_downstream (h);
  ocr_wait_until (is_refused, h);
  link_downstream (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), >=, 0);
  gst_harness_teardown (h);
  held_service_free (service);
}

/* EOS after an end that is not the stream's */

static GstFlowReturn refusal;

static GstFlowReturn
refuse (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  gst_buffer_unref (buffer);
  return refusal;
}

/* One ERROR, and the EOS that downstream waits for. */
static void
assert_is_told_once (GstHarness * h)
{
  GstMessage *message;

  ocr_harness_wait_event (h, GST_EVENT_EOS);
  message = ocr_harness_pop_message (h, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_message_unref (message);
  /* Whoever else might tell has ended then. */
  gst_element_set_state (h->element, GST_STATE_READY);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ERROR));
  while (gst_harness_events_in_queue (h) > 0) {
    g_autoptr (GstEvent) event = gst_harness_pull_event (h);

    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_EOS);
  }
}

static void
eos_after_a_refused_frame_is_an_error (Fixture * f, gconstpointer data)
{
  GstHarness *h = f->h;

  refusal = ((const Case *) data)->refusal;
  gst_pad_set_chain_function (h->sinkpad, refuse);
  held_service_open (f->service);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  gst_harness_push_event (h, gst_event_new_eos ());
  assert_is_told_once (h);
}

static void
eos_that_comes_as_the_frame_is_refused_is_one_error (void)
{
  HeldService *service = held_service_new ();

  refusal = GST_FLOW_ERROR;
  held_service_open (service);
  for (guint i = 0; i < 100; i++) {
    GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
        "timing=exact active=false");

    gst_pad_set_chain_function (h->sinkpad, refuse);
    ocr_harness_push (h, 0);
    gst_harness_push_event (h, gst_event_new_eos ());
    assert_is_told_once (h);
    ocr_harness_free (h);
  }
  held_service_free (service);
}

static void
eos_after_a_failed_recognition_is_no_second_error (Fixture * f,
    gconstpointer data)
{
  GstHarness *h = f->h;

  ocr_harness_push (h, 0);
  held_service_refuse (f->service, 0, 400, "INVALID_SIGNATURE");
  wait_for_the_end (h);
  gst_harness_push_event (h, gst_event_new_eos ());
  assert_is_told_once (h);
}

/* Caps that are refused: an upstream that takes them for the reason of it posts
 * an ERROR of its own. */

static void
push_refused_caps (GstHarness *h)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (OTHER_CAPS);

  gst_harness_push_event (h, gst_event_new_caps (caps));
}

static void
caps_that_a_stop_refuses_are_flushed (Fixture *f, gconstpointer data)
{
  g_autoptr (GstPad) srcpad = gst_element_get_static_pad (f->h->element, "src");

  g_assert_true (gst_pad_set_active (srcpad, FALSE));
  push_refused_caps (f->h);
  g_assert_cmpint (gst_harness_push (f->h, test_frame_new (0)), ==,
      GST_FLOW_FLUSHING);
}

static void
caps_after_a_refused_frame_meet_with_the_same (Fixture *f, gconstpointer data)
{
  refusal = ((const Case *) data)->refusal;
  gst_pad_set_chain_function (f->h->sinkpad, refuse);
  held_service_open (f->service);
  g_assert_cmpint (GPOINTER_TO_INT (ocr_harness_push_until_refused (f->h)), ==,
      refusal);
  push_refused_caps (f->h);
  g_assert_cmpint (gst_harness_push (f->h, test_frame_new (1)), ==, refusal);
}

#define ADD_IN(test, in) \
    g_test_add ("/kakaoocr/flow/" #test "_in_" #in, Fixture, &in, setup, test, \
        teardown)
#define ADD_IN_BOTH(test) \
    ADD_IN (test, aligned); \
    ADD_IN (test, exact)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD_IN_BOTH (frames_flow_again_when_linked_again);
  ADD_IN (the_first_frame_after_is_due, seldom);
  ADD_IN_BOTH (events_that_came_meanwhile_are_not_lost);
  ADD_IN_BOTH (events_that_waited_are_not_lost);
  ADD_IN_BOTH (a_query_of_a_new_downstream_is_answered);
  ADD_IN_BOTH (a_flush_while_unlinked_keeps_what_the_stream_is_like);
  ADD_IN_BOTH (linking_again_is_never_overlooked);
  ADD (a_queue_upstream_goes_on_by_itself);
  ADD_IN (eos_after_a_refused_frame_is_an_error, not_negotiated);
  ADD_IN (eos_after_a_refused_frame_is_an_error, error);
  ADD_IN (eos_after_a_refused_frame_is_an_error, not_linked);
  ADD (eos_that_comes_as_the_frame_is_refused_is_one_error);
  ADD_IN (eos_after_a_failed_recognition_is_no_second_error, exact);
  ADD_IN_BOTH (caps_that_a_stop_refuses_are_flushed);
  ADD_IN (caps_that_a_stop_refuses_are_flushed, latest);
  ADD_IN (caps_after_a_refused_frame_meet_with_the_same, eos);
  ADD_IN (caps_after_a_refused_frame_meet_with_the_same, error);
  return g_test_run ();
}
