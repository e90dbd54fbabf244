/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "placement.h"

#include <string.h>

#include "result-private.h"

GstKakaoOcrPlacement *
gst_kakao_ocr_placement_new (const GstKakaoOcrResult *result,
    const GstKakaoOcrPlacement *from)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  GstKakaoOcrPlacement *placement =
      g_atomic_rc_box_alloc (sizeof (GstKakaoOcrPlacement) +
      n * sizeof (GstKakaoOcrPlace));
  guint i;

  placement->n_places = n;
  if (from) {
    memcpy (placement->places, from->places, n * sizeof (GstKakaoOcrPlace));
    return placement;
  }
  for (i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region =
        gst_kakao_ocr_result_get_region (result, i);
    GstKakaoOcrPlace *place = &placement->places[i];

    memcpy (place->box, region->box, sizeof (place->box));
    place->track = region->track;
    place->lost = FALSE;
  }
  return placement;
}

GstKakaoOcrPlacement *
gst_kakao_ocr_placement_ref (GstKakaoOcrPlacement *placement)
{
  return g_atomic_rc_box_acquire (placement);
}

void
gst_kakao_ocr_placement_unref (GstKakaoOcrPlacement *placement)
{
  g_atomic_rc_box_release (placement);
}

gboolean
gst_kakao_ocr_placement_transform (GstKakaoOcrPlacement *placement,
    gdouble m[3][3])
{
  guint i, c;

  for (i = 0; i < placement->n_places; i++) {
    gdouble *box = placement->places[i].box;

    for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
      gdouble x = box[c], y = box[c + 1];
      gdouble w = m[2][0] * x + m[2][1] * y + m[2][2];

      box[c] = (m[0][0] * x + m[0][1] * y + m[0][2]) / w;
      box[c + 1] = (m[1][0] * x + m[1][1] * y + m[1][2]) / w;
      if (w <= 0.0)
        return FALSE;
    }
    if (!gst_kakao_ocr_box_is_valid (box))
      return FALSE;
  }
  return TRUE;
}
