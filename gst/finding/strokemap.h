/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where a level of the pyramid has strokes: thin marks that are lighter (or
 * darker) than what is on both sides of them, as letters are made of.
 *
 * The measure is the morphological top-hat: the picture less its opening (for
 * light strokes) or the closing less the picture (for dark ones). A flank of
 * a hill, a shadow's edge or a large bright area gives nothing, whatever the
 * contrast, which a threshold against the local mean does not manage.
 */
#pragma once

#include "pyramid.h"

typedef struct
{
  gint width, height;
  guint8 *strength;             /* how far a pixel stands out */
  guint8 *peak;                 /* the largest strength around it */
  gsize n_allocated;            /* pixels */
} StrokeMap;

/* One of another level, or a zeroed one, may become that of @level: memory is kept,
 * since that of a large level comes from the system page by page. */
void kocr_stroke_map_fill (StrokeMap * self, const PyramidLevel * level,
    gboolean light);
void kocr_stroke_map_clear (StrokeMap * self);

/* Sets @mask (width x height bytes) to 1 where the strength is more than
 * @share (0..1) of the peak around it, else 0. */
void kocr_stroke_map_threshold (const StrokeMap * self, gdouble share,
    guint8 * mask);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrokeMap, kocr_stroke_map_clear)
