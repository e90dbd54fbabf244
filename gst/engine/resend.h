/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Resend: what the service refuses in one shape goes in another: with fewer
 * bytes, with half the pixels on a side, in the other image format, or in
 * tiles.
 */
#pragma once

#include "tiling.h"

typedef enum
{
  KOCR_RESEND_NOT,              /* it stays as it is: a result or a failure */
  KOCR_RESEND_WHOLE,
  KOCR_RESEND_TILES
} KocrResend;

/* What to do about @request as the client settled it. @settings: (out): how
 * the whole picture is encoded again. Counts the resend. */
KocrResend kocr_resend_plan (KocrRequest * request,
    KocrPictureSettings * settings);

/* Encodes the picture of @request, which kept its source, as its settings say
 * or, if it is tiled, in tiles. @parts: (out) (transfer full): what is to be
 * sent, the request itself or its tiles. Returns how many; 0: it cannot be
 * encoded so, and stays as it is. */
guint kocr_resend_encode (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES]);

/* Takes over what @request, if it was answered in another shape, has shown. */
void kocr_shape_limits_learn (KocrShapeLimits * self,
    const KocrRequest * request);
void kocr_shape_limits_apply (const KocrShapeLimits * self,
    KocrPictureSettings * settings);
