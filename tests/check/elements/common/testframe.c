/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testframe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Far enough apart for JPEG, near enough for some fifty in video range. */
#define LEVEL_STEP 4
#define BLACK 16
#define RANGE 219

GstBuffer *
test_frame_new_full (guint id, const GstVideoInfo * info)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  guint8 level = BLACK + LEVEL_STEP * (id % TEST_FRAME_IDS);

  gst_buffer_memset (buffer, 0, 128, info->size);
  gst_buffer_memset (buffer, 0, level,
      (gsize) GST_VIDEO_INFO_PLANE_STRIDE (info, 0)
      * GST_VIDEO_INFO_HEIGHT (info));
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  GST_BUFFER_DURATION (buffer) = TEST_FRAME_DURATION;
  return buffer;
}

GstBuffer *
test_frame_new (guint id)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, TEST_FRAME_WIDTH,
      TEST_FRAME_HEIGHT);
  return test_frame_new_full (id, &info);
}

GstBuffer *
test_frame_new_written (guint id)
{
  GstBuffer *buffer = test_frame_new (id);
  guint stroke = 4 + id % 7 * 2;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (guint y = 4; y < 24; y++) {
    for (guint x = 8; x < 40; x++) {
      if (x / stroke % 2)
        map.data[y * TEST_FRAME_WIDTH + x] = 235;
    }
  }
  gst_buffer_unmap (buffer, &map);
  return buffer;
}

guint
test_frame_id_of_gray (guint8 gray)
{
  return (guint) round (gray * RANGE / 255.0 / LEVEL_STEP);
}

gint
test_frame_get_result_id (GstBuffer * buffer)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);

  if (!meta)
    return -1;
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (meta->result), >, 0);
  return atoi (gst_kakao_ocr_result_get_region (meta->result, 0)->text);
}
