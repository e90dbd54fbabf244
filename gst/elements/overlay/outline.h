/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Outline: the box around a region as a coloured line, with a darker seam
 * outside it, so that it is seen on any ground. The line is drawn outside of
 * the box, so it hides nothing of the text. The inside may have a tint.
 */
#pragma once

#include "overlay/shape.h"

typedef struct
{
  const gdouble *box;           /* corners as those of a region */
  gdouble line_width;           /* rounded for an upright one, to 1 at least;
                                   0: no line */
  guint32 color;                /* ARGB */
  guint32 tint;                 /* ARGB, of what is inside; 0: nothing */
} KocrOutline;

/* How far outlines of @line_width reach beyond their box. */
gdouble kocr_outline_get_margin (gdouble line_width);

/* Appends the shapes of @self, which must stay until they are drawn. */
void kocr_outline_add_shapes (
    const KocrOutline *self, GArray *shapes, const KocrOverlayTarget *target);
