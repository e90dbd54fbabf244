/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picturesource.h"

#include <string.h>
#include "error.h"
#include "framepart.h"

/* Pixels of our own; the frame needs no buffer to point into them. */
typedef struct
{
  KocrBlock block;
  GstVideoFrame frame;
} Pixels;

/* A conversion, kept as long as frames of the same shape come. */
typedef struct
{
  GstVideoConverter *converter;
  GstVideoInfo in, out;
} Pass;

struct _KocrPictureSource
{
  KocrBlockPool *pool;          /* of all pixels */
  GstVideoFrame frame;          /* what was opened, its alpha hidden */
  GstVideoFrame taken;          /* the part of it that is sent */
  Pixels whole;                 /* the frame, where it cannot be cut as it is */
  Pixels fitted;                /* what is sent, where it had to be made */
  Pixels straight;              /* what cannot be converted where it lies */
  Pass whole_pass, fit_pass;
  const GstVideoFrame *current;
};

/* VYUY is not here: GStreamer (1.22 to 1.28) describes its chroma in another
 * order than its converter and everything else stores it. */
static const struct
{
  GstVideoFormat format;
  KocrLayout layout;
} layouts[] = {
  {GST_VIDEO_FORMAT_GRAY8, KOCR_LAYOUT_GRAY},
  {GST_VIDEO_FORMAT_I420, KOCR_LAYOUT_PLANAR},
  {GST_VIDEO_FORMAT_YV12, KOCR_LAYOUT_PLANAR},
  {GST_VIDEO_FORMAT_Y42B, KOCR_LAYOUT_PLANAR},
  {GST_VIDEO_FORMAT_Y444, KOCR_LAYOUT_PLANAR},
  {GST_VIDEO_FORMAT_NV12, KOCR_LAYOUT_PAIRED},
  {GST_VIDEO_FORMAT_NV21, KOCR_LAYOUT_PAIRED},
  {GST_VIDEO_FORMAT_NV16, KOCR_LAYOUT_PAIRED},
  {GST_VIDEO_FORMAT_NV61, KOCR_LAYOUT_PAIRED},
  {GST_VIDEO_FORMAT_YUY2, KOCR_LAYOUT_PACKED},
  {GST_VIDEO_FORMAT_YVYU, KOCR_LAYOUT_PACKED},
  {GST_VIDEO_FORMAT_UYVY, KOCR_LAYOUT_PACKED},
  {GST_VIDEO_FORMAT_RGB, KOCR_LAYOUT_RGB},
  {GST_VIDEO_FORMAT_BGR, KOCR_LAYOUT_RGB},
  {GST_VIDEO_FORMAT_RGBx, KOCR_LAYOUT_RGB},
  {GST_VIDEO_FORMAT_BGRx, KOCR_LAYOUT_RGB},
  {GST_VIDEO_FORMAT_xRGB, KOCR_LAYOUT_RGB},
  {GST_VIDEO_FORMAT_xBGR, KOCR_LAYOUT_RGB},
};

/* Formats that are another one once their alpha is not looked at. */
static const struct
{
  GstVideoFormat format, opaque;
} opaques[] = {
  {GST_VIDEO_FORMAT_A420, GST_VIDEO_FORMAT_I420},
  {GST_VIDEO_FORMAT_AV12, GST_VIDEO_FORMAT_NV12},
  {GST_VIDEO_FORMAT_RGBA, GST_VIDEO_FORMAT_RGBx},
  {GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_BGRx},
  {GST_VIDEO_FORMAT_ARGB, GST_VIDEO_FORMAT_xRGB},
  {GST_VIDEO_FORMAT_ABGR, GST_VIDEO_FORMAT_xBGR},
};

KocrLayout
kocr_layout_of (GstVideoFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].format == format)
      return layouts[i].layout;
  return KOCR_LAYOUT_NONE;
}

static GstVideoFormat
opaque_of (GstVideoFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (opaques); i++)
    if (opaques[i].format == format)
      return opaques[i].opaque;
  return format;
}

