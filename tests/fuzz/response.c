/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The parser of the service's answers: what it takes is within its bounds.
 */
#include "http/response.h"
#include "target.h"

static KocrPicture *
picture_new (void)
{
  KocrPicture *picture = g_atomic_rc_box_new0 (KocrPicture);

  picture->body = g_bytes_new_static ("", 0);
  picture->width = 100;
  picture->height = 50;
  picture->to_frame.scale_x = picture->to_frame.scale_y = 2;
  picture->frame_width = 200;
  picture->frame_height = 100;
  return picture;
}

/* Twice what an answer may say, as the picture is sent at half its size. */
#define FARTHEST 2e6

static void
check_region (const GstKakaoOcrRegion * region)
{
  guint i;

  g_assert_true (g_utf8_validate (region->text, -1, NULL));
  for (i = 0; i < 8; i++) {
    g_assert_cmpfloat (region->box[i], >=, -FARTHEST);
    g_assert_cmpfloat (region->box[i], <=, FARTHEST);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autoptr (KocrPicture) picture = picture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) result = NULL;
  guint dropped = 0, i;

  result = kocr_response_parse ((const gchar *) data, size, picture, FALSE, 0,
      0, &dropped, &error);
  g_assert_true (!result != !error);
  for (i = 0; result && i < gst_kakao_ocr_result_get_n_regions (result); i++)
    check_region (gst_kakao_ocr_result_get_region (result, i));
  return 0;
}
