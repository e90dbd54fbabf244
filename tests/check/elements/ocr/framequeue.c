/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame queue: what may leave when, and that no wait outlasts a flush.
 */
#include "ocr/framequeue.h"
#include "result/sample.h"

#include "../../testrows.h"

#define TESTS "/framequeue/"

#define SOON (20 * G_TIME_SPAN_MILLISECOND)
#define NEVER G_MAXINT64

static KocrFrameQueue *
setup_queue (void)
{
  KocrFrameQueue *queue = kocr_frame_queue_new ();

  kocr_frame_queue_set_flushing (queue, FALSE);
  return queue;
}

static KocrRequest *
create_request (gboolean settled)
{
  KocrRequest *request = kocr_sample_new (NULL, NULL);

  kocr_sample_of (request)->published = settled;
  return request;
}

static void
settle (KocrFrameQueue * queue, KocrRequest * request)
{
  g_atomic_int_set (&kocr_sample_of (request)->published, 1);
  kocr_frame_queue_wake (queue);
}

static GstBuffer *
create_buffer (guint64 id, gsize size)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);

  GST_BUFFER_OFFSET (buffer) = id;
  return buffer;
}

/* Takes @buffer. */
static gboolean
push_buffer (KocrFrameQueue * queue, GstBuffer * buffer, KocrRequest * carried,
    gint64 deadline, guint64 max_bytes)
{
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_BUFFER,
    .object = GST_MINI_OBJECT_CAST (buffer),
    .carried = carried ? kocr_request_ref (carried) : NULL,
    .may_copy = TRUE,
    .deadline = deadline,
  };

  return kocr_frame_queue_push (queue, &item, max_bytes);
}

static gboolean
push_frame (KocrFrameQueue * queue, guint64 id, KocrRequest * carried,
    gint64 deadline)
{
  return push_buffer (queue, create_buffer (id, 100), carried, deadline,
      G_MAXUINT64);
}

static void
assert_pops_frame (KocrFrameQueue * queue, guint64 id, gboolean lossless)
{
  KocrFrameItem item;

  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, lossless, NEVER), ==,
      KOCR_FRAME_QUEUE_ITEM);
  g_assert_cmpint (item.type, ==, KOCR_FRAME_ITEM_BUFFER);
  g_assert_cmpuint (GST_BUFFER_OFFSET (item.object), ==, id);
  kocr_frame_item_clear (&item);
}

/* The head does not leave: patience ends first. */
static void
assert_head_stays (KocrFrameQueue * queue, gboolean lossless)
{
  KocrFrameItem item;

  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, lossless, 0), ==,
      KOCR_FRAME_QUEUE_WAITING);
}

static void
items_leave_in_the_order_they_came (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) settled = create_request (TRUE);
  KocrFrameItem item = { KOCR_FRAME_ITEM_EVENT,
    GST_MINI_OBJECT_CAST (gst_event_new_gap (0, 1))
  };

  g_assert_true (push_frame (queue, 1, settled, NEVER));
  g_assert_true (kocr_frame_queue_push (queue, &item, 0));
  g_assert_true (push_frame (queue, 2, NULL, NEVER));

  assert_pops_frame (queue, 1, TRUE);
  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, TRUE, NEVER), ==,
      KOCR_FRAME_QUEUE_ITEM);
  g_assert_cmpint (item.type, ==, KOCR_FRAME_ITEM_EVENT);
  kocr_frame_item_clear (&item);
  assert_pops_frame (queue, 2, TRUE);
  kocr_frame_queue_free (queue);
}

static void
an_event_waits_behind_the_frame_before_it (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  KocrFrameItem item = { KOCR_FRAME_ITEM_EVENT,
    GST_MINI_OBJECT_CAST (gst_event_new_gap (0, 1))
  };

  push_frame (queue, 1, open, NEVER);
  kocr_frame_queue_push (queue, &item, 0);
  assert_head_stays (queue, TRUE);
  settle (queue, open);
  assert_pops_frame (queue, 1, TRUE);
  kocr_frame_queue_free (queue);
}

static void
a_frame_leaves_at_its_deadline (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  gint64 deadline = g_get_monotonic_time () + SOON;

  push_frame (queue, 1, open, deadline);
  assert_head_stays (queue, FALSE);
  assert_pops_frame (queue, 1, FALSE);
  g_assert_cmpint (g_get_monotonic_time (), >=, deadline);
  kocr_frame_queue_free (queue);
}

