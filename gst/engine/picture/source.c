/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/source.h"

#include <string.h>
#include "frame/conversion.h"
#include "picture/edges.h"
#include "base/error.h"
#include "frame/framepart.h"
#include "frame/orientation.h"

struct _KocrPictureSource
{
  KocrBlockPool *pool;          /* of all pixels */
  GstVideoFrame frame;          /* what was opened, its alpha hidden */
  GstVideoFrame taken;          /* the part of it that is sent */
  KocrPixels whole;             /* the frame, where it cannot be cut as it is */
  KocrPixels fitted;            /* what is sent, where it had to be made */
  KocrPixels turned;            /* that, turned */
  KocrConversion whole_conversion, fit_conversion;
  const GstVideoFrame *current;
};

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
  kocr_conversion_clear (&self->whole_conversion, self->pool);
  kocr_conversion_clear (&self->fit_conversion, self->pool);
  kocr_pixels_clear (&self->whole, self->pool);
  kocr_pixels_clear (&self->fitted, self->pool);
  kocr_pixels_clear (&self->turned, self->pool);
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
      gst_video_format_get_info (kocr_format_without_alpha
      (GST_VIDEO_INFO_FORMAT (info)));
  complete_colorimetry (info);
  if (!kocr_format_is_divisible (info->finfo)) {
    if (!kocr_pixels_hold (&self->whole, self->pool,
            kocr_format_direct_for (info->finfo), info->width, info->height,
            &info->colorimetry, error)
        || !kocr_conversion_run (&self->whole_conversion, self->pool,
            &self->frame, &self->whole.frame, error))
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

static GstVideoFrame
part_of (const GstVideoFrame * frame, gint x, gint y, gint width, gint height)
{
  GstVideoFrame part = *frame;

  kocr_frame_cut (&part, x, y, width, height);
  return part;
}

KocrEdges
kocr_picture_source_find_touched (KocrPictureSource * self,
    const KocrPictureGeometry * geometry, KocrEdges edges)
{
  GstVideoFrame taken = part_of (&self->frame, geometry->x, geometry->y,
      geometry->width, geometry->height);

  return edges ? kocr_edges_find_touched (&taken, edges) : edges;
}

/* What is taken, strip by strip. */
static const GstVideoFrame *
fold (KocrPictureSource * self, const KocrFold * plan, gint sheet_width,
    gint sheet_height, GstVideoFormat format, GError ** error)
{
  if (!kocr_pixels_hold (&self->fitted, self->pool, format, sheet_width,
          sheet_height, &self->taken.info.colorimetry, error))
    return NULL;
  for (guint i = 0; i < plan->n; i++) {
    gint start = kocr_fold_get_start (plan, i), strip[4], around[4];
    GstVideoFrame from, to, room;

    kocr_fold_get_strip (plan, i, strip, around);
    from = part_of (&self->taken, plan->tall ? 0 : start,
        plan->tall ? start : 0, strip[2], strip[3]);
    to = part_of (&self->fitted.frame, strip[0], strip[1], strip[2], strip[3]);
    room = part_of (&self->fitted.frame, around[0], around[1], around[2],
        around[3]);
    if (format == GST_VIDEO_FRAME_FORMAT (&self->taken))
      kocr_pixels_copy (&to, &from);
    else if (!kocr_conversion_run (&self->fit_conversion, self->pool, &from,
            &to, error))
      return NULL;
    kocr_edges_pad (&room, strip[0] - around[0], strip[1] - around[1],
        strip[2], strip[3]);
  }
  return &self->fitted.frame;
}

/* What is taken at its size to send, in the middle of the padded sheet where
 * there is one. */
static const GstVideoFrame *
fit (KocrPictureSource * self, const KocrPictureGeometry * geometry,
    GstVideoFormat format, GError ** error)
{
  gboolean as_is = format == GST_VIDEO_FRAME_FORMAT (&self->taken)
      && geometry->sent_width == geometry->width
      && geometry->sent_height == geometry->height;
  gboolean padded = geometry->sheet_width != geometry->sent_width
      || geometry->sheet_height != geometry->sent_height;
  GstVideoFrame inner;

  if (as_is && !padded)
    return &self->taken;
  if (!kocr_pixels_hold (&self->fitted, self->pool,
          as_is ? format : scaled_for (format, geometry),
          geometry->sheet_width, geometry->sheet_height,
          &self->taken.info.colorimetry, error))
    return NULL;
  inner = part_of (&self->fitted.frame, geometry->left, geometry->top,
      geometry->sent_width, geometry->sent_height);
  if (as_is)
    kocr_pixels_copy (&inner, &self->taken);
  else if (!kocr_conversion_run (&self->fit_conversion, self->pool,
          &self->taken, &inner, error))
    return NULL;
  if (padded)
    kocr_edges_pad (&self->fitted.frame, geometry->left, geometry->top,
        geometry->sent_width, geometry->sent_height);
  return &self->fitted.frame;
}

static const GstVideoFrame *
turn_pixels (KocrPictureSource * self, const GstVideoFrame * pixels,
    const KocrOrientation * turn, GError ** error)
{
  gint width = GST_VIDEO_FRAME_WIDTH (pixels);
  gint height = GST_VIDEO_FRAME_HEIGHT (pixels);

  if (!kocr_pixels_hold (&self->turned, self->pool,
          GST_VIDEO_FRAME_FORMAT (pixels), turn->swap ? height : width,
          turn->swap ? width : height, &pixels->info.colorimetry, error))
    return NULL;
  kocr_orientation_pixels (turn, &self->turned.frame, pixels);
  return &self->turned.frame;
}

const GstVideoFrame *
kocr_picture_source_fit (KocrPictureSource * self,
    const KocrPictureGeometry * geometry, GstVideoOrientationMethod method,
    GError ** error)
{
  GstVideoFormat format = kocr_format_direct_for (self->frame.info.finfo);
  KocrOrientation turn;

  kocr_orientation_init (&turn, method);
  self->taken = part_of (&self->frame, geometry->x, geometry->y,
      geometry->width, geometry->height);
  if (!kocr_orientation_is_none (&turn))
    format = kocr_orientation_format (format);
  self->current = geometry->fold.n > 0 ? fold (self, &geometry->fold,
      geometry->sheet_width, geometry->sheet_height, format, error)
      : fit (self, geometry, format, error);
  if (self->current && !kocr_orientation_is_none (&turn))
    self->current = turn_pixels (self, self->current, &turn, error);
  return self->current;
}

GstBuffer *
kocr_picture_source_keep (KocrPictureSource * self, GstVideoInfo * info,
    GError ** error)
{
  const GstVideoFrame *current = self->current;
  KocrPixels kept = { 0 };
  guint8 *data;

  if (current == &self->fitted.frame) {
    kept = self->fitted;
    self->fitted.block.data = NULL;
  } else if (current == &self->turned.frame) {
    kept = self->turned;
    self->turned.block.data = NULL;
  } else {
    if (!kocr_pixels_hold (&kept, self->pool, GST_VIDEO_FRAME_FORMAT (current),
            current->info.width, current->info.height,
            &current->info.colorimetry, error))
      return NULL;
    kocr_pixels_copy (&kept.frame, current);
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
