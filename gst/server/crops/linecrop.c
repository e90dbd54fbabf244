/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/linecrop.h"

#include <math.h>
#include <string.h>

#include "levelsample.h"
#include "quantile.h"
#include "crops/lineends.h"
#include "crops/lineoutline.h"
#include "crops/lineplates.h"

/* A line of 100 times its height is longer than any that fits a frame at a
 * size that reads; a longer one is taken smaller. */
#define MAX_WIDTH 4000
/* What the text and its background are stretched to: pure black and white
 * would cut off the soft edges that tell alike syllables apart. */
#define INK 20
#define PAPER 240
/* A mark that the finder took for noise, a full stop, an apostrophe or a dash,
 * belongs to the line when it stands this near to its end, or as near as its
 * letters to each other, is no larger, and has room beyond it; all by the
 * text's height. In type of one width a full stop has a letter's room. */
#define MARK_GAP 0.5
#define MARK_SIZE 0.45
#define MARK_ROOM 0.15
/* A speaker's dash is flat, and may be wider and stand farther off, but not near
 * the text's top or bottom, as rules do. */
#define DASH_HEIGHT 0.15
#define DASH_LEAST_WIDTH 0.2
#define DASH_MOST_WIDTH 0.65
#define DASH_GAP 0.7
#define DASH_MARGIN 0.3
/* Two dots, one above the other, are higher together: a colon. In type of ten pixels
 * a dot is three. */
#define COLON_WIDTH 0.45
#define COLON_HEIGHT 0.9
#define DOT_HEIGHT 0.4
/* So does a letter that the finder lost, which touches a frame or is fainter
 * than the rest: nearer than a blank between words is wide, as high as the text
 * or little more. */
#define LETTER_GAP 0.22
#define LETTER_MIN 0.4
#define LETTER_REACH 0.12
/* Where marks are looked for: an ellipsis fits. */
#define SIDE 1.2
/* Ink of a mark: as dark, of what the crop is stretched to. */
#define MARK_DARK 150
/* Text fainter than this is noise, and stretching it would show no more. */
#define MIN_STRETCH 8
/* Blank columns at both sides of a part of a crop, by the text's height. */
#define PART_MARGIN 0.15
/* Plates are not the most of a line: of the pixels that are no strokes this share
 * is as light as its ground or less. */
#define GROUND_SHARE 0.8
/* Of fewer letters none is told to have an outline: the eye of a figure is as a
 * letter in one. */
#define MIN_OUTLINED 2
/* Farther from the strokes than this share of the text's height, and a pixel
 * more, the masked crop is blank: nearer than the outer edge of an outline, so
 * that what lies beyond it does not show. */
#define NEAR_SHARE 20

static void
place (LineCrop * self, const TextLine * line, const LineCropStyle * style)
{
  gdouble c = cos (line->tilt), s = sin (line->tilt), *m = self->to_picture;
  gdouble aspect = line->width / line->height + 2 * (style->padding + SIDE);
  gdouble text_height = MIN (style->text_height, MAX_WIDTH / aspect);
  gdouble scale = line->height / text_height;
  gdouble padding = style->padding_across * text_height;

  self->width = MAX (aspect * text_height + 0.5, 1);
  self->height = text_height + 2 * padding + 0.5;
  self->height = MAX (self->height, 1);
  self->text_top = padding;
  self->text_bottom = padding + text_height;
  m[0] = scale * c;
  m[1] = -scale * s;
  m[3] = scale * s;
  m[4] = scale * c;
  m[2] = line->x - m[0] * self->width / 2 - m[1] * self->height / 2;
  m[5] = line->y - m[3] * self->width / 2 - m[4] * self->height / 2;
}

/* Returns (transfer full) a byte for each pixel of the crop: is it a stroke?
 * A run's pixels are as large as its level's. */
