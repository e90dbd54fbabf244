/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One label: a line of text on a dark plate with a coloured edge.
 */
#pragma once

#include <pango/pangocairo.h>

#include "orientedbox.h"
#include "overlaycanvas.h"

G_BEGIN_DECLS

/* What labels of frames of one kind have in common. */
typedef struct
{
  PangoContext *context;
  PangoFontDescription *font;
  gdouble em;                   /* size of the letters at full size, in pixels */
  gdouble stretch;              /* width of what should be square: 1 / PAR */
  gdouble max_width;            /* of a label, in pixels */
  gdouble ascent, descent;      /* of the letters at full size */
} LabelStyle;

/* Takes @context, and @description, whose size is for 480 lines unless it is
 * in device units, for frames of @width × @height pixels. Loads the font. */
void label_style_init (LabelStyle * self, PangoContext * context,
    const PangoFontDescription * description, gint width, gint height,
    gdouble stretch);
void label_style_clear (LabelStyle * self);

/* The text laid out at @size times the full size. (transfer full) */
PangoLayout *label_style_lay_out (const LabelStyle * self,
    const gchar * text, gdouble size);

/* What a label with @layout measures, in whole pixels. */
void label_style_measure (const LabelStyle * self, PangoLayout * layout,
    gdouble size, gdouble * width, gdouble * height);

/* Draws it on a plate at @place, which is at least as large as it measures and,
 * when it is not tilted, at whole pixels; its edge in @color (ARGB). */
void label_style_draw (const LabelStyle * self, const OverlayTarget * target,
    PangoLayout * layout, gdouble size, const OrientedBox * place,
    guint32 color);

G_END_DECLS
