/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/fill.h"

#include <math.h>
#include <string.h>

#include "geometry/orientedbox.h"
#include "geometry/quad.h"

/* Of the text's height, all around it, and in pixels: Tesseract's boxes leave
 * up to a seventh of the height out, and half a pixel of a smooth edge. */
#define MARGIN 0.2
#define MIN_MARGIN 2.0

/* Pixels are masked in groups of as many rows and columns: no format has
 * samples of colour for more, and none of interlaced 4:2:0 in rows of four. */
#define GROUP 4

#define N_COMPONENTS 4          /* alpha and three of color, as unpacked */

typedef struct
{
  guint64 sum[N_COMPONENTS];
  guint64 n;
} Cell;

typedef struct
{
  KocrOrientedBox box;              /* with its margin */
  gdouble corners[8];
  gdouble top, bottom;
  gint left, right;             /* in the rows of now; none when equal */
  Cell *cells;                  /* from the text's beginning on */
  guint n_cells;
} Mask;

/* A row of the frame, unpacked, and a group more, since some functions read
 * pairs of pixels. */
typedef struct
{
  GstVideoFrame *frame;
  gint width, height;
  gboolean deep;                /* components of 16 bits, not 8 */
  gpointer pixels;
  guint16 black[N_COMPONENTS];
} Row;

typedef void (*PaintFunc) (
    Row *row, Mask *mask, guint cell, gint left, gint right);

/* Of odd frames NV61 would keep the last column's color, and UYVP write into
 * the next row. */
static gboolean
packs_well (const GstVideoInfo * info)
{
  return GST_VIDEO_INFO_WIDTH (info) % 2 == 0 ||
      (GST_VIDEO_INFO_FORMAT (info) != GST_VIDEO_FORMAT_NV61 &&
      GST_VIDEO_INFO_FORMAT (info) != GST_VIDEO_FORMAT_UYVP);
}

gdouble
kocr_mask_fill_get_margin (gdouble height)
{
  return MAX (MARGIN * height, MIN_MARGIN);
}

gboolean
kocr_mask_fill_supports (const GstVideoInfo *info)
{
  const GstVideoFormatInfo *format = info->finfo;

  /* The pixels of a palette are looked up, never mixed, and views that are
   * apart in one buffer are more than one frame. */
  return format->unpack_func && format->pack_func && format->pack_lines == 1 &&
      packs_well (info) && !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format) &&
      GST_VIDEO_INFO_MULTIVIEW_MODE (info) !=
      GST_VIDEO_MULTIVIEW_MODE_SEPARATED;
}

/* --- Rows --- */

static void
row_init (Row * self, GstVideoFrame * frame)
{
  const GstVideoFormatInfo *unpacked =
      gst_video_format_get_info (frame->info.finfo->unpack_format);
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  guint i;

  self->frame = frame;
  self->width = GST_VIDEO_FRAME_WIDTH (frame);
  self->height = GST_VIDEO_INFO_FIELD_HEIGHT (&frame->info);
  self->deep = GST_VIDEO_FORMAT_INFO_DEPTH (unpacked, 0) > 8;
  self->pixels = g_malloc0_n (self->width + GROUP,
      N_COMPONENTS * (self->deep ? sizeof (guint16) : sizeof (guint8)));

  /* Alpha comes first in what is unpacked, and last in the format's list. */
  gst_video_color_range_offsets (frame->info.colorimetry.range, unpacked,
      offset, scale);
  self->black[0] = self->deep ? G_MAXUINT16 : G_MAXUINT8;
  for (i = 1; i < N_COMPONENTS; i++)
    self->black[i] = offset[i - 1];
}

static void
row_clear (Row * self)
{
  g_free (self->pixels);
}

static void
row_unpack (Row * self, gint y)
{
  GstVideoFrame *frame = self->frame;
  const GstVideoFormatInfo *format = frame->info.finfo;

  format->unpack_func (format, GST_VIDEO_PACK_FLAG_NONE, self->pixels,
      frame->data, frame->info.stride, 0, y, self->width);
}

static void
row_pack (Row * self, gint y)
{
  GstVideoFrame *frame = self->frame;
  const GstVideoFormatInfo *format = frame->info.finfo;

  format->pack_func (format, GST_VIDEO_PACK_FLAG_NONE, self->pixels, 0,
      frame->data, frame->info.stride, frame->info.chroma_site, y, self->width);
}

static void
row_set (Row * self, gint left, gint right, const guint16 pixel[N_COMPONENTS])
{
  const guint8 narrow[N_COMPONENTS] = { pixel[0], pixel[1], pixel[2],
    pixel[3]
  };
  guint64 deep_pixel;
  guint32 narrow_pixel;
  gint x;

  memcpy (&deep_pixel, pixel, sizeof (deep_pixel));
  memcpy (&narrow_pixel, narrow, sizeof (narrow_pixel));
  if (self->deep) {
    for (x = left; x < right; x++)
      ((guint64 *) self->pixels)[x] = deep_pixel;
  } else {
    for (x = left; x < right; x++)
      ((guint32 *) self->pixels)[x] = narrow_pixel;
  }
}

