/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "resend.h"

#include <string.h>

#include "http/statuses.h"

#define WIDTH 1280
#define HEIGHT 720

/* A request that was answered, with a picture that kept its pixels. */
static KocrRequest *
answered (KocrImageFormat format, gint width, gsize bytes, gboolean kept)
{
  KocrRequest *request = kocr_request_new (NULL);
  GstVideoInfo info;
  GstVideoFrame frame;
  GstBuffer *buffer;
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);

  request->transfer.settings = (KocrPictureSettings){
    .max_dimension = width,
    .format = format,
    .quality = 90,
    .keep_source = kept,
  };
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, info.size);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  request->transfer.picture = kocr_picture_encoder_encode (encoder, &frame,
      &request->transfer.settings, NULL);
  g_assert_nonnull (request->transfer.picture);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);

  if (bytes > 0) {
    g_bytes_unref (request->transfer.picture->body);
    request->transfer.picture->body
        = g_bytes_new_take (g_malloc0 (bytes), bytes);
  }
  return request;
}

static void
refuse (KocrRequest * request, guint status, const gchar * code)
{
  g_clear_error (&request->outcome.error);
  request->outcome.fault = kocr_fault_for_answer (status, code, strlen (code));
  request->outcome.error = g_error_new_literal (KOCR_ERROR,
      request->outcome.fault->error, request->outcome.fault->message);
}

static void
test_refusals_are_sent_in_another_shape (void)
{
  static const struct
  {
    guint status;
    const gchar *code;
    KocrImageFormat format;
    KocrResend resend;
    guint max_dimension;
    gsize max_bytes;
    KocrImageFormat next_format;
  } table[] = {
    {413, "EXCEED_MAX_LEN", KOCR_IMAGE_JPEG, KOCR_RESEND_WHOLE, 640, 0,
        KOCR_IMAGE_JPEG},
    {413, "", KOCR_IMAGE_JPEG, KOCR_RESEND_WHOLE, 1280, 500000,
        KOCR_IMAGE_JPEG},
    {405, "UNSUPPORTED_IMAGE_FORMAT", KOCR_IMAGE_JPEG, KOCR_RESEND_WHOLE, 1280,
        0, KOCR_IMAGE_PNG},
    {405, "UNSUPPORTED_IMAGE_FORMAT", KOCR_IMAGE_PNG, KOCR_RESEND_WHOLE, 1280,
        0, KOCR_IMAGE_JPEG},
    {400, "NO_IMAGE", KOCR_IMAGE_JPEG, KOCR_RESEND_WHOLE, 1280, 0,
        KOCR_IMAGE_PNG},
    {405, "TOO_MANY_BOXES", KOCR_IMAGE_JPEG, KOCR_RESEND_TILES, 1280, 0,
        KOCR_IMAGE_JPEG},
    {413, "EXCEED_MAX_PAGES", KOCR_IMAGE_JPEG, KOCR_RESEND_NOT},
    {401, "", KOCR_IMAGE_JPEG, KOCR_RESEND_NOT},
    {503, "", KOCR_IMAGE_JPEG, KOCR_RESEND_NOT},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (KocrRequest) request = answered (table[i].format, WIDTH,
        1000000, TRUE);
    KocrPictureSettings next = {.max_dimension = 0 };

    refuse (request, table[i].status, table[i].code);
    g_assert_cmpint (kocr_resend_plan (request, &next), ==, table[i].resend);
    if (table[i].resend == KOCR_RESEND_NOT)
      continue;
    g_assert_cmpuint (next.max_dimension, ==, table[i].max_dimension);
    g_assert_cmpuint (next.max_bytes, ==, table[i].max_bytes);
    g_assert_cmpint (next.format, ==, table[i].next_format);
    g_assert_true (next.keep_source);
  }
}

static void
test_shrinking_comes_to_an_end (void)
{
  g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, 300, 0, TRUE);
  KocrPictureSettings next;
  guint n = 0;

  refuse (request, 413, "EXCEED_MAX_LEN");
  while (kocr_resend_plan (request, &next) == KOCR_RESEND_WHOLE && n < 100)
    n++;
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 4);
}

