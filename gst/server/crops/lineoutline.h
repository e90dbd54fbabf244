/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Letters with an outline around them, as captions are drawn over pictures:
 * light ones in a dark line, or dark ones in a light line. Whatever the ground
 * is, the outline keeps it apart from the letters, and what a crop has beyond
 * it can be taken away.
 */
#pragma once

#include "crops/linecrop.h"

/* Leaves of @crop, which is not stretched yet, the letters that an outline
 * encloses, @ink on @paper. @picture is what it was cut out of. @strokes: a byte
 * for each pixel, is it one? They are the letters themselves or, hollow ones,
 * their outline; @light is what they are. Returns FALSE, with @crop as it was,
 * where that is not how the line is drawn. */
gboolean line_outline_clear (LineCrop *crop, const GrayPicture *picture,
    const guint8 *strokes, gboolean light, guint8 ink, guint8 paper);
