/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: memory that is not its own: it cannot be read, or is missed.
 */
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <gst/allocators/gstdmabuf.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "opaqueframe.h"

#define TESTS "/kakaoocr/memory/"

/* Memory that cannot be read. */

static void
opaque_memory_passes_with_one_warning (gconstpointer settings)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service), settings);

  for (guint i = 0; i < 5; i++) {
    g_assert_cmpint (gst_harness_push (h, opaque_frame_new (i, "VAMemory")), ==,
        GST_FLOW_OK);
    g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  }
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "vapostproc"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), >, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Of linear frames, as a driver gives them that does not let them be mapped:
 * what the descriptor is of has no pages. */
static GstBuffer *
create_unmappable_dmabuf (guint id)
{
  g_autoptr (GstAllocator) allocator = gst_dmabuf_allocator_new ();
  gint ends[2];
  GstBuffer *buffer = gst_buffer_new ();

  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  g_close (ends[1], NULL);
  gst_buffer_append_memory (buffer, gst_dmabuf_allocator_alloc (allocator,
          ends[0], TEST_FRAME_WIDTH * TEST_FRAME_HEIGHT * 3 / 2));
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  return buffer;
}

static void
a_dmabuf_whose_map_fails_passes_with_one_warning (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_without_caps (held_service_get_url (service),
      "timing=latest");

  gst_harness_set_src_caps_str (h, "video/x-raw(memory:DMABuf),format=I420,"
      "width=64,height=48,framerate=25/1");
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpint (gst_harness_push (h, create_unmappable_dmabuf (i)), ==,
        GST_FLOW_OK);
    g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  }
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "vapostproc"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), >, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
opaque_memory_is_an_error_in_exact (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact");

  g_assert_cmpint (
      gst_harness_push (h, opaque_frame_new (0, "VAMemory")), ==, GST_FLOW_OK);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "vapostproc"));
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
opaque_memory_that_is_not_sampled_is_nobodys_business (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact active=false");

  gst_harness_push (h, opaque_frame_new (0, "VAMemory"));
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ERROR |
          GST_MESSAGE_WARNING));
  ocr_harness_free (h);
  held_service_free (service);
}

/* Pools. */

#define POOL_SIZE 4
#define FRAME_SIZE (TEST_FRAME_WIDTH * TEST_FRAME_HEIGHT * 3 / 2)

static GstBufferPool *
create_small_pool (void)
{
  GstBufferPool *pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);

  gst_buffer_pool_config_set_params (config, NULL, FRAME_SIZE, POOL_SIZE,
      POOL_SIZE);
  g_assert_true (gst_buffer_pool_set_config (pool, config));
  g_assert_true (gst_buffer_pool_set_active (pool, TRUE));
  return pool;
}

/* Waits for a buffer of the pool for as long as it takes: when the element
 * keeps them, for ever. */
static void
push_pooled_frame (GstHarness * h, GstBufferPool * pool, guint id)
{
  GstBuffer *buffer;

  g_assert_cmpint (gst_buffer_pool_acquire_buffer (pool, &buffer, NULL), ==,
      GST_FLOW_OK);
  gst_buffer_memset (buffer, 0, 128, FRAME_SIZE);
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
}

static void
latest_leaves_a_small_pool_its_buffers (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 max-in-flight=64");
  GstBufferPool *pool = create_small_pool ();

  for (guint i = 0; i < 20; i++) {
    push_pooled_frame (h, pool, i);
    ocr_harness_pull (h);
  }
  g_assert_cmpuint (ocr_get_stat (h->element, "in-flight"), >, 0);
  ocr_harness_free (h);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  held_service_free (service);
}

static void
held_frames_leave_a_small_pool_its_buffers (gconstpointer settings)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      settings);
  GstBufferPool *pool = create_small_pool ();

  for (guint i = 0; i < 20; i++)
    push_pooled_frame (h, pool, i);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  held_service_open (service);
  ocr_harness_wait_frames (h, 20);
  ocr_harness_free (h);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  held_service_free (service);
}

