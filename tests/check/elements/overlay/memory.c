/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Held masks follow small pictures of half a second: what is left of them once
 * nothing is held.
 */
#include <malloc.h>

#include "overlayharness.h"
#include "../../sanitized.h"
#include "../../testrows.h"

#define TESTS "/kakaoocroverlay/memory/"

#define FRAME (40 * GST_MSECOND)
#define N_FRAMES 25
/* Those of a dozen frames of this size are 7 MB. */
#define SIZE CAPS ("GRAY8", 1280, 720)
#define MAX_LEFT (1024 * 1024)

static gsize
get_allocated (void)
{
  struct mallinfo2 heap = mallinfo2 ();

  return heap.uordblks + heap.hblkhd;
}

static void
push (GstHarness * h, guint i)
{
  GstBuffer *frame = overlay_frame_new (h, NULL);

  GST_BUFFER_PTS (frame) = i * FRAME;
  GST_BUFFER_DURATION (frame) = FRAME;
  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  while ((frame = gst_harness_try_pull (h)))
    gst_buffer_unref (frame);
}

/* After a second of held masks; what was allocated before that in @before. */
static GstHarness *
hold_for_a_second (gsize * before)
{
  GstHarness *h = overlay_harness_new (SIZE);

  push (h, 0);
  *before = get_allocated ();
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "redact");
  g_object_set (h->element, "hold", 500, NULL);
  for (guint i = 1; i <= N_FRAMES; i++)
    push (h, i);
  return h;
}

static void
assert_given_back (gsize before)
{
  gsize after = get_allocated ();

  g_test_message ("%" G_GSIZE_FORMAT " bytes before, %" G_GSIZE_FORMAT
      " after", before, after);
  if (!SANITIZED)
    g_assert_cmpuint (after, <, before + MAX_LEFT);
}

static void
a_stop_gives_it_back (void)
{
  gsize before;
  GstHarness *h = hold_for_a_second (&before);

  gst_element_set_state (h->element, GST_STATE_READY);
  assert_given_back (before);
  gst_harness_teardown (h);
}

static void
a_flush_gives_it_back (void)
{
  gsize before;
  GstHarness *h = hold_for_a_second (&before);

  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (FALSE));
  assert_given_back (before);
  gst_harness_teardown (h);
}

static void
without_a_hold_there_is_none (void)
{
  gsize before;
  GstHarness *h = hold_for_a_second (&before);

  g_object_set (h->element, "hold", 0, NULL);
  push (h, N_FRAMES + 1);
  assert_given_back (before);
  gst_harness_teardown (h);
}

static void
without_anything_to_hide_there_is_none (void)
{
  gsize before;
  GstHarness *h = hold_for_a_second (&before);

  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "tint");
  push (h, N_FRAMES + 1);
  assert_given_back (before);
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_stop_gives_it_back);
  ADD (a_flush_gives_it_back);
  ADD (without_a_hold_there_is_none);
  ADD (without_anything_to_hide_there_is_none);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
