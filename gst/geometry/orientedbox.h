/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Oriented box: a rectangle at an angle: the room that a line of text takes, or the plate of
 * a label. Pure.
 *
 * Coordinates u (along the text) and v (down across it) are those of the frame
 * turned by the angle about its origin.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gdouble cos, sin;             /* of the angle */
  gdouble left, top;            /* in u and v */
  gdouble width, height;        /* never negative */
} KocrOrientedBox;

/* The smallest one at @angle (radians) around @n_points pairs x, y. */
void kocr_oriented_box_init (KocrOrientedBox * self, gdouble angle,
    const gdouble * points, guint n_points);

/* By @margin, all around. */
void kocr_oriented_box_grow (KocrOrientedBox * self, gdouble margin);

/* Corners x0, y0 … x3, y3, clockwise from the top left one. */
void kocr_oriented_box_get_corners (
    const KocrOrientedBox *self, gdouble corners[8]);

/* The upright box around it. */
void kocr_oriented_box_get_bounds (const KocrOrientedBox * self, gdouble * left,
    gdouble * top, gdouble * right, gdouble * bottom);

/* How much area two have in common. */
gdouble kocr_oriented_box_overlap (
    const KocrOrientedBox *a, const KocrOrientedBox *b);