static void
lossless_knows_no_deadline (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);

  push_frame (queue, 1, open, 0);
  assert_head_stays (queue, TRUE);
  assert_pops_frame (queue, 1, FALSE);
  kocr_frame_queue_free (queue);
}

static gpointer
pop_one (gpointer queue)
{
  assert_pops_frame (queue, 1, TRUE);
  return NULL;
}

static void
settling_wakes_the_output (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  GThread *output;

  push_frame (queue, 1, open, NEVER);
  output = g_thread_new ("output", pop_one, queue);
  settle (queue, open);
  g_thread_join (output);
  kocr_frame_queue_free (queue);
}

typedef struct
{
  KocrFrameQueue *queue;
  GstBuffer *buffer;
  gboolean pushed;
} Push;

static gpointer
push_to_200_bytes (gpointer data)
{
  Push *push = data;

  push->pushed = push_buffer (push->queue, push->buffer, NULL, NEVER, 200);
  return NULL;
}

static void
an_over_full_queue_lets_only_its_head_go (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  Push push = { queue, create_buffer (3, 100) };
  GThread *input;

  push_buffer (queue, create_buffer (1, 100), open, NEVER, 200);
  push_buffer (queue, create_buffer (2, 100), open, NEVER, 200);
  input = g_thread_new ("input", push_to_200_bytes, &push);
  assert_pops_frame (queue, 1, FALSE);
  assert_head_stays (queue, FALSE);
  g_thread_join (input);
  g_assert_true (push.pushed);
  assert_head_stays (queue, FALSE);
  settle (queue, open);
  assert_pops_frame (queue, 2, FALSE);
  assert_pops_frame (queue, 3, FALSE);
  kocr_frame_queue_free (queue);
}

#define N_FRAMES 1000

typedef struct
{
  KocrFrameQueue *queue;
  guint pushed;                 /* atomic */
} Flood;

static gpointer
push_flood (gpointer data)
{
  Flood *flood = data;

  for (guint i = 0; i < N_FRAMES; i++) {
    g_assert_true (push_buffer (flood->queue, create_buffer (i, 100), NULL,
            NEVER, 300));
    g_atomic_int_inc (&flood->pushed);
  }
  return NULL;
}

static void
the_input_waits_for_room (void)
{
  KocrFrameQueue *queue = setup_queue ();
  Flood flood = { queue };
  GThread *input = g_thread_new ("input", push_flood, &flood);

  for (guint i = 0; i < N_FRAMES; i++) {
    g_assert_cmpuint (g_atomic_int_get (&flood.pushed), <=, i + 3);
    assert_pops_frame (queue, i, TRUE);
  }
  g_thread_join (input);
  kocr_frame_queue_free (queue);
}

static void
one_frame_of_any_size_fits (void)
{
  KocrFrameQueue *queue = setup_queue ();

  g_assert_true (push_buffer (queue, create_buffer (1, 1000), NULL, NEVER, 0));
  assert_pops_frame (queue, 1, TRUE);
  kocr_frame_queue_free (queue);
}

static void
a_flush_ends_the_wait_for_room (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  Push push = { queue, create_buffer (2, 100), TRUE };
  GThread *input;

  push_buffer (queue, create_buffer (1, 200), open, NEVER, 200);
  input = g_thread_new ("input", push_to_200_bytes, &push);
  kocr_frame_queue_set_flushing (queue, TRUE);
  g_thread_join (input);
  g_assert_false (push.pushed);
  kocr_frame_queue_free (queue);
}

static gpointer
pop_status (gpointer queue)
{
  KocrFrameItem item;

  return GINT_TO_POINTER (kocr_frame_queue_pop (queue, &item, TRUE, NEVER));
}

static void
a_flush_ends_the_wait_for_a_result (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  GThread *output;

  push_frame (queue, 1, open, NEVER);
  output = g_thread_new ("output", pop_status, queue);
  kocr_frame_queue_set_flushing (queue, TRUE);
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (output)), ==,
      KOCR_FRAME_QUEUE_FLUSHING);
  kocr_frame_queue_free (queue);
}

static void
a_flushing_queue_takes_nothing (void)
{
  KocrFrameQueue *queue = kocr_frame_queue_new ();
  GstQuery *query = gst_query_new_drain ();
  gboolean answer;

  g_assert_false (push_frame (queue, 1, NULL, NEVER));
  g_assert_false (kocr_frame_queue_push_query (queue, query, &answer));
  gst_query_unref (query);
  kocr_frame_queue_free (queue);
}

