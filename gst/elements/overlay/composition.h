/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a composition shows of the regions on a frame, and in which colours and
 * places: an outline each, and for each line of text a label.
 */
#pragma once

#include "overlay/label.h"
#include "overlay/regions.h"

typedef struct
{
  gboolean show_boxes;
  gboolean show_text;
  guint32 color;                /* ARGB; 0 = one a track */
  gdouble line_width; /* of outlines, in pixels; 0 = by the frame's size */
  gchar *font_desc;             /* of Pango; points are for 480 lines */
  gboolean tint;                /* colours the boxes' inside */
  gboolean hides_text;          /* so nothing drawn may tell what it says */
  KocrTextPattern *pattern;     /* which texts are drawn; NULL: all */
} KocrOverlayStyle;

void kocr_overlay_style_copy (
    KocrOverlayStyle *to, const KocrOverlayStyle *from);
void kocr_overlay_style_clear (KocrOverlayStyle * style);

/* Adds to the target's composition what @style says of @regions (of
 * KocrOverlayRegion), which may be nothing. @labels: how labels of such frames
 * are drawn. */
void kocr_overlay_composition_fill (const KocrOverlayTarget *target,
    const KocrOverlayStyle *style, const KocrLabelStyle *labels,
    const GArray *regions);
