/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/alphaground.h"

#include <string.h>
#include "frame/framepart.h"

#define OPAQUE 255
/* One pixel of so many each way is asked which ground it stands out of. */
#define PROBE_STEP 2
/* Levels that are contrast enough: text that is farther from a ground is read
 * no better. */
#define ENOUGH 160
/* By how much another ground must be better, of 16. */
#define CLEARLY_BETTER 18

static const guint8 grounds[] = { 0, 128, 255 };

gboolean
kocr_alpha_ground_is_seen (const GstVideoFrame *frame)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint step;

  if (!GST_VIDEO_FORMAT_INFO_HAS_ALPHA (finfo))
    return FALSE;
  if (!kocr_format_is_divisible (finfo)
      || GST_VIDEO_FORMAT_INFO_DEPTH (finfo, GST_VIDEO_COMP_A) != 8)
    return TRUE;
  step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, GST_VIDEO_COMP_A);
  for (gint y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, GST_VIDEO_COMP_A);
       y++) {
    const guint8 *row
        = (const guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, GST_VIDEO_COMP_A)
          + (gssize)y * GST_VIDEO_FRAME_COMP_STRIDE (frame, GST_VIDEO_COMP_A);
    gint width = GST_VIDEO_FRAME_COMP_WIDTH (frame, GST_VIDEO_COMP_A);
    guint8 all = OPAQUE;

    for (gint x = 0; x < width; x++)
      all &= row[(gssize)x * step];
    if (all != OPAQUE)
      return TRUE;
  }
  return FALSE;
}

GstVideoFormat
kocr_alpha_ground_format (GstVideoFormat format)
{
  switch (format) {
  case GST_VIDEO_FORMAT_RGBA:
  case GST_VIDEO_FORMAT_ARGB:
  case GST_VIDEO_FORMAT_ABGR:
    return format;
  default:
    return GST_VIDEO_FORMAT_BGRA;
  }
}

/* Where the bytes of a pixel are. */
typedef struct
{
  guint r, g, b, a;
} Places;

static Places
find_places (const GstVideoFrame *frame)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;

  return (Places){ GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 0),
    GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 1),
    GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 2),
    GST_VIDEO_FORMAT_INFO_POFFSET (finfo, 3) };
}

static guint8 *
row_at (const GstVideoFrame *frame, gint y)
{
  return (guint8 *)frame->data[0]
         + (gssize)y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
}

/* How well what is not transparent stands out of each ground. */
static void
weigh_grounds (const GstVideoFrame *frame, gboolean premultiplied,
    guint64 weights[G_N_ELEMENTS (grounds)])
{
  Places at = find_places (frame);

  memset (weights, 0, G_N_ELEMENTS (grounds) * sizeof *weights);
  for (gint y = 0; y < GST_VIDEO_FRAME_HEIGHT (frame); y += PROBE_STEP) {
    const guint8 *pixel = row_at (frame, y);

    for (gint x = 0; x < GST_VIDEO_FRAME_WIDTH (frame);
         x += PROBE_STEP, pixel += 4 * PROBE_STEP) {
      gint luma
          = (77 * pixel[at.r] + 150 * pixel[at.g] + 29 * pixel[at.b]) >> 8;
      guint alpha = pixel[at.a];

      if (alpha == 0)
        continue;
      if (premultiplied)
        luma = MIN (luma * OPAQUE / (gint)alpha, OPAQUE);
      for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
        weights[i] += alpha * MIN (ABS (luma - grounds[i]), ENOUGH);
    }
  }
}

static guint8
choose_ground (
    const GstVideoFrame *frame, gboolean premultiplied, guint8 before)
{
  guint64 weights[G_N_ELEMENTS (grounds)], present = 0;
  guint best = 0;

  weigh_grounds (frame, premultiplied, weights);
  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++) {
    if (weights[i] > weights[best])
      best = i;
    if (grounds[i] == before)
      present = weights[i];
  }
  return 16 * weights[best] > CLEARLY_BETTER * present ? grounds[best] : before;
}

void
kocr_alpha_ground_apply (
    GstVideoFrame *frame, gboolean premultiplied, guint8 *ground)
{
  Places at = find_places (frame);
  guint first = at.a == 0 ? 1 : 0;

  *ground = choose_ground (frame, premultiplied, *ground);
  for (gint y = 0; y < GST_VIDEO_FRAME_HEIGHT (frame); y++) {
    guint8 *pixel = row_at (frame, y);

    for (gint x = 0; x < GST_VIDEO_FRAME_WIDTH (frame); x++, pixel += 4) {
      guint alpha = pixel[at.a], behind = (OPAQUE - alpha) * *ground;
      guint own = premultiplied ? OPAQUE : alpha;

      for (guint i = first; i < first + 3; i++)
        pixel[i]
            = MIN ((own * pixel[i] + behind + OPAQUE / 2) / OPAQUE, OPAQUE);
    }
  }
}
