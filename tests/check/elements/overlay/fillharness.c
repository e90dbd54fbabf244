/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fillharness.h"

#include <string.h>

GstHarness *
fill_harness_new (const gchar *caps, const gchar *fill)
{
  GstHarness *h = overlay_harness_new (caps);
  g_autoptr (GstBus) bus = gst_bus_new ();

  gst_element_set_bus (h->element, bus);
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", fill);
  return h;
}

void
fill_harness_free (GstHarness *h)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

GstMessage *
fill_harness_pop_message (GstHarness *h, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (h->element);

  return gst_bus_pop_filtered (bus, type);
}

void
fill_harness_assert_warning (GstHarness *h, const gchar *part)
{
  g_autoptr (GstMessage) message
      = fill_harness_pop_message (h, GST_MESSAGE_WARNING);
  g_autoptr (GstMessage) another
      = fill_harness_pop_message (h, GST_MESSAGE_WARNING);
  g_autoptr (GError) error = NULL;

  g_assert_null (another);
  if (message) {
    g_assert_true (GST_MESSAGE_SRC (message) == GST_OBJECT (h->element));
    gst_message_parse_warning (message, &error, NULL);
  }
  if (part)
    g_assert_true (error && strstr (error->message, part));
  else
    g_assert_no_error (error);
}

GstKakaoOcrResult *
fill_harness_result (GstHarness *h)
{
  GstVideoInfo info = overlay_harness_get_info (h);

  return overlay_result_new (info.width, info.height, LEFT, TOP, RIGHT, BOTTOM);
}

GstBuffer *
fill_harness_pass (GstHarness *h)
{
  g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);

  return overlay_harness_pass (h, overlay_frame_new (h, result));
}

gboolean
fill_harness_is_changed (GstHarness *h, GstBuffer *frame, gint left, gint top,
    gint right, gint bottom)
{
  GstVideoInfo info = overlay_harness_get_info (h);

  return overlay_frame_is_drawn_on (&info, frame, left, top, right, bottom);
}

guint8
fill_harness_get_luma (GstBuffer *frame, gint x, gint y)
{
  guint8 luma;

  gst_buffer_extract (frame, y * 320 + x, &luma, 1);
  return luma;
}
