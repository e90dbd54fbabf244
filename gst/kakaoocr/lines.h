/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "result.h"

/* Which regions of a result stand together on a line: its regions in reading
 * order, and for each line where its regions end among them. */
typedef struct
{
  guint n_lines;
  guint *ends;
  guint *regions;
} GstKakaoOcrLines;

/* The lines of @regions, in reading order. Of more than 2,048 regions each is a
 * line of its own, as they came. Pure. */
GstKakaoOcrLines *gst_kakao_ocr_lines_new (const GstKakaoOcrRegion * regions,
    guint n_regions);
void gst_kakao_ocr_lines_free (GstKakaoOcrLines * lines);

/* The regions of line @i. */
const guint *gst_kakao_ocr_lines_get (const GstKakaoOcrLines * lines, guint i,
    guint * n_regions);

/* Their texts, joined by spaces. */
gchar *gst_kakao_ocr_lines_get_text (const GstKakaoOcrLines * lines, guint i,
    const GstKakaoOcrRegion * regions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstKakaoOcrLines, gst_kakao_ocr_lines_free)
