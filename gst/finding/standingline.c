/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "standingline.h"

#include <math.h>

#include "disjointsets.h"

/* The limits were found on labels and signs with text at their side, on captions
 * over photographs and on drawn scenes, of which windows and bricks stand so too. */

/* A piece, letters that hang together, is as wide as a letter is high, and its
 * like are about as wide, have their foot or their head in one column, and are no
 * farther apart than words; all by the wider one's width. */
#define MIN_WIDTH 6
#define MAX_WIDTH_RATIO 2.2
#define MAX_ASIDE 0.2
#define MAX_GAP 0.8
/* A line has so many letters, in as many widths of it at least, and is so much
 * higher than it is wide. */
#define LINE_GLYPHS 9
#define LINE_DENSITY 0.8
#define LINE_ASPECT 5

static StandingLine
piece_of (const GArray *glyphs, const guint *members, guint n)
{
  StandingLine piece = { G_MAXDOUBLE, G_MAXDOUBLE, 0, 0, n };
  guint i;

  for (i = 0; i < n; i++) {
    const Glyph *glyph = &g_array_index (glyphs, Glyph, members[i]);

    piece.x0 = MIN (piece.x0, glyph->x0);
    piece.y0 = MIN (piece.y0, glyph->y0);
    piece.x1 = MAX (piece.x1, glyph->x1);
    piece.y1 = MAX (piece.y1, glyph->y1);
  }
  return piece;
}

static gint
compare_top (gconstpointer a, gconstpointer b)
{
  const StandingLine *left = a, *right = b;

  return (left->y0 > right->y0) - (left->y0 < right->y0);
}

/* @lower begins no higher than @upper. */
static gboolean
are_of_one (const StandingLine *upper, const StandingLine *lower)
{
  gdouble a = upper->x1 - upper->x0, b = lower->x1 - lower->x0;
  gdouble wider = MAX (a, b), narrower = MIN (a, b);
  gdouble aside = MIN (
      fabs (upper->x0 - lower->x0), fabs (upper->x1 - lower->x1));

  return aside <= MAX_ASIDE * wider && wider <= MAX_WIDTH_RATIO * narrower
         && lower->y0 - upper->y1 <= MAX_GAP * wider;
}

static void
unite (const GArray *pieces, DisjointSets *sets)
{
  guint i, j;

  for (i = 0; i < pieces->len; i++) {
    const StandingLine *upper = &g_array_index (pieces, StandingLine, i);
    gdouble reach = upper->y1 + MAX_GAP * GLYPH_MAX_HEIGHT;

    for (j = i + 1; j < pieces->len; j++) {
      const StandingLine *lower = &g_array_index (pieces, StandingLine, j);

      if (lower->y0 > reach)
        break;
      if (are_of_one (upper, lower))
        kocr_disjoint_sets_unite (sets, i, j);
    }
  }
}

static gboolean
is_line (const StandingLine *self)
{
  gdouble aspect = (self->y1 - self->y0) / (self->x1 - self->x0);

  return self->x1 - self->x0 <= GLYPH_MAX_HEIGHT
         && self->n_glyphs >= MAX (LINE_GLYPHS, LINE_DENSITY * aspect)
         && aspect >= LINE_ASPECT;
}

/* Adds to each piece, from the first one on, those that are of one with it. */
static void
gather (GArray *pieces, DisjointSets *sets)
{
  guint i;

  for (i = 0; i < pieces->len; i++) {
    StandingLine *piece = &g_array_index (pieces, StandingLine, i);
    StandingLine *whole = &g_array_index (
        pieces, StandingLine, kocr_disjoint_sets_find (sets, i));

    if (whole == piece)
      continue;
    whole->x0 = MIN (whole->x0, piece->x0);
    whole->y0 = MIN (whole->y0, piece->y0);
    whole->x1 = MAX (whole->x1, piece->x1);
    whole->y1 = MAX (whole->y1, piece->y1);
    whole->n_glyphs += piece->n_glyphs;
    piece->n_glyphs = 0;
  }
}

void
kocr_standing_lines_find (const GArray *glyphs, const GlyphGroups *groups,
    gdouble scale, GArray *lines)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (StandingLine));
  g_auto (DisjointSets) sets = { 0 };
  guint i;

  for (i = 0; i < groups->n_groups; i++) {
    StandingLine piece = piece_of (glyphs, groups->members + groups->starts[i],
        groups->starts[i + 1] - groups->starts[i]);
    gdouble width = piece.x1 - piece.x0;

    if (width >= MIN_WIDTH && width <= GLYPH_MAX_HEIGHT)
      g_array_append_val (pieces, piece);
  }
  g_array_sort (pieces, compare_top);
  kocr_disjoint_sets_grow (&sets, pieces->len);
  unite (pieces, &sets);
  gather (pieces, &sets);
  for (i = 0; i < pieces->len; i++) {
    StandingLine line = g_array_index (pieces, StandingLine, i);

    if (!is_line (&line))
      continue;
    line.x0 *= scale;
    line.y0 *= scale;
    line.x1 *= scale;
    line.y1 *= scale;
    g_array_append_val (lines, line);
  }
}

static gint
compare_glyphs (gconstpointer a, gconstpointer b)
{
  const StandingLine *left = a, *right = b;

  return (left->n_glyphs < right->n_glyphs)
         - (left->n_glyphs > right->n_glyphs);
}

static gboolean
stand_in_one_place (const StandingLine *a, const StandingLine *b)
{
  gdouble width = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  gdouble height = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);

  return width > 0 && height > 0
         && width * height
                > 0.5 * MIN ((a->x1 - a->x0) * (a->y1 - a->y0),
                      (b->x1 - b->x0) * (b->y1 - b->y0));
}

void
kocr_standing_lines_drop_repeated (GArray *lines)
{
  guint i, j;

  g_array_sort (lines, compare_glyphs);
  for (i = 0; i < lines->len; i++)
    for (j = i + 1; j < lines->len;)
      if (stand_in_one_place (&g_array_index (lines, StandingLine, i),
              &g_array_index (lines, StandingLine, j)))
        g_array_remove_index (lines, j);
      else
        j++;
}
