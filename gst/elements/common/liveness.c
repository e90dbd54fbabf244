/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/liveness.h"

#include <gst/base/gstbasesrc.h>

static void
look_at_element (const GValue *item, gpointer found)
{
  GstElement *element = g_value_get_object (item);
  KocrLiveness *liveness = found;

  if (!GST_IS_BASE_SRC (element))
    return;
  if (gst_base_src_is_live (GST_BASE_SRC (element)))
    *liveness = KOCR_LIVENESS_LIVE;
  else if (*liveness == KOCR_LIVENESS_UNKNOWN)
    *liveness = KOCR_LIVENESS_NOT_LIVE;
}

/* The bin around everything. (transfer full) (nullable) */
static GstObject *
find_whole (GstPad *pad)
{
  GstObject *object = gst_object_get_parent (GST_OBJECT (pad));
  GstObject *parent;

  while (object && (parent = gst_object_get_parent (object))) {
    gst_object_unref (object);
    object = parent;
  }
  return object;
}

static KocrLiveness
ask_sources (GstPad *sinkpad)
{
  g_autoptr (GstObject) whole = find_whole (sinkpad);
  KocrLiveness liveness = KOCR_LIVENESS_UNKNOWN;
  GstIterator *elements;

  if (!whole || !GST_IS_BIN (whole))
    return liveness;
  elements = gst_bin_iterate_recurse (GST_BIN (whole));
  while (gst_iterator_foreach (elements, look_at_element, &liveness)
      == GST_ITERATOR_RESYNC)
    gst_iterator_resync (elements);
  gst_iterator_free (elements);
  return liveness;
}

/* Where one can seek is a recording. */
static KocrLiveness
ask_seekable (GstPad *sinkpad)
{
  g_autoptr (GstQuery) query = gst_query_new_seeking (GST_FORMAT_TIME);
  gboolean seekable = FALSE;

  if (gst_pad_peer_query (sinkpad, query))
    gst_query_parse_seeking (query, NULL, &seekable, NULL, NULL);
  return seekable ? KOCR_LIVENESS_NOT_LIVE : KOCR_LIVENESS_UNKNOWN;
}

KocrLiveness
kocr_liveness_find (GstPad *sinkpad)
{
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  KocrLiveness liveness;
  gboolean live;

  if (!gst_pad_peer_query (sinkpad, query)) {
    liveness = ask_sources (sinkpad);
    return liveness == KOCR_LIVENESS_UNKNOWN ? ask_seekable (sinkpad)
                                             : liveness;
  }
  gst_query_parse_latency (query, &live, NULL, NULL);
  return live ? KOCR_LIVENESS_LIVE : KOCR_LIVENESS_NOT_LIVE;
}
