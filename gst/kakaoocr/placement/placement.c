/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "placement/placement.h"

#include <string.h>

#include "region-private.h"
#include "geometry/polygon.h"

KocrPlacement *
kocr_placement_new (const GstKakaoOcrResult * result,
    const KocrPlacement * from)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  KocrPlacement *placement =
      g_atomic_rc_box_alloc (sizeof (KocrPlacement) +
      n * sizeof (KocrPlace));
  guint i;

  placement->n_places = n;
  if (from) {
    memcpy (placement->places, from->places, n * sizeof (KocrPlace));
    return placement;
  }
  for (i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region =
        gst_kakao_ocr_result_get_region (result, i);
    KocrPlace *place = &placement->places[i];

    memcpy (place->box, region->box, sizeof (place->box));
    place->track = region->track;
    place->lost = FALSE;
  }
  return placement;
}

KocrPlacement *
kocr_placement_ref (KocrPlacement * placement)
{
  return g_atomic_rc_box_acquire (placement);
}

void
kocr_placement_unref (KocrPlacement * placement)
{
  g_atomic_rc_box_release (placement);
}

gboolean
kocr_placement_transform (KocrPlacement * placement,
    const KocrHomography * homography)
{
  guint i;

  for (i = 0; i < placement->n_places; i++) {
    gdouble *box = placement->places[i].box;

    if (!kocr_homography_apply (homography, box,
            GST_KAKAO_OCR_BOX_LEN / 2) || !kocr_box_is_valid (box))
      return FALSE;
  }
  return TRUE;
}

static gboolean
box_touches (const gdouble box[GST_KAKAO_OCR_BOX_LEN],
    const GstVideoRectangle * r)
{
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (box, 4, &left, &top, &right, &bottom);
  return left < (gdouble) r->x + r->w && right > r->x &&
      top < (gdouble) r->y + r->h && bottom > r->y;
}

void
kocr_placement_lose_outside (KocrPlacement * placement,
    const GstVideoRectangle * rectangle)
{
  guint i;

  for (i = 0; i < placement->n_places; i++) {
    if (!box_touches (placement->places[i].box, rectangle))
      placement->places[i].lost = TRUE;
  }
}
