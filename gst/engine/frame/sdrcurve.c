/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/sdrcurve.h"

#include <math.h>

#define LEVELS 256
/* cd/m2 */
#define PQ_PEAK 10000.0
#define PQ_WHITE 203.0
#define HLG_WHITE 0.75
/* Of the range that is for what is not brighter than white. */
#define BELOW_WHITE 0.85
#define GAMMA 2.2

gboolean
kocr_sdr_curve_is_needed (const GstVideoColorimetry *colorimetry)
{
  return colorimetry->transfer == GST_VIDEO_TRANSFER_SMPTE2084
         || colorimetry->transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67;
}

static gdouble
below_white (gdouble part)
{
  return BELOW_WHITE * part;
}

static gdouble
above_white (gdouble part)
{
  return BELOW_WHITE + (1 - BELOW_WHITE) * part;
}

static gdouble
sdr_of_pq (gdouble value)
{
  gdouble light
      = gst_video_transfer_function_decode (GST_VIDEO_TRANSFER_SMPTE2084, value)
        * PQ_PEAK / PQ_WHITE;

  return light <= 1 ? below_white (pow (light, 1 / GAMMA))
                    : above_white (log (light) / log (PQ_PEAK / PQ_WHITE));
}

/* Of itself like SDR, but that white is not its peak. */
static gdouble
sdr_of_hlg (gdouble value)
{
  return value <= HLG_WHITE
             ? below_white (value / HLG_WHITE)
             : above_white ((value - HLG_WHITE) / (1 - HLG_WHITE));
}

static void
fill_table (
    guint8 table[LEVELS], GstVideoTransferFunction transfer, gboolean full)
{
  gdouble black = full ? 0 : 16, range = full ? 255 : 219;

  for (guint i = 0; i < LEVELS; i++) {
    gdouble value = CLAMP ((i - black) / range, 0, 1);

    value = transfer == GST_VIDEO_TRANSFER_SMPTE2084 ? sdr_of_pq (value)
                                                     : sdr_of_hlg (value);
    table[i] = floor (black + CLAMP (value, 0, 1) * range + 0.5);
  }
}

static void
apply_to_component (GstVideoFrame *frame, guint c, const guint8 *table)
{
  gint step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c);

  for (gint y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, c); y++) {
    guint8 *at = (guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, c)
                 + (gssize)y * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);

    for (gint x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (frame, c); x++, at += step)
      *at = table[*at];
  }
}

void
kocr_sdr_curve_apply (GstVideoFrame *frame)
{
  GstVideoColorimetry *colorimetry = &frame->info.colorimetry;
  guint n = GST_VIDEO_INFO_IS_RGB (&frame->info) ? 3 : 1;
  guint8 table[LEVELS];

  fill_table (table, colorimetry->transfer,
      n == 3 ? colorimetry->range != GST_VIDEO_COLOR_RANGE_16_235
             : colorimetry->range == GST_VIDEO_COLOR_RANGE_0_255);
  for (guint c = 0; c < n; c++)
    apply_to_component (frame, c, table);
  colorimetry->transfer = GST_VIDEO_TRANSFER_BT709;
}
