/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/lumaplane.h"

#include <string.h>
#include "kernels.h"

/* Of rows in a store; a multiple of what Orc asks for. */
#define ROW_ALIGN 16

/* Pixels that unpacking may write more than it was asked for. */
#define UNPACKED_STEP 64

/* BT.601 with 8 bits of fraction, by component: R, G, B. */
static const gint rgb_weights[] = { 77, 150, 29 };

void
kocr_luma_store_clear (KocrLumaStore * self)
{
  g_clear_pointer (&self->data, g_free);
  self->size = 0;
}

gboolean
kocr_luma_plane_in_store (KocrLumaPlane * self, gint width, gint height,
    KocrLumaStore * store)
{
  gint stride = GST_ROUND_UP_N (width, ROW_ALIGN);
  gsize size = (gsize) stride * height;

  if (store->size < size) {
    kocr_luma_store_clear (store);
    store->data = g_try_malloc (size);
    store->size = store->data ? size : 0;
  }
  *self = (KocrLumaPlane) {
  store->data, stride, width, height};
  return store->data != NULL;
}

/* Rows that can be made into luma, at any address. */
typedef struct
{
  const guint8 *data;
  gint stride, pixel;           /* bytes */
} Rows;

static Rows
rows_of (const GstVideoFrame * frame, const gint area[4])
{
  Rows rows;

  rows.stride = GST_VIDEO_FRAME_COMP_STRIDE (frame, 0);
  rows.pixel = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  /* From the pixel's first byte, whichever component that is. */
  rows.data = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, 0)
      - GST_VIDEO_FRAME_COMP_POFFSET (frame, 0)
      + (gssize) area[1] * rows.stride + (gssize) area[0] * rows.pixel;
  return rows;
}

static gboolean
is_aligned (const Rows * rows, gint size)
{
  return GPOINTER_TO_SIZE (rows->data) % size == 0 && rows->stride % size == 0;
}

/* Whether each pixel is @bytes from the one before it, in bytes of 8 bits if
 * @whole. */
static gboolean
has_pixels_of (const GstVideoFormatInfo * finfo, gint bytes, gboolean whole)
{
  return !GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)
      && !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)
      && !GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo)
      && GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0) == bytes
      && (!whole || GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) == 8);
}

static gboolean
has_luma (const GstVideoFormatInfo * finfo)
{
  return GST_VIDEO_FORMAT_INFO_IS_YUV (finfo)
      || GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo);
}

/* How far luma is shifted in the two bytes of a pixel; -1: it is not there, or
 * not in this machine's order. */
static gint
shift_in_pair (const GstVideoFormatInfo * finfo)
{
  gint depth = GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0);
  gint shift = GST_VIDEO_FORMAT_INFO_SHIFT (finfo, 0) + depth - 8;

  if (!has_luma (finfo) || depth < 8 || !has_pixels_of (finfo, 2, FALSE))
    return -1;
  if (depth == 8)
    shift = 8 * GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0);
  else if (!GST_VIDEO_FORMAT_INFO_IS_LE (finfo))
    return -1;
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? shift : -1;
}

/* The weights of a pixel's bytes. */
static void
find_weights (const GstVideoFormatInfo * finfo, gint weights[4])
{
  memset (weights, 0, 4 * sizeof *weights);
  if (has_luma (finfo)) {
    weights[GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0)] = 256;
    return;
  }
  for (guint c = 0; c < 3; c++)
    weights[GST_VIDEO_FORMAT_INFO_POFFSET (finfo, c)] = rgb_weights[c];
}

/* Passes: each writes rows of luma. */

static void
pass_copy (const KocrLumaPlane * out, guint8 * to, const Rows * from)
{
  for (gint y = 0; y < out->height; y++)
    memcpy (to + (gssize) y * out->stride,
        from->data + (gssize) y * from->stride, out->width);
}

static void
pass_pairs (const KocrLumaPlane * out, guint8 * to, const Rows * from,
    gint shift)
{
  for (gint y = 0; y < out->height; y++)
    kocr_orc_luma_of_pairs (to + (gssize) y * out->stride,
        (const guint16 *) (gconstpointer) (from->data
            + (gssize) y * from->stride), shift, out->width);
}

