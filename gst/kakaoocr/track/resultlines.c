/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/resultlines.h"

#include "track/linetrack.h"

/* More lines than a page has; the work of a tracker goes with the square of
 * it. */
#define MAX_LINES 512

static void
line_clear (KocrLine * line)
{
  g_free (line->chars);
}

static void
line_init (KocrLine * line, GstKakaoOcrResult * result, guint i,
    const gchar * text)
{
  guint j, n_regions;
  const guint *numbers =
      gst_kakao_ocr_result_get_line_regions (result, i, &n_regions);
  glong n_chars;

  kocr_line_box_init (&line->box,
      gst_kakao_ocr_result_get_region (result, numbers[0])->box,
      gst_kakao_ocr_result_get_region (result, numbers[n_regions - 1])->box);
  line->chars = g_utf8_to_ucs4_fast (text, -1, &n_chars);
  line->n_chars = n_chars;
  line->given = line->track = 0;
  for (j = 0; j < n_regions && line->given == 0; j++)
    line->given = gst_kakao_ocr_result_get_region (result, numbers[j])->track;
}

GArray *
kocr_result_lines_read (GstKakaoOcrResult * result)
{
  guint i, n = MIN (gst_kakao_ocr_result_get_n_lines (result), MAX_LINES);
  GArray *lines = g_array_sized_new (FALSE, FALSE, sizeof (KocrLine), n);
  g_auto (GStrv) texts = gst_kakao_ocr_result_get_lines (result);

  g_array_set_clear_func (lines, (GDestroyNotify) line_clear);
  g_array_set_size (lines, n);
  for (i = 0; i < n; i++)
    line_init (&g_array_index (lines, KocrLine, i), result, i, texts[i]);
  return lines;
}

GstKakaoOcrResult *
kocr_result_lines_apply (GstKakaoOcrResult * result, GArray * lines)
{
  guint i, j, n = gst_kakao_ocr_result_get_n_regions (result);
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  gboolean changed = FALSE;

  for (i = 0; i < n; i++)
    regions[i] = *gst_kakao_ocr_result_get_region (result, i);
  for (i = 0; i < lines->len; i++) {
    guint64 track = g_array_index (lines, KocrLine, i).track;
    guint n_regions;
    const guint *numbers =
        gst_kakao_ocr_result_get_line_regions (result, i, &n_regions);

    for (j = 0; j < n_regions; j++) {
      if (regions[numbers[j]].track == 0) {
        regions[numbers[j]].track = track;
        changed = TRUE;
      }
    }
  }
  if (!changed)
    return gst_kakao_ocr_result_ref (result);
  return gst_kakao_ocr_result_copy_with (result, regions, n);
}
