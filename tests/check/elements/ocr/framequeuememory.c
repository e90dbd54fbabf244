/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame queue: whose memory a frame has while it waits.
 */
#include "ocr/framequeue.h"
#include "result/sample.h"

#include "../../testrows.h"

#define TESTS "/framequeue/"

static GstBuffer *
create_pooled_buffer (guint max_buffers, GstBufferPool ** pool)
{
  GstStructure *config;
  GstBuffer *buffer = NULL;

  *pool = gst_buffer_pool_new ();
  config = gst_buffer_pool_get_config (*pool);
  gst_buffer_pool_config_set_params (config, NULL, 100, 1, max_buffers);
  g_assert_true (gst_buffer_pool_set_config (*pool, config));
  g_assert_true (gst_buffer_pool_set_active (*pool, TRUE));
  g_assert_cmpint (gst_buffer_pool_acquire_buffer (*pool, &buffer, NULL), ==,
      GST_FLOW_OK);
  return buffer;
}

static void
free_pool (GstBufferPool * pool)
{
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
}

/* Lets @buffer, which it takes, wait for @open. */
static KocrFrameQueue *
hold (GstBuffer * buffer, KocrRequest * open)
{
  KocrFrameQueue *queue = kocr_frame_queue_new ();
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_BUFFER,
    .object = GST_MINI_OBJECT_CAST (buffer),
    .carried = kocr_request_ref (open),
    .may_copy = TRUE,
    .deadline = G_MAXINT64,
  };

  kocr_frame_queue_set_flushing (queue, FALSE);
  g_assert_true (kocr_frame_queue_push (queue, &item, G_MAXUINT64));
  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, TRUE, 0), ==,
      KOCR_FRAME_QUEUE_WAITING);
  return queue;
}

/* Whether the frame that waits leaves with the memory it came with. */
static gboolean
keeps_memory (GstBuffer * buffer)
{
  g_autoptr (KocrRequest) open = kocr_sample_new (NULL, NULL);
  GstMemory *memory = gst_memory_ref (gst_buffer_peek_memory (buffer, 0));
  KocrFrameQueue *queue = hold (buffer, open);
  KocrFrameItem item;
  gboolean same;

  g_atomic_int_set (&kocr_sample_of (open)->published, 1);
  kocr_frame_queue_wake (queue);
  g_assert_cmpint (kocr_frame_queue_pop (queue, &item, TRUE, G_MAXINT64), ==,
      KOCR_FRAME_QUEUE_ITEM);
  same = gst_buffer_peek_memory (GST_BUFFER_CAST (item.object), 0) == memory;
  kocr_frame_item_clear (&item);
  gst_memory_unref (memory);
  kocr_frame_queue_free (queue);
  return same;
}

static void
plain_memory_is_held_as_it_is (void)
{
  GstBufferPool *pool;

  g_assert_true (keeps_memory (gst_buffer_new_allocate (NULL, 100, NULL)));
  g_assert_true (keeps_memory (create_pooled_buffer (0, &pool)));
  free_pool (pool);
}

static void
a_frame_of_a_pool_of_so_many_is_copied (void)
{
  GstBufferPool *pool;

  g_assert_false (keeps_memory (create_pooled_buffer (1, &pool)));
  free_pool (pool);
}

/* It says nothing of the pool that misses its memory. */
static void
a_shallow_copy_of_a_pooled_frame_is_copied (void)
{
  GstBufferPool *pool;
  GstBuffer *pooled = create_pooled_buffer (1, &pool);
  GstBuffer *shallow = gst_buffer_copy (pooled);

  gst_buffer_add_parent_buffer_meta (shallow, pooled);
  gst_buffer_unref (pooled);
  g_assert_false (keeps_memory (shallow));
  free_pool (pool);
}

static void
the_pool_gets_its_buffer_back_while_the_frame_waits (void)
{
  g_autoptr (KocrRequest) open = kocr_sample_new (NULL, NULL);
  GstBufferPool *pool;
  GstBuffer *buffer = create_pooled_buffer (1, &pool);
  KocrFrameQueue *queue = hold (buffer, open);

  g_assert_cmpint (gst_buffer_pool_acquire_buffer (pool, &buffer, NULL), ==,
      GST_FLOW_OK);
  gst_buffer_unref (buffer);
  kocr_frame_queue_free (queue);
  free_pool (pool);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (plain_memory_is_held_as_it_is);
  ADD (a_frame_of_a_pool_of_so_many_is_copied);
  ADD (a_shallow_copy_of_a_pooled_frame_is_copied);
  ADD (the_pool_gets_its_buffer_back_while_the_frame_waits);
  return g_test_run ();
}
