/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/rgbrows.h"

#include <math.h>
#include "frame/yuvrows.h"

#define FRACTION 16
#define ONE (1 << FRACTION)
#define HALF (ONE / 2)

static gint
fixed (gdouble value)
{
  return floor (value * ONE + 0.5);
}

void
kocr_rgb_rows_init (KocrRgbRows * self, const GstVideoInfo * info)
{
  gboolean full = info->colorimetry.range != GST_VIDEO_COLOR_RANGE_16_235;
  gdouble gain = full ? 1.0 : 255.0 / 224.0, kr = 0.299, kb = 0.114, kg;

  gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb);
  kg = 1 - kr - kb;
  self->offset = full ? 0 : 16;
  self->y = fixed (full ? 1.0 : 255.0 / 219.0);
  self->r_v = fixed (gain * 2 * (1 - kr));
  self->b_u = fixed (gain * 2 * (1 - kb));
  self->g_u = fixed (-gain * 2 * (1 - kb) * kb / kg);
  self->g_v = fixed (-gain * 2 * (1 - kr) * kr / kg);
}

/* Without a branch, as grain near black and white would mispredict it. */
static guint8
level (gint value)
{
  value = value < 0 ? 0 : value;
  return MIN (value >> FRACTION, 255);
}

void
kocr_rgb_rows_fetch (const KocrRgbRows * self, guint8 * out,
    const GstVideoFrame * frame, gint y)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  guint half_width = GST_VIDEO_FORMAT_INFO_W_SUB (finfo, GST_VIDEO_COMP_U);
  gint chroma_y = y >> GST_VIDEO_FORMAT_INFO_H_SUB (finfo, GST_VIDEO_COMP_U);
  gint y_step = GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, GST_VIDEO_COMP_Y);
  gint uv_step = GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, GST_VIDEO_COMP_U);
  const guint8 *luma = kocr_component_row (frame, GST_VIDEO_COMP_Y, y);
  const guint8 *u_row = kocr_component_row (frame, GST_VIDEO_COMP_U, chroma_y);
  const guint8 *v_row = kocr_component_row (frame, GST_VIDEO_COMP_V, chroma_y);

  for (gint x = 0; x < GST_VIDEO_FRAME_WIDTH (frame); x++, out += 3) {
    gint at = (x >> half_width) * uv_step;
    gint l = (luma[x * y_step] - self->offset) * self->y + HALF;
    gint u = u_row[at] - 128, v = v_row[at] - 128;

    out[0] = level (l + self->r_v * v);
    out[1] = level (l + self->g_u * u + self->g_v * v);
    out[2] = level (l + self->b_u * u);
  }
}
