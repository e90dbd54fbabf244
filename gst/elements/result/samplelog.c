/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/samplelog.h"

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
  const KocrOutcome *outcome = &request->outcome;
  const GError *error = outcome->error;
  guint64 serial = request->asked.serial;
  guint n_regions = outcome->result ?
      gst_kakao_ocr_result_get_n_regions (outcome->result) : 0;

  if (g_error_matches (error, KOCR_ERROR, KOCR_ERROR_CANCELLED))
    KOCR_SAMPLE_DEBUG (owner, serial, "flushed: %s", error->message);
  else if (outcome->match == KOCR_PICTURE_UNCHANGED)
    KOCR_SAMPLE_DEBUG (owner, serial, "settled: unchanged since "
        "sample %" G_GUINT64_FORMAT "%s%s", outcome->duplicate_of,
        error ? ", which failed: " : "", error ? error->message : "");
  else if (error)
    KOCR_SAMPLE_DEBUG (owner, serial, "settled: failed, %u requests, "
        "%u retries: %s", request->transfer.attempts,
        request->transfer.retried, error->message);
  else if (outcome->match == KOCR_PICTURE_REMEMBERED)
    KOCR_SAMPLE_DEBUG (owner, serial, "settled: remembered from "
        "sample %" G_GUINT64_FORMAT ", %u regions", outcome->duplicate_of,
        n_regions);
  else
    KOCR_SAMPLE_DEBUG (owner, serial, "settled: sent, %u requests, "
        "%u retries, %u regions", request->transfer.attempts,
        request->transfer.retried, n_regions);
}