static void
opening_drops_what_the_flush_left (void)
{
  KocrFrameQueue *queue = setup_queue ();

  push_frame (queue, 1, NULL, NEVER);
  kocr_frame_queue_set_flushing (queue, TRUE);
  kocr_frame_queue_set_flushing (queue, FALSE);
  push_frame (queue, 2, NULL, NEVER);
  assert_pops_frame (queue, 2, TRUE);
  kocr_frame_queue_free (queue);
}

static void
write_down (GstEvent * event, gpointer names)
{
  g_string_append_printf (names, "%s ", GST_EVENT_TYPE_NAME (event));
}

static void
events_that_are_dropped_are_told_in_order (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  KocrFrameItem first = { KOCR_FRAME_ITEM_EVENT,
    GST_MINI_OBJECT_CAST (gst_event_new_gap (0, 1))
  };
  KocrFrameItem second = { KOCR_FRAME_ITEM_EVENT,
    GST_MINI_OBJECT_CAST (gst_event_new_eos ())
  };
  g_autoptr (GString) names = g_string_new (NULL);

  push_frame (queue, 1, open, NEVER);
  kocr_frame_queue_push (queue, &first, 0);
  push_frame (queue, 2, open, NEVER);
  kocr_frame_queue_push (queue, &second, 0);
  kocr_frame_queue_clear (queue, write_down, names);
  g_assert_cmpstr (names->str, ==, "gap eos ");
  push_frame (queue, 3, NULL, NEVER);
  assert_pops_frame (queue, 3, TRUE);
  kocr_frame_queue_free (queue);
}

typedef struct
{
  KocrFrameQueue *queue;
  GstQuery *query;
  gboolean answered, answer;
} Ask;

static gpointer
ask (gpointer data)
{
  Ask *asked = data;

  asked->answered = kocr_frame_queue_push_query (asked->queue, asked->query,
      &asked->answer);
  return NULL;
}

static void
a_query_is_answered_in_its_turn (void)
{
  KocrFrameQueue *queue = setup_queue ();
  Ask asked = { queue, gst_query_new_drain () };
  KocrFrameItem item;
  GThread *input;

  push_frame (queue, 1, NULL, NEVER);
  input = g_thread_new ("input", ask, &asked);
  assert_pops_frame (queue, 1, TRUE);
  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, TRUE, NEVER), ==,
      KOCR_FRAME_QUEUE_ITEM);
  g_assert_cmpint (item.type, ==, KOCR_FRAME_ITEM_QUERY);
  g_assert_true (item.object == GST_MINI_OBJECT_CAST (asked.query));
  kocr_frame_item_clear (&item);
  kocr_frame_queue_query_done (queue, TRUE);
  g_thread_join (input);
  g_assert_true (asked.answered);
  g_assert_true (asked.answer);
  gst_query_unref (asked.query);
  kocr_frame_queue_free (queue);
}

static void
a_flush_takes_a_waiting_query_back (void)
{
  KocrFrameQueue *queue = setup_queue ();
  g_autoptr (KocrRequest) open = create_request (FALSE);
  Ask asked = { queue, gst_query_new_drain (), TRUE };
  GThread *input;

  push_frame (queue, 1, open, NEVER);
  input = g_thread_new ("input", ask, &asked);
  kocr_frame_queue_set_flushing (queue, TRUE);
  g_thread_join (input);
  g_assert_false (asked.answered);
  gst_query_unref (asked.query);
  kocr_frame_queue_free (queue);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (items_leave_in_the_order_they_came);
  ADD (an_event_waits_behind_the_frame_before_it);
  ADD (a_frame_leaves_at_its_deadline);
  ADD (lossless_knows_no_deadline);
  ADD (settling_wakes_the_output);
  ADD (an_over_full_queue_lets_only_its_head_go);
  ADD (the_input_waits_for_room);
  ADD (one_frame_of_any_size_fits);
  ADD (a_flush_ends_the_wait_for_room);
  ADD (a_flush_ends_the_wait_for_a_result);
  ADD (a_flushing_queue_takes_nothing);
  ADD (opening_drops_what_the_flush_left);
  ADD (events_that_are_dropped_are_told_in_order);
  ADD (a_query_is_answered_in_its_turn);
  ADD (a_flush_takes_a_waiting_query_back);
  return g_test_run ();
}
