/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/frameview.h"

#include <string.h>
#include "base/error.h"
#include "frame/alphaground.h"
#include "frame/conversion.h"
#include "frame/framepart.h"
#include "frame/framereader.h"
#include "frame/format.h"
#include "frame/sdrcurve.h"
#include "geometry/framecrop.h"

/* In every component: nothing contrasts with it more than half, and a mask's
 * edge does not depend on what is around it. */
#define MASK_LEVEL 128

struct _KocrFrameViewer
{
  KocrBlockPool *pool;
  KocrConversion conversion;
  guint8 ground; /* that was behind the last transparent frame */
};

KocrFrameViewer *
kocr_frame_viewer_new (KocrBlockPool *pool)
{
  KocrFrameViewer *self = g_new0 (KocrFrameViewer, 1);

  self->pool = pool;
  return self;
}

void
kocr_frame_viewer_free (KocrFrameViewer *self)
{
  kocr_conversion_clear (&self->conversion, self->pool);
  g_free (self);
}

/* FALSE: there is none. */
static gboolean
find_crop (GstBuffer *buffer, gint crop[4])
{
  const GstVideoCropMeta *meta = kocr_frame_crop_get (buffer);

  if (!meta)
    return FALSE;
  crop[0] = meta->x;
  crop[1] = meta->y;
  crop[2] = meta->width;
  crop[3] = meta->height;
  return TRUE;
}

/* What stands between a frame's pixels and what is shown. */
typedef struct
{
  GstVideoOverlayCompositionMeta *composition; /* the first one */
  gboolean transparent, hdr, masked;
} Changes;

static void
find_changes (Changes *self, GstBuffer *buffer, const GstVideoFrame *frame,
    const KocrViewSettings *settings)
{
  self->composition = gst_buffer_get_video_overlay_composition_meta (buffer);
  self->transparent = kocr_alpha_ground_is_seen (frame);
  self->hdr = kocr_sdr_curve_is_needed (&frame->info.colorimetry);
  self->masked = settings->n_masks > 0;
}

/* Our own copy of what is mapped, in a format that the rest can write to. */
static gboolean
copy (KocrFrameViewer *self, KocrFrameView *view, gboolean transparent,
    GError **error)
{
  GstVideoFrame in = view->mapped, *out = &view->pixels.frame;
  GstVideoFormat format = GST_VIDEO_FRAME_FORMAT (&in);
  GstVideoColorimetry colorimetry = in.info.colorimetry;
  GstVideoFormat target;

  if (transparent) {
    target = kocr_alpha_ground_format (format);
  } else {
    in.info.finfo
        = gst_video_format_get_info (kocr_format_without_alpha (format));
    target = kocr_format_direct_for (in.info.finfo);
  }
  if (transparent && target != format) {
    colorimetry.matrix = GST_VIDEO_COLOR_MATRIX_RGB;
    colorimetry.range = GST_VIDEO_COLOR_RANGE_0_255;
  }
  in.info.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  if (!kocr_pixels_hold (&view->pixels, self->pool, target, in.info.width,
          in.info.height, &colorimetry, error))
    return FALSE;
  out->info.par_n = in.info.par_n;
  out->info.par_d = in.info.par_d;
  if (target != GST_VIDEO_FRAME_FORMAT (&in))
    return kocr_conversion_run (&self->conversion, self->pool, &in, out, error);
  kocr_pixels_copy (out, &in);
  return TRUE;
}

static void
put_over_ground (KocrFrameViewer *self, KocrFrameView *view)
{
  GstVideoFrame *frame = &view->pixels.frame;

  kocr_alpha_ground_apply (frame,
      (view->mapped.info.flags & GST_VIDEO_FLAG_PREMULTIPLIED_ALPHA) != 0,
      &self->ground);
  frame->info.finfo = gst_video_format_get_info (
      kocr_format_without_alpha (GST_VIDEO_FRAME_FORMAT (frame)));
}

/* The part of @frame at @rectangle, to whole chroma samples. */
static GstVideoFrame
part_of (const GstVideoFrame *frame, const gint rectangle[4])
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  GstVideoFrame part = *frame;
  gint x = rectangle[0], y = rectangle[1];

  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo); c++) {
    x &= ~((1 << GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c)) - 1);
    y &= ~((1 << GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c)) - 1);
  }
  kocr_frame_cut (&part, x, y, rectangle[2] + rectangle[0] - x,
      rectangle[3] + rectangle[1] - y);
  return part;
}

/* Compositions are placed in what is shown. */
static void
draw_compositions (KocrFrameView *view, GstBuffer *buffer)
{
  GstVideoFrame part = part_of (&view->pixels.frame, view->area.shown);
  gpointer state = NULL;
  GstMeta *meta;

  while ((meta = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE)))
    gst_video_overlay_composition_blend (
        ((GstVideoOverlayCompositionMeta *)meta)->overlay, &part);
}