/* The direct format that keeps what JPEG or PNG can keep of @finfo. */
static GstVideoFormat
direct_for (const GstVideoFormatInfo * finfo)
{
  if (kocr_layout_of (GST_VIDEO_FORMAT_INFO_FORMAT (finfo)) != KOCR_LAYOUT_NONE)
    return GST_VIDEO_FORMAT_INFO_FORMAT (finfo);
  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo))
    return GST_VIDEO_FORMAT_GRAY8;
  if (!GST_VIDEO_FORMAT_INFO_IS_YUV (finfo))
    return GST_VIDEO_FORMAT_BGRx;
  if (GST_VIDEO_FORMAT_INFO_H_SUB (finfo, 1) > 0)
    return GST_VIDEO_FORMAT_I420;
  return GST_VIDEO_FORMAT_INFO_W_SUB (finfo, 1) > 0 ?
      GST_VIDEO_FORMAT_Y42B : GST_VIDEO_FORMAT_Y444;
}

/* The format to scale @format to.  GStreamer's scaler of packed 4:2:2 (1.22 at
 * least) mixes up the last chroma sample of odd widths, so those are unpacked.
 */
static GstVideoFormat
scaled_for (GstVideoFormat format, const KocrPictureGeometry * geometry)
{
  gboolean odd = geometry->width % 2 || geometry->sent_width % 2;

  return odd && kocr_layout_of (format) == KOCR_LAYOUT_PACKED ?
      GST_VIDEO_FORMAT_Y42B : format;
}

#define PALETTE_BYTES (256 * 4)

/* Copies pixels of one format and size from any stride to any other. */
static void
copy_rows (const GstVideoFrame * out, const GstVideoFrame * in)
{
  const GstVideoFormatInfo *finfo = in->info.finfo;

  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (in); p++) {
    guint c = kocr_format_component_of_plane (finfo, p);
    gint height = GST_VIDEO_FRAME_COMP_HEIGHT (in, c);
    gsize bytes = (gsize) GST_VIDEO_FRAME_COMP_WIDTH (in, c)
        * GST_VIDEO_FRAME_COMP_PSTRIDE (in, c);
    const guint8 *from = in->data[p];
    guint8 *to = out->data[p];

    if (p == 1 && GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)) {
      memcpy (to, from, PALETTE_BYTES);
      continue;
    }
    /* A packed 4:2:2 row of odd width ends with a whole pair. */
    if (kocr_layout_of (GST_VIDEO_FRAME_FORMAT (in)) == KOCR_LAYOUT_PACKED)
      bytes = (bytes + 3) / 4 * 4;
    if (!kocr_format_is_divisible (finfo))
      bytes = MIN (ABS (GST_VIDEO_FRAME_PLANE_STRIDE (in, p)),
          GST_VIDEO_FRAME_PLANE_STRIDE (out, p));
    for (gint y = 0; y < height; y++) {
      memcpy (to, from, bytes);
      from += GST_VIDEO_FRAME_PLANE_STRIDE (in, p);
      to += GST_VIDEO_FRAME_PLANE_STRIDE (out, p);
    }
  }
}

/* Whether GStreamer's converter can read @frame where it lies: its kernels
 * take two samples, or all of a pixel, at an aligned address, and its scaler
 * knows no rows upside down.  The stride of tiles is none of bytes. */
static gboolean
suits_converter (const GstVideoFrame * frame)
{
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (frame->info.finfo))
    return TRUE;
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (frame); c++) {
    guint pixel = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c);
    guint align = pixel == 0 ? 4 : MAX (2, pixel & -pixel);
    guint p = GST_VIDEO_FORMAT_INFO_PLANE (frame->info.finfo, c);

    if (GPOINTER_TO_SIZE (frame->data[p]) % align
        || GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) % (gint) align
        || GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) < 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
pixels_hold (Pixels * self, KocrBlockPool * pool, GstVideoFormat format,
    gint width, gint height, const GstVideoColorimetry * colorimetry,
    GError ** error)
{
  GstVideoInfo *info = &self->frame.info;

  memset (&self->frame, 0, sizeof self->frame);
  if (!gst_video_info_set_format (info, format, width, height)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "%dx%d is too large a picture", width, height);
    return FALSE;
  }
  info->colorimetry = *colorimetry;
  if (self->block.data && !kocr_block_fits (&self->block, info->size))
    kocr_block_pool_give (pool, &self->block);
  if (!self->block.data
      && !kocr_block_pool_take (pool, info->size, info->size, &self->block)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "no memory for a picture of %dx%d", width, height);
    return FALSE;
  }
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (info); p++)
    self->frame.data[p] = self->block.data
        + GST_VIDEO_INFO_PLANE_OFFSET (info, p);
  return TRUE;
}

