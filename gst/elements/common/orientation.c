/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/orientation.h"

#include <gst/video/video.h>

/* Pads on the way to a source; more are a loop. */
#define MAX_PADS 256

/* The source pad of an element that @sinkpad is linked with, through the ghost
 * pads of bins. (transfer full) (nullable) */
static GstPad *
find_source (GstPad *sinkpad)
{
  GstPad *pad = gst_pad_get_peer (sinkpad);

  for (guint i = 0; pad && GST_IS_PROXY_PAD (pad) && i < MAX_PADS; i++) {
    GstPad *next;

    if (GST_IS_GHOST_PAD (pad)) {
      next = gst_ghost_pad_get_target (GST_GHOST_PAD (pad));
    } else {
      GstProxyPad *outside = gst_proxy_pad_get_internal (GST_PROXY_PAD (pad));

      next = outside ? gst_pad_get_peer (GST_PAD (outside)) : NULL;
      gst_clear_object (&outside);
    }
    gst_object_unref (pad);
    pad = next;
  }
  return pad;
}

/* The only sink pad behind @srcpad. (transfer full) (nullable): it has none, or
 * is a mix of several. */
static GstPad *
find_sink (GstPad *srcpad)
{
  GstIterator *links = gst_pad_iterate_internal_links (srcpad);
  GstPad *sink = NULL;
  GValue item = G_VALUE_INIT;
  guint n = 0;

  while (links && gst_iterator_next (links, &item) == GST_ITERATOR_OK) {
    if (n++ == 0)
      sink = g_value_dup_object (&item);
    g_value_reset (&item);
  }
  g_clear_pointer (&links, gst_iterator_free);
  if (n > 1)
    gst_clear_object (&sink);
  return sink;
}

static gboolean
follows_tag (GstPad *srcpad)
{
  GstElement *element = gst_pad_get_parent_element (srcpad);
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;

  if (element && GST_IS_VIDEO_DIRECTION (element))
    g_object_get (element, "video-direction", &method, NULL);
  gst_clear_object (&element);
  return method == GST_VIDEO_ORIENTATION_AUTO;
}

gboolean
kocr_orientation_is_followed (GstPad *sinkpad)
{
  GstPad *sink = gst_object_ref (sinkpad);
  gboolean follows = FALSE;

  for (guint i = 0; sink && !follows && i < MAX_PADS; i++) {
    GstPad *source = find_source (sink);

    gst_clear_object (&sink);
    if (source) {
      follows = follows_tag (source);
      sink = find_sink (source);
      gst_object_unref (source);
    }
  }
  gst_clear_object (&sink);
  return follows;
}

gboolean
kocr_orientation_from_tags (const GstTagList *tags, guint *turn)
{
  GstVideoOrientationMethod method;

  if (!gst_video_orientation_from_tag ((GstTagList *)tags, &method))
    return FALSE;
  *turn = method;
  return TRUE;
}
