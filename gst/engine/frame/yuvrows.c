/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/yuvrows.h"

#include <string.h>
#include "frame/format.h"
#include "kernels.h"

#define Y GST_VIDEO_COMP_Y
#define U GST_VIDEO_COMP_U
#define V GST_VIDEO_COMP_V

const guint8 *
kocr_component_row (const GstVideoFrame * frame, guint component, gint y)
{
  return (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, component)
  + (gssize) y *GST_VIDEO_FRAME_COMP_STRIDE (frame, component);
}

const guint8 *
kocr_plane_row (const GstVideoFrame * frame, guint component, gint y)
{
  guint plane = GST_VIDEO_FORMAT_INFO_PLANE (frame->info.finfo, component);

  return (const guint8 *) frame->data[plane]
  + (gssize) y *GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);
}

/* @row where an array of @size bytes an element may start, or its copy of
 * @bytes bytes. */
static const guint8 *
aligned (const guint8 * row, guint8 * copy, gsize bytes, gsize size)
{
  return GPOINTER_TO_SIZE (row) % size ? memcpy (copy, row, bytes) : row;
}

/* Halves two rows of full-width chroma, the last column by itself. */
static void
quarter (guint8 * out, const guint8 * a, const guint8 * b, gint width,
    const KocrYuvScratch * scratch)
{
  a = aligned (a, scratch->raw[0], width, 2);
  b = aligned (b, scratch->raw[1], width, 2);
  kocr_orc_quarter (out, a, b, width / 2);
  if (width % 2)
    out[width / 2] = (a[width - 1] + b[width - 1] + 1) / 2;
}

static void
fetch_planar (KocrYuvRows * rows, const GstVideoFrame * frame, gint top,
    gint bottom, const KocrYuvScratch * scratch)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  guint8 *chroma[] = { scratch->u, scratch->v };

  rows->y[0] = kocr_component_row (frame, Y, top);
  rows->y[1] = kocr_component_row (frame, Y, bottom);
  if (GST_VIDEO_FORMAT_INFO_H_SUB (finfo, U)) {
    rows->u = kocr_component_row (frame, U, top / 2);
    rows->v = kocr_component_row (frame, V, top / 2);
    return;
  }
  for (guint i = 0; i < 2; i++) {
    const guint8 *a = kocr_component_row (frame, U + i, top);
    const guint8 *b = kocr_component_row (frame, U + i, bottom);

    if (GST_VIDEO_FORMAT_INFO_W_SUB (finfo, U))
      kocr_orc_average (chroma[i], a, b, GST_VIDEO_FRAME_COMP_WIDTH (frame, U));
    else
      quarter (chroma[i], a, b, GST_VIDEO_FRAME_WIDTH (frame), scratch);
  }
  rows->u = scratch->u;
  rows->v = scratch->v;
}

static void
fetch_paired (KocrYuvRows * rows, const GstVideoFrame * frame, gint top,
    gint bottom, const KocrYuvScratch * scratch)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gboolean v_first = GST_VIDEO_FORMAT_INFO_POFFSET (finfo, V) == 0;
  guint8 *first = v_first ? scratch->v : scratch->u;
  guint8 *second = v_first ? scratch->u : scratch->v;
  gint n = GST_VIDEO_FRAME_COMP_WIDTH (frame, U);

  rows->y[0] = kocr_component_row (frame, Y, top);
  rows->y[1] = kocr_component_row (frame, Y, bottom);
  if (GST_VIDEO_FORMAT_INFO_H_SUB (finfo, U))
    kocr_orc_split (first, second, aligned (kocr_plane_row (frame, U, top / 2),
            scratch->raw[0], 2 * n, 2), n);
  else
    kocr_orc_split_average (first, second,
        aligned (kocr_plane_row (frame, U, top), scratch->raw[0], 2 * n, 2),
        aligned (kocr_plane_row (frame, U, bottom), scratch->raw[1], 2 * n, 2),
        n);
  rows->u = scratch->u;
  rows->v = scratch->v;
}

static void
fetch_packed (KocrYuvRows * rows, const GstVideoFrame * frame, gint top,
    gint bottom, const KocrYuvScratch * scratch)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gboolean v_first = GST_VIDEO_FORMAT_INFO_POFFSET (finfo, V)
      < GST_VIDEO_FORMAT_INFO_POFFSET (finfo, U);
  guint8 *first = v_first ? scratch->v : scratch->u;
  guint8 *second = v_first ? scratch->u : scratch->v;
  gint n = GST_VIDEO_FRAME_COMP_WIDTH (frame, U);
  const guint8 *a = aligned (kocr_plane_row (frame, Y, top), scratch->raw[0],
      4 * n, 4);
  const guint8 *b = aligned (kocr_plane_row (frame, Y, bottom),
      scratch->raw[1], 4 * n, 4);

  if (GST_VIDEO_FORMAT_INFO_POFFSET (finfo, Y) == 0)
    kocr_orc_unpack_yc (scratch->y[0], scratch->y[1], first, second, a, b, n);
  else
    kocr_orc_unpack_cy (scratch->y[0], scratch->y[1], first, second, a, b, n);
  rows->y[0] = scratch->y[0];
  rows->y[1] = scratch->y[1];
  rows->u = scratch->u;
  rows->v = scratch->v;
}

void
kocr_yuv_rows_fetch (KocrYuvRows * rows, const GstVideoFrame * frame,
    gint pair, const KocrYuvScratch * scratch)
{
  gint top = 2 * pair;
  gint bottom = MIN (top + 1, GST_VIDEO_FRAME_HEIGHT (frame) - 1);

  switch (kocr_layout_of (GST_VIDEO_FRAME_FORMAT (frame))) {
    case KOCR_LAYOUT_PLANAR:
      fetch_planar (rows, frame, top, bottom, scratch);
      break;
    case KOCR_LAYOUT_PAIRED:
      fetch_paired (rows, frame, top, bottom, scratch);
      break;
    case KOCR_LAYOUT_PACKED:
      fetch_packed (rows, frame, top, bottom, scratch);
      break;
    default:
      g_assert_not_reached ();
  }
}
