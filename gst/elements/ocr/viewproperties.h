/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * View properties: rectangles of a frame as properties are set to them.
 *
 * A rectangle is an array of four numbers: x, y, width and height, in pixels
 * when all of them are integers, else in parts of the picture's size.
 */
#pragma once

#include <gst/gst.h>
#include "frame/readarea.h"

G_BEGIN_DECLS

/* A GstValueArray of no number (all of the picture) or of four. FALSE: it is
 * neither, or no rectangle; @area is all 0. */
gboolean kocr_view_area_from_value (KocrArea *area, const GValue *value);
/* A GstValueArray of rectangles. FALSE: one is none, or there are too many. */
gboolean kocr_view_masks_from_value (
    KocrViewSettings *settings, const GValue *value);

/* How pictures are turned when a tag list says so. FALSE: it says nothing. */
gboolean kocr_view_turn_from_tags (const GstTagList *tags, guint *turn);

G_END_DECLS
