/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textline.h"

#include <math.h>

#include "quadoverlap.h"

/* The room between two pieces of a line, by its height, and by the room between
 * its letters. */
#define MAX_WORD_GAP 1.3
#define MAX_WORD_GAP_IN_LETTERS 2.8

void
kocr_text_line_free (TextLine * self)
{
  if (!self)
    return;
  g_clear_pointer (&self->runs, g_array_unref);
  g_free (self);
}

void
kocr_text_line_move (TextLine * self, gint dx, gint dy)
{
  guint i;

  self->x += dx;
  self->y += dy;
  for (i = 0; i < self->runs->len; i++) {
    LineRun *at = &g_array_index (self->runs, LineRun, i);
    gint right = dx / at->scale;

    at->run.y += dy / at->scale;
    at->run.x0 += right;
    at->run.x1 += right;
  }
}

/* Logistic regression of "this candidate reads as what is written there",
 * fitted by tests/recognition/fit.py to the candidates of 160 frames of the
 * tuning seed. At a likelihood of 0.03 it keeps 96 % of the text and 7 % of
 * the texture. */
static const gdouble weights[LINE_N_FEATURES] = {
  [LINE_GLYPHS] = 0.813,
  [LINE_ASPECT] = 0.761,
  [LINE_FILL] = -3.560,
  [LINE_STROKE] = -18.316,
  [LINE_STROKE_SPREAD] = -9.136,
  [LINE_CONTRAST] = 2.427,
  [LINE_CONTRAST_SPREAD] = -3.931,
  [LINE_BRIGHTNESS_SPREAD] = -1.654,
  [LINE_TOP_SPREAD] = -2.690,
  [LINE_BOTTOM_SPREAD] = 5.769,
  [LINE_TALL_SHARE] = 1.225,
  [LINE_GLYPH_HEIGHT] = 5.195,
  [LINE_COVERAGE] = 1.764,
  [LINE_GLYPH_FILL] = -2.418,
  [LINE_HEIGHT] = 0.596,
  [LINE_DENSITY] = -0.279,
};

#define BIAS -17.075
/* Of a letter that only its place in a row speaks for: less than even odds. */
#define SINGLE_LOGIT -1.0

void
kocr_text_line_judge (TextLine * self)
{
  guint i;

  if (self->n_glyphs < 2) {
    self->logit = SINGLE_LOGIT;
    return;
  }
  self->logit = BIAS;
  for (i = 0; i < LINE_N_FEATURES; i++)
    self->logit += weights[i] * self->features[i];
}

void
kocr_text_line_quad (const TextLine * self, gdouble quad[8])
{
  gdouble c = cos (self->tilt), s = sin (self->tilt);

  for (guint i = 0; i < 4; i++) {
    gdouble along = (i == 0 || i == 3 ? -0.5 : 0.5) * self->width;
    gdouble across = (i < 2 ? -0.5 : 0.5) * self->height;

    quad[2 * i] = self->x + along * c - across * s;
    quad[2 * i + 1] = self->y + along * s + across * c;
  }
}

static gdouble
area (const TextLine * line)
{
  return line->width * line->height;
}

static gdouble
common_area (const TextLine * a, const TextLine * b)
{
  gdouble dx = a->x - b->x, dy = a->y - b->y;
  gdouble reach = (a->width + a->height + b->width + b->height) / 2;
  gdouble in_a[8], in_b[8];

  if (dx * dx + dy * dy > reach * reach)
    return 0;
  kocr_text_line_quad (a, in_a);
  kocr_text_line_quad (b, in_b);
  return kocr_quad_common_area (in_a, in_b);
}

gdouble
kocr_text_line_overlap (const TextLine * a, const TextLine * b)
{
  return common_area (a, b) / MIN (area (a), area (b));
}

gdouble
kocr_text_line_overlap_by_sides (const TextLine *a, const TextLine *b)
{
  return common_area (a, b)
         / (MIN (a->width, b->width) * MIN (a->height, b->height));
}

gdouble
kocr_text_line_covered_share (const TextLine * self, const TextLine * other)
{
  return common_area (self, other) / area (self);
}

gdouble
kocr_text_line_overlap_of_union (const TextLine * a, const TextLine * b)
{
  gdouble common = common_area (a, b);

  return common / (area (a) + area (b) - common);
}

gdouble
kocr_text_line_letter_gap (const TextLine *self)
{
  gdouble covered = self->features[LINE_COVERAGE];

  return self->n_glyphs > 2 && covered > 0 && covered < 1
             ? (1 - covered) * self->width / (self->n_glyphs - 1)
             : 0;
}

