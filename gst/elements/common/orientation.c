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

/* The sink pad that @srcpad's element has its stream from now, if it has one at
 * a time. (transfer full) (nullable) */
static GstPad *
find_active (GstPad *srcpad)
{
  GstElement *element = gst_pad_get_parent_element (srcpad);
  GParamSpec *property = element ? g_object_class_find_property (
                             G_OBJECT_GET_CLASS (element), "active-pad")
                                 : NULL;
  GstPad *active = NULL;

  if (property && g_type_is_a (property->value_type, GST_TYPE_PAD))
    g_object_get (element, "active-pad", &active, NULL);
  gst_clear_object (&element);
  return active;
}

static gboolean
has_stream (GstPad *pad, const gchar *stream)
{
  g_autofree gchar *id = gst_pad_get_stream_id (pad);

  return id && g_strcmp0 (id, stream) == 0;
}

/* The sink pad behind @srcpad that @stream came through: the only one, or of an
 * element that joins or selects streams the one that has it, since between here
 * and there may be a queue. (transfer full) (nullable): it has none, or is a
 * mix of several. */
static GstPad *
find_sink (GstPad *srcpad, const gchar *stream)
{
  GstIterator *links = gst_pad_iterate_internal_links (srcpad);
  GstPad *sink = NULL, *of_stream = NULL;
  GValue item = G_VALUE_INIT;
  guint n = 0;

  while (links && gst_iterator_next (links, &item) == GST_ITERATOR_OK) {
    GstPad *pad = g_value_get_object (&item);

    if (n++ == 0)
      sink = gst_object_ref (pad);
    if (!of_stream && has_stream (pad, stream))
      of_stream = gst_object_ref (pad);
    g_value_reset (&item);
  }
  g_clear_pointer (&links, gst_iterator_free);
  if (n > 1) {
    gst_object_unref (sink);
    sink = of_stream ? gst_object_ref (of_stream) : find_active (srcpad);
  }
  gst_clear_object (&of_stream);
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
  g_autofree gchar *stream = gst_pad_get_stream_id (sinkpad);
  GstPad *sink = gst_object_ref (sinkpad);
  gboolean follows = FALSE;

  for (guint i = 0; sink && !follows && i < MAX_PADS; i++) {
    GstPad *source = find_source (sink);

    gst_clear_object (&sink);
    if (source) {
      follows = follows_tag (source);
      sink = find_sink (source, stream);
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
