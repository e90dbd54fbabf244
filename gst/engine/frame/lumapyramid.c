/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/lumapyramid.h"

#include <string.h>

#include "base/prefetch.h"
#include "kernels.h"

/* Frames whose longer side is above it are quartered, above the other one
 * halved: lines of subtitles are then still ten pixels high. With fewer,
 * strokes of a pixel or two look different at each fraction of a pixel. */
#define QUARTER_ABOVE 1280
#define HALF_ABOVE 720
/* The same of coarse pictures. */
#define COARSE_QUARTER_ABOVE 960
#define COARSE_HALF_ABOVE 480
#define ALIGNMENT 16

static KocrLumaPyramid *
create (KocrBlockPool * pool, gint width, gint height, gint reduction)
{
  KocrLumaPyramid shape = {
    .width = width, .height = height, .reduction = reduction, .pool = pool
  };
  gsize offsets[KOCR_LUMA_LEVELS], size;
  KocrLumaPyramid *self;
  guint8 *pixels;

  for (guint i = 0; i < KOCR_LUMA_LEVELS; i++) {
    KocrLumaLevel *plane = &shape.levels[i];

    plane->width = width / shape.reduction >> i;
    plane->height = height / shape.reduction >> i;
    plane->stride = GST_ROUND_UP_N (plane->width, ALIGNMENT);
    offsets[i] = shape.size;
    shape.size += (gsize) plane->stride * plane->height;
  }

  size = sizeof shape + ALIGNMENT + shape.size;
  if (!kocr_block_pool_take (pool, size, size, &shape.block))
    return NULL;
  self = (gpointer) shape.block.data;
  *self = shape;
  g_atomic_ref_count_init (&self->references);
  pixels = (guint8 *) (self + 1);
  pixels += -GPOINTER_TO_SIZE (pixels) % ALIGNMENT;
  for (guint i = 0; i < KOCR_LUMA_LEVELS; i++)
    self->levels[i].pixels = pixels + offsets[i];
  return self;
}

KocrLumaPyramid *
kocr_luma_pyramid_new (KocrBlockPool * pool, gint width, gint height)
{
  gint side = MAX (width, height);

  return create (pool, width, height,
      side > QUARTER_ABOVE ? 4 : side > HALF_ABOVE ? 2 : 1);
}

KocrLumaPyramid *
kocr_luma_pyramid_new_coarse (KocrBlockPool * pool, gint width, gint height)
{
  gint side = MAX (width, height);

  return create (pool, width, height,
      side > COARSE_QUARTER_ABOVE ? 4 : side > COARSE_HALF_ABOVE ? 2 : 1);
}

KocrLumaPyramid *
kocr_luma_pyramid_ref (KocrLumaPyramid * self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kocr_luma_pyramid_unref (KocrLumaPyramid * self)
{
  KocrBlock block;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  block = self->block;
  kocr_block_pool_give (self->pool, &block);
}

/* The layouts that can be read. */

static gboolean
is_plain_luma (const GstVideoFormatInfo * format)
{
  return !GST_VIDEO_FORMAT_INFO_IS_RGB (format)
      && GST_VIDEO_FORMAT_INFO_DEPTH (format, 0) == 8
      && GST_VIDEO_FORMAT_INFO_PSTRIDE (format, 0) == 1;
}

gboolean
kocr_luma_pyramid_can_read (const GstVideoFormatInfo * format)
{
  guint depth = GST_VIDEO_FORMAT_INFO_DEPTH (format, 0);
  gint step = GST_VIDEO_FORMAT_INFO_PSTRIDE (format, 0);

  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (format)
      || GST_VIDEO_FORMAT_INFO_IS_TILED (format)
      || GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format) || step == 0)
    return FALSE;
  if (GST_VIDEO_FORMAT_INFO_IS_RGB (format))
    return depth == 8 && GST_VIDEO_FORMAT_INFO_BITS (format) == 8;
  if (depth > 8)
    return step == 2
        && GST_VIDEO_FORMAT_INFO_IS_LE (format) == (G_BYTE_ORDER ==
        G_LITTLE_ENDIAN);
  return depth == 8;
}

/* Any layout, two pixels of a block: its first and the one in its middle. */

