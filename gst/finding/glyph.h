/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Components that may be letters, or the parts that a Hangul syllable falls
 * into, and which of them stand together as writing does.
 */
#pragma once

#include "component.h"

/* The largest letter that is looked for on a level; larger ones are found on
 * the next. Strokes of letters this high just fit the stroke map's window. */
#define GLYPH_MAX_HEIGHT 40
/* Of its box: that of a tilted letter is higher than the letter. */
#define GLYPH_MAX_ROWS 52

/* Lengths in pixels of the level. */
typedef struct
{
  guint component;              /* in the set they come from */
  gdouble x0, y0, x1, y1;
  gdouble stroke, brightness, contrast;
  gint area;
} Glyph;

/* Glyphs in groups: those of group i are members[starts[i]] up to, not
 * including, members[starts[i + 1]], each the index of a glyph. */
typedef struct
{
  guint *members;
  guint *starts;
  guint n_groups;
} GlyphGroups;

/* Returns (transfer full) an array of Glyph, from left to right: the
 * components that have the size, contrast and shape of letters. */
GArray *kocr_glyphs_from_components (const ComponentSet * set);

/* Neighbours of like size, stroke and brightness come into one group. */
void kocr_glyph_groups_init (GlyphGroups * self, const GArray * glyphs,
    const PyramidLevel * level);
void kocr_glyph_groups_clear (GlyphGroups * self);

static inline gdouble
glyph_width (const Glyph * glyph)
{
  return glyph->x1 - glyph->x0;
}

static inline gdouble
glyph_height (const Glyph * glyph)
{
  return glyph->y1 - glyph->y0;
}

static inline gdouble
glyph_size (const Glyph * glyph)
{
  return MAX (glyph_width (glyph), glyph_height (glyph));
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GlyphGroups, kocr_glyph_groups_clear)
