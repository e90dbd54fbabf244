/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading order: the order in which a page is read, columns and all.
 */
#pragma once

#include <glib.h>

/* A line of text as reading order sees it. */
typedef struct
{
  gdouble quad[8];              /* corners as those of a region */
  gdouble ux, uy;               /* reading direction, as long as the line */
  gdouble height;               /* of its letters */
  guint page;                   /* the caller's, as is */
  guint line;                   /* which one this is */
} KocrTextLine;

/* Puts @lines in the order in which a person reads them. Pure. */
void kocr_reading_order_sort (KocrTextLine * lines,
    guint n_lines);
