/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/jfifcolour.h"

#include <math.h>
#include "kernels.h"

#define JFIF_KR 0.299
#define JFIF_KB 0.114

#define RANGE_ONE 256
#define MATRIX_ONE 128

/* The JFIF colour of (@y, @cb, @cr), normalised to 1, in the matrix of
 * @kr and @kb. */
static void
to_jfif (gdouble kr, gdouble kb, const gdouble in[3], gdouble out[3])
{
  gdouble r = in[0] + 2 * (1 - kr) * in[2];
  gdouble b = in[0] + 2 * (1 - kb) * in[1];
  gdouble g = (in[0] - kr * r - kb * b) / (1 - kr - kb);

  out[0] = JFIF_KR * r + (1 - JFIF_KR - JFIF_KB) * g + JFIF_KB * b;
  out[1] = (b - out[0]) / (2 * (1 - JFIF_KB));
  out[2] = (r - out[0]) / (2 * (1 - JFIF_KR));
}

static gint16
fixed (gdouble value, gint one)
{
  return floor (value * one + 0.5);
}

void
kocr_jfif_colour_init (KocrJfifColour * self, const GstVideoInfo * info)
{
  static const gdouble u[] = { 0, 1, 0 }, v[] = { 0, 0, 1 };
  gboolean full = info->colorimetry.range != GST_VIDEO_COLOR_RANGE_16_235;
  gdouble kr = JFIF_KR, kb = JFIF_KB, gain = full ? 1.0 : 255.0 / 224.0;
  gdouble of_u[3], of_v[3];

  gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb);
  to_jfif (kr, kb, u, of_u);
  to_jfif (kr, kb, v, of_v);
  self->convert_luma = !full;
  self->offset = full ? 0 : 16;
  self->most = full ? 255 : 219;
  self->gain = fixed (255.0 / self->most, RANGE_ONE);
  self->chroma_gain = fixed (gain, MATRIX_ONE);
  self->y_u = fixed (gain * of_u[0], MATRIX_ONE);
  self->y_v = fixed (gain * of_v[0], MATRIX_ONE);
  self->cb_u = fixed (gain * of_u[1], MATRIX_ONE);
  self->cb_v = fixed (gain * of_v[1], MATRIX_ONE);
  self->cr_u = fixed (gain * of_u[2], MATRIX_ONE);
  self->cr_v = fixed (gain * of_v[2], MATRIX_ONE);
  self->mix = GST_VIDEO_INFO_IS_YUV (info)
      && (self->y_u || self->y_v || self->cb_v || self->cr_u);
}

void
kocr_jfif_colour_range (const KocrJfifColour * self, guint8 * out,
    const guint8 * in, gint n)
{
  kocr_orc_range (out, in, self->offset, self->most, self->gain, n);
}

void
kocr_jfif_colour_chroma (const KocrJfifColour * self, guint8 * cb,
    guint8 * cr, gint16 * share, const guint8 * u, const guint8 * v, gint n)
{
  if (self->mix) {
    gint16 *once = share + 2 * n;

    kocr_orc_chroma_matrix (cb, cr, once, u, v, self->cb_u, self->cb_v,
        self->cr_u, self->cr_v, self->y_u, self->y_v, n);
    kocr_orc_twice (share, once, n);
  } else {
    kocr_orc_chroma_range (cb, u, self->chroma_gain, n);
    kocr_orc_chroma_range (cr, v, self->chroma_gain, n);
  }
}

void
kocr_jfif_colour_luma (const KocrJfifColour * self, guint8 * out,
    const guint8 * in, const gint16 * share, gint n)
{
  if (self->mix)
    kocr_orc_luma_matrix (out, in, share, self->offset, self->most, self->gain,
        n);
  else
    kocr_jfif_colour_range (self, out, in, n);
}
