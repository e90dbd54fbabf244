/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/framearea.h"

#include "frame/framepart.h"

/* A part begins at a multiple of this: with a whole sample of colour in any
 * format, and where the converter's kernels find their words aligned. */
#define ALIGNMENT 8

/* The part of frame around area that can be converted alone. GStreamer's own
 * way of converting a part (1.22 at least) loses its place in formats of 16
 * bits a channel, so the frame is cut instead. */
static void
cut_out (GstVideoFrame * frame, const GstVideoRectangle * area, gint * x,
    gint * y)
{
  *x = *y = 0;
  if (!kocr_format_is_divisible (frame->info.finfo))
    return;
  *x = area->x / ALIGNMENT * ALIGNMENT;
  *y = area->y / ALIGNMENT * ALIGNMENT;
  kocr_frame_cut (frame, *x, *y, area->x + area->w - *x,
      area->y + area->h - *y);
}

static GstVideoConverter *
create_converter (GstVideoInfo * in, GstVideoInfo * out)
{
  in->interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  if (!gst_video_info_set_format (out, GST_VIDEO_FORMAT_RGBx, in->width,
          in->height))
    return NULL;
  out->fps_n = in->fps_n;
  out->fps_d = in->fps_d;
  return gst_video_converter_new (in, out, gst_structure_new ("options",
          GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
          GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, NULL));
}

gboolean
kocr_frame_area_init (KocrFrameArea * self, const GstVideoFrame * frame,
    const GstVideoRectangle * area)
{
  GstVideoFrame in = *frame, out = { 0 };
  GstVideoConverter *converter;
  gint x, y;

  cut_out (&in, area, &x, &y);
  converter = create_converter (&in.info, &out.info);
  self->memory = converter ? g_try_malloc (out.info.size) : NULL;
  if (self->memory) {
    out.data[0] = self->memory;
    gst_video_converter_frame (converter, &in, &out);
    self->stride = GST_VIDEO_INFO_PLANE_STRIDE (&out.info, 0);
    self->pixels = self->memory + (gsize) (area->y - y) * self->stride
        + (gsize) (area->x - x) * 4;
  }
  g_clear_pointer (&converter, gst_video_converter_free);
  return self->memory != NULL;
}

void
kocr_frame_area_clear (KocrFrameArea * self)
{
  g_clear_pointer (&self->memory, g_free);
}