static void
pixels_clear (Pixels * self, KocrBlockPool * pool)
{
  if (self->block.data)
    kocr_block_pool_give (pool, &self->block);
}

static gboolean
same_shape (const GstVideoInfo * a, const GstVideoInfo * b)
{
  return a->finfo == b->finfo && a->width == b->width
      && a->height == b->height
      && gst_video_colorimetry_is_equal (&a->colorimetry, &b->colorimetry);
}

/* Two taps are exact for what is shrunk to no less than half, and have the
 * converter's fast paths; below that they would skip pixels, so the converter
 * chooses as many as the ratio needs. */
static GstStructure *
pass_options (const GstVideoInfo * in, const GstVideoInfo * out)
{
  guint taps = in->width <= 2 * out->width && in->height <= 2 * out->height ?
      2 : 0;

  return gst_structure_new ("options",
      GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
      GST_TYPE_VIDEO_RESAMPLER_METHOD,
      GST_VIDEO_RESAMPLER_METHOD_LINEAR,
      GST_VIDEO_CONVERTER_OPT_CHROMA_RESAMPLER_METHOD,
      GST_TYPE_VIDEO_RESAMPLER_METHOD,
      GST_VIDEO_RESAMPLER_METHOD_LINEAR,
      GST_VIDEO_CONVERTER_OPT_RESAMPLER_TAPS,
      G_TYPE_UINT, taps,
      GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
      GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, NULL);
}

static gboolean
pass_run (Pass * self, const GstVideoFrame * in, Pixels * out, GError ** error)
{
  if (self->converter == NULL || !same_shape (&self->in, &in->info)
      || !same_shape (&self->out, &out->frame.info)) {
    g_clear_pointer (&self->converter, gst_video_converter_free);
    self->in = in->info;
    self->out = out->frame.info;
    /* Only pixels are converted; of time and fields the converter wants to see
     * the same on both sides. */
    self->in.fps_n = self->out.fps_n;
    self->in.fps_d = self->out.fps_d;
    self->in.interlace_mode = self->out.interlace_mode;
    self->converter = gst_video_converter_new (&self->in, &self->out,
        pass_options (&self->in, &self->out));
  }
  if (self->converter == NULL) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "no conversion from %s to %s",
        gst_video_format_to_string (GST_VIDEO_FRAME_FORMAT (in)),
        gst_video_format_to_string (GST_VIDEO_FRAME_FORMAT (&out->frame)));
    return FALSE;
  }
  gst_video_converter_frame (self->converter, in, &out->frame);
  return TRUE;
}

/* Runs @pass into @out, which holds the format and size that are wanted. */
static gboolean
convert (KocrPictureSource * self, Pass * pass, const GstVideoFrame * in,
    Pixels * out, GError ** error)
{
  if (!suits_converter (in)) {
    if (!pixels_hold (&self->straight, self->pool, GST_VIDEO_FRAME_FORMAT (in),
            in->info.width, in->info.height, &in->info.colorimetry, error))
      return FALSE;
    copy_rows (&self->straight.frame, in);
    in = &self->straight.frame;
  }
  return pass_run (pass, in, out, error);
}

static void
pass_clear (Pass * self)
{
  g_clear_pointer (&self->converter, gst_video_converter_free);
}

KocrPictureSource *
kocr_picture_source_new (KocrBlockPool * pool)
{
  KocrPictureSource *self = g_new0 (KocrPictureSource, 1);

  self->pool = pool;
  return self;
}

void
kocr_picture_source_free (KocrPictureSource * self)
{
  pass_clear (&self->whole_pass);
  pass_clear (&self->fit_pass);
  pixels_clear (&self->whole, self->pool);
  pixels_clear (&self->fitted, self->pool);
  pixels_clear (&self->straight, self->pool);
  g_free (self);
}

