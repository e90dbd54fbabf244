/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The colours of text tracks. Bright ones, since each is drawn beside or under
 * something dark: an outline has a dark seam, a label a dark plate.
 */
#pragma once

#include <glib.h>

/* Opaque ARGB. Tracks that follow one another get colours far apart. */
guint32 kocr_palette_get_color (guint64 track);

/* A colour for a text without a track: by the text, so that it stays while the
 * text does, but none of @taken (a bit for each colour), to which it is
 * added. */
guint32 kocr_palette_pick_color (const gchar *text, guint32 *taken);

/* The bit of the colour of @track for a @taken. */
guint32 kocr_palette_get_bit (guint64 track);
