/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Label: a line of text on a dark plate with a coloured edge at its left.
 */
#pragma once

#include <pango/pangocairo.h>

#include "geometry/orientedbox.h"
#include "overlay/shape.h"

/* What labels of frames of one kind have in common. */
typedef struct
{
  PangoContext *context;
  PangoFontDescription *font;
  gdouble em;                   /* the letters' full size, in pixels */
  gdouble stretch;              /* width of what should be square: 1 / PAR */
  gdouble max_width;            /* of a label, in pixels */
  gdouble ascent, descent;      /* of the letters at full size */
  guint32 shades[256];          /* the plate with more and more text on it */
} KocrLabelStyle;

typedef struct
{
  const KocrLabelStyle *style;
  PangoLayout *layout; /* of kocr_label_style_lay_out(), at this size */
  gdouble size;
  KocrOrientedBox place;        /* at least as large as it measures; when it is
                               not tilted, at whole pixels */
  guint32 color;                /* of its edge, ARGB */
} KocrLabel;

/* Takes @context, and @description, whose size is for 480 lines unless it is
 * in device units, for frames of @width × @height pixels in the form of
 * @pixels. Loads the font. */
void kocr_label_style_init (KocrLabelStyle * self, PangoContext * context,
    const PangoFontDescription * description, const KocrOverlayPixels * pixels,
    gint width, gint height, gdouble stretch);
void kocr_label_style_clear (KocrLabelStyle * self);

/* The text laid out at @size times the full size. (transfer full) */
PangoLayout *kocr_label_style_lay_out (const KocrLabelStyle * self,
    const gchar * text, gdouble size);

/* What a label with @layout measures, in whole pixels. */
void kocr_label_style_measure (const KocrLabelStyle *self, PangoLayout *layout,
    gdouble size, gdouble *width, gdouble *height);

/* Appends the shapes of @self, which must stay until they are drawn. */
void kocr_label_add_shapes (
    const KocrLabel *self, GArray *shapes, const KocrOverlayTarget *target);
