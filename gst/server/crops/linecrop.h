/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A line cut out of the picture for the reader: upright, at the letter size
 * Tesseract was trained on, black on white.
 */
#pragma once

#include "crops/colourplanes.h"

/* Halfway between the paper and the ink that a crop is stretched to. */
#define LINE_CROP_DARK 130

typedef struct
{
  gdouble text_height;          /* pixels */
  /* Around the text, by its height. A line without descenders ends at its base
   * line, and the tails of its commas hang below: without them 99,914 reads as
   * 99.914. */
  gdouble padding, padding_across;
  gdouble backdrop;             /* share of the background that turns white, 0:
                                 * only letters in an outline are cut out */
  gboolean masked;              /* blank what is not near the line's strokes */
  gboolean outlined;            /* blank what is beyond the letters' outline, if
                                 * they have one */
  gboolean is_second;           /* once more without that, if they have */
} LineCropStyle;

typedef struct
{
  gint width, height;
  guint8 *pixels;               /* rows of `width` bytes */
  gboolean is_outlined;         /* what is beyond their outline is blank */
  gdouble text_top, text_bottom;        /* rows between which the text stands */
  /* Picture x = m[0] u + m[1] v + m[2], y = m[3] u + m[4] v + m[5]. */
  gdouble to_picture[6];
} LineCrop;

/* Whether the pixel, which is in the crop, is ink. */
static inline gboolean
line_crop_is_ink (const LineCrop *self, gint x, gint y)
{
  return self->pixels[(gsize) y * self->width + x] < LINE_CROP_DARK;
}

/* Of the plane that the line was found on. Returns FALSE where the style is only
 * for letters in an outline and these have none. */
gboolean line_crop_init (LineCrop * self, const ColourPlanes * planes,
    const TextLine * line, const LineCropStyle * style);
/* Makes @part a crop of the @width columns of @self from @left on. */
void line_crop_cut (
    const LineCrop *self, gint left, gint width, LineCrop *part);
void line_crop_clear (LineCrop * self);

/* The quad, in the picture, of what is between two columns of the text. */
void line_crop_quad (const LineCrop * self, gdouble left, gdouble right,
    gdouble quad[8]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LineCrop, line_crop_clear)
