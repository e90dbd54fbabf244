/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/edges.h"

#include <string.h>
#include "frame/framepart.h"

#define LEVELS 256
/* Levels from the usual one that a stroke differs by. */
#define STROKE 24
/* Pixels of an edge that a stroke takes. */
#define LEAST_TOUCHING 2

/* Samples in a line. */
typedef struct
{
  const guint8 *data;
  gssize step;
  gint n;
} Line;

/* @position: of the row or column, in samples of @component. */
static Line
row_of (const GstVideoFrame *frame, guint component, gint position, gint from,
    gint n)
{
  gssize step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, component);

  return (Line){ (const guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, component)
                     + (gssize)position
                           * GST_VIDEO_FRAME_COMP_STRIDE (frame, component)
                     + from * step,
    step, n };
}

static Line
column_of (const GstVideoFrame *frame, guint component, gint position,
    gint from, gint n)
{
  gssize stride = GST_VIDEO_FRAME_COMP_STRIDE (frame, component);

  return (Line){ (const guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, component)
                     + (gssize)position
                           * GST_VIDEO_FRAME_COMP_PSTRIDE (frame, component)
                     + from * stride,
    stride, n };
}

static guint8
median_of (const Line *line)
{
  guint counts[LEVELS] = {
    0,
  };
  gint below = 0;
  guint level = 0;

  for (gint i = 0; i < line->n; i++)
    counts[line->data[i * line->step]]++;
  while ((below += counts[level]) * 2 < line->n)
    level++;
  return level;
}

static gboolean
is_touched (const Line *line)
{
  gint usual = median_of (line);
  guint touching = 0;

  for (gint i = 0; i < line->n; i++)
    touching += ABS (line->data[i * line->step] - usual) > STROKE;
  return touching >= LEAST_TOUCHING;
}

KocrEdges
kocr_edges_find_touched (const GstVideoFrame *frame, KocrEdges edges)
{
  /* Luma, or of RGB what comes nearest. */
  guint c = GST_VIDEO_INFO_IS_RGB (&frame->info) ? GST_VIDEO_COMP_G
                                                 : GST_VIDEO_COMP_Y;
  gint width = GST_VIDEO_FRAME_WIDTH (frame);
  gint height = GST_VIDEO_FRAME_HEIGHT (frame);
  const struct
  {
    KocrEdges edge;
    Line line;
  } lines[] = {
    { KOCR_EDGE_LEFT, column_of (frame, c, 0, 0, height) },
    { KOCR_EDGE_TOP, row_of (frame, c, 0, 0, width) },
    { KOCR_EDGE_RIGHT, column_of (frame, c, width - 1, 0, height) },
    { KOCR_EDGE_BOTTOM, row_of (frame, c, height - 1, 0, width) },
  };
  KocrEdges touched = 0;

  /* What has more bits than a level is not worth a look of its own. */
  if (GST_VIDEO_FORMAT_INFO_DEPTH (frame->info.finfo, c) != 8)
    return edges;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    if ((edges & lines[i].edge) && is_touched (&lines[i].line))
      touched |= lines[i].edge;
  }
  return touched;
}

static void
fill (GstVideoFrame *frame, guint c, gint x, gint y, gint width, gint height,
    guint8 level)
{
  gint step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c);

  for (gint j = y; j < y + height; j++) {
    guint8 *row = (guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, c)
                  + (gssize)j * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);

    if (step == 1)
      memset (row + x, level, width);
    else
      for (gint i = x; i < x + width; i++)
        row[(gssize)i * step] = level;
  }
}

static void
pad_component (
    GstVideoFrame *sheet, guint c, gint x, gint y, gint width, gint height)
{
  const GstVideoFormatInfo *finfo = sheet->info.finfo;
  gint all_width = GST_VIDEO_FRAME_COMP_WIDTH (sheet, c);
  gint all_height = GST_VIDEO_FRAME_COMP_HEIGHT (sheet, c);
  gint left = x >> GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c);
  gint top = y >> GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c);
  gint right = left + GST_VIDEO_FORMAT_INFO_SCALE_WIDTH (finfo, c, width);
  gint bottom = top + GST_VIDEO_FORMAT_INFO_SCALE_HEIGHT (finfo, c, height);
  Line line;

  /* Sides first: what is above and below then has the corners too. */
  line = column_of (sheet, c, left, top, bottom - top);
  if (left > 0)
    fill (sheet, c, 0, top, left, bottom - top, median_of (&line));
  line = column_of (sheet, c, right - 1, top, bottom - top);
  if (right < all_width)
    fill (sheet, c, right, top, all_width - right, bottom - top,
        median_of (&line));
  line = row_of (sheet, c, top, left, right - left);
  if (top > 0)
    fill (sheet, c, 0, 0, all_width, top, median_of (&line));
  line = row_of (sheet, c, bottom - 1, left, right - left);
  if (bottom < all_height)
    fill (
        sheet, c, 0, bottom, all_width, all_height - bottom, median_of (&line));
}

void
kocr_edges_pad (GstVideoFrame *sheet, gint x, gint y, gint width, gint height)
{
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (sheet); c++)
    pad_component (sheet, c, x, y, width, height);
}
