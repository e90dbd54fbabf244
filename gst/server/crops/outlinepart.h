/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A part of what outlines enclose: a letter, a piece of one, or ground as light
 * as letters are, where the outlines of two of them, or of the strokes of one,
 * meet around it. Such ground has a colour of its own, or is no stroke by its
 * shape.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint first;    /* one of its pixels */
  guint n;        /* pixels */
  gint x0, y0, x1, y1;
  gboolean is_outer; /* is beside an outline's outside: no letter's eye */
  gdouble depth;  /* the most that a pixel of it is away from its edge */
  gdouble colour[2];
} OutlinePart;

/* Returns (transfer full) for each of the @width x @height pixels how many steps,
 * those aslant included, it is from the next one that is not @kind. */
guint8 *outline_part_depths (
    const guint8 *kinds, guint8 kind, gint width, gint height);

/* What half of the pixels of @parts have at least, of depth and of each colour:
 * the letters, which most of them are. */
OutlinePart outline_parts_median (const GArray *parts);

/* Is it ground among @letters of @text_height, whose colour is @ground around
 * it (NULL: not known)? */
gboolean outline_part_is_ground (const OutlinePart *self,
    const OutlinePart *letters, const gdouble ground[2], gint text_height);
