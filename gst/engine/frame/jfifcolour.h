/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JFIF colour: what it takes to turn the rows of a frame into JFIF's own
 * colour space, full-range Y'CbCr with the BT.601 matrix.
 *
 * Video-range luma that is sent as it is keeps 0.835 of its contrast and is
 * 24.5 dB away from the truth; a BT.709 matrix read as BT.601 shifts colours.
 * The conversion is linear, maps grey to grey, and so needs one factor for
 * luma and six for chroma, all of them exact to 1/256.  Transfer function and
 * primaries stay as they are.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  gboolean convert_luma;        /* the range differs */
  gboolean mix;                 /* the matrix differs */
  guint8 offset, most;          /* of luma: black, and white above it */
  gint16 gain;                  /* of luma, 8 bits of fraction */
  gint16 chroma_gain;           /* without a matrix, 7 bits of fraction */
  gint16 cb_u, cb_v, cr_u, cr_v, y_u, y_v;      /* 7 bits of fraction */
} KocrJfifColour;

/* @info has a matrix and a range that are known. */
void kocr_jfif_colour_init (KocrJfifColour * self, const GstVideoInfo * info);
/* @n bytes of luma, or of any RGB component, without a matrix. */
void kocr_jfif_colour_range (const KocrJfifColour * self, guint8 * out,
    const guint8 * in, gint n);
/* A row of @n chroma samples; @share, of 3 @n, takes their share of luma. */
void kocr_jfif_colour_chroma (const KocrJfifColour * self, guint8 * cb,
    guint8 * cr, gint16 * share, const guint8 * u, const guint8 * v, gint n);
/* A row of @n pixels of luma, with @share from the chroma of that row. */
void kocr_jfif_colour_luma (const KocrJfifColour * self, guint8 * out,
    const guint8 * in, const gint16 * share, gint n);
