/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/chromaplanes.h"

#include <string.h>
#include "kernels.h"
#include "base/prefetch.h"

/* Of rows in a store. */
#define ROW_ALIGN 16
/* Pixels that unpacking may write more than it was asked for. */
#define UNPACKED_STEP 64
/* Rows that are kept: one of each plane, two to make them from, and one for who
 * compares them. */
#define N_ROWS 5

/* How a frame's colour lies. */
typedef enum
{
  LAYOUT_NONE,                  /* there is none */
  LAYOUT_PLANAR,                /* 4:2:0, a plane each */
  LAYOUT_PAIRED,                /* 4:2:0, both in one plane */
  LAYOUT_PACKED,                /* 4:2:2 in four bytes for two pixels */
  LAYOUT_PIXELS,                /* four bytes a pixel */
  LAYOUT_OTHER
} Layout;

/* By component, or by byte, with 7 bits of fraction: blue's and red's
 * difference from luma (BT.601), and what colour is as it is. */
static const gint rgb_weights[2][3] = { {-22, -42, 64}, {64, -54, -10} };

#define WHOLE 128

/* What turns four bytes into one of a plane. */
typedef struct
{
  gint bytes[4];
  gint middle;
} Weights;

typedef struct
{
  const GstVideoFrame *frame;
  Layout layout;
  gint x, y, width, height;     /* of the area in frame pixels */
  gint n;                       /* pixels in a row of 4:2:0 */
  Weights weights[2];           /* of pixels */
  guint8 *rows[N_ROWS];
} Reader;

void
kocr_chroma_store_clear (KocrChromaStore * self)
{
  kocr_luma_store_clear (&self->planes[0]);
  kocr_luma_store_clear (&self->planes[1]);
  kocr_luma_store_clear (&self->rows);
}

static gboolean
is_quartered (const GstVideoFormatInfo * finfo)
{
  for (guint c = 1; c < 3; c++) {
    if (GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c) != 1
        || GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c) != 1)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_halved (const GstVideoFormatInfo * finfo)
{
  return GST_VIDEO_FORMAT_INFO_W_SUB (finfo, 1) == 1
      && GST_VIDEO_FORMAT_INFO_H_SUB (finfo, 1) == 0;
}

/* Bytes of a component, if they are in this machine's order. */
static gint
bytes_of (const GstVideoFormatInfo * finfo)
{
  gint depth = GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 1);

  if (depth == 8)
    return 1;
  return depth > 8 && GST_VIDEO_FORMAT_INFO_IS_LE (finfo)
      == (G_BYTE_ORDER == G_LITTLE_ENDIAN)
      ? 2 : 0;
}

static Layout
layout_of (const GstVideoFormatInfo * finfo)
{
  gint step = GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 1);
  gint bytes = bytes_of (finfo);

  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo))
    return LAYOUT_NONE;
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)
      || GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)
      || GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo) || bytes == 0)
    return LAYOUT_OTHER;
  if (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) && is_quartered (finfo)) {
    if (step == bytes)
      return LAYOUT_PLANAR;
    return step == 2 * bytes ? LAYOUT_PAIRED : LAYOUT_OTHER;
  }
  if (bytes != 1 || step != 4)
    return LAYOUT_OTHER;
  if (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) && is_halved (finfo)
      && GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0) == 2)
    return LAYOUT_PACKED;
  return GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0) == 4
      && GST_VIDEO_FORMAT_INFO_W_SUB (finfo, 1) == 0
      ? LAYOUT_PIXELS : LAYOUT_OTHER;
}

/* @positions: of a pixel's bytes, by component. */
static void
find_weights (Weights weights[2], gboolean rgb, const gint positions[3])
{
  for (guint i = 0; i < 2; i++) {
    weights[i] = (Weights) {
    .middle = rgb ? KOCR_CHROMA_MIDDLE : 0};
    if (!rgb)
      weights[i].bytes[positions[i + 1]] = WHOLE;
    for (guint c = 0; rgb && c < 3; c++)
      weights[i].bytes[positions[c]] = rgb_weights[i][c];
  }
}

static gboolean
reader_init (Reader * self, const GstVideoFrame * frame, const gint area[4],
    KocrLumaStore * store)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  /* As unpacking writes them. */
  gint positions[3] = { 1, 2, 3 };
  gsize size =
      GST_ROUND_UP_N (8 * (GST_VIDEO_FRAME_WIDTH (frame) + UNPACKED_STEP),
      ROW_ALIGN);

  *self = (Reader) {
  frame, layout_of (finfo), area[0], area[1], area[2],
        area[3], (area[2] + 1) / 2};
  if (store->size < N_ROWS * size) {
    kocr_luma_store_clear (store);
    store->data = g_try_malloc (N_ROWS * size);
    store->size = store->data ? N_ROWS * size : 0;
  }
  for (guint i = 0; i < N_ROWS; i++)
    self->rows[i] = store->data + i * size;
  if (self->layout == LAYOUT_PIXELS) {
    for (guint c = 0; c < 3; c++)
      positions[c] = GST_VIDEO_FORMAT_INFO_POFFSET (finfo, c);
  }
  find_weights (self->weights, GST_VIDEO_FORMAT_INFO_IS_RGB (finfo), positions);
  return store->data != NULL;
}

