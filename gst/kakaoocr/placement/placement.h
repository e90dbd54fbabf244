/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Placement: where a result lies in a frame after what happened to it.
 */
#pragma once

#include "geometry/homography.h"
#include "result.h"

/* Where a result's regions are on one frame, as far as that differs from the
 * result: shared by reference between a buffer and its copies, and never
 * changed once it is on a buffer; a setter puts a new one in its place. */
typedef struct
{
  gdouble box[GST_KAKAO_OCR_BOX_LEN];   /* pixels of the mapped frame */
  guint64 track;                /* 0 = unknown */
  gboolean lost;                /* no longer to be seen; box is the last one */
} KocrPlace;

typedef struct
{
  guint n_places;               /* as many as the result has regions */
  KocrPlace places[];
} KocrPlacement;

/* A copy of @from, or without it what @result itself says. */
KocrPlacement *kocr_placement_new (
    const GstKakaoOcrResult *result, const KocrPlacement *from);
KocrPlacement *kocr_placement_ref (KocrPlacement *placement);
void kocr_placement_unref (KocrPlacement * placement);

/* Takes each corner along. FALSE when one has no place after it; @placement is
 * then spoilt. */
gboolean kocr_placement_transform (KocrPlacement * placement,
    const KocrHomography * homography);

/* Marks as lost what lies wholly outside of @rectangle. */
void kocr_placement_lose_outside (KocrPlacement * placement,
    const GstVideoRectangle * rectangle);
