/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Meta, private: the box of a meta on its way through crops and scaling.
 */
#pragma once

#include <gst/video/video.h>

#include "meta.h"
#include "placement/placement.h"

/* The crop meta of the buffer, or NULL. */
const GstVideoCropMeta *kocr_meta_get_crop (const GstKakaoOcrMeta *meta);

/* gst_kakao_ocr_meta_get_box() for who reads many; @crop may be NULL. */
gboolean kocr_meta_read_box (const GstKakaoOcrMeta * meta, guint i,
    const GstVideoCropMeta * crop, gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/* A new result with what differs on this buffer; @crop may be NULL. */
GstKakaoOcrResult *kocr_meta_copy_result (
    const GstKakaoOcrMeta *meta, const GstVideoCropMeta *crop);

/* Puts @from on @dest as it is. */
GstKakaoOcrMeta *kocr_meta_add_copy (GstBuffer * dest,
    const GstKakaoOcrMeta * from);

/* Takes over the reference to @placement. */
void kocr_meta_take_placement (GstKakaoOcrMeta * meta,
    KocrPlacement * placement);

/* GstMetaTransformFunction: placement/metatransform.c. */
gboolean kocr_meta_transform (GstBuffer * dest, GstMeta * base,
    GstBuffer * source, GQuark type, gpointer data);

#if GST_CHECK_VERSION (1, 24, 0)
/* GstMetaSerializeFunction and its inverse: placement/metaserial.c. */
gboolean kocr_meta_serialize (const GstMeta * base,
    GstByteArrayInterface * data, guint8 * version);
GstMeta *kocr_meta_deserialize (const GstMetaInfo * info,
    GstBuffer * buffer, const guint8 * data, gsize size, guint8 version);
#endif
