/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A part of a frame as RGB, whatever the frame's format; the rest of it is not
 * converted. Alpha is not looked at, fields are taken as they are stored.
 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *pixels;         /* R, G, B and a byte of no use */
  gint stride;

  /*< private >*/
  guint8 *memory;
} FrameArea;

/* @area lies in @frame. FALSE when GStreamer has no conversion, or there is no
 * memory. */
gboolean frame_area_init (FrameArea * self, const GstVideoFrame * frame,
    const GstVideoRectangle * area);
void frame_area_clear (FrameArea * self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrameArea, frame_area_clear)

G_END_DECLS
