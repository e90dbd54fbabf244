/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Overlay regions: the regions to be drawn on a frame, from the metas of its
 * buffer, and which of them stand on one line.
 */
#pragma once

#include "mask/textpattern.h"

typedef struct
{
  gdouble box[GST_KAKAO_OCR_BOX_LEN];   /* pixels of the visible frame */
  guint64 track;                /* 0 = unknown */
  const gchar *text;            /* of the result, which must be kept */
  gboolean starts_line;         /* first of a line of its result */
} KocrOverlayRegion;

/* Neighbours in an array of regions that stand on one line of text. */
typedef struct
{
  guint first;
  guint n_regions;
  gdouble angle;                /* of the text, in radians, within ±π */
} KocrOverlayLine;

/* Appends the regions that are to be seen, of all OCR metas of @buffer and up
 * to some hundred, to @regions (of KocrOverlayRegion), line by line; with
 * @pattern (nullable) only those that it means. Adds a reference to each result
 * to
 * @results (a GPtrArray that frees with gst_kakao_ocr_result_unref). */
void kocr_overlay_regions_gather (GstBuffer * buffer, KocrTextPattern * pattern,
    GArray * regions, GPtrArray * results);

/* Whether two arrays hold the same texts at the same places. */
gboolean kocr_overlay_regions_equal (GArray * a, GArray * b);

/* Appends what lines @regions form to @lines (of KocrOverlayLine): those of
 * their results, as far as their words still stand together. */
void kocr_overlay_regions_to_lines (const GArray * regions, GArray * lines);
