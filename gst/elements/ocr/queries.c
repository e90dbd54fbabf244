/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/queries.h"

/* Frames that are being encoded are missing in upstream's pool; those that wait
 * for a result are copied when they are from one. */
void
kocr_query_add_to_pools (GstQuery * query, guint more, gsize frame_size)
{
  guint n = gst_query_get_n_allocation_pools (query);
  guint size, min, max;
  GstBufferPool *pool;

  for (guint i = 0; i < n; i++) {
    gst_query_parse_nth_allocation_pool (query, i, &pool, &size, &min, &max);
    min += more;
    gst_query_set_nth_allocation_pool (query, i, pool, size, min,
        max == 0 ? 0 : MAX (min, max));
    gst_clear_object (&pool);
  }
  if (n == 0 && frame_size > 0)
    gst_query_add_allocation_pool (query, NULL, frame_size, more, 0);
}

void
kocr_query_refuse_compositions (GstQuery * query)
{
  guint index;

  while (gst_query_find_allocation_meta (query,
          GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, &index))
    gst_query_remove_nth_allocation_meta (query, index);
}

void
kocr_query_add_latency (GstQuery * query, GstClockTime latency)
{
  GstClockTime min, max;
  gboolean live;

  gst_query_parse_latency (query, &live, &min, &max);
  min += latency;
  if (GST_CLOCK_TIME_IS_VALID (max))
    max += latency;
  gst_query_set_latency (query, live, min, max);
}

gchar *
kocr_query_describe_unread (const KocrFrameSettings * settings,
    KocrTiming timing)
{
  GString *unread = g_string_new (NULL);

  if (timing != KOCR_TIMING_EXACT)
    g_string_append_printf (unread, " timing=%s",
        kocr_timing_get_name (timing));
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
