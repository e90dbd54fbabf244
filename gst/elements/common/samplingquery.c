/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/samplingquery.h"

#define NAME "kakaoocr-sampling"
#define UNREAD "unread-by"

gboolean
kocr_sampling_query_check (GstQuery * query)
{
  return GST_QUERY_TYPE (query) == GST_QUERY_CUSTOM &&
      gst_structure_has_name (gst_query_get_structure (query), NAME);
}

void
kocr_sampling_query_answer (GstQuery * query, const gchar * unread)
{
  gst_structure_set (gst_query_writable_structure (query), UNREAD,
      G_TYPE_STRING, unread, NULL);
}

gchar *
kocr_sampling_query_ask (GstPad * sinkpad, gboolean * heard)
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
