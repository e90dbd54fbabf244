/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "linetrack.h"

#define GST_KAKAO_OCR_NO_MATCH G_MAXUINT

/* Which of @lines shows which of @tracks: for each line the number of its
 * track, or GST_KAKAO_OCR_NO_MATCH, into @matches. Pure. */
void gst_kakao_ocr_lines_match (const GstKakaoOcrLine * lines, guint n_lines,
    GstKakaoOcrLineTrack * const *tracks, guint n_tracks,
    const GstKakaoOcrSample * sample, guint * matches);
