/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Meta: a result on a buffer, at its place in the frame.
 */
#pragma once

#include <gst/kakaoocr/result.h>

G_BEGIN_DECLS

#define GST_KAKAO_OCR_META_API_TYPE (gst_kakao_ocr_meta_api_get_type ())
#define GST_KAKAO_OCR_META_INFO (gst_kakao_ocr_meta_get_info ())

typedef struct _GstKakaoOcrMeta GstKakaoOcrMeta;

/**
 * GstKakaoOcrMeta:
 * @meta: the parent
 * @result: what was recognised, shared with other buffers and never changed.
 *   Its boxes are those of the frame that was sent to the service; where the
 *   regions are in this buffer's frame tells gst_kakao_ocr_meta_get_box()
 *
 * A result on a buffer.
 *
 * The result may stem from another frame, mostly an earlier one (its PTS tells; a
 * later one read what has come by this one already), and frames may have been
 * scaled since. What differs from the result on this buffer (boxes
 * that moved, regions that were lost, text tracks, the size of the frame) is
 * kept beside it and never written into it.
 *
 * In another process each buffer has a result of its own, that of
 * gst_kakao_ocr_meta_dup_result(), without regions that were lost.
 *
 * The meta follows a copy of the whole buffer, and scaling where it is certain
 * that the picture fills the new frame. It is dropped by everything that moves
 * the picture without saying how: absent, never wrong.
 *
 * Everything here reads without a lock and may be called from any thread that
 * holds a reference to the buffer; what sets needs the buffer to be writable.
 *
 * Since: 0.1
 */
struct _GstKakaoOcrMeta
{
  GstMeta meta;

  GstKakaoOcrResult *result;

  /*< private >*/
  GstBuffer *buffer;            /* that holds this meta; outlives it */
  gpointer placement;           /* what differs from result, or NULL */
  gint width;                   /* of the mapped frame, before any crop meta */
  gint height;
  guint producer;
  GstClockTime last_seen;
};

GST_KAKAO_OCR_API
GType gst_kakao_ocr_meta_api_get_type (void);

