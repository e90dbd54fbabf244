/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Upstream turn: whether an element upstream has turned the picture already.
 *
 * videoflip and its like, told to follow the orientation tag, pass on the tag
 * that they have followed (GStreamer 1.22), so that the tag alone does not
 * tell.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Whether what comes to @sinkpad went through an element that turns pictures by
 * the tag. */
gboolean kocr_upstream_follows_orientation (GstPad *sinkpad);

G_END_DECLS
