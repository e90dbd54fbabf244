/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lines.h"

gchar **
gst_kakao_ocr_lines_read (const GstKakaoOcrRegion *regions, guint n_regions)
{
  gchar **lines = g_new0 (gchar *, n_regions + 1);
  guint i;

  for (i = 0; i < n_regions; i++)
    lines[i] = g_strdup (regions[i].text);
  return lines;
}
