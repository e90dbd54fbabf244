/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A line of text as the finder sees it: where it is, how it is tilted, what
 * it is made of and how much it looks like text. Lengths are in pixels of the
 * picture, whatever level it was found on.
 */
#pragma once

#include "glyph.h"

/* What tells text from texture: letters of a line are alike and aligned. */
typedef enum
{
  LINE_GLYPHS,                  /* log of their number */
  LINE_ASPECT,                  /* log of width by height */
  LINE_FILL,                    /* share of the box that is stroke */
  LINE_STROKE,                  /* median stroke by height */
  LINE_STROKE_SPREAD,           /* median deviation by median */
  LINE_CONTRAST,                /* log of the mean contrast */
  LINE_CONTRAST_SPREAD,         /* deviation by mean */
  LINE_BRIGHTNESS_SPREAD,       /* deviation by contrast */
  LINE_TOP_SPREAD,              /* of the larger glyphs, by height */
  LINE_BOTTOM_SPREAD,
  LINE_TALL_SHARE,              /* glyphs nearly as high as the line */
  LINE_GLYPH_HEIGHT,            /* mean, by height */
  LINE_COVERAGE,                /* widths of the glyphs by width */
  LINE_GLYPH_FILL,              /* mean share of its box that a glyph covers */
  LINE_HEIGHT,                  /* log of the height on its level */
  LINE_DENSITY,                 /* glyphs in a width of one height */
  LINE_N_FEATURES
} LineFeature;

typedef struct
{
  gdouble x, y;                 /* the centre */
  gdouble width, height;
  gdouble tilt;                 /* radians, clockwise as y grows downwards */
  gboolean light;               /* light on dark */
  guint plane;                  /* for who searches several of one picture */
  gdouble scale;                /* of the level it was found on */
  guint n_glyphs;
  gdouble stroke, contrast, brightness;
  gdouble features[LINE_N_FEATURES];
  gdouble rank;                 /* which of two finds of a line is better */
  gdouble logit;                /* log odds that it is text */
  GArray *runs;                 /* of LineRun: the pixels of its strokes */
} TextLine;

typedef struct
{
  Run run;                      /* in pixels of a level … */
  gdouble scale;                /* … of this scale */
} LineRun;

void kocr_text_line_free (TextLine * self);

/* Moves it by pixels of the picture. */
void kocr_text_line_move (TextLine * self, gint dx, gint dy);

/* Sets self->logit from what is known of it. */
void kocr_text_line_judge (TextLine * self);

/* Its corners: top-left, top-right, bottom-right, bottom-left. */
void kocr_text_line_quad (const TextLine * self, gdouble quad[8]);

/* The share of the smaller line's box, and of both their boxes together, that
 * both cover. */
gdouble kocr_text_line_overlap (const TextLine * a, const TextLine * b);
gdouble kocr_text_line_overlap_of_union (const TextLine * a, const TextLine * b);
/* The same of the less wide by the less high of them: a piece of a line that was
 * found with what stands below it is less wide, but higher. */
gdouble kocr_text_line_overlap_by_sides (const TextLine *a, const TextLine *b);
/* The share of @self's box that @other covers. */
gdouble kocr_text_line_covered_share (const TextLine * self,
    const TextLine * other);

/* How far @self goes on beyond @other, at the end where that is more. */
gdouble kocr_text_line_overhang (
    const TextLine *self, const TextLine *other);

/* The room between its letters, in the mean; 0 where they are too few to tell.
 */
gdouble kocr_text_line_letter_gap (const TextLine *self);

/* When both are pieces of one line, a gap too wide for the grouping between
 * them or found on different levels, @self becomes the whole, @other is left
 * empty of runs, and TRUE is returned. */
gboolean kocr_text_line_join (TextLine * self, TextLine * other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextLine, kocr_text_line_free)