static const guint8 *
component_at (const Reader * self, guint component, gint x, gint y)
{
  return (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (self->frame, component)
  + (gssize) y *GST_VIDEO_FRAME_COMP_STRIDE (self->frame, component)
  + (gssize) x *GST_VIDEO_FRAME_COMP_PSTRIDE (self->frame, component);
}

/* @row aligned to @size, in @spare where it is not. */
static const guint8 *
align (const guint8 * row, gsize size, gsize n_bytes, guint8 * spare)
{
  if (GPOINTER_TO_SIZE (row) % size == 0)
    return row;
  return memcpy (spare, row, n_bytes);
}

/* The high bytes of @n samples of two bytes. */
static const guint8 *
narrow (const Reader * self, const guint8 * row, gint n, guint8 * out)
{
  const GstVideoFormatInfo *finfo = self->frame->info.finfo;
  gint shift = GST_VIDEO_FORMAT_INFO_SHIFT (finfo, 1)
      + GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 1) - 8;

  kocr_orc_luma_of_pairs (out, (const guint16 *) (gconstpointer) row, shift, n);
  return out;
}

/* Row @y of 4:2:0 of both planes; @rows: two for what has to be made. */

/* Asks for what is read next. */
static inline G_ALWAYS_INLINE void
prefetch (const guint8 * row, gint stride, gint size)
{
  kocr_prefetch (row + (gssize) stride, size);
}

static void
read_planar (const Reader * self, gint y, guint8 * rows[2],
    const guint8 * out[2])
{
  for (guint i = 0; i < 2; i++) {
    out[i] = component_at (self, i + 1, self->x / 2, self->y / 2 + y);
    prefetch (out[i], 2 * GST_VIDEO_FRAME_COMP_STRIDE (self->frame, i + 1),
        self->n);
    if (bytes_of (self->frame->info.finfo) == 2)
      out[i] = narrow (self, out[i], self->n, rows[i]);
    else
      out[i] = align (out[i], 2, self->n, rows[i]);
  }
}

static void
read_paired (const Reader * self, gint y, guint8 * rows[2],
    const guint8 * out[2])
{
  gint bytes = bytes_of (self->frame->info.finfo);
  /* From the pair's first byte, whichever component that is. */
  const guint8 *pairs = component_at (self, 1, self->x / 2, self->y / 2 + y)
      - GST_VIDEO_FORMAT_INFO_POFFSET (self->frame->info.finfo, 1)
      % (2 * bytes);

  if (bytes == 2)
    pairs = narrow (self, pairs, 2 * self->n, self->rows[2]);
  else
    pairs = align (pairs, 2, 2 * self->n, self->rows[2]);
  kocr_orc_split (rows[0], rows[1], pairs, self->n);
  out[0] = rows[0];
  out[1] = rows[1];
}

static gint
frame_row (const Reader * self, gint y)
{
  return self->y + MIN (y, self->height - 1);
}

static void
read_packed (const Reader * self, gint y, guint8 * rows[2],
    const guint8 * out[2])
{
  const GstVideoFormatInfo *finfo = self->frame->info.finfo;
  const guint8 *pairs[2];
  guint8 *luma[2] = { rows[0] + self->n, rows[1] + self->n };

  for (guint i = 0; i < 2; i++)
    pairs[i] =
        align (component_at (self, 0, self->x & ~1, frame_row (self, 2 * y + i))
        - GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0), 4, 4 * self->n,
        self->rows[2 + i]);
  for (guint i = 0; i < 2; i++)
    luma[i] = (guint8 *) GST_ROUND_UP_N (GPOINTER_TO_SIZE (luma[i]), 16);
  if (GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0) == 0)
    kocr_orc_unpack_yc (luma[0], luma[1], rows[0], rows[1], pairs[0], pairs[1],
        self->n);
  else
    kocr_orc_unpack_cy (luma[0], luma[1], rows[0], rows[1], pairs[0], pairs[1],
        self->n);
  out[0] = rows[0];
  out[1] = rows[1];
}

