/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Region: one piece of recognised text.
 */
#pragma once

#include <gst/gst.h>
#include <gst/kakaoocr/kakaoocr-prelude.h>

G_BEGIN_DECLS

/**
 * GST_KAKAO_OCR_BOX_LEN:
 *
 * How many numbers a box has: x and y of its four corners.
 *
 * Since: 0.1
 */
#define GST_KAKAO_OCR_BOX_LEN 8

/**
 * GST_KAKAO_OCR_MAX_COORDINATE:
 *
 * How far a corner of a box may be from the origin, in pixels either way: as
 * far as a frame can be large.
 *
 * Since: 0.1
 */
#define GST_KAKAO_OCR_MAX_COORDINATE 2147483648.0

#define GST_TYPE_KAKAO_OCR_REGION (gst_kakao_ocr_region_get_type ())

typedef struct _GstKakaoOcrRegion GstKakaoOcrRegion;

/**
 * GstKakaoOcrRegion:
 * @text: the text of the region, UTF-8; its words joined as the service
 *   joins them. It comes from a picture: escape it before it goes anywhere
 *   that gives characters a meaning
 * @words: (array zero-terminated=1): the words as the service gave them,
 *   never %NULL in a region of a result
 * @box: (array fixed-size=8): the corners x0, y0 … x3, y3 in pixels of the
 *   frame: top left, top right, bottom right and bottom left *of the text*, so
 *   that rotated text has a rotated box. x grows to the right, y down, and a
 *   pixel covers [x, x + 1). A corner may lie outside the frame
 * @page: the page, from 1; 0 when unknown
 * @track: the text track that the region belongs to, from 1; 0 when unknown.
 *   On a buffer ask gst_kakao_ocr_meta_get_track()
 *
 * One piece of recognised text: a word or a few that stand together.
 *
 * Since: 0.1
 */
struct _GstKakaoOcrRegion
{
  gchar *text;
  gchar **words;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  guint page;
  guint64 track;
};

GST_KAKAO_OCR_API
GType gst_kakao_ocr_region_get_type (void);

/**
 * gst_kakao_ocr_region_new:
 * @text: the text, UTF-8
 * @words: (array zero-terminated=1) (nullable): the words, %NULL for none
 * @box: (array fixed-size=8): x and y of the four corners
 * @page: the page, from 1; 0 when unknown
 * @track: the text track, from 1; 0 when unknown
 *
 * Makes a region for gst_kakao_ocr_result_new(), which checks what it holds, in
 * languages that cannot fill the fields of #GstKakaoOcrRegion.
 *
 * Returns: (transfer full): a new region
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrRegion *gst_kakao_ocr_region_new (const gchar * text,
    const gchar * const *words, const gdouble * box, guint page,
    guint64 track);

/**
 * gst_kakao_ocr_region_copy:
 * @region: a region
 *
 * Returns: (transfer full): a copy of @region
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrRegion *gst_kakao_ocr_region_copy (const GstKakaoOcrRegion * region);

/**
 * gst_kakao_ocr_region_free:
 * @region: (transfer full): a region that gst_kakao_ocr_region_copy() made
 *
 * Frees @region and what it holds.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_region_free (GstKakaoOcrRegion * region);

/**
 * gst_kakao_ocr_region_to_structure:
 * @region: a region
 *
 * The fields of @region by their names, as the bus message `kakaoocr-result`
 * has them: `text` (string), `box` (#GstValueArray of 8 doubles), `page` (uint)
 * and `track` (uint64), unknown ones as in @region.
 *
 * Returns: (transfer full): a structure named `region`
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstStructure *gst_kakao_ocr_region_to_structure (
    const GstKakaoOcrRegion *region);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstKakaoOcrRegion, gst_kakao_ocr_region_free)

G_END_DECLS