static void
pass_pixels (const KocrLumaPlane * out, guint8 * to, const Rows * from,
    const gint weights[4])
{
  for (gint y = 0; y < out->height; y++)
    kocr_orc_luma_of_pixels (to + (gssize) y * out->stride,
        from->data + (gssize) y * from->stride, weights[0], weights[1],
        weights[2], weights[3], out->width);
}

/* Whatever else there is, as GStreamer unpacks it: four samples a pixel of one
 * or two bytes, in AYUV's or ARGB's order.  From the row's start, since not all
 * formats can be unpacked from anywhere else (1.22), and to its end, which some
 * reach in steps of several pixels. */
static void
pass_unpacked (const KocrLumaPlane * out, guint8 * to,
    const GstVideoFrame * frame, const gint area[4])
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  const GstVideoFormatInfo *unpacked =
      gst_video_format_get_info (finfo->unpack_format);
  gboolean wide = GST_VIDEO_FORMAT_INFO_BITS (unpacked) > 8;
  gint n = GST_VIDEO_FRAME_WIDTH (frame);
  g_autofree guint16 *pixels = g_new (guint16, 4 * (n + UNPACKED_STEP));
  gint weights[4] = { 0, 256, 0, 0 };

  if (!has_luma (finfo))
    memcpy (weights + 1, rgb_weights, sizeof rgb_weights);
  for (gint y = 0; y < out->height; y++) {
    guint8 *bytes = (guint8 *) pixels;

    finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, frame->data,
        frame->info.stride, 0, area[1] + y, n);
    for (gint i = 0; wide && i < 4 * n; i++)
      bytes[i] = pixels[i] >> 8;
    kocr_orc_luma_of_pixels (to + (gssize) y * out->stride,
        bytes + 4 * area[0], weights[0], weights[1], weights[2], weights[3],
        out->width);
  }
}

gboolean
kocr_luma_plane_of_frame (KocrLumaPlane * self, const GstVideoFrame * frame,
    const gint area[4], KocrLumaStore * store)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint shift = shift_in_pair (finfo);
  Rows rows = rows_of (frame, area);
  gint weights[4];

  if (has_luma (finfo) && has_pixels_of (finfo, 1, TRUE)
      && is_aligned (&rows, 4)) {
    *self = (KocrLumaPlane) {
    rows.data, rows.stride, area[2], area[3]};
    return TRUE;
  }
  if (!kocr_luma_plane_in_store (self, area[2], area[3], store))
    return FALSE;

  if (has_luma (finfo) && has_pixels_of (finfo, 1, TRUE)) {
    pass_copy (self, store->data, &rows);
  } else if (shift >= 0 && is_aligned (&rows, 2)) {
    pass_pairs (self, store->data, &rows, shift);
  } else if (has_pixels_of (finfo, 4, TRUE) && is_aligned (&rows, 4)) {
    find_weights (finfo, weights);
    pass_pixels (self, store->data, &rows, weights);
  } else {
    pass_unpacked (self, store->data, frame, area);
  }
  return TRUE;
}

gboolean
kocr_luma_plane_copy (KocrLumaPlane * self, const KocrLumaPlane * from,
    KocrLumaStore * store)
{
  Rows rows = { from->data, from->stride, 1 };

  if (!kocr_luma_plane_in_store (self, from->width, from->height, store))
    return FALSE;
  pass_copy (self, store->data, &rows);
  return TRUE;
}

gboolean
kocr_luma_plane_halve (KocrLumaPlane * self, const KocrLumaPlane * from,
    KocrLumaStore * store)
{
  gint width = from->width, pairs = width / 2;

  if (!kocr_luma_plane_in_store (self, (width + 1) / 2, (from->height + 1) / 2,
          store))
    return FALSE;
  for (gint y = 0; y < self->height; y++) {
    const guint8 *top = from->data + (gssize) 2 * y * from->stride;
    const guint8 *bottom = 2 * y + 1 < from->height ? top + from->stride : top;
    guint8 *out = store->data + (gssize) y * self->stride;

    kocr_orc_quarter (out, top, bottom, pairs);
    if (width % 2)
      out[pairs] = (top[width - 1] + bottom[width - 1] + 1) / 2;
  }
  return TRUE;
}
