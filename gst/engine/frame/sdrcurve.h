/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * SDR curve: the brightness of HDR pictures as services of today expect it.
 *
 * PQ (BT.2100) keeps a fifth of its levels for what is between half and full
 * brightness of paper, where SDR has half of them: text on a bright ground has
 * a third of its contrast.  Levels up to the reference white of BT.2408, 203
 * cd/m2 and 75 % of HLG, take most of the range and highlights the rest.  Luma
 * alone is changed: colours become paler, which nothing here depends on.
 */
#pragma once

#include <gst/video/video.h>

/* Whether pixels of @colorimetry need it. */
gboolean kocr_sdr_curve_is_needed (const GstVideoColorimetry *colorimetry);

/* Changes @frame, of a direct format, and what its colorimetry says. */
void kocr_sdr_curve_apply (GstVideoFrame *frame);
