/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Lines: regions that stand together on a line, at any tilt.
 */
#pragma once

#include "result.h"

/* Which regions of a result stand together on a line: its regions in reading
 * order, and for each line where its regions end among them. */
typedef struct
{
  guint n_lines;
  guint *ends;
  guint *regions;
} KocrLines;

/* The lines of @regions, in reading order. Of more than 2,048 regions each is a
 * line of its own, as they came. Pure. */
KocrLines *kocr_lines_new (const GstKakaoOcrRegion * regions,
    guint n_regions);
void kocr_lines_free (KocrLines * lines);

/* The regions of line @i. */
const guint *kocr_lines_get (const KocrLines * lines, guint i,
    guint * n_regions);

/* Their texts, joined by spaces. */
gchar *kocr_lines_get_text (const KocrLines * lines, guint i,
    const GstKakaoOcrRegion * regions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrLines, kocr_lines_free)
