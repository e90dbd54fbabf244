/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "meta-private.h"

#if GST_CHECK_VERSION (1, 24, 0)

#include <string.h>

#include "json.h"
#include "result-private.h"

/* PTS, latency and when it was last seen as 64 bits, little endian, since JSON
 * is not exact beyond 2^53; then the NDJSON line without a NUL. Boxes are those
 * of the mapped frame: a crop meta travels by itself, or not at all. Regions
 * that are lost do not travel, so that each meta that arrives has a result of
 * its own. That parts were not read, or regions left out, arrives as there
 * being more text than is told of. */
#define FORMAT_VERSION 0
#define HEAD_SIZE 24

static gboolean
has_gaps (const GstKakaoOcrResult * result)
{
  return gst_kakao_ocr_result_get_truncated (result) ||
      gst_kakao_ocr_result_get_regions_dropped (result) > 0 ||
      gst_kakao_ocr_result_get_n_unread (result) > 0;
}

gboolean
kocr_meta_serialize (const GstMeta * base,
    GstByteArrayInterface * data, guint8 * version)
{
  const GstKakaoOcrMeta *meta = (const GstKakaoOcrMeta *) base;
  g_autoptr (GstKakaoOcrResult) result = kocr_meta_copy_result (meta, NULL);
  g_autofree gchar *json = NULL;
  guint8 head[HEAD_SIZE];

  kocr_result_set_truncated (result, has_gaps (result));
  json = gst_kakao_ocr_result_to_json (result);
  GST_WRITE_UINT64_LE (head, gst_kakao_ocr_result_get_pts (result));
  GST_WRITE_UINT64_LE (head + 8, gst_kakao_ocr_result_get_latency (result));
  GST_WRITE_UINT64_LE (head + 16, meta->last_seen);
  *version = FORMAT_VERSION;
  return gst_byte_array_interface_append_data (data, head, HEAD_SIZE) &&
      gst_byte_array_interface_append_data (data, (const guint8 *) json,
      strlen (json));
}

GstMeta *
kocr_meta_deserialize (const GstMetaInfo * info, GstBuffer * buffer,
    const guint8 * data, gsize size, guint8 version)
{
  g_autofree gchar *json = NULL;
  g_autoptr (GstKakaoOcrResult) result = NULL;
  GstKakaoOcrMeta *meta;

  /* A NUL inside would hide what comes after it. */
  if (version != FORMAT_VERSION || size < HEAD_SIZE ||
      memchr (data + HEAD_SIZE, '\0', size - HEAD_SIZE) != NULL)
    return NULL;
  json = g_strndup ((const gchar *) data + HEAD_SIZE, size - HEAD_SIZE);
  result = gst_kakao_ocr_result_from_json (json, NULL);
  if (result == NULL)
    return NULL;
  gst_kakao_ocr_result_set_times (result, GST_READ_UINT64_LE (data),
      GST_READ_UINT64_LE (data + 8));
  meta = gst_buffer_add_kakao_ocr_meta (buffer, result);
  meta->last_seen = GST_READ_UINT64_LE (data + 16);
  return &meta->meta;
}

#endif
