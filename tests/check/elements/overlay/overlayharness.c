/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlayharness.h"

#include <string.h>

GstKakaoOcrResult *
overlay_result_new (gint width, gint height, gdouble left, gdouble top,
    gdouble right, gdouble bottom)
{
  GstKakaoOcrRegion region = { (gchar *) "글자 Text", NULL,
    BOX (left, top, right, bottom), 1, 0
  };

  return gst_kakao_ocr_result_new (0, width, height, &region, 1, FALSE, 0);
}

GstVideoInfo
overlay_harness_get_info (GstHarness * h)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (h->srcpad);
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  return info;
}

GstBuffer *
overlay_frame_new (GstHarness * h, GstKakaoOcrResult * result)
{
  GstVideoInfo info = overlay_harness_get_info (h);
  GstBuffer *frame = gst_buffer_new_allocate (NULL, info.size, NULL);

  gst_buffer_memset (frame, 0, GRAY, info.size);
  GST_BUFFER_PTS (frame) = 0;
  if (result)
    gst_buffer_add_kakao_ocr_meta (frame, result);
  return frame;
}

GstHarness *
overlay_harness_new (const gchar * caps)
{
  GstHarness *h = gst_harness_new ("kakaoocroverlay");

  g_object_set (h->element, "color", GREEN, "line-width", 2.0,
      "hold", 0, NULL);
  gst_harness_set_src_caps_str (h, caps);
  return h;
}

GstBuffer *
overlay_harness_pass (GstHarness * h, GstBuffer * frame)
{
  GstBuffer *drawn = gst_harness_push_and_pull (h, frame);

  g_assert_nonnull (drawn);
  return drawn;
}

gboolean
overlay_frame_is_drawn_on (const GstVideoInfo * info, GstBuffer * frame,
    gint left, gint top, gint right, gint bottom)
{
  GstVideoFrame before, after;
  GstVideoInfo argb;
  GstBuffer *gray = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstBuffer *shown[2];
  GstMapInfo maps[2];
  gboolean differs = FALSE;
  gint i, y;

  gst_buffer_memset (gray, 0, GRAY, info->size);
  gst_video_info_set_format (&argb, GST_VIDEO_FORMAT_ARGB, info->width,
      info->height);
  argb.fps_n = info->fps_n;
  argb.fps_d = info->fps_d;
  argb.interlace_mode = info->interlace_mode;
  for (i = 0; i < 2; i++) {
    GstVideoConverter *converter = gst_video_converter_new (info, &argb, NULL);

    shown[i] = gst_buffer_new_allocate (NULL, argb.size, NULL);
    g_assert_true (gst_video_frame_map (&before, info, i ? frame : gray,
            GST_MAP_READ));
    g_assert_true (gst_video_frame_map (&after, &argb, shown[i],
            GST_MAP_WRITE));
    gst_video_converter_frame (converter, &before, &after);
    gst_video_frame_unmap (&before);
    gst_video_frame_unmap (&after);
    gst_video_converter_free (converter);
    g_assert_true (gst_buffer_map (shown[i], &maps[i], GST_MAP_READ));
  }
  for (y = top; y < bottom; y++)
    differs |= memcmp (maps[0].data + y * argb.stride[0] + 4 * left,
        maps[1].data + y * argb.stride[0] + 4 * left, 4 * (right - left)) != 0;
  for (i = 0; i < 2; i++) {
    gst_buffer_unmap (shown[i], &maps[i]);
    gst_buffer_unref (shown[i]);
  }
  gst_buffer_unref (gray);
  return differs;
}
