/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a camera was held: the orientation in a picture's EXIF, and turning the
 * picture upright by it. Pure.
 */
#pragma once

#include "graypicture.h"

/* As EXIF numbers them: 1 is upright, 3 upside down, 6 and 8 on their sides;
 * the others are mirrored. */
    typedef guint Orientation;
#define ORIENTATION_UPRIGHT 1

/* @data: a JPEG's APP1 segment without its length. What is not EXIF, broken or
 * out of range is upright. */
Orientation orientation_parse (const guint8 * data, gsize size);

/* Turns @picture in place, which is tightly packed. FALSE: no memory. */
gboolean orientation_apply (Orientation orientation, GrayPicture * picture);
