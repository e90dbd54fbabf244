/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Orientation: how a stream's pictures are turned, by its tags, and whether an
 * element upstream has turned them already.
 *
 * videoflip and its like, told to follow the orientation tag, pass on the tag
 * that they have followed (GStreamer 1.22), so that the tag alone does not
 * tell.
 */
#pragma once

#include <gst/gst.h>

/* How pictures are turned when a tag list says so. FALSE: it says nothing. */
gboolean kocr_orientation_from_tags (const GstTagList *tags, guint *turn);

/* Whether the stream that comes to @sinkpad now went through an element that
 * turns pictures by the tag; also where it is one of several that are joined or
 * selected. */
gboolean kocr_orientation_is_followed (GstPad *sinkpad);