static void
add_samples (guint16 * sums, gint n, const GstVideoFrame * frame,
    guint component, gint x, gint y, gint reduction)
{
  const GstVideoFormatInfo *format = frame->info.finfo;
  gint step = GST_VIDEO_FORMAT_INFO_PSTRIDE (format, component);
  guint depth = GST_VIDEO_FORMAT_INFO_DEPTH (format, component);
  guint shift = GST_VIDEO_FORMAT_INFO_SHIFT (format, component);
  const guint8 *pixel =
      (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, component)
      + (gssize) y * GST_VIDEO_FRAME_COMP_STRIDE (frame, component) + x * step;

  step *= reduction;
  if (depth == 8) {
    for (gint i = 0; i < n; i++, pixel += step)
      sums[i] += *pixel;
  } else {
    for (gint i = 0; i < n; i++, pixel += step) {
      guint16 sample;

      memcpy (&sample, pixel, sizeof sample);
      sums[i] += (guint8) (sample >> (shift + depth - 8));
    }
  }
}

static void
read_samples (KocrLumaPyramid * self, const GstVideoFrame * frame)
{
  static const struct
  {
    guint component, pixel;
  } luma[] = {
    {GST_VIDEO_COMP_Y, 0}, {GST_VIDEO_COMP_Y, 1}
  }, rgb[] = {
    {GST_VIDEO_COMP_R, 0}, {GST_VIDEO_COMP_G, 0},
    {GST_VIDEO_COMP_G, 1}, {GST_VIDEO_COMP_B, 1}
  };
  gboolean is_rgb = GST_VIDEO_FORMAT_INFO_IS_RGB (frame->info.finfo);
  guint n = is_rgb ? G_N_ELEMENTS (rgb) : G_N_ELEMENTS (luma);
  const KocrLumaLevel *out = &self->levels[0];
  g_autofree guint16 *sums = g_new (guint16, out->width);

  for (gint y = 0; y < out->height; y++) {
    guint8 *row = out->pixels + (gsize) y * out->stride;

    memset (sums, 0, out->width * sizeof *sums);
    for (guint i = 0; i < n; i++) {
      gint at = (is_rgb ? rgb : luma)[i].pixel * self->reduction / 2;

      add_samples (sums, out->width, frame,
          (is_rgb ? rgb : luma)[i].component, at, y * self->reduction + at,
          self->reduction);
    }
    for (gint x = 0; x < out->width; x++)
      row[x] = sums[x] / n;
  }
}

/* Planes of bytes, averaged. */

/* Two rows, while those before them are read: by itself the processor asks for
 * what comes next in one row at a time, and takes twice as long. */
static inline G_ALWAYS_INLINE void
prefetch_rows (const guint8 *pixels, gssize stride, gint n_bytes)
{
  kocr_prefetch (pixels, n_bytes);
  kocr_prefetch (pixels + stride, n_bytes);
}

static void
halve (const KocrLumaLevel * out, const guint8 * pixels, gssize stride)
{
  for (gint y = 0; y < out->height; y++, pixels += 2 * stride) {
    prefetch_rows (pixels + 2 * stride, stride, 2 * out->width);
    kocr_orc_quarter (out->pixels + (gsize) y * out->stride, pixels,
        pixels + stride, out->width);
  }
}

static void
quarter (const KocrLumaLevel * out, const guint8 * pixels, gssize stride)
{
  g_autofree guint16 *sums = g_new (guint16, 2 * out->width);

  for (gint y = 0; y < out->height; y++, pixels += 4 * stride) {
    prefetch_rows (pixels + 2 * stride, stride, 4 * out->width);
    kocr_orc_sum_pairs (sums, pixels, pixels + stride, 2 * out->width);
    prefetch_rows (pixels + 4 * stride, stride, 4 * out->width);
    kocr_orc_mean_4x4 (out->pixels + (gsize) y * out->stride, sums,
        pixels + 2 * stride, pixels + 3 * stride, out->width);
  }
}

static void
copy (const KocrLumaLevel * out, const guint8 * pixels, gssize stride)
{
  for (gint y = 0; y < out->height; y++, pixels += stride)
    memcpy (out->pixels + (gsize) y * out->stride, pixels, out->width);
}

void
kocr_luma_pyramid_fill (KocrLumaPyramid * self, const GstVideoFrame * frame)
{
  const guint8 *pixels = GST_VIDEO_FRAME_COMP_DATA (frame, 0);
  gssize stride = GST_VIDEO_FRAME_COMP_STRIDE (frame, 0);

  /* Orc takes the rows of a block as elements that are aligned. */
  if (!is_plain_luma (frame->info.finfo)
      || (GPOINTER_TO_SIZE (pixels) | (gsize) stride) % self->reduction)
    read_samples (self, frame);
  else if (self->reduction == 4)
    quarter (&self->levels[0], pixels, stride);
  else if (self->reduction == 2)
    halve (&self->levels[0], pixels, stride);
  else
    copy (&self->levels[0], pixels, stride);

  for (guint i = 1; i < KOCR_LUMA_LEVELS; i++)
    halve (&self->levels[i], self->levels[i - 1].pixels,
        self->levels[i - 1].stride);
}
