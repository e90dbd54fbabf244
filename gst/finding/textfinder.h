/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where a picture has lines of text, without reading them: what the engine
 * asks that only wants to know whether text came, went or moved.
 *
 * Needs no lock and keeps nothing between two calls.
 */
#pragma once

#include <glib.h>

/* Asked between two steps of a search, a few milliseconds apart. */
typedef gboolean (*KocrFindingCancelled) (gpointer user_data);

/* A zeroed one searches for text 8 to 640 pixels high. */
typedef struct
{
  /* Each level finds letters twice as large as the one before: 8 to 40 pixels
   * on the first. 0: five of them. */
  guint levels;
  /* The picture is halved until its longest side is at most this. 0: 1920. */
  gint max_side;
  /* Lines of a lower score are left out. 0 is even odds; the local service
   * reads from -3.5 on, which has much texture among it. */
  gdouble min_score;
  KocrFindingCancelled is_cancelled;    /* may be NULL */
  gpointer user_data;
} KocrFindingOptions;

/* Lengths in pixels of the picture. */
typedef struct
{
  gdouble quad[8];              /* top-left, top-right, bottom-right,
                                 * bottom-left, as the text stands */
  gdouble x0, y0, x1, y1;       /* the upright box around it */
  gdouble height;               /* of the line, across its tilt */
  gdouble tilt;                 /* radians, clockwise as y grows downwards */
  gdouble stroke;               /* median width of its strokes */
  gdouble brightness;           /* mean of its strokes */
  gdouble contrast;             /* mean step at its edges */
  gboolean light;               /* light on dark */
  guint n_glyphs;
  gdouble score;                /* log odds that it is text */
} KocrFoundLine;

/* Returns (transfer full) an array of KocrFoundLine, the likeliest first, or
 * NULL when it was cancelled. Of finds that overlap the likelier stays. A
 * picture without pixels has no lines. @options may be NULL. */
GArray *kocr_text_finder_find (const guint8 * pixels, gint width, gint height,
    gsize stride, const KocrFindingOptions * options);
