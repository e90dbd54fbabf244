/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/ownresult.h"

#define NO_RESULT "a frame has no result"
#define NO_TIME "frames have no time stamps that tell whose a result is"
#define OTHER_FRAME "a frame has the result of another one"
#define UNCHANGED "a frame was not read, since it looked like another one"
#define TRUNCATED "a frame may have more text than the service told of"
#define DROPPED "of a text of a frame nobody can tell where it is"

static const gchar *
find_doubt (const GstKakaoOcrMeta * meta, GstClockTime pts, gboolean * own)
{
  GstClockTime read = gst_kakao_ocr_result_get_pts (meta->result);
  GstClockTime seen = gst_kakao_ocr_meta_get_last_seen (meta);

  *own = FALSE;
  if (!GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (read))
    return NO_TIME;
  if (gst_kakao_ocr_result_get_truncated (meta->result))
    return TRUNCATED;
  if (gst_kakao_ocr_result_get_regions_dropped (meta->result) > 0)
    return DROPPED;

  *own = read == pts || seen == pts;
  if (!*own)
    return OTHER_FRAME;
  return read == pts ? NULL : UNCHANGED;
}

gboolean
kocr_own_result_check (GstBuffer * buffer, const gchar ** reason)
{
  gboolean all_own = TRUE;
  gpointer state = NULL;
  GstMeta *each;

  *reason = NULL;
  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    gboolean own;
    const gchar *doubt = find_doubt ((GstKakaoOcrMeta *) each,
        GST_BUFFER_PTS (buffer), &own);

    all_own &= own;
    *reason = doubt ? doubt : *reason;
  }
  if (!gst_buffer_get_kakao_ocr_meta (buffer)) {
    *reason = NO_RESULT;
    return FALSE;
  }
  return all_own;
}
