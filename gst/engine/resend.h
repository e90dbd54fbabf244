/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Resend: what the service refuses in one shape goes in another: with fewer
 * bytes, with half the pixels on a side, in the other image format, or in
 * tiles.  Pure; the engine carries it out.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

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

/* Takes over what @request, if it was answered in another shape, has shown. */
void kocr_shape_limits_learn (KocrShapeLimits * self,
    const KocrRequest * request);
void kocr_shape_limits_apply (const KocrShapeLimits * self,
    KocrPictureSettings * settings);

G_END_DECLS
