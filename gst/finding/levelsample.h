/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A level of a pyramid sampled anew: turned and at another size.
 */
#pragma once

#include "pyramid.h"

/* Fills @pixels, @height rows of @width bytes, with what @level has there: the
 * pixel (u, v) is at x = m[0] u + m[1] v + m[2], y = m[3] u + m[4] v + m[5] of the
 * picture. Outside the picture its border goes on. */
void kocr_level_sample (const PyramidLevel *level, const gdouble m[6],
    guint8 *pixels, gint width, gint height);