static guint8 *
draw_strokes (const LineCrop * self, const TextLine * line)
{
  const gdouble *m = self->to_picture;
  gdouble determinant = m[0] * m[4] - m[1] * m[3];
  guint8 *mask = g_malloc0 ((gsize) self->width * self->height);
  guint i;

  for (i = 0; i < line->runs->len; i++) {
    const LineRun *at = &g_array_index (line->runs, LineRun, i);
    gint reach = ceil (at->scale / sqrt (determinant) / 2), x, v;
    gdouble dy = (at->run.y + 0.5) * at->scale - m[5];

    for (x = at->run.x0; x < at->run.x1; x++) {
      gdouble dx = (x + 0.5) * at->scale - m[2];
      gint u0 = floor ((m[4] * dx - m[1] * dy) / determinant);
      gint v0 = floor ((m[0] * dy - m[3] * dx) / determinant);
      gint left = MAX (u0 - reach, 0);
      gint right = MIN (u0 + reach, self->width - 1);

      if (right < left)
        continue;
      for (v = MAX (v0 - reach, 0);
          v <= MIN (v0 + reach, self->height - 1); v++)
        memset (mask + (gsize) v * self->width + left, 1, right - left + 1);
    }
  }
  return mask;
}

/* Of strokes, whose edges are as their ground. */
static gint
ink_of (const guint strokes[256], gboolean light)
{
  return kocr_histogram_quantile (strokes, light ? 0.75 : 0.25);
}

/* Brightness of the strokes and of the background nearest to it. */
static void
find_contrast (const LineCrop * self, const guint8 * strokes, gboolean light,
    const LineCropStyle * style, gint * ink, gint * paper)
{
  guint on[256] = { 0 }, off[256] = { 0 };
  gdouble height = self->text_bottom - self->text_top;
  gint margin = self->text_top - 0.04 * height, v, u;
  gint side = (SIDE + 0.6 * style->padding) * height;

  for (v = margin; v < self->height - margin; v++) {
    gsize row = (gsize) v * self->width;

    for (u = side; u < self->width - side; u++)
      (strokes[row + u] ? on : off)[self->pixels[row + u]]++;
  }
  if (light) {
    *ink = ink_of (on, TRUE);
    *paper = CLAMP (kocr_histogram_quantile (off, style->backdrop), 0,
        *ink - MIN_STRETCH);
  } else {
    *ink = ink_of (on, FALSE);
    *paper = MAX (kocr_histogram_quantile (off, 1 - style->backdrop),
        *ink + MIN_STRETCH);
  }
}

static void
stretch (LineCrop * self, gint ink, gint paper)
{
  guint8 table[256];
  gsize i;
  gint v;

  for (v = 0; v < 256; v++)
    table[v] = CLAMP (INK + (v - ink) * (PAPER - INK) / (paper - ink), 0, 255);
  for (i = 0; i < (gsize) self->width * self->height; i++)
    self->pixels[i] = table[self->pixels[i]];
}

/* Turns the plates in the line, and clears what is beside one that it stands on. */
static void
clear_plates (LineCrop *self, guint8 *strokes, gboolean light)
{
  guint on[256] = { 0 }, off[256] = { 0 };
  gsize n = (gsize)self->width * self->height, i;
  gint ink, ground;

  for (i = 0; i < n; i++)
    (strokes[i] ? on : off)[self->pixels[i]]++;
  ink = ink_of (on, light);
  ground = kocr_histogram_quantile (
      off, light ? 1 - GROUND_SHARE : GROUND_SHARE);
  line_plates_turn (self, strokes, ink, ground);
  line_ends_clear (self, strokes, ink, ground);
}

/* Sets to 1 what is at most @reach pixels before or after a 1, for @n pixels
 * @step apart. */
static void
widen (const guint8 * from, guint8 * to, gint n, gsize step, gint reach)
{
  gint last, i;

  for (i = 0, last = -reach - 1; i < n; i++) {
    if (from[i * step])
      last = i;
    to[i * step] |= i - last <= reach;
  }
  for (i = n - 1, last = n + reach; i >= 0; i--) {
    if (from[i * step])
      last = i;
    to[i * step] |= last - i <= reach;
  }
}

