/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <gst/video/video.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/metaserial/"

#if GST_CHECK_VERSION (1, 24, 0)

static const gchar *texts[] = { "초미세먼지", "two", NULL };

static GByteArray *
serialize (GstBuffer * buffer)
{
  GByteArray *bytes = g_byte_array_new ();

  g_assert_true (gst_meta_serialize_simple ((GstMeta *)
          gst_buffer_get_kakao_ocr_meta (buffer), bytes));
  return bytes;
}

static GstKakaoOcrMeta *
deserialize (GstBuffer * buffer, const guint8 * data, gsize size)
{
  guint32 consumed = 0;

  return (GstKakaoOcrMeta *) gst_meta_deserialize (buffer, data, size,
      &consumed);
}

static void
a_meta_survives_the_way_to_another_process (void)
{
  static const gboolean lost[] = { FALSE, TRUE };
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) from = gst_buffer_new (), to = gst_buffer_new ();
  GstKakaoOcrMeta *meta = gst_buffer_add_kakao_ocr_meta (from, result);
  g_autoptr (GByteArray) bytes = serialize (from);
  gdouble boxes[2 * GST_KAKAO_OCR_BOX_LEN] = { 1.5 };
  g_autoptr (GstKakaoOcrResult) moved = NULL;
  g_autoptr (GstBuffer) moved_to = gst_buffer_new ();
  g_autoptr (GByteArray) moved_bytes = NULL;

  meta = deserialize (to, bytes->data, bytes->len);
  g_assert_nonnull (meta);
  g_assert_true (meta == gst_buffer_get_kakao_ocr_meta (to));
  assert_results_equal (meta->result, result);

  meta = gst_buffer_get_kakao_ocr_meta (from);
  gst_kakao_ocr_meta_set_boxes (meta, boxes, lost);
  moved_bytes = serialize (from);
  moved = gst_kakao_ocr_meta_dup_result (meta);
  meta = deserialize (moved_to, moved_bytes->data, moved_bytes->len);
  assert_results_equal (meta->result, moved);
}

static void
times_are_exact (void)
{
  static const GstClockTime pts = G_GUINT64_CONSTANT (1795374727123456789);
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (pts, 8, 8,
      NULL, 0, TRUE, GST_CLOCK_TIME_NONE);
  g_autoptr (GstBuffer) from = gst_buffer_new (), to = gst_buffer_new ();
  g_autoptr (GByteArray) bytes = NULL;
  GstKakaoOcrMeta *meta;

  meta = gst_buffer_add_kakao_ocr_meta (from, result);
  gst_kakao_ocr_meta_set_last_seen (meta, pts + 1);
  bytes = serialize (from);
  meta = deserialize (to, bytes->data, bytes->len);
  assert_results_equal (meta->result, result);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), ==, pts + 1);
}

static void
a_crop_is_not_taken_off_twice (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) from = gst_buffer_new (), to = gst_buffer_new ();
  g_autoptr (GByteArray) bytes = NULL;
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (from);

  crop->x = 8;
  crop->y = 6;
  crop->width = 300;
  crop->height = 200;
  gst_buffer_add_kakao_ocr_meta (from, result);
  bytes = serialize (from);
  assert_results_equal (deserialize (to, bytes->data, bytes->len)->result,
      result);
}

static void
damaged_bytes_give_a_meta_or_none (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) from = gst_buffer_new ();
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const GstMetaInfo *info = GST_KAKAO_OCR_META_INFO;
  const guint8 *json;
  gsize payload, i;

  gst_buffer_add_kakao_ocr_meta (from, result);
  bytes = serialize (from);
  json = memchr (bytes->data, '{', bytes->len);
  payload = bytes->data + bytes->len - json + 16;
  for (i = 0; i < 5000; i++) {
    g_autofree guint8 *damaged = g_memdup2 (json - 16, payload);
    g_autoptr (GstBuffer) to = gst_buffer_new ();
    gsize size = i % 2 ? payload : (gsize) g_rand_int_range (rand, 0, payload);

    damaged[g_rand_int_range (rand, 0, payload)] = g_rand_int (rand);
    info->deserialize_func (info, to, damaged, size, 0);
    info->deserialize_func (info, to, damaged, size, 1);
  }
}

#else

static void
serializing_needs_1_24 (void)
{
  g_test_skip ("GStreamer before 1.24 serializes no metas");
}

#endif

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#if GST_CHECK_VERSION (1, 24, 0)
  ADD (a_meta_survives_the_way_to_another_process);
  ADD (times_are_exact);
  ADD (a_crop_is_not_taken_off_twice);
  ADD (damaged_bytes_give_a_meta_or_none);
#else
  ADD (serializing_needs_1_24);
#endif
  return g_test_run ();
}
