/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "heldharness.h"

GstHarness *
held_harness_new (const gchar *format)
{
  g_autofree gchar *caps = g_strdup_printf ("video/x-raw,format=%s,width=%d,"
                                            "height=%d,framerate=25/1",
      format, WIDTH, HEIGHT);
  GstHarness *h = overlay_harness_new (caps);
  g_autoptr (GstBus) bus = gst_bus_new ();

  gst_element_set_bus (h->element, bus);
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "redact");
  g_object_set (h->element, "hold", 500, "show-boxes", FALSE, NULL);
  return h;
}

void
held_harness_free (GstHarness *h)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

guint
held_harness_count_messages (GstHarness *h, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (h->element);
  GstMessage *message;
  guint n = 0;

  while ((message = gst_bus_pop_filtered (bus, type))) {
    n++;
    gst_message_unref (message);
  }
  return n;
}

GstBuffer *
held_frame_new (GstHarness *h, guint number, gint left, gboolean read)
{
  GstKakaoOcrRegion region = { (gchar *)"4111", NULL,
    BOX (left, TOP, left + TEXT_WIDTH, TOP + TEXT_HEIGHT), 1, 0 };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (
      number * FRAME, WIDTH, HEIGHT, &region, read ? 1 : 0, FALSE, 0);
  GstVideoInfo info = overlay_harness_get_info (h);
  GstBuffer *frame = overlay_frame_new (h, result);
  GRand *random = g_rand_new_with_seed (7);
  GstMapInfo map;
  gint x, y;

  GST_BUFFER_PTS (frame) = number * FRAME;
  GST_BUFFER_DURATION (frame) = FRAME;
  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_WRITE));
  for (y = TOP; y < TOP + TEXT_HEIGHT; y++)
    for (x = left; x < left + TEXT_WIDTH; x += 2) {
      guint8 level = g_rand_int_range (random, 0x80, 0xf0);

      map.data[y * info.stride[0] + x] = level;
      map.data[y * info.stride[0] + x + 1] = level;
    }
  gst_buffer_unmap (frame, &map);
  g_rand_free (random);
  return frame;
}

guint
held_frame_count_seen (GstHarness *h, GstBuffer *frame)
{
  GstVideoInfo info = overlay_harness_get_info (h);
  GstMapInfo map;
  guint n = 0;
  gint x, y;

  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_READ));
  for (y = 0; y < HEIGHT; y++)
    for (x = 0; x < WIDTH; x++)
      n += map.data[y * info.stride[0] + x] >= 0x80;
  gst_buffer_unmap (frame, &map);
  return n;
}

void
held_harness_push (GstHarness *h, guint number, gint left, gboolean read)
{
  g_assert_cmpint (gst_harness_push (h, held_frame_new (h, number, left, read)),
      ==, GST_FLOW_OK);
}

GstBuffer *
held_harness_pull (GstHarness *h, guint number)
{
  GstBuffer *frame = gst_harness_try_pull (h);

  g_assert_nonnull (frame);
  g_assert_cmpuint (GST_BUFFER_PTS (frame), ==, number * FRAME);
  return frame;
}

void
held_harness_end (GstHarness *h)
{
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
}
