/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/lineneighbors.h"

#include <math.h>
#include <string.h>

#include "geometry/orientedbox.h"
#include "geometry/quad.h"

/* All in heights of the line. Rows of one text are at most two lines apart, and
 * the last of them may be short: what is below begins or ends near it. */
#define MAX_ROW_SHIFT 0.6
#define MAX_GAP 20.0
#define MAX_ROW_DISTANCE 2.5
#define MAX_INDENT 2.0

/* Text that is continued has its size. */
#define MAX_SIZE_RATIO 2.0

/* Comparing all with all takes 10 ms. Of more, each goes on in the next one in
 * reading order. */
#define MAX_LINES 512

typedef struct
{
  gdouble angle;
  KocrOrientedBox box;
  gdouble corners[8];
} Line;

static void
line_init (Line * line, GstKakaoOcrResult * result, guint i)
{
  guint n, j;
  const guint *regions = gst_kakao_ocr_result_get_line_regions (result, i, &n);
  g_autofree gdouble *points = g_new (gdouble, GST_KAKAO_OCR_BOX_LEN * n);

  for (j = 0; j < n; j++)
    memcpy (&points[GST_KAKAO_OCR_BOX_LEN * j],
        gst_kakao_ocr_result_get_region (result, regions[j])->box,
        GST_KAKAO_OCR_BOX_LEN * sizeof (*points));
  line->angle = kocr_quad_get_angle (points);
  kocr_oriented_box_init (&line->box, line->angle, points, 4 * n);
  kocr_oriented_box_get_corners (&line->box, line->corners);
}

/* How far from @a, in its heights, @b is: to the right of it or below. Infinite
 * when it is not. */
static void
measure (const Line * a, const Line * b, gdouble * right, gdouble * below)
{
  gdouble height = MAX (a->box.height, 1.0), ratio, shift, gap, indent;
  KocrOrientedBox box;

  *right = *below = G_MAXDOUBLE;
  kocr_oriented_box_init (&box, a->angle, b->corners, 4);
  ratio = MAX (b->box.height, 1.0) / height;
  if (ratio > MAX_SIZE_RATIO || ratio < 1.0 / MAX_SIZE_RATIO)
    return;

  shift = (box.top + box.height / 2.0 - a->box.top - a->box.height / 2.0) /
      height;
  gap = (box.left - a->box.left - a->box.width) / height;
  indent = MAX (gap, (a->box.left - box.left - box.width) / height);
  if (fabs (shift) <= MAX_ROW_SHIFT) {
    if (gap > -1.0 && gap <= MAX_GAP)
      *right = gap;
  } else if (shift > 0.0 && shift <= MAX_ROW_DISTANCE && indent <= MAX_INDENT) {
    *below = shift + MAX (indent, 0.0);
  }
}

KocrLineNeighbors *
kocr_line_neighbors_find (GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_lines (result), i, j;
  KocrLineNeighbors *neighbors = g_new (KocrLineNeighbors, n);
  g_autofree Line *lines = NULL;

  for (i = 0; i < n; i++) {
    neighbors[i].right = KOCR_LINE_NEIGHBORS_NONE;
    neighbors[i].below = i + 1 < n ? i + 1 : KOCR_LINE_NEIGHBORS_NONE;
  }
  if (n > MAX_LINES)
    return neighbors;

  lines = g_new (Line, n);
  for (i = 0; i < n; i++)
    line_init (&lines[i], result, i);
  for (i = 0; i < n; i++) {
    gdouble nearest_right = G_MAXDOUBLE, nearest_below = G_MAXDOUBLE;

    neighbors[i].below = KOCR_LINE_NEIGHBORS_NONE;
    for (j = 0; j < n; j++) {
      gdouble right = G_MAXDOUBLE, below = G_MAXDOUBLE;

      if (j != i)
        measure (&lines[i], &lines[j], &right, &below);
      if (right < nearest_right) {
        nearest_right = right;
        neighbors[i].right = j;
      }
      if (below < nearest_below) {
        nearest_below = below;
        neighbors[i].below = j;
      }
    }
  }
  return neighbors;
}
