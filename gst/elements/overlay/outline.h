/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A box around text: a coloured line, with a dark seam outside that shows it
 * on what has its colour. The line's inner edge is the box, so that it hides
 * nothing of the text. The inside may have a tint.
 */
#pragma once

#include "overlay/shape.h"

G_BEGIN_DECLS

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

/* Appends the pieces of @self, which must stay until they are drawn. */
void kocr_outline_cut (const KocrOutline * self, GArray * pieces,
    const KocrOverlayTarget * target);

G_END_DECLS
