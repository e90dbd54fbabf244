/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ticker: a text that runs through the frame, put together of what each sample
 * shows of it.
 *
 * A line that ends at the left or right edge of the frame may be part of a
 * longer one. What two samples show of that overlaps: the later part begins
 * within what is known, and goes on where that ends, or lies within it as the
 * text leaves. They are laid over one another by an alignment that costs nothing
 * before the one begins and after the other ends (Smith and Waterman, 1981,
 * without inner restarts). Letters that the edge cuts are left out.
 */
#pragma once

#include <glib.h>
#include "layout/linebox.h"

/* Sides of the frame that a line ends at. */
typedef enum
{
  KOCR_CUT_LEFT = 1,
  KOCR_CUT_RIGHT = 2,
  KOCR_CUT_ABOVE = 4,
  KOCR_CUT_BELOW = 8
} KocrCut;

/* Letters that an edge makes unreadable: the cut one, and the next, which is
 * read with it. */
#define KOCR_CUT_LETTERS 2

guint kocr_line_box_get_cut (const KocrLineBox * box, gint width, gint height);
/* The same, and sides that may have cut off a letter which was not read. */
guint kocr_line_box_get_near (const KocrLineBox * box, gint width, gint height);

/* Whether two boxes are in one row of a ticker. */
gboolean kocr_line_boxes_share_row (const KocrLineBox * a,
    const KocrLineBox * b);

/* Where the letters of a part begin and end that the edge does not cut. */
void kocr_ticker_trim (guint cut, guint n_chars, guint * first, guint * end);

/* How a part lies on what is known. */
typedef struct
{
  guint at;                     /* where in the whole it begins */
  guint n_more;                 /* its last characters that are new */
  guint until;                  /* where in the whole it ends, without them */
} KocrTickerFit;

/* FALSE: they have too little in common. */
gboolean kocr_ticker_fit (const gunichar * whole, guint n_whole,
    const gunichar * part, guint n_part, KocrTickerFit * fit);
