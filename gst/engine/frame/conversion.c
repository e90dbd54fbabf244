/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/conversion.h"

#include "base/error.h"

/* Whether GStreamer's converter can read @frame where it lies: its kernels
 * take two samples, or all of a pixel, at an aligned address, and its scaler
 * knows no rows upside down.  The stride of tiles is none of bytes. */
static gboolean
suits_converter (const GstVideoFrame *frame)
{
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (frame->info.finfo))
    return TRUE;
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (frame); c++) {
    guint pixel = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c);
    guint align = pixel == 0 ? 4 : MAX (2, pixel & -pixel);
    guint p = GST_VIDEO_FORMAT_INFO_PLANE (frame->info.finfo, c);

    if (GPOINTER_TO_SIZE (frame->data[p]) % align
        || GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) % (gint)align
        || GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) < 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
same_shape (const GstVideoInfo *a, const GstVideoInfo *b)
{
  return a->finfo == b->finfo && a->width == b->width && a->height == b->height
         && gst_video_colorimetry_is_equal (&a->colorimetry, &b->colorimetry);
}

/* Two taps are exact for what is shrunk to no less than half, and have the
 * converter's fast paths; below that they would skip pixels, so the converter
 * chooses as many as the ratio needs. */
static GstStructure *
options_for (const GstVideoInfo *in, const GstVideoInfo *out)
{
  guint taps
      = in->width <= 2 * out->width && in->height <= 2 * out->height ? 2 : 0;

  return gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
      GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
      GST_VIDEO_CONVERTER_OPT_CHROMA_RESAMPLER_METHOD,
      GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
      GST_VIDEO_CONVERTER_OPT_RESAMPLER_TAPS, G_TYPE_UINT, taps,
      GST_VIDEO_CONVERTER_OPT_DITHER_METHOD, GST_TYPE_VIDEO_DITHER_METHOD,
      GST_VIDEO_DITHER_NONE, NULL);
}

/* What lies so that it can be read; NULL: no memory. */
static const GstVideoFrame *
straighten (KocrConversion *self, KocrBlockPool *pool, const GstVideoFrame *in,
    GError **error)
{
  if (suits_converter (in))
    return in;
  if (!kocr_pixels_hold (&self->straight, pool, GST_VIDEO_FRAME_FORMAT (in),
          in->info.width, in->info.height, &in->info.colorimetry, error))
    return NULL;
  kocr_pixels_copy (&self->straight.frame, in);
  return &self->straight.frame;
}

static void
set_up (KocrConversion *self, const GstVideoInfo *in, const GstVideoInfo *out)
{
  if (self->converter && same_shape (&self->in, in)
      && same_shape (&self->out, out))
    return;
  g_clear_pointer (&self->converter, gst_video_converter_free);
  self->in = *in;
  self->out = *out;
  /* Only pixels are converted; of time and fields the converter wants to see
   * the same on both sides. */
  self->in.fps_n = self->out.fps_n;
  self->in.fps_d = self->out.fps_d;
  self->in.interlace_mode = self->out.interlace_mode;
  self->converter = gst_video_converter_new (
      &self->in, &self->out, options_for (&self->in, &self->out));
}

gboolean
kocr_conversion_run (KocrConversion *self, KocrBlockPool *pool,
    const GstVideoFrame *in, GstVideoFrame *out, GError **error)
{
  in = straighten (self, pool, in, error);
  if (!in)
    return FALSE;
  set_up (self, &in->info, &out->info);
  if (self->converter == NULL) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "no conversion from %s to %s",
        gst_video_format_to_string (GST_VIDEO_FRAME_FORMAT (in)),
        gst_video_format_to_string (GST_VIDEO_FRAME_FORMAT (out)));
    return FALSE;
  }
  gst_video_converter_frame (self->converter, in, out);
  return TRUE;
}

void
kocr_conversion_clear (KocrConversion *self, KocrBlockPool *pool)
{
  g_clear_pointer (&self->converter, gst_video_converter_free);
  kocr_pixels_clear (&self->straight, pool);
}