static void
blank_surroundings (LineCrop * self, const guint8 * strokes)
{
  gsize size = (gsize) self->width * self->height, i;
  g_autofree guint8 *wider = g_malloc0 (size), *near = g_malloc0 (size);
  gint reach = (self->text_bottom - self->text_top) / NEAR_SHARE + 1, u, v;

  for (v = 0; v < self->height; v++)
    widen (strokes + (gsize) v * self->width, wider + (gsize) v * self->width,
        self->width, 1, reach);
  for (u = 0; u < self->width; u++)
    widen (wider + u, near + u, self->height, self->width, reach);
  for (i = 0; i < size; i++)
    if (!near[i])
      self->pixels[i] = PAPER;
}

/* How far column @u of the crop has ink: rows from *@top up to *@bottom. */
static gboolean
find_ink (const LineCrop * self, gint u, gint * top, gint * bottom)
{
  gboolean inked = FALSE;
  gint v;

  for (v = 0; v < self->height; v++)
    if (self->pixels[(gsize) v * self->width + u] < MARK_DARK) {
      *top = MIN (*top, v);
      *bottom = MAX (*bottom, v + 1);
      inked = TRUE;
    }
  return inked;
}

/* Is the ink of columns @left to before @right, in rows from @top to before
 * @bottom, two dots, one above the other? */
static gboolean
is_colon (const LineCrop *self, gint left, gint right, gint top, gint bottom)
{
  gdouble height = self->text_bottom - self->text_top;
  gint v, u, n = 0, longest = 0, n_rows = 0;

  for (v = top; v < bottom; v++) {
    gboolean inked = FALSE;

    for (u = left; u < right && !inked; u++)
      inked = self->pixels[(gsize)v * self->width + u] < MARK_DARK;
    n = inked ? n + 1 : 0;
    n_rows += inked;
    longest = MAX (longest, n);
  }
  return right - left <= COLON_WIDTH * height
         && bottom - top <= COLON_HEIGHT * height && top >= self->text_top
         && n_rows < bottom - top && longest <= DOT_HEIGHT * height;
}

static gboolean
is_dash (const LineCrop *self, gint left, gint right, gint top, gint bottom)
{
  gdouble height = self->text_bottom - self->text_top;

  return right - left >= DASH_LEAST_WIDTH * height
         && right - left <= DASH_MOST_WIDTH * height
         && right - left >= 2 * (bottom - top)
         && bottom - top <= DASH_HEIGHT * height
         && top >= self->text_top + DASH_MARGIN * height
         && bottom <= self->text_bottom - DASH_MARGIN * height;
}

/* Does ink in columns from @left to before @right, after @gap blank ones, in rows
 * from @top to before @bottom, belong to the text beside it, as a mark, for which
 * that is no more than @mark_gap, or as letters? */
static gboolean
belongs (const LineCrop *self, gint gap, gdouble mark_gap, gint left,
    gint right, gint top, gint bottom)
{
  gdouble height = self->text_bottom - self->text_top;

  if (is_dash (self, left, right, top, bottom))
    return TRUE;
  if (gap > mark_gap)
    return FALSE;
  if (right - left <= MARK_SIZE * height && bottom - top <= MARK_SIZE * height)
    return TRUE;
  if (is_colon (self, left, right, top, bottom))
    return TRUE;
  return gap <= LETTER_GAP * height && bottom - top >= LETTER_MIN * height
      && top >= self->text_top - LETTER_REACH * height
      && bottom <= self->text_bottom + LETTER_REACH * height;
}

/* How many columns from @edge, the first beyond what is of the text, by @step
 * are of a mark that belongs to it; 0 where there is none, or what stands there
 * is more than a mark. */
static gint
find_next_mark (const LineCrop *self, gdouble mark_gap, gint edge, gint step)
{
  gdouble height = self->text_bottom - self->text_top;
  gint end = step > 0 ? self->width - edge : edge + 1, i, blank = 0, from = -1;
  gint top = G_MAXINT, bottom = 0, last = 0;

  for (i = 0; i < end; i++) {
    if (find_ink (self, edge + i * step, &top, &bottom)) {
      if (from < 0)
        from = i;
      last = i + 1;
      blank = 0;
      continue;
    }
    blank++;
    if (from < 0 && blank > MAX (mark_gap, DASH_GAP * height))
      return 0;
    if (from >= 0 && blank >= MARK_ROOM * height)
      return belongs (self, from, mark_gap, edge + (step > 0 ? from : 1 - last),
                 edge + (step > 0 ? last : 1 - from), top, bottom)
                 ? last
                 : 0;
  }
  return 0;
}

