/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result: the regions that were read in one picture, immutable and shared.
 */
#pragma once

#include <gst/kakaoocr/region.h>
#include <gst/kakaoocr/textedge.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#define GST_TYPE_KAKAO_OCR_RESULT (gst_kakao_ocr_result_get_type ())
#define GST_KAKAO_OCR_RESULT(obj) ((GstKakaoOcrResult *) (obj))

typedef struct _GstKakaoOcrResult GstKakaoOcrResult;

/**
 * GstKakaoOcrResult:
 *
 * What was recognised in one frame. Immutable from its birth and counted by
 * reference: any thread may read it without a lock. Its regions keep the order
 * in which the service gave them; gst_kakao_ocr_result_get_lines() puts them
 * in reading order.
 *
 * It is a #GstMiniObject inside, so that `GST_TRACERS=leaks` sees it.
 *
 * Since: 0.1
 */

GST_KAKAO_OCR_API
GType gst_kakao_ocr_result_get_type (void);

/**
 * gst_kakao_ocr_result_new:
 * @pts: the time stamp of the frame that was recognised, or
 *   %GST_CLOCK_TIME_NONE
 * @width: the width of that frame in pixels, at least 1
 * @height: its height, at least 1
 * @regions: (array length=n_regions) (nullable): the regions, in pixels of
 *   that frame. Texts must be valid UTF-8 and corners no further than
 *   %GST_KAKAO_OCR_MAX_COORDINATE from the origin, else nothing is made; @words
 *   may be %NULL for none
 * @n_regions: how many
 * @truncated: whether the frame may hold more text than the service told of
 * @latency: from the moment that the frame was taken to the moment that its
 *   result was there, or %GST_CLOCK_TIME_NONE
 *
 * Makes a result. Everything is copied.
 *
 * Returns: (transfer full) (nullable): a new result; %NULL, with a critical
 *   warning, when an argument breaks the rules above
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_new (GstClockTime pts, gint width,
    gint height, const GstKakaoOcrRegion * regions, guint n_regions,
    gboolean truncated, GstClockTime latency);

/**
 * gst_kakao_ocr_result_ref:
 * @result: a result
 *
 * Returns: (transfer full): @result with one more reference
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_ref (GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_unref:
 * @result: (transfer full): a result
 *
 * Gives a reference back; the last one frees the result.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_unref (GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_copy:
 * @result: a result
 *
 * Returns: (transfer full): one that tells the same and that nobody else has a
 *   reference to, for what sets
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_copy (const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_copy_with:
 * @result: a result
 * @regions: (array length=n_regions) (nullable): the regions instead of its
 *   own, by the rules of gst_kakao_ocr_result_new()
 * @n_regions: how many
 *
 * Copies all else that @result tells of the frame.
 *
 * Returns: (transfer full) (nullable): a new result; %NULL, with a critical
 *   warning, when a region breaks the rules
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_copy_with (
    const GstKakaoOcrResult *result, const GstKakaoOcrRegion *regions,
    guint n_regions);

/**
 * gst_kakao_ocr_result_crop:
 * @result: a result
 * @x: the left edge of a part of its frame in pixels
 * @y: the upper edge
 * @width: the width, at least 1
 * @height: the height, at least 1
 *
 * Copies @result as one of a frame that is that part: boxes count from its
 * corner, also those outside of it, and what was not read ends at its edges.
 *
 * Returns: (transfer full): a new result
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_crop (
    const GstKakaoOcrResult *result, gint x, gint y, gint width, gint height);

/**
 * gst_kakao_ocr_result_set_times:
 * @result: a result that nobody else has a reference to yet
 * @pts: the time stamp of the frame, or %GST_CLOCK_TIME_NONE
 * @latency: how long recognition took in nanoseconds, or
 *   %GST_CLOCK_TIME_NONE
 *
 * Says when @result was, where a frame shows what another one did.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_set_times (GstKakaoOcrResult * result,
    GstClockTime pts, GstClockTime latency);

/**
 * gst_kakao_ocr_result_get_pts:
 * @result: a result
 *
 * Returns: the time stamp of the frame that was recognised, in nanoseconds,
 *   or %GST_CLOCK_TIME_NONE. Not that of a later frame that carries the result
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstClockTime gst_kakao_ocr_result_get_pts (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_width:
 * @result: a result
 *
 * Returns: the width of the frame in pixels, in which the boxes are measured
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gint gst_kakao_ocr_result_get_width (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_height:
 * @result: a result
 *
 * Returns: the height of the frame in pixels, in which the boxes are measured
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gint gst_kakao_ocr_result_get_height (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_truncated:
 * @result: a result
 *
 * Returns: whether the frame may hold more text than the result tells of,
 *   since the service stops at a number of regions
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_result_get_truncated (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_producer:
 * @result: a result
 *
 * Returns: (transfer none) (nullable): the name of the element that recognised
 *   it; %NULL when unknown
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
const gchar *gst_kakao_ocr_result_get_producer (
    const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_set_producer:
 * @result: a result that nobody else has a reference to yet
 * @producer: (nullable): the name of the element that recognised it
 *
 * Says whose @result is.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_set_producer (GstKakaoOcrResult * result,
    const gchar * producer);

/**
 * gst_kakao_ocr_result_get_orientation:
 * @result: a result
 *
 * Returns: how the frame is turned where it is shown, and was to be read.
 *   Sizes and boxes are those of the frame as it is
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstVideoOrientationMethod gst_kakao_ocr_result_get_orientation (
    const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_set_orientation:
 * @result: a result that nobody else has a reference to yet
 * @orientation: how its frame is turned where it is shown, one of the eight
 *   ways to turn or mirror it
 *
 * Says how the frame of @result is shown.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_set_orientation (
    GstKakaoOcrResult *result, GstVideoOrientationMethod orientation);

/**
 * gst_kakao_ocr_result_turn:
 * @result: a result
 *
 * What @result tells, in the frame as it is shown: turned and mirrored by
 * gst_kakao_ocr_result_get_orientation().
 *
 * Returns: (transfer full): a result whose frame is shown as it is
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_turn (const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_of_producer:
 * @result: (transfer full): a result
 * @producer: (nullable): the name of the element that recognised it
 *
 * Returns: (transfer full): @result, or a copy if others have it too, that says
 *   whose it is
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_of_producer (
    GstKakaoOcrResult *result, const gchar *producer);

/**
 * gst_kakao_ocr_result_get_regions_dropped:
 * @result: a result
 *
 * Returns: how many regions the service told of that are not among those of
 *   @result, since nobody can tell where they are or what they say: their
 *   corners cross, or they have no word. Text may stand there all the same
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_result_get_regions_dropped (
    const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_set_regions_dropped:
 * @result: a result that nobody else has a reference to yet
 * @n: how many regions were left out
 *
 * Sets what gst_kakao_ocr_result_get_regions_dropped() tells.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_set_regions_dropped (GstKakaoOcrResult * result,
    guint n);

/**
 * gst_kakao_ocr_result_get_n_unread:
 * @result: a result
 *
 * Returns: how many rectangles of the frame were not read, or not at their full
 *   size: of what stands there @result does not tell
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_result_get_n_unread (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_unread:
 * @result: a result
 * @i: which, less than gst_kakao_ocr_result_get_n_unread()
 * @x: (out): the left edge in pixels of the frame that was recognised
 * @y: (out): the upper edge
 * @width: (out): the width
 * @height: (out): the height
 *
 * Gets a rectangle of the frame that was not read. They may overlap.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_get_unread (const GstKakaoOcrResult * result,
    guint i, gint * x, gint * y, gint * width, gint * height);

/**
 * gst_kakao_ocr_result_add_unread:
 * @result: a result that nobody else has a reference to yet
 * @x: the left edge in pixels of the frame that was recognised
 * @y: the upper edge
 * @width: the width
 * @height: the height
 *
 * Adds a rectangle to those of gst_kakao_ocr_result_get_unread(); one without
 * an area is none.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_add_unread (GstKakaoOcrResult * result, gint x,
    gint y, gint width, gint height);

/**
 * gst_kakao_ocr_result_get_n_edges:
 * @result: a result
 *
 * Returns: of how many texts it is known when they came, went or changed between
 *   the result before this one and this one, or that they did not
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_result_get_n_edges (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_edge:
 * @result: a result
 * @i: which, less than gst_kakao_ocr_result_get_n_edges()
 * @track: (out): the track of the text
 * @pts: (out): the time stamp of the first frame that showed of it what this
 *   result shows; %GST_CLOCK_TIME_NONE where there is none
 *
 * Gets what became of a text, for gst_kakao_ocr_text_tracker_tell_edge().
 *
 * Returns: what
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
GstKakaoOcrTextEdge gst_kakao_ocr_result_get_edge (
    const GstKakaoOcrResult *result, guint i, guint64 *track,
    GstClockTime *pts);

/**
 * gst_kakao_ocr_result_add_edge:
 * @result: a result that nobody else has a reference to yet
 * @track: the track of a text
 * @edge: what became of it
 * @pts: when; of what has no time %GST_CLOCK_TIME_NONE
 *
 * Adds to what gst_kakao_ocr_result_get_edge() tells.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_result_add_edge (GstKakaoOcrResult *result, guint64 track,
    GstKakaoOcrTextEdge edge, GstClockTime pts);

/**
 * gst_kakao_ocr_result_get_latency:
 * @result: a result
 *
 * Returns: how long recognition took, in nanoseconds, or
 *   %GST_CLOCK_TIME_NONE
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstClockTime gst_kakao_ocr_result_get_latency (const GstKakaoOcrResult *result);

/**
 * gst_kakao_ocr_result_get_n_regions:
 * @result: a result
 *
 * Returns: the number of regions; 0 when the frame shows no text
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_result_get_n_regions (const GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_region:
 * @result: a result
 * @i: which, less than gst_kakao_ocr_result_get_n_regions()
 *
 * Returns: (transfer none): the region, valid as long as @result
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
const GstKakaoOcrRegion *gst_kakao_ocr_result_get_region (
    const GstKakaoOcrResult *result, guint i);

/**
 * gst_kakao_ocr_result_get_lines:
 * @result: a result
 *
 * The text as a person would read it. Regions that stand beside one another on
 * one baseline, whatever its tilt, become a line, joined by spaces; a gap of
 * more than one and a half times the text's height begins another column.
 * Columns are read one after the other, lines from top to bottom.
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gchar **gst_kakao_ocr_result_get_lines (GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_n_lines:
 * @result: a result
 *
 * Returns: the number of lines of gst_kakao_ocr_result_get_lines()
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_result_get_n_lines (GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_get_line_regions:
 * @result: a result
 * @i: which line, less than gst_kakao_ocr_result_get_n_lines()
 * @n_regions: (out): how many regions the line has, at least 1
 *
 * Which regions stand together on a line of gst_kakao_ocr_result_get_lines().
 * Each region is on one line. Worked out once a result.
 *
 * Returns: (transfer none) (array length=n_regions): the numbers of the regions
 *   in reading direction, valid as long as @result
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
const guint *gst_kakao_ocr_result_get_line_regions (GstKakaoOcrResult * result,
    guint i, guint * n_regions);

/**
 * gst_kakao_ocr_result_get_text:
 * @result: a result
 *
 * Returns: (transfer none): the lines of gst_kakao_ocr_result_get_lines()
 *   joined by newlines; "" when there is no text. Worked out once a result
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
const gchar *gst_kakao_ocr_result_get_text (GstKakaoOcrResult * result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstKakaoOcrResult, gst_kakao_ocr_result_unref)

G_END_DECLS
