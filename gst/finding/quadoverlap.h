/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What two quads cover together: lines one below the other, and the words of
 * them, stand apart however they are tilted, where the upright boxes around
 * them overlap.
 */
#pragma once

#include <glib.h>

/* Quads are x0, y0 … x3, y3, convex and clockwise as y grows downwards. */
gdouble kocr_quad_area (const gdouble quad[8]);
gdouble kocr_quad_common_area (const gdouble a[8], const gdouble b[8]);