static void
paint_mask (GstVideoFrame *frame, const gint rectangle[4])
{
  GstVideoFrame part = part_of (frame, rectangle);

  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (&part); c++) {
    gint step = GST_VIDEO_FRAME_COMP_PSTRIDE (&part, c);

    for (gint y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (&part, c); y++) {
      guint8 *row = (guint8 *)GST_VIDEO_FRAME_COMP_DATA (&part, c)
                    + (gssize)y * GST_VIDEO_FRAME_COMP_STRIDE (&part, c);

      for (gint x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (&part, c); x++)
        row[x * step] = MASK_LEVEL;
    }
  }
}

static void
paint_masks (KocrFrameView *view, const KocrViewSettings *settings)
{
  gint rectangle[4];

  for (guint i = 0; i < settings->n_masks; i++) {
    if (kocr_area_resolve (&settings->masks[i], view->area.shown, rectangle))
      paint_mask (&view->pixels.frame, rectangle);
  }
}

static gboolean
change (KocrFrameViewer *self, KocrFrameView *view, GstBuffer *buffer,
    const KocrViewSettings *settings, GError **error)
{
  Changes changes;

  find_changes (&changes, buffer, &view->mapped, settings);
  if (!changes.composition && !changes.transparent && !changes.hdr
      && !changes.masked)
    return TRUE;
  if (!copy (self, view, changes.transparent, error))
    return FALSE;
  if (changes.transparent)
    put_over_ground (self, view);
  if (changes.hdr)
    kocr_sdr_curve_apply (&view->pixels.frame);
  if (changes.composition)
    draw_compositions (view, buffer);
  if (changes.masked)
    paint_masks (view, settings);
  view->frame = view->pixels.frame;
  return TRUE;
}

/* Whether the rows of two fields alternate in the frame. */
static gboolean
is_interlaced (const GstVideoFrame *frame, GstBuffer *buffer)
{
  switch (GST_VIDEO_INFO_INTERLACE_MODE (&frame->info)) {
  case GST_VIDEO_INTERLACE_MODE_INTERLEAVED:
    return TRUE;
  case GST_VIDEO_INTERLACE_MODE_MIXED:
    return GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED);
  default:
    return FALSE;
  }
}

/* Always the upper field, so that still text is the same in all samples; the
 * lower one only where it is all there is. */
static void
take_field (GstVideoFrame *frame, GstBuffer *buffer)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gboolean lower
      = GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_ONEFIELD)
        && !GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_TFF)
        && frame->info.height % 4 == 0;

  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (frame); p++) {
    if (p == 1 && GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo))
      continue;
    if (lower)
      frame->data[p]
          = (guint8 *)frame->data[p] + GST_VIDEO_FRAME_PLANE_STRIDE (frame, p);
    frame->info.stride[p] *= 2;
  }
  frame->info.interlace_mode = GST_VIDEO_INTERLACE_MODE_ALTERNATE;
}

/* Rows of tiles are none of pixels. */
static gboolean
untile (KocrFrameViewer *self, KocrFrameView *view, GError **error)
{
  if (view->pixels.block.data
      || !GST_VIDEO_FORMAT_INFO_IS_TILED (view->frame.info.finfo))
    return TRUE;
  if (!copy (self, view, FALSE, error))
    return FALSE;
  view->frame = view->pixels.frame;
  return TRUE;
}

gboolean
kocr_frame_viewer_open (KocrFrameViewer *self, const GstVideoInfo *info,
    const KocrViewSettings *settings, GstBuffer *buffer, KocrFrameView *view,
    GError **error)
{
  gint crop[4];
  gboolean cropped = find_crop (buffer, crop), interlaced;

  memset (view, 0, sizeof *view);
  if (!kocr_frame_map (&view->mapped, info, buffer, error))
    return FALSE;
  view->frame = view->mapped;
  interlaced = is_interlaced (&view->mapped, buffer);
  if (!kocr_read_area_init (&view->area, view->mapped.info.width,
          view->mapped.info.height, cropped ? crop : NULL, &settings->region)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "The region lies outside the frame of %dx%d: nothing is recognised. "
        "Set region to a part of the frame.",
        view->mapped.info.width, view->mapped.info.height);
  } else if (change (self, view, buffer, settings, error)
             && (!interlaced || untile (self, view, error))) {
    if (interlaced)
      take_field (&view->frame, buffer);
    return TRUE;
  }
  kocr_frame_view_close (view, self->pool);
  return FALSE;
}

void
kocr_frame_view_close (KocrFrameView *view, KocrBlockPool *pool)
{
  kocr_pixels_clear (&view->pixels, pool);
  gst_video_frame_unmap (&view->mapped);
}
