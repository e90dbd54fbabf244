/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/regions.h"

#include <math.h>

#include "geometry/quad.h"

/* In heights of the text, between words of a line: those of a result are at
 * most 1.5 apart. Further apart are only what motion took different ways, and
 * words between which others are not drawn. */
#define MAX_GAP 2.5

/* Beyond any frame, and far inside of what cairo's fixed point can hold. */
#define MAX_COORDINATE 1e6

/* Four times what the service gives for a picture. Placing labels takes the
 * square of it: some 20 ms for this many. */
#define MAX_REGIONS 400

/* The regions of a line that are to be seen, in reading direction. */
static void
gather_line (const GstKakaoOcrMeta *meta, guint line, const gboolean *matching,
    GArray *regions)
{
  guint first = regions->len, n_members, i, j;
  const guint *members = gst_kakao_ocr_result_get_line_regions (meta->result,
      line,
      &n_members);

  for (i = 0; i < n_members && regions->len < MAX_REGIONS; i++) {
    KocrOverlayRegion region = {.starts_line = regions->len == first };

    if ((matching && !matching[members[i]])
        || !gst_kakao_ocr_meta_get_box (meta, members[i], region.box))
      continue;
    for (j = 0; j < GST_KAKAO_OCR_BOX_LEN; j++)
      region.box[j] = CLAMP (region.box[j], -MAX_COORDINATE, MAX_COORDINATE);
    region.track = gst_kakao_ocr_meta_get_track (meta, members[i]);
    region.text = gst_kakao_ocr_result_get_region (meta->result,
        members[i])->text;
    g_array_append_val (regions, region);
  }
}

void
kocr_overlay_regions_gather (GstBuffer * buffer, KocrTextPattern * pattern,
    GArray * regions, GPtrArray * results)
{
  GstMeta *each;
  gpointer state = NULL;

  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) each;
    const gboolean *matching
        = pattern ? kocr_text_pattern_match (pattern, meta->result) : NULL;
    guint i, n_lines = gst_kakao_ocr_result_get_n_lines (meta->result);

    g_ptr_array_add (results, gst_kakao_ocr_result_ref (meta->result));
    for (i = 0; i < n_lines; i++)
      gather_line (meta, i, matching, regions);
  }
}

gboolean
kocr_overlay_regions_equal (GArray * a, GArray * b)
{
  guint i, j;

  if (a->len != b->len)
    return FALSE;
  for (i = 0; i < a->len; i++) {
    const KocrOverlayRegion *p = &g_array_index (a, KocrOverlayRegion, i);
    const KocrOverlayRegion *q = &g_array_index (b, KocrOverlayRegion, i);

    if (p->text != q->text || p->track != q->track ||
        p->starts_line != q->starts_line)
      return FALSE;
    for (j = 0; j < GST_KAKAO_OCR_BOX_LEN; j++) {
      if (p->box[j] != q->box[j])
        return FALSE;
    }
  }
  return TRUE;
}

/* From the right edge of @p to the left one of @q. */
static gdouble
measure_gap (const gdouble *p, const gdouble *q)
{
  return hypot (q[0] + q[6] - p[2] - p[4], q[1] + q[7] - p[3] - p[5]) / 2.0;
}

/* Whether @b is still beside @a: at its right, or where words are read from right
 * to left, at its left. */
static gboolean
is_next (const KocrOverlayRegion * a, const KocrOverlayRegion * b)
{
  gdouble right[2], down[2];

  kocr_quad_get_sides (a->box, right, down);
  return MIN (measure_gap (a->box, b->box), measure_gap (b->box, a->box))
         <= MAX_GAP * MAX (1.0, hypot (down[0], down[1]));
}

/* That of its longest words. */
static gdouble
get_line_angle (const KocrOverlayRegion * regions, guint n_regions)
{
  gdouble x = 0.0, y = 0.0;
  guint i;

  for (i = 0; i < n_regions; i++) {
    gdouble right[2], down[2], weight;
    gdouble angle = kocr_quad_get_angle (regions[i].box);

    kocr_quad_get_sides (regions[i].box, right, down);
    weight = MAX (right[0] * cos (angle) + right[1] * sin (angle), 1e-3);
    x += cos (angle) * weight;
    y += sin (angle) * weight;
  }
  return atan2 (y, x);
}

void
kocr_overlay_regions_to_lines (const GArray * regions, GArray * lines)
{
  const KocrOverlayRegion *all = (const KocrOverlayRegion *) regions->data;
  guint i, first = 0;

  for (i = 1; i <= regions->len; i++) {
    if (i == regions->len || all[i].starts_line ||
        !is_next (&all[i - 1], &all[i])) {
      KocrOverlayLine line = { first, i - first,
        get_line_angle (all + first, i - first)
      };

      g_array_append_val (lines, line);
      first = i;
    }
  }
}
