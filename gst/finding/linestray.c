/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linestray.h"

#include <math.h>

/* A line that is less likely text than this takes nothing: it is texture. */
#define MIN_LOGIT -1.0
/* By the line's height: how far from its end a stray stands at most, ... */
#define MAX_GAP 1.1
/* ... how high a letter is, and how far from the line's top and foot, ... */
#define LETTER_MIN 0.6
#define LETTER_REACH 0.15
/* ... and how high and wide a dash is, and how far from the line's middle. A
 * line of capitals with a comma is lower at its foot. */
#define DASH_HEIGHT 0.25
#define DASH_MIN 0.3
#define DASH_MAX 1.2
#define DASH_OFF 0.22
/* Ink as strong, as bright and as thick as the line's. */
#define MAX_CONTRAST_RATIO 1.5
#define MAX_STROKE_RATIO 2.2

static gboolean
looks_alike (const TextLine *line, const Glyph *glyph)
{
  gdouble stroke = line->stroke / line->scale;
  gdouble thick = MAX (stroke, glyph->stroke);
  gdouble thin = MIN (stroke, glyph->stroke);
  gdouble strong = MAX (line->contrast, glyph->contrast);
  gdouble weak = MIN (line->contrast, glyph->contrast);

  return strong <= MAX_CONTRAST_RATIO * weak
         && fabs (line->brightness - glyph->brightness) <= MAX (14, 0.5 * weak)
         && (thick <= MAX_STROKE_RATIO * thin || thick - thin <= 1.2);
}

/* @across: of its middle below the line's. All by the line's height. */
static gboolean
has_place (gdouble width, gdouble height, gdouble across)
{
  if (height <= DASH_HEIGHT)
    return width >= DASH_MIN && width <= DASH_MAX && fabs (across) <= DASH_OFF;
  return height >= LETTER_MIN
         && fabs (across) + height / 2 <= 0.5 + LETTER_REACH;
}

static void
extend (const LineFit *self, TextLine *line, guint member, gdouble left,
    gdouble right)
{
  const Glyph *glyph = &g_array_index (self->glyphs, Glyph, member);
  gdouble middle = (left + right) / 2, width = right - left;
  gdouble covered = line->features[LINE_COVERAGE] * line->width
                    + glyph_width (glyph) * line->scale;

  line->x += middle * cos (line->tilt);
  line->y += middle * sin (line->tilt);
  line->width = width;
  line->n_glyphs++;
  line->features[LINE_GLYPHS] = log (line->n_glyphs);
  line->features[LINE_COVERAGE] = covered / width;
  line->features[LINE_ASPECT] = log (line->width / line->height);
  kocr_line_fit_add_runs (self, member, line->runs);
}

static gboolean
join_stray (const LineFit *self, TextLine *line, guint member)
{
  const Glyph *glyph = &g_array_index (self->glyphs, Glyph, member);
  gdouble scale = line->scale, half = line->width / 2;
  gdouble c = cos (line->tilt), s = sin (line->tilt);
  gdouble dx = (glyph->x0 + glyph->x1) / 2 * scale - line->x;
  gdouble dy = (glyph->y0 + glyph->y1) / 2 * scale - line->y;
  gdouble along = dx * c + dy * s, across = dy * c - dx * s;
  gdouble width = glyph_width (glyph) * scale;
  gdouble height = glyph_height (glyph) * scale;
  gdouble gap = fabs (along) - half - width / 2;

  if (gap < 0 || gap > MAX_GAP * line->height || !looks_alike (line, glyph)
      || !has_place (
          width / line->height, height / line->height, across / line->height))
    return FALSE;
  extend (self, line, member, MIN (-half, along - width / 2),
      MAX (half, along + width / 2));
  return TRUE;
}

void
kocr_line_strays_join (const LineFit *self, guint *strays, guint n,
    GPtrArray *lines, guint first)
{
  guint i, j;

  for (i = first; i < lines->len; i++) {
    TextLine *line = g_ptr_array_index (lines, i);

    kocr_text_line_judge (line);
    if (line->logit < MIN_LOGIT)
      continue;
    /* From left to right, then back: each makes room for the next. */
    for (j = 0; j < 2 * n; j++) {
      guint *stray = &strays[j < n ? j : 2 * n - 1 - j];

      if (*stray != G_MAXUINT && join_stray (self, line, *stray))
        *stray = G_MAXUINT;
    }
  }
}