/**
 * gst_kakao_ocr_meta_get_info: (skip)
 *
 * Returns: how the meta is registered. A process that takes buffers from
 *   another one (GStreamer ≥ 1.24) must have called this once
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
const GstMetaInfo *gst_kakao_ocr_meta_get_info (void);

/**
 * gst_buffer_add_kakao_ocr_meta:
 * @buffer: a writable buffer
 * @result: what was recognised in its frame or in an earlier one of the same
 *   size; gets a reference
 *
 * Puts @result on @buffer. Costs the same for any number of regions.
 *
 * Returns: (transfer none): the new meta, which belongs to @buffer
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrMeta *gst_buffer_add_kakao_ocr_meta (GstBuffer * buffer,
    GstKakaoOcrResult * result);

/**
 * gst_buffer_get_kakao_ocr_meta:
 * @buffer: a buffer
 *
 * Returns: (transfer none) (nullable): the first meta on @buffer. Where several
 *   elements recognise text it may have more, to be had by
 *   gst_buffer_iterate_meta_filtered()
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrMeta *gst_buffer_get_kakao_ocr_meta (GstBuffer * buffer);

/**
 * gst_buffer_get_kakao_ocr_meta_by_producer:
 * @buffer: a buffer
 * @producer: an id of gst_kakao_ocr_meta_new_producer()
 *
 * Returns: (transfer none) (nullable): the first meta that @producer put on
 *   @buffer
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrMeta *gst_buffer_get_kakao_ocr_meta_by_producer (GstBuffer * buffer,
    guint producer);

/**
 * gst_kakao_ocr_meta_get_frame_size:
 * @meta: a meta
 * @width: (out): the width in pixels
 * @height: (out): the height in pixels
 *
 * Gets the size of this buffer's frame, in which gst_kakao_ocr_meta_get_box()
 * measures: that of its #GstVideoCropMeta if it has one.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_meta_get_frame_size (const GstKakaoOcrMeta * meta,
    gint * width, gint * height);

/**
 * gst_kakao_ocr_meta_get_box: (skip)
 * @meta: a meta
 * @i: which region of the result
 * @box: (out caller-allocates) (array fixed-size=8): x and y of the four
 *   corners as in #GstKakaoOcrRegion. Always filled
 *
 * Where a region is on this buffer's frame, after all that moved and scaled it
 * since it was recognised. On a buffer with a #GstVideoCropMeta the box counts
 * from the corner of the crop; who draws on the mapped frame adds the crop's
 * x and y.
 *
 * Returns: %FALSE when the region is no longer to be seen; @box is then where
 *   it was last
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_meta_get_box (const GstKakaoOcrMeta * meta, guint i,
    gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/**
 * gst_kakao_ocr_meta_dup_box: (rename-to gst_kakao_ocr_meta_get_box)
 * @meta: a meta
 * @i: which region of the result
 * @box: (out) (transfer full) (array fixed-size=8): x and y of the four corners
 *
 * gst_kakao_ocr_meta_get_box() for languages that have no array to be filled.
 *
 * Returns: %FALSE when the region is no longer to be seen; @box is then where
 *   it was last
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_meta_dup_box (const GstKakaoOcrMeta * meta, guint i,
    gdouble ** box);

/**
 * gst_kakao_ocr_meta_get_track:
 * @meta: a meta
 * @i: which region of the result
 *
 * Returns: the text track that the region belongs to, from 1; 0 when unknown
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint64 gst_kakao_ocr_meta_get_track (const GstKakaoOcrMeta * meta, guint i);

/**
 * gst_kakao_ocr_meta_dup_result:
 * @meta: a meta
 *
 * A result that is right by itself for this buffer's frame: frame size, boxes
 * and tracks are this buffer's, and regions that are lost are left out. PTS,
 * latency and texts stay.
 *
 * Returns: (transfer full): the result, which is that of @meta itself when
 *   nothing differs
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_meta_dup_result (const GstKakaoOcrMeta *meta);

/**
 * gst_kakao_ocr_meta_set_boxes:
 * @meta: the meta of a writable buffer
 * @boxes: (array) (not nullable): 8 numbers for *each* region of the result,
 *   in pixels of the mapped frame (a #GstVideoCropMeta is taken off when they are
 *   read). A region whose box is no box (NaN, or further than
 *   %GST_KAKAO_OCR_MAX_COORDINATE) is lost and stays where it was
 * @lost: (array) (nullable): for each region whether it is no longer to be
 *   seen, or %NULL when all are there
 *
 * Moves the regions on this buffer. Other buffers with the same result, also
 * copies of this one that were made before, do not change.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_meta_set_boxes (GstKakaoOcrMeta * meta,
    const gdouble * boxes, const gboolean * lost);

/**
 * gst_kakao_ocr_meta_try_set_boxes: (rename-to gst_kakao_ocr_meta_set_boxes)
 * @meta: the meta of a writable buffer
 * @boxes: (array length=n_numbers): as for gst_kakao_ocr_meta_set_boxes()
 * @n_numbers: how many numbers: 8 for each region of the result
 * @lost: (array length=n_lost) (nullable): likewise
 * @n_lost: one for each region of the result, or 0 with %NULL
 * @error: return location for a %GST_LIBRARY_ERROR_SETTINGS
 *
 * gst_kakao_ocr_meta_set_boxes() for who is not sure of the lengths.
 *
 * Returns: %FALSE with @error set, and nothing moved, when there are more or
 *   fewer than the result has regions
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_meta_try_set_boxes (GstKakaoOcrMeta * meta,
    const gdouble * boxes, guint n_numbers, const gboolean * lost,
    guint n_lost, GError ** error);

/**
 * gst_kakao_ocr_meta_set_tracks:
 * @meta: the meta of a writable buffer
 * @tracks: (array) (not nullable): the text track of *each* region of the
 *   result, 0 for unknown
 *
 * Sets the tracks on this buffer alone.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_meta_set_tracks (GstKakaoOcrMeta * meta,
    const guint64 * tracks);

/**
 * gst_kakao_ocr_meta_try_set_tracks: (rename-to gst_kakao_ocr_meta_set_tracks)
 * @meta: the meta of a writable buffer
 * @tracks: (array length=n_tracks): as for gst_kakao_ocr_meta_set_tracks()
 * @n_tracks: how many: one for each region of the result
 * @error: return location for a %GST_LIBRARY_ERROR_SETTINGS
 *
 * gst_kakao_ocr_meta_set_tracks() for who is not sure of the length.
 *
 * Returns: %FALSE with @error set, and nothing set, when there are more or
 *   fewer than the result has regions
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_meta_try_set_tracks (GstKakaoOcrMeta * meta,
    const guint64 * tracks, guint n_tracks, GError ** error);

/**
 * gst_kakao_ocr_meta_get_last_seen:
 * @meta: a meta
 *
 * Returns: the time stamp of the newest frame that is known to have shown what
 *   the result says: that of the result itself, until a later picture was
 *   found to be the same; %GST_CLOCK_TIME_NONE when unknown
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstClockTime gst_kakao_ocr_meta_get_last_seen (const GstKakaoOcrMeta * meta);

/**
 * gst_kakao_ocr_meta_set_last_seen:
 * @meta: the meta of a writable buffer
 * @last_seen: the time stamp of the newest frame that showed the same
 *
 * Says that the picture stayed as it was, so that nothing new was recognised.
 * It follows the meta to copies.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_meta_set_last_seen (GstKakaoOcrMeta * meta,
    GstClockTime last_seen);

/**
 * gst_kakao_ocr_meta_new_producer:
 *
 * Returns: an id that nobody else in this process has, for an element that
 *   replaces its own meta and leaves that of others alone
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_meta_new_producer (void);

/**
 * gst_kakao_ocr_meta_set_producer:
 * @meta: the meta of a writable buffer
 * @producer: an id of gst_kakao_ocr_meta_new_producer()
 *
 * Says who made @meta. It follows the meta to copies.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_meta_set_producer (GstKakaoOcrMeta * meta, guint producer);

/**
 * gst_kakao_ocr_meta_get_producer:
 * @meta: a meta
 *
 * Returns: who made @meta; 0 when it was not said, or in another process
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_meta_get_producer (const GstKakaoOcrMeta * meta);

G_END_DECLS
