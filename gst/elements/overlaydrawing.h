/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One drawing: regions in, a composition out.
 */
#pragma once

#include "overlaylabel.h"
#include "overlayregion.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean show_boxes;
  gboolean show_text;
  guint32 color;                /* ARGB; 0 = one a track */
  gdouble line_width;           /* in pixels; 0 = by the frame's size */
  gchar *font_desc;             /* of Pango; points are for 480 lines */
  gboolean tint;                /* colours the boxes' inside */
  gboolean secret;              /* nothing drawn may tell what a text says */
  TextPattern *pattern;         /* which texts are drawn; NULL: all */
} OverlayStyle;

void overlay_style_copy (OverlayStyle * to, const OverlayStyle * from);
void overlay_style_clear (OverlayStyle * style);

/* Draws @regions (of OverlayRegion). Adds nothing to the target's composition
 * where there is nothing to draw. */
void overlay_drawing_make (const OverlayTarget * target,
    const OverlayStyle * style, const LabelStyle * labels, const GArray * regions);

G_END_DECLS
