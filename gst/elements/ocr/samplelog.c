/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/samplelog.h"

GstDebugCategory *
kocr_ocr_category (void)
{
  static gsize category;

  if (g_once_init_enter (&category))
    g_once_init_leave (&category, (gsize) _gst_debug_category_new ("kakaoocr",
            0, "text recognition in video"));
  return (GstDebugCategory *) category;
}

void
kocr_sample_log_settled (gpointer owner, const KocrRequest * request)
{
  guint n_regions = request->result ?
      gst_kakao_ocr_result_get_n_regions (request->result) : 0;

  if (g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_CANCELLED))
    KOCR_SAMPLE_DEBUG (owner, request->serial, "flushed: %s",
        request->error->message);
  else if (request->match == KOCR_PICTURE_UNCHANGED)
    KOCR_SAMPLE_DEBUG (owner, request->serial, "settled: unchanged since "
        "sample %" G_GUINT64_FORMAT "%s%s", request->duplicate_of,
        request->error ? ", which failed: " : "",
        request->error ? request->error->message : "");
  else if (request->error)
    KOCR_SAMPLE_DEBUG (owner, request->serial, "settled: failed, %u requests, "
        "%u retries: %s", request->attempts,
        request->retried, request->error->message);
  else if (request->match == KOCR_PICTURE_REMEMBERED)
    KOCR_SAMPLE_DEBUG (owner, request->serial, "settled: remembered from "
        "sample %" G_GUINT64_FORMAT ", %u regions", request->duplicate_of,
        n_regions);
  else
    KOCR_SAMPLE_DEBUG (owner, request->serial, "settled: sent, %u requests, "
        "%u retries, %u regions", request->attempts, request->retried,
        n_regions);
}