/* A copy would be of another kind than the caps say. */
static void
held_frames_keep_the_kind_of_their_memory (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_without_caps (held_service_get_url (service),
      "timing=exact");
  GstBufferPool *pool = create_small_pool ();
  GstBuffer *buffer;
  GstMemory *memory;

  gst_harness_set_live (h, FALSE);
  gst_harness_set_src_caps_str (h, "video/x-raw(memory:DMABuf),format=I420,"
      "width=64,height=48,framerate=25/1");
  gst_buffer_pool_acquire_buffer (pool, &buffer, NULL);
  gst_buffer_memset (buffer, 0, 128, FRAME_SIZE);
  memory = gst_memory_ref (gst_buffer_peek_memory (buffer, 0));
  g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
  held_service_wait (service, 1);
  held_service_open (service);
  buffer = gst_harness_pull (h);
  g_assert_true (gst_buffer_peek_memory (buffer, 0) == memory);
  gst_memory_unref (memory);
  gst_buffer_unref (buffer);
  ocr_harness_free (h);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  held_service_free (service);
}

typedef struct
{
  guint n_pools, min, max;
} Downstream;

static Downstream downstream;

static gboolean
answer_allocation (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return gst_pad_query_default (pad, parent, query);
  for (guint i = 0; i < downstream.n_pools; i++)
    gst_query_add_allocation_pool (query, NULL, FRAME_SIZE, downstream.min,
        downstream.max);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  return TRUE;
}

/* So many are with the engine at most: those in flight, and in exact two that
 * are encoded ahead, unless answers come in order. */
typedef struct
{
  const gchar *settings;
  guint more;
} Held;

static const Held held_by[] = {
  {"timing=latest max-in-flight=3", 3},
  {"timing=aligned max-in-flight=3", 3},
  {"timing=exact max-in-flight=3", 5},
  {"timing=exact max-in-flight=1", 1},
};

static void
the_allocation_answer_asks_for_more_buffers (gconstpointer data)
{
  static const Downstream rows[] = {
    {1, 2, 0}, {1, 2, 20}, {1, 2, 2}, {0, 0, 0},
  };
  const Held *held = data;
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      held->settings);
  GstCaps *caps = gst_caps_from_string (TEST_FRAME_CAPS);

  gst_pad_set_query_function (h->sinkpad, answer_allocation);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstQuery *query = gst_query_new_allocation (caps, TRUE);
    guint size, min, max;

    downstream = rows[i];
    g_assert_true (gst_pad_peer_query (h->srcpad, query));
    g_assert_cmpuint (gst_query_get_n_allocation_pools (query), ==, 1);
    gst_query_parse_nth_allocation_pool (query, 0, NULL, &size, &min, &max);
    g_assert_cmpuint (size, ==, FRAME_SIZE);
    g_assert_cmpuint (min, ==, downstream.min + held->more);
    g_assert_cmpuint (max, ==, downstream.max == 0 ? 0
        : MAX (downstream.max, min));
    g_assert_true (gst_query_find_allocation_meta (query,
            GST_VIDEO_META_API_TYPE, NULL));
    gst_query_unref (query);
  }
  gst_caps_unref (caps);
  ocr_harness_free (h);
  held_service_free (service);
}

#define ADD_WITH(test, suffix, settings) \
    g_test_add_data_func ("/kakaoocr/memory/" #test suffix, settings, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD_WITH (opaque_memory_passes_with_one_warning, "_in_latest",
      "timing=latest interval=0");
  ADD_WITH (opaque_memory_passes_with_one_warning, "_in_aligned",
      "timing=aligned interval=0");
  ADD (a_dmabuf_whose_map_fails_passes_with_one_warning);
  ADD (opaque_memory_is_an_error_in_exact);
  ADD (opaque_memory_that_is_not_sampled_is_nobodys_business);
  ADD (latest_leaves_a_small_pool_its_buffers);
  ADD_WITH (held_frames_leave_a_small_pool_its_buffers, "_in_aligned",
      "timing=aligned latency=3600000 interval=60000");
  ADD_WITH (held_frames_leave_a_small_pool_its_buffers, "_in_exact",
      "timing=exact interval=60000");
  ADD (held_frames_keep_the_kind_of_their_memory);
  ADD_WITH (the_allocation_answer_asks_for_more_buffers, "_in_latest",
      &held_by[0]);
  ADD_WITH (the_allocation_answer_asks_for_more_buffers, "_in_aligned",
      &held_by[1]);
  ADD_WITH (the_allocation_answer_asks_for_more_buffers, "_in_exact",
      &held_by[2]);
  ADD_WITH (the_allocation_answer_asks_for_more_buffers, "_in_order",
      &held_by[3]);
  return g_test_run ();
}