/* The same for all marks beyond @edge. */
static gint
find_marks (const LineCrop *self, gdouble mark_gap, gint edge, gint step)
{
  gint found = 0, next;

  while (
      (next = find_next_mark (self, mark_gap, edge + found * step, step)) > 0)
    found += next;
  return found;
}

/* Leaves of the sides what is of the line, and @padding columns. */
static void
trim (LineCrop *self, const TextLine *line, gint padding)
{
  gdouble height = self->text_bottom - self->text_top;
  gdouble mark_gap
      = MAX (MARK_GAP, kocr_text_line_letter_gap (line) / line->height)
        * height;
  gint side = SIDE * height;
  gint text = side + padding, width, left, v;
  gint before = find_marks (self, mark_gap, text - 1, -1);
  gint after = find_marks (self, mark_gap, self->width - text, 1);
  const gdouble *m = self->to_picture;

  left = side - before;
  width = self->width - 2 * side + before + after;
  for (v = 0; v < self->height; v++)
    memmove (self->pixels + (gsize) v * width,
        self->pixels + (gsize) v * self->width + left, width);
  self->width = width;
  self->to_picture[2] += m[0] * left;
  self->to_picture[5] += m[3] * left;
}

gboolean
line_crop_init (LineCrop * self, const ColourPlanes * planes,
    const TextLine * line, const LineCropStyle * style)
{
  const Pyramid *pyramid = &planes->pyramids[line->plane];
  g_autofree guint8 *strokes = NULL;
  gint ink, paper;

  place (self, line, style);
  self->pixels = g_malloc ((gsize) self->width * self->height);
  kocr_level_sample (kocr_pyramid_level_for_scale (pyramid,
          hypot (self->to_picture[0], self->to_picture[3])),
      self->to_picture, self->pixels, self->width, self->height);
  strokes = draw_strokes (self, line);
  clear_plates (self, strokes, line->light);
  self->is_outlined = style->outlined && line->n_glyphs >= MIN_OUTLINED
      && line_outline_clear (self, planes->picture, strokes, line->light, INK,
          PAPER);
  if (self->is_outlined) {
    line_plates_turn (self, strokes, INK, PAPER);
  } else if (style->backdrop == 0) {
    return FALSE;
  } else {
    find_contrast (self, strokes, line->light, style, &ink, &paper);
    stretch (self, ink, paper);
    if (style->masked)
      blank_surroundings (self, strokes);
  }
  trim (self, line, style->padding * (self->text_bottom - self->text_top));
  return TRUE;
}

void
line_crop_cut (const LineCrop *self, gint left, gint width, LineCrop *part)
{
  gint margin = PART_MARGIN * (self->text_bottom - self->text_top), v;

  *part = *self;
  part->width = width + 2 * margin;
  part->to_picture[2] += self->to_picture[0] * (left - margin);
  part->to_picture[5] += self->to_picture[3] * (left - margin);
  part->pixels = g_malloc ((gsize)part->width * part->height);
  memset (part->pixels, PAPER, (gsize)part->width * part->height);
  for (v = 0; v < part->height; v++)
    memcpy (part->pixels + (gsize)v * part->width + margin,
        self->pixels + (gsize)v * self->width + left, width);
}

void
line_crop_clear (LineCrop * self)
{
  g_clear_pointer (&self->pixels, g_free);
}

void
line_crop_quad (const LineCrop * self, gdouble left, gdouble right,
    gdouble quad[8])
{
  const gdouble *m = self->to_picture;
  gdouble u[4] = { left, right, right, left };
  gdouble v[4] = { self->text_top, self->text_top, self->text_bottom,
    self->text_bottom
  };
  guint i;

  for (i = 0; i < 4; i++) {
    quad[2 * i] = m[0] * u[i] + m[1] * v[i] + m[2];
    quad[2 * i + 1] = m[3] * u[i] + m[4] * v[i] + m[5];
  }
}