/* No row is so long that 32 bits would not hold it. */
static void
row_add (const Row * self, gint left, gint right, guint64 sum[N_COMPONENTS])
{
  const guint16 *deep = self->pixels;
  const guint8 *narrow = self->pixels;
  guint32 of_row[N_COMPONENTS] = { 0, };
  gint x;
  guint i;

  if (self->deep) {
    for (x = left; x < right; x++)
      for (i = 0; i < N_COMPONENTS; i++)
        of_row[i] += deep[N_COMPONENTS * x + i];
  } else {
    for (x = left; x < right; x++)
      for (i = 0; i < N_COMPONENTS; i++)
        of_row[i] += narrow[N_COMPONENTS * x + i];
  }
  for (i = 0; i < N_COMPONENTS; i++)
    sum[i] += of_row[i];
}

/* --- Masks --- */

static void
mask_init (Mask *self, KocrMaskFill fill, const gdouble *box, const Row *row)
{
  gdouble left, right, margin;

  kocr_oriented_box_init (
      &self->box, kocr_quad_get_angle (box), box, 4);
  margin = fill == KOCR_MASK_FILL_BLANK
               ? 0.0
               : kocr_mask_fill_get_margin (self->box.height);
  kocr_oriented_box_grow (&self->box, margin);
  kocr_oriented_box_get_corners (&self->box, self->corners);
  kocr_oriented_box_get_bounds (&self->box, &left, &self->top, &right,
      &self->bottom);

  self->n_cells = 1;
  if (fill == KOCR_MASK_FILL_BLUR)
    self->n_cells = CLAMP (floor (self->box.width / self->box.height), 1,
        row->width + row->height);
  self->cells = g_new0 (Cell, self->n_cells);
}

/* Where it is in the rows of a group that begins at @y. */
static gboolean
mask_find_span (Mask *self, gint y, gint width)
{
  gdouble left, right;

  self->left = self->right = 0;
  if (self->bottom <= y || self->top >= y + GROUP ||
      !kocr_quad_get_span (self->corners, KOCR_QUAD_ROWS, y, y + GROUP, &left,
          &right) || right <= 0.0 || left >= width)
    return FALSE;
  self->left = (gint) MAX (left, 0.0) / GROUP * GROUP;
  self->right = MIN (
      ((gint)ceil (MIN (right, width)) + GROUP - 1) / GROUP * GROUP, width);
  return TRUE;
}

/* In which cell the group of pixels at @x, @y is, by its middle. */
static guint
mask_get_cell (const Mask *self, gint x, gint y)
{
  gdouble u = (x + GROUP / 2) * self->box.cos + (y + GROUP / 2) * self->box.sin;
  gdouble cell = floor ((u - self->box.left) * self->n_cells / self->box.width);

  return CLAMP (cell, 0.0, self->n_cells - 1.0);
}

static void
measure (Row *row, Mask *mask, guint cell, gint left, gint right)
{
  row_add (row, left, right, mask->cells[cell].sum);
  mask->cells[cell].n += right - left;
}

static void
paint_mean (Row *row, Mask *mask, guint cell, gint left, gint right)
{
  const Cell *from = &mask->cells[cell];
  guint16 pixel[N_COMPONENTS];
  guint i;

  for (i = 0; i < N_COMPONENTS; i++)
    pixel[i] = (from->sum[i] + from->n / 2) / from->n;
  row_set (row, left, right, pixel);
}

static void
paint_black (Row *row, Mask *mask, guint cell, gint left, gint right)
{
  row_set (row, left, right, row->black);
}

/* Calls @paint for what each mask has of the unpacked rows, a run of groups in
 * one cell at a time. */
static void
paint_row (Row *row, Mask *masks, guint n_masks, gint group_y, PaintFunc paint)
{
  guint i;

  for (i = 0; i < n_masks; i++) {
    Mask *mask = &masks[i];
    gint x = mask->left;

    while (x < mask->right) {
      guint cell = mask_get_cell (mask, x, group_y);
      gint end = x + GROUP;

      while (end < mask->right && mask_get_cell (mask, end, group_y) == cell)
        end += GROUP;
      end = MIN (end, mask->right);
      paint (row, mask, cell, x, end);
      x = end;
    }
  }
}

static void
paint_masks (Row *row, Mask *masks, guint n_masks, PaintFunc paint)
{
  gint y, group_y;
  guint i;

  for (group_y = 0; group_y < row->height; group_y += GROUP) {
    gboolean any = FALSE;

    for (i = 0; i < n_masks; i++)
      any |= mask_find_span (&masks[i], group_y, row->width);
    for (y = group_y; any && y < MIN (group_y + GROUP, row->height); y++) {
      row_unpack (row, y);
      paint_row (row, masks, n_masks, group_y, paint);
      if (paint != measure)
        row_pack (row, y);
    }
  }
}

/* --- --- */

void
kocr_mask_fill_frame (GstVideoFrame *frame)
{
  Row row;
  gint y;

  row_init (&row, frame);
  row_set (&row, 0, row.width, row.black);
  for (y = 0; y < row.height; y++)
    row_pack (&row, y);
  row_clear (&row);
}

void
kocr_mask_fill_boxes (GstVideoFrame *frame, KocrMaskFill fill,
    const gdouble *boxes, guint n_boxes)
{
  g_autofree Mask *masks = g_new (Mask, n_boxes);
  Row row;
  guint i;

  row_init (&row, frame);
  for (i = 0; i < n_boxes; i++)
    mask_init (&masks[i], fill, &boxes[8 * i], &row);
  if (fill == KOCR_MASK_FILL_BLUR)
    paint_masks (&row, masks, n_boxes, measure);
  paint_masks (&row, masks, n_boxes,
      fill == KOCR_MASK_FILL_BLUR ? paint_mean : paint_black);
  for (i = 0; i < n_boxes; i++)
    g_free (masks[i].cells);
  row_clear (&row);
}