/* How @other lies along @base: its middle, and the free room between them. */
typedef struct
{
  gdouble along, across, gap;
} Offset;

static Offset
offset_from (const TextLine * base, const TextLine * other)
{
  gdouble c = cos (base->tilt), s = sin (base->tilt);
  gdouble dx = other->x - base->x, dy = other->y - base->y;
  gdouble along = dx * c + dy * s;

  return (Offset) {
  along, dy * c - dx * s, fabs (along) - (base->width + other->width) / 2};
}

gdouble
kocr_text_line_overhang (const TextLine *self, const TextLine *other)
{
  return fabs (offset_from (self, other).along)
         + (self->width - other->width) / 2;
}

/* The room between the words of a line: more than is between its columns. Where
 * letters are set apart, so are the words. */
static gdouble
word_gap (const TextLine *line, gdouble height)
{
  return MAX (MAX_WORD_GAP * height,
      MAX_WORD_GAP_IN_LETTERS * kocr_text_line_letter_gap (line));
}

static gboolean
are_pieces_of_one (const TextLine * base, const TextLine * other,
    const Offset * offset)
{
  gdouble higher = MAX (base->height, other->height);
  gdouble lower = MIN (base->height, other->height);
  gdouble top = fabs (offset->across - (other->height - base->height) / 2);
  gdouble bottom = fabs (offset->across + (other->height - base->height) / 2);
  gdouble thick = MAX (base->stroke, other->stroke);
  gdouble thin = MIN (base->stroke, other->stroke);
  gdouble contrast = MIN (base->contrast, other->contrast);

  if (base->light != other->light || higher > 1.8 * lower)
    return FALSE;
  /* The tilt of a short piece is not known well. */
  if (fabs (base->tilt - other->tilt) > 0.1 && other->width > 3 * other->height)
    return FALSE;
  if (offset->gap > MAX (word_gap (base, lower), word_gap (other, lower)))
    return FALSE;
  if (MIN (top, bottom) > 0.22 * higher || MAX (top, bottom) > 0.45 * higher)
    return FALSE;
  if (fabs (base->brightness - other->brightness) > MAX (20, 0.6 * contrast))
    return FALSE;
  /* Finds of the same letters may differ in stroke, neighbours may not. */
  return offset->gap <= -0.1 * lower || thick <= 2.2 * thin;
}

/* Grows the box of @base, in its own directions, to hold @other too. */
static void
extend_box (TextLine * base, const TextLine * other, const Offset * offset)
{
  gdouble c = cos (base->tilt), s = sin (base->tilt);
  gdouble left = MIN (-base->width / 2, offset->along - other->width / 2);
  gdouble right = MAX (base->width / 2, offset->along + other->width / 2);
  gdouble top = MIN (-base->height / 2, offset->across - other->height / 2);
  gdouble bottom = MAX (base->height / 2, offset->across + other->height / 2);
  gdouble along = (left + right) / 2, across = (top + bottom) / 2;

  base->x += along * c - across * s;
  base->y += along * s + across * c;
  base->width = right - left;
  base->height = bottom - top;
}

gboolean
kocr_text_line_join (TextLine * self, TextLine * other)
{
  gboolean self_longer =
      self->width * other->height >= other->width * self->height;
  const TextLine *longer = self_longer ? self : other;
  const TextLine *shorter = self_longer ? other : self;
  Offset offset = offset_from (longer, shorter);
  TextLine whole = *longer;
  gdouble share;
  guint i;

  if (!are_pieces_of_one (longer, shorter, &offset))
    return FALSE;

  share = longer->width / (longer->width + shorter->width);
  extend_box (&whole, shorter, &offset);
  if (offset.gap > -0.3 * MIN (longer->height, shorter->height))
    whole.n_glyphs = self->n_glyphs + other->n_glyphs;
  else
    whole.n_glyphs = MAX (self->n_glyphs, other->n_glyphs);
  whole.rank = MAX (self->rank, other->rank);
  whole.brightness =
      longer->brightness * share + shorter->brightness * (1 - share);
  whole.contrast = longer->contrast * share + shorter->contrast * (1 - share);
  for (i = 0; i < LINE_N_FEATURES; i++)
    whole.features[i] =
        longer->features[i] * share + shorter->features[i] * (1 - share);
  whole.features[LINE_GLYPHS] = log (whole.n_glyphs);
  whole.features[LINE_ASPECT] = log (whole.width / whole.height);
  whole.runs = self->runs;
  g_array_append_vals (whole.runs, other->runs->data, other->runs->len);
  g_clear_pointer (&other->runs, g_array_unref);
  *self = whole;
  return TRUE;
}