/* Pixels of four bytes of the row that is made @y-th, from the area's start. */
static const guint8 *
unpack_row (const Reader * self, gint y, guint8 * pixels)
{
  const GstVideoFrame *frame = self->frame;
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint n = GST_VIDEO_FRAME_WIDTH (frame);
  const guint16 *wide = (const guint16 *) (gconstpointer) pixels;

  if (self->layout == LAYOUT_PIXELS)
    return align (component_at (self, 0, self->x, frame_row (self, y))
        - GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0), 4, 4 * self->width, pixels);
  /* From the row's start and to its end, as for luma. */
  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, frame->data,
      frame->info.stride, 0, frame_row (self, y), n);
  if (GST_VIDEO_FORMAT_INFO_BITS (gst_video_format_get_info
          (finfo->unpack_format))
      > 8) {
    for (gint i = 0; i < 4 * n; i++)
      pixels[i] = wide[i] >> 8;
  }
  return pixels + 4 * self->x;
}

static void
read_pixels (const Reader * self, gint y, guint8 * rows[2],
    const guint8 * out[2])
{
  gint n = self->width, pairs = n / 2;
  const guint8 *pixels[2];

  for (guint i = 0; i < 2; i++)
    pixels[i] = unpack_row (self, 2 * y + i, self->rows[2 + i]);
  for (guint i = 0; i < 2; i++) {
    const Weights *w = &self->weights[i];
    guint8 *made[2];

    /* Behind what becomes of them. */
    made[0] = rows[i] + GST_ROUND_UP_N (self->n, ROW_ALIGN);
    made[1] = made[0] + GST_ROUND_UP_N (n, ROW_ALIGN);
    for (guint j = 0; j < 2; j++)
      kocr_orc_chroma_of_pixels (made[j], pixels[j], w->bytes[0], w->bytes[1],
          w->bytes[2], w->bytes[3], w->middle, n);
    kocr_orc_quarter (rows[i], made[0], made[1], pairs);
    if (n % 2)
      rows[i][pairs] = (made[0][n - 1] + made[1][n - 1] + 1) / 2;
    out[i] = rows[i];
  }
}

static void
read_row (const Reader * self, gint y, guint8 * rows[2], const guint8 * out[2])
{
  switch (self->layout) {
    case LAYOUT_PLANAR:
      read_planar (self, y, rows, out);
      break;
    case LAYOUT_PAIRED:
      read_paired (self, y, rows, out);
      break;
    case LAYOUT_PACKED:
      read_packed (self, y, rows, out);
      break;
    default:
      read_pixels (self, y, rows, out);
      break;
  }
}

/* Row @y of a plane, from a row of 4:2:0: every other one will do. */
static void
make_row (const Reader * self, const guint8 * row, guint8 * out)
{
  kocr_orc_quarter (out, row, row, self->n / 2);
  if (self->n % 2)
    out[self->n / 2] = row[self->n - 1];
}

gboolean
kocr_chroma_planes_of_frame (KocrChromaPlanes * self,
    const GstVideoFrame * frame, const gint area[4], KocrChromaStore * store)
{
  gint n_rows = (area[3] + 3) / 4;
  Reader reader;

  memset (self, 0, sizeof *self);
  if (!reader_init (&reader, frame, area, &store->rows))
    return FALSE;
  if (reader.layout == LAYOUT_NONE)
    return TRUE;
  for (guint i = 0; i < 2; i++) {
    if (!kocr_luma_plane_in_store (&self->planes[i], (reader.n + 1) / 2, n_rows,
            &store->planes[i]))
      return FALSE;
  }
  for (gint y = 0; y < n_rows; y++) {
    const guint8 *rows[2];

    read_row (&reader, 2 * y, reader.rows, rows);
    for (guint i = 0; i < 2; i++)
      make_row (&reader, rows[i],
          store->planes[i].data + (gssize) y * self->planes[i].stride);
  }
  return TRUE;
}

gboolean
kocr_chroma_planes_are_near (const KocrChromaPlanes * self,
    const GstVideoFrame * frame, const gint area[4], KocrChromaStore * store,
    guint most)
{
  Reader reader;
  guint8 *farthest;
  gint width = self->planes[0].width;

  if (!reader_init (&reader, frame, area, &store->rows)
      || (reader.layout != LAYOUT_NONE) != (self->planes[0].data != NULL))
    return FALSE;
  if (reader.layout == LAYOUT_NONE)
    return TRUE;
  farthest = reader.rows[N_ROWS - 1];
  memset (farthest, 0, width);
  for (gint y = 0; y < self->planes[0].height; y++) {
    const guint8 *rows[2];

    read_row (&reader, 2 * y, reader.rows, rows);
    for (guint i = 0; i < 2; i++) {
      const guint8 *reference
          = self->planes[i].data + (gssize) y * self->planes[i].stride;

      prefetch (reference, self->planes[i].stride, width);
      kocr_orc_farthest (farthest, reference, rows[i], reader.n / 2);
      if (reader.n % 2)
        farthest[width - 1] = MAX (farthest[width - 1],
            ABS (reference[width - 1] - rows[i][reader.n - 1]));
    }
  }
  for (gint x = 0; x < width; x++) {
    if (farthest[x] > most)
      return FALSE;
  }
  return TRUE;
}