static void
test_other_format_is_tried_once (void)
{
  g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, WIDTH, 0, TRUE);
  KocrPictureSettings next;

  refuse (request, 400, "NO_IMAGE");
  g_assert_cmpint (kocr_resend_plan (request, &next), ==, KOCR_RESEND_WHOLE);
  g_assert_cmpint (kocr_resend_plan (request, &next), ==, KOCR_RESEND_NOT);
}

static void
test_truncated_result_is_read_in_tiles_once (void)
{
  g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, WIDTH, 0, TRUE);
  KocrPictureSettings next;

  request->outcome.result
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, NULL, 0, TRUE, 0);
  g_assert_cmpint (kocr_resend_plan (request, &next), ==, KOCR_RESEND_TILES);
  request->resends.tiled = TRUE;
  g_assert_cmpint (kocr_resend_plan (request, &next), ==, KOCR_RESEND_NOT);
}

static void
test_nothing_is_sent_again_without_pixels (void)
{
  g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, WIDTH, 0, FALSE);
  KocrPictureSettings next;

  refuse (request, 413, "EXCEED_MAX_LEN");
  g_assert_cmpint (kocr_resend_plan (request, &next), ==, KOCR_RESEND_NOT);
}

static void
test_limits_are_learned_from_answers_only (void)
{
  g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, WIDTH, 0, TRUE);
  KocrPictureSettings next,
      settings = { .max_dimension = 4096, .format = KOCR_IMAGE_JPEG };
  KocrShapeLimits limits = { 0, };

  refuse (request, 413, "EXCEED_MAX_LEN");
  kocr_resend_plan (request, &next);
  kocr_shape_limits_learn (&limits, request);
  kocr_shape_limits_apply (&limits, &settings);
  g_assert_cmpuint (settings.max_dimension, ==, 4096);

  request->outcome.result
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, NULL, 0, FALSE, 0);
  kocr_shape_limits_learn (&limits, request);
  kocr_shape_limits_apply (&limits, &settings);
  g_assert_cmpuint (settings.max_dimension, ==, WIDTH / 2);
  g_assert_cmpint (settings.format, ==, KOCR_IMAGE_JPEG);
}

static void
test_picture_that_is_no_image_teaches_no_format (void)
{
  static const struct
  {
    guint status;
    const gchar *code;
    KocrImageFormat next;
  } table[] = {
    {400, "NO_IMAGE", KOCR_IMAGE_JPEG},
    {405, "UNSUPPORTED_IMAGE_FORMAT", KOCR_IMAGE_PNG},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (KocrRequest) request = answered (KOCR_IMAGE_JPEG, WIDTH, 0,
        TRUE);
    KocrPictureSettings next, settings = {.format = KOCR_IMAGE_JPEG };
    KocrShapeLimits limits = { 0, };

    refuse (request, table[i].status, table[i].code);
    kocr_resend_plan (request, &next);
    request->outcome.result
        = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, NULL, 0, FALSE, 0);
    kocr_shape_limits_learn (&limits, request);
    kocr_shape_limits_apply (&limits, &settings);
    g_assert_cmpint (settings.format, ==, table[i].next);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resend/refusals_are_sent_in_another_shape",
      test_refusals_are_sent_in_another_shape);
  g_test_add_func ("/resend/shrinking_comes_to_an_end",
      test_shrinking_comes_to_an_end);
  g_test_add_func ("/resend/other_format_is_tried_once",
      test_other_format_is_tried_once);
  g_test_add_func ("/resend/truncated_result_is_read_in_tiles_once",
      test_truncated_result_is_read_in_tiles_once);
  g_test_add_func ("/resend/nothing_is_sent_again_without_pixels",
      test_nothing_is_sent_again_without_pixels);
  g_test_add_func ("/resend/limits_are_learned_from_answers_only",
      test_limits_are_learned_from_answers_only);
  g_test_add_func ("/resend/picture_that_is_no_image_teaches_no_format",
      test_picture_that_is_no_image_teaches_no_format);
  return g_test_run ();
}
