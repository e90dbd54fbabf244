/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/orientation.h"

#include <string.h>
#include "frame/framepart.h"
#include "frame/format.h"

/* Rows and columns that are turned at a time, so that what is read across the
 * rows stays in the cache. */
#define BLOCK 32

void
kocr_orientation_init (KocrOrientation *self, GstVideoOrientationMethod method)
{
  static const KocrOrientation turns[] = {
    [GST_VIDEO_ORIENTATION_IDENTITY] = { FALSE, FALSE, FALSE },
    [GST_VIDEO_ORIENTATION_90R] = { TRUE, FALSE, TRUE },
    [GST_VIDEO_ORIENTATION_180] = { FALSE, TRUE, TRUE },
    [GST_VIDEO_ORIENTATION_90L] = { TRUE, TRUE, FALSE },
    [GST_VIDEO_ORIENTATION_HORIZ] = { FALSE, TRUE, FALSE },
    [GST_VIDEO_ORIENTATION_VERT] = { FALSE, FALSE, TRUE },
    [GST_VIDEO_ORIENTATION_UL_LR] = { TRUE, FALSE, FALSE },
    [GST_VIDEO_ORIENTATION_UR_LL] = { TRUE, TRUE, TRUE },
  };

  *self = turns[(guint)method < G_N_ELEMENTS (turns) ? method : 0];
}

gboolean
kocr_orientation_is_none (const KocrOrientation *self)
{
  return !self->swap && !self->flip_x && !self->flip_y;
}

GstVideoFormat
kocr_orientation_format (GstVideoFormat format)
{
  const GstVideoFormatInfo *finfo = gst_video_format_get_info (format);

  return kocr_layout_of (format) != KOCR_LAYOUT_RGB
                 && kocr_layout_of (format) != KOCR_LAYOUT_GRAY
                 && GST_VIDEO_FORMAT_INFO_W_SUB (finfo, GST_VIDEO_COMP_U)
                        != GST_VIDEO_FORMAT_INFO_H_SUB (finfo, GST_VIDEO_COMP_U)
             ? GST_VIDEO_FORMAT_Y444
             : format;
}

/* Samples of one plane. */
typedef struct
{
  guint8 *data;
  gssize right, down; /* bytes to the next one */
} Samples;

static Samples
samples_of (const GstVideoFrame *frame, guint plane, guint component)
{
  return (Samples){ frame->data[plane],
    GST_VIDEO_FRAME_COMP_PSTRIDE (frame, component),
    GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane) };
}

static void
copy_row (guint8 *to, const guint8 *from, gssize step, gint n, guint bytes)
{
  switch (bytes) {
  case 1:
    for (gint i = 0; i < n; i++, from += step)
      to[i] = *from;
    break;
  case 2:
    for (gint i = 0; i < n; i++, from += step, to += 2)
      memcpy (to, from, 2);
    break;
  case 4:
    for (gint i = 0; i < n; i++, from += step, to += 4)
      memcpy (to, from, 4);
    break;
  default:
    for (gint i = 0; i < n; i++, from += step, to += bytes)
      memcpy (to, from, bytes);
    break;
  }
}

/* @in: so that its first sample is the first of @out, and right and down lead
 * along the rows of @out. */
static void
turn_plane (const Samples *out, const Samples *in, gint width, gint height)
{
  for (gint top = 0; top < height; top += BLOCK) {
    for (gint left = 0; left < width; left += BLOCK) {
      for (gint y = top; y < MIN (top + BLOCK, height); y++)
        copy_row (out->data + y * out->down + left * out->right,
            in->data + y * in->down + left * in->right, in->right,
            MIN (BLOCK, width - left), out->right);
    }
  }
}

void
kocr_orientation_pixels (
    const KocrOrientation *self, GstVideoFrame *out, const GstVideoFrame *in)
{
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (in); p++) {
    guint c = kocr_format_component_of_plane (in->info.finfo, p);
    Samples to = samples_of (out, p, c), from = samples_of (in, p, c);

    if (self->flip_x) {
      from.data += (GST_VIDEO_FRAME_COMP_WIDTH (in, c) - 1) * from.right;
      from.right = -from.right;
    }
    if (self->flip_y) {
      from.data += (GST_VIDEO_FRAME_COMP_HEIGHT (in, c) - 1) * from.down;
      from.down = -from.down;
    }
    if (self->swap)
      from = (Samples){ from.data, from.down, from.right };
    turn_plane (&to, &from, GST_VIDEO_FRAME_COMP_WIDTH (out, c),
        GST_VIDEO_FRAME_COMP_HEIGHT (out, c));
  }
}