/* Fills in what caps may leave open, as GStreamer itself would. */
static void
complete_colorimetry (GstVideoInfo * info)
{
  GstVideoColorimetry *colorimetry = &info->colorimetry;
  gboolean rgb = !GST_VIDEO_INFO_IS_YUV (info)
      && !GST_VIDEO_INFO_IS_GRAY (info);
  gdouble kr, kb;
  GstVideoInfo usual;

  gst_video_info_init (&usual);
  if (rgb)
    colorimetry->matrix = GST_VIDEO_COLOR_MATRIX_RGB;
  else if (!gst_video_color_matrix_get_Kr_Kb (colorimetry->matrix, &kr, &kb)
      && gst_video_info_set_format (&usual, GST_VIDEO_FORMAT_I420,
          info->width, info->height))
    colorimetry->matrix = usual.colorimetry.matrix;
  if (colorimetry->range == GST_VIDEO_COLOR_RANGE_UNKNOWN)
    colorimetry->range = GST_VIDEO_INFO_IS_YUV (info) ?
        GST_VIDEO_COLOR_RANGE_16_235 : GST_VIDEO_COLOR_RANGE_0_255;
}

gboolean
kocr_picture_source_open (KocrPictureSource * self,
    const GstVideoFrame * frame, KocrFrameShape * shape, GError ** error)
{
  GstVideoInfo *info = &self->frame.info;

  if (frame->info.finfo == NULL
      || GST_VIDEO_FRAME_FORMAT (frame) <= GST_VIDEO_FORMAT_ENCODED
      || frame->info.width <= 0 || frame->info.height <= 0) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "not a raw video frame");
    return FALSE;
  }
  self->frame = *frame;
  shape->width = info->width;
  shape->height = info->height;
  shape->par_n = info->par_n;
  shape->par_d = info->par_d;
  shape->row_step =
      info->interlace_mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  info->height = GST_VIDEO_INFO_FIELD_HEIGHT (info);
  info->interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  info->finfo =
      gst_video_format_get_info (opaque_of (GST_VIDEO_INFO_FORMAT (info)));
  complete_colorimetry (info);
  if (!kocr_format_is_divisible (info->finfo)) {
    if (!pixels_hold (&self->whole, self->pool, direct_for (info->finfo),
            info->width, info->height, &info->colorimetry, error)
        || !convert (self, &self->whole_pass, &self->frame, &self->whole,
            error))
      return FALSE;
    self->frame = self->whole.frame;
  }
  shape->align_x = shape->align_y = 1;
  for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (info); c++) {
    shape->align_x = MAX (shape->align_x,
        1 << GST_VIDEO_FORMAT_INFO_W_SUB (info->finfo, c));
    shape->align_y =
        MAX (shape->align_y, 1 << GST_VIDEO_FORMAT_INFO_H_SUB (info->finfo, c));
  }
  return TRUE;
}

const GstVideoFrame *
kocr_picture_source_fit (KocrPictureSource * self,
    const KocrPictureGeometry * geometry, GError ** error)
{
  GstVideoFormat direct = direct_for (self->frame.info.finfo);

  self->current = NULL;
  self->taken = self->frame;
  kocr_frame_cut (&self->taken, geometry->x, geometry->y, geometry->width,
      geometry->height);
  if (direct == GST_VIDEO_FRAME_FORMAT (&self->taken)
      && geometry->sent_width == geometry->width
      && geometry->sent_height == geometry->height) {
    self->current = &self->taken;
  } else if (pixels_hold (&self->fitted, self->pool,
          scaled_for (direct, geometry),
          geometry->sent_width, geometry->sent_height,
          &self->taken.info.colorimetry, error)
      && convert (self, &self->fit_pass, &self->taken, &self->fitted, error)) {
    self->current = &self->fitted.frame;
  }
  return self->current;
}

GstBuffer *
kocr_picture_source_keep (KocrPictureSource * self, GstVideoInfo * info,
    GError ** error)
{
  const GstVideoFrame *current = self->current;
  Pixels kept = { 0 };
  guint8 *data;

  if (current == &self->fitted.frame) {
    kept = self->fitted;
    self->fitted.block.data = NULL;
  } else {
    if (!pixels_hold (&kept, self->pool, GST_VIDEO_FRAME_FORMAT (current),
            current->info.width, current->info.height,
            &current->info.colorimetry, error))
      return NULL;
    copy_rows (&kept.frame, current);
  }
  self->current = NULL;
  *info = kept.frame.info;
  data = kept.block.data;
  return gst_buffer_new_wrapped_full (0, data, info->size, 0, info->size,
      kocr_block_pool_lend (self->pool, &kept.block), kocr_block_pool_end_loan);
}

void
kocr_picture_source_release (KocrPictureSource * self)
{
  memset (&self->frame, 0, sizeof self->frame);
  memset (&self->taken, 0, sizeof self->taken);
  self->current = NULL;
}
