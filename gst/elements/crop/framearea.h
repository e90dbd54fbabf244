/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A part of a frame as RGB, whatever the frame's format; the rest of it is not
 * converted. Alpha is not looked at, fields are taken as they are stored.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  const guint8 *pixels;         /* R, G, B and a byte of no use */
  gint stride;

  /*< private >*/
  guint8 *memory;
} KocrFrameArea;

/* @area lies in @frame. FALSE when GStreamer has no conversion, or there is no
 * memory. */
gboolean kocr_frame_area_init (KocrFrameArea *self, const GstVideoFrame *frame,
    const GstVideoRectangle *area);
void kocr_frame_area_clear (KocrFrameArea * self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KocrFrameArea, kocr_frame_area_clear)
