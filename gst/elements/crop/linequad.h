/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One quad around the regions of a line. Pure.
 */
#pragma once

#include <glib.h>

/* Fills @quad, corners as those of a region, with the one around @n_boxes
 * (at least one), each of 8 numbers. Its top and bottom run as those of the
 * boxes do on the whole, its ends as those of the outermost boxes, and no
 * corner is left out: the perspective of the line is kept. */
void kocr_line_quad_init (gdouble quad[8], const gdouble *boxes, guint n_boxes);
