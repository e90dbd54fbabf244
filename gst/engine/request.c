/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "request.h"

#include "base/clock.h"

static void
kocr_request_clear (KocrRequest * request)
{
  gst_clear_buffer (&request->buffer);
  g_clear_pointer (&request->picture, kocr_picture_unref);
  g_clear_pointer (&request->result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&request->tracked, gst_kakao_ocr_result_unref);
  g_clear_error (&request->error);
  g_queue_clear_full (&request->followers, (GDestroyNotify) kocr_request_unref);
}

KocrRequest *
kocr_request_new (void)
{
  KocrRequest *request = g_atomic_rc_box_new0 (KocrRequest);
  g_autofree gchar *id = g_uuid_string_random ();

  g_strlcpy (request->id, id, sizeof request->id);
  return request;
}

KocrRequest *
kocr_request_ref (KocrRequest * request)
{
  return g_atomic_rc_box_acquire (request);
}

void
kocr_request_unref (KocrRequest * request)
{
  g_atomic_rc_box_release_full (request, (GDestroyNotify) kocr_request_clear);
}

gboolean
kocr_request_is_settled (const KocrRequest * request)
{
  return g_atomic_int_get (&request->settled);
}

void
kocr_request_publish (KocrRequest * request, GstKakaoOcrResult * tracked)
{
  request->tracked = tracked;
  g_atomic_int_set (&request->published, 1);
}

gboolean
kocr_request_is_published (KocrRequest * request)
{
  return g_atomic_int_get (&request->published);
}

static GstKakaoOcrResult *
copy_result (GstKakaoOcrResult * result, const KocrRequest * request)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  GstKakaoOcrResult *copy;

  for (guint i = 0; i < n; i++)
    regions[i] = *gst_kakao_ocr_result_get_region (result, i);
  copy = gst_kakao_ocr_result_new (request->pts,
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result), regions, n,
      gst_kakao_ocr_result_get_truncated (result),
      (kocr_clock_now () - request->taken) * GST_USECOND);
  gst_kakao_ocr_result_copy_gaps (copy, result);
  return copy;
}

void
kocr_request_share (KocrRequest * request, const KocrRequest * like)
{
  if (!like->result)
    request->error = g_error_copy (like->error);
  else if (request->match == KOCR_PICTURE_UNCHANGED)
    request->result = gst_kakao_ocr_result_ref (like->result);
  else
    request->result = copy_result (like->result, request);
}
