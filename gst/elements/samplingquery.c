/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "samplingquery.h"

#define NAME "kakaoocr-sampling"
#define UNREAD "unread-by"

static gchar *
describe (GstKakaoOcrTiming timing, const GstKakaoOcrFrameSettings * settings)
{
  GString *unread = g_string_new (NULL);

  if (timing != GST_KAKAO_OCR_TIMING_EXACT)
    g_string_append_printf (unread, " timing=%s",
        gst_kakao_ocr_timing_get_name (timing));
  if (settings->interval > 0)
    g_string_append_printf (unread, " interval=%" G_GUINT64_FORMAT,
        settings->interval / GST_MSECOND);
  if (settings->gate.threshold > 0)
    g_string_append_printf (unread, " change-threshold=%u",
        settings->gate.threshold);
  if (!settings->active)
    g_string_append (unread, " active=false");
  return g_string_free (unread, FALSE);
}

gboolean
sampling_query_answer (GstQuery * query, GstKakaoOcrTiming timing,
    const GstKakaoOcrFrameSettings * settings)
{
  g_autofree gchar *unread = NULL;

  if (GST_QUERY_TYPE (query) != GST_QUERY_CUSTOM ||
      !gst_structure_has_name (gst_query_get_structure (query), NAME))
    return FALSE;
  unread = describe (timing, settings);
  gst_structure_set (gst_query_writable_structure (query), UNREAD,
      G_TYPE_STRING, unread, NULL);
  return TRUE;
}

gchar *
sampling_query_ask (GstPad * sinkpad, gboolean * heard)
{
  GstQuery *query = gst_query_new_custom (GST_QUERY_CUSTOM,
      gst_structure_new_empty (NAME));
  const gchar *unread = NULL;
  gchar *answer = NULL;

  if (gst_pad_peer_query (sinkpad, query))
    unread = gst_structure_get_string (gst_query_get_structure (query), UNREAD);
  *heard = unread != NULL;
  if (unread && *unread)
    answer = g_strconcat ("kakaoocr has", unread, NULL);
  gst_query_unref (query);
  return answer;
}
