/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/queries.h"

#include "common/samplingquery.h"

/* @more buffers, of @frame_size bytes (0: not known), may be held. Frames that
 * are being encoded are missing in upstream's pool; those that wait for a result
 * are copied when they are from one. */
static void
add_to_pools (GstQuery * query, guint more, gsize frame_size)
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

/* What is attached to frames would be missing in their pixels: who finds nobody
 * here that draws it draws it himself. */
static void
refuse_compositions (GstQuery * query)
{
  guint index;

  while (gst_query_find_allocation_meta (query,
          GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, &index))
    gst_query_remove_nth_allocation_meta (query, index);
}

gboolean
kocr_query_answer_upstream (GstPad *sinkpad, GstPad *srcpad, GstQuery *query,
    KocrRun *run, const KocrFrameSettings *settings)
{
  gboolean is_allocation = GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION;
  gboolean answer;

  if (run && (is_allocation || GST_QUERY_TYPE (query) == GST_QUERY_DRAIN))
    kocr_run_release_buffers (run, !is_allocation, settings);

  if (GST_QUERY_IS_SERIALIZED (query) && run && kocr_run_holds_frames (run))
    answer = kocr_run_push_query (run, query, settings);
  else if (is_allocation)
    answer = gst_pad_peer_query (srcpad, query);
  else
    return gst_pad_query_default (sinkpad, GST_OBJECT_PARENT (sinkpad), query);

  if (answer && is_allocation && run) {
    gsize size;
    guint more = kocr_run_get_most_buffers (run, &size);

    add_to_pools (query, more, size);
  }
  if (answer && is_allocation)
    refuse_compositions (query);
  return answer;
}

/* Frames wait for @latency. */
static void
add_latency (GstQuery * query, GstClockTime latency)
{
  GstClockTime min, max;
  gboolean live;

  gst_query_parse_latency (query, &live, &min, &max);
  min += latency;
  if (GST_CLOCK_TIME_IS_VALID (max))
    max += latency;
  gst_query_set_latency (query, live, min, max);
}

/* The settings by which frames are left unread. (transfer full) */
static gchar *
describe_unread (const KocrFrameSettings * settings,
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

gboolean
kocr_query_answer_downstream (GstPad *srcpad, GstPad *sinkpad, GstQuery *query,
    KocrTiming timing, const KocrFrameSettings *settings)
{
  if (kocr_sampling_query_check (query)) {
    g_autofree gchar *unread = describe_unread (settings, timing);

    kocr_sampling_query_answer (query, unread);
    return TRUE;
  }
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY
      || timing != KOCR_TIMING_ALIGNED)
    return gst_pad_query_default (srcpad, GST_OBJECT_PARENT (srcpad), query);

  if (!gst_pad_peer_query (sinkpad, query))
    return FALSE;
  add_latency (query, settings->latency);
  return TRUE;
}
