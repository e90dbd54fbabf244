/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linefit.h"

#include <math.h>

#include "linetilt.h"
#include "quantile.h"

/* Heights in pixels of the level. What is lower reads on no engine or is
 * found higher on a finer level. A button's label is as low, in letters of nine
 * pixels without a descender. */
#define MIN_LINE_HEIGHT 7
#define MAX_ROWS 64
/* Of a shorter group, by its glyphs' size, the tilt cannot be told. */
#define MIN_TILTED_WIDTH 1.5
/* Two letters are at least this wide, by their height. */
#define MIN_ASPECT 0.8
/* An icon beside the text is larger than this many median glyphs. */
#define MAX_GLYPH_SIZE 2.6

typedef struct
{
  gdouble cos, sin;
} Direction;

static Direction
direction_of (gdouble tilt)
{
  return (Direction) {
  cos (tilt), sin (tilt)};
}

static const Glyph *
glyph_at (const LineFit * self, guint member)
{
  return &g_array_index (self->glyphs, Glyph, member);
}

/* Where a glyph is across a line that runs in @direction: its middle and half
 * its extent. An upright box around a tilted letter is higher than the letter
 * by the share of its width that the tilt adds. */
static void
glyph_across (const Glyph * glyph, Direction direction, gdouble * middle,
    gdouble * half)
{
  gdouble x = (glyph->x0 + glyph->x1) / 2, y = (glyph->y0 + glyph->y1) / 2;

  *middle = y * direction.cos - x * direction.sin;
  *half = glyph_height (glyph) / 2;
  *half -= MIN (glyph_width (glyph) * fabs (direction.sin) / 2, 0.45 * *half);
}

static void
group_across (const LineFit * self, const guint * members, guint n,
    Direction direction, gdouble * top, gdouble * bottom)
{
  gdouble middle, half;
  guint i;

  *top = G_MAXDOUBLE;
  *bottom = -G_MAXDOUBLE;
  for (i = 0; i < n; i++) {
    glyph_across (glyph_at (self, members[i]), direction, &middle, &half);
    *top = MIN (*top, middle - half);
    *bottom = MAX (*bottom, middle + half);
  }
}

static gdouble
size_quantile (const LineFit * self, const guint * members, guint n,
    gdouble share)
{
  g_autofree gdouble *sizes = g_new (gdouble, n);
  guint i;

  for (i = 0; i < n; i++)
    sizes[i] = glyph_size (glyph_at (self, members[i]));
  return kocr_quantile (sizes, n, share);
}

/* The box around the strokes' pixels, in the line's own directions. */
typedef struct
{
  gdouble left, right, top, bottom;
  gint area;
} StrokeBox;

static StrokeBox
stroke_box (const LineFit * self, const guint * members, guint n,
    Direction direction)
{
  StrokeBox box = { G_MAXDOUBLE, -G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, 0 };
  guint i, j, end;

  for (i = 0; i < n; i++) {
    const Component *component = &g_array_index (self->set->components,
        Component, glyph_at (self,
            members[i])->component);

    for (j = 0; j < component->n_runs; j++) {
      const Run *run = &g_array_index (self->set->runs, Run,
          component->first_run + j);
      gdouble y = run->y + 0.5;

      for (end = 0; end < 2; end++) {
        gdouble x = end ? run->x1 : run->x0;
        gdouble along = x * direction.cos + y * direction.sin;
        gdouble across = y * direction.cos - x * direction.sin;

        box.left = MIN (box.left, along);
        box.right = MAX (box.right, along);
        box.top = MIN (box.top, across);
        box.bottom = MAX (box.bottom, across);
      }
    }
    box.area += component->area;
  }
  /* Rows were taken at their middle. */
  box.top -= direction.cos / 2;
  box.bottom += direction.cos / 2;
  return box;
}

/* Mean and mean square, for a spread. */
typedef struct
{
  gdouble weight, sum, squares;
} Spread;

static void
spread_add (Spread * self, gdouble value, gdouble weight)
{
  self->weight += weight;
  self->sum += weight * value;
  self->squares += weight * value * value;
}

static gdouble
spread_mean (const Spread * self)
{
  return self->weight > 0 ? self->sum / self->weight : 0;
}

static gdouble
spread_deviation (const Spread * self)
{
  gdouble mean = spread_mean (self);

  return self->weight > 0
      ? sqrt (MAX (self->squares / self->weight - mean * mean, 0)) : 0;
}

static void
measure_strokes (const LineFit * self, const guint * members, guint n,
    TextLine * line, gdouble height)
{
  g_autofree gdouble *strokes = g_new (gdouble, n);
  gdouble median, deviation;
  guint i;

  for (i = 0; i < n; i++)
    strokes[i] = glyph_at (self, members[i])->stroke;
  median = kocr_median (strokes, n);
  for (i = 0; i < n; i++)
    strokes[i] = fabs (strokes[i] - median);
  deviation = kocr_median (strokes, n);

  line->stroke = median * self->level->scale;
  line->features[LINE_STROKE] = median / height;
  line->features[LINE_STROKE_SPREAD] = deviation / (median + 0.3);
  line->rank = (1 - MIN (deviation / (median + 0.5), 1)) * MIN (n / 4.0, 1);
}

static void
measure_glyphs (const LineFit * self, const guint * members, guint n,
    TextLine * line, Direction direction, const StrokeBox * box)
{
  gdouble width = box->right - box->left, height = box->bottom - box->top;
  gdouble *features = line->features, covered = 0, glyph_fill = 0, heights = 0;
  Spread contrast = { 0 }, brightness = { 0 }, tops = { 0 }, bottoms = { 0 };
  guint i;

  for (i = 0; i < n; i++) {
    const Glyph *glyph = glyph_at (self, members[i]);
    gdouble middle, half;

    glyph_across (glyph, direction, &middle, &half);
    spread_add (&contrast, glyph->contrast, 1);
    spread_add (&brightness, glyph->brightness, glyph->area);
    covered += glyph_width (glyph);
    heights += 2 * half / height;
    glyph_fill += glyph->area / (glyph_width (glyph) * glyph_height (glyph));
    if (2 * half > 0.45 * height) {
      spread_add (&tops, (middle - half - box->top) / height, 1);
      spread_add (&bottoms, (box->bottom - middle - half) / height, 1);
    }
  }
  line->contrast = spread_mean (&contrast);
  line->brightness = spread_mean (&brightness);
  line->rank *= line->contrast * sqrt (n);

  features[LINE_GLYPHS] = log (n);
  features[LINE_ASPECT] = log (width / height);
  features[LINE_FILL] = box->area / (width * height);
  features[LINE_CONTRAST] = log (line->contrast);
  features[LINE_CONTRAST_SPREAD] =
      spread_deviation (&contrast) / (line->contrast + 1);
  features[LINE_BRIGHTNESS_SPREAD] =
      spread_deviation (&brightness) / (line->contrast + 1);
  features[LINE_TOP_SPREAD] = spread_deviation (&tops);
  features[LINE_BOTTOM_SPREAD] = spread_deviation (&bottoms);
  features[LINE_TALL_SHARE] = tops.weight / n;
  features[LINE_GLYPH_HEIGHT] = heights / n;
  features[LINE_COVERAGE] = covered / width;
  features[LINE_GLYPH_FILL] = glyph_fill / n;
  features[LINE_HEIGHT] = log (height);
  features[LINE_DENSITY] = n / (width / height);
}

void
kocr_line_fit_add_runs (const LineFit *self, guint member, GArray *runs)
{
  const Component *component = &g_array_index (
      self->set->components, Component, glyph_at (self, member)->component);
  guint i;

  for (i = 0; i < component->n_runs; i++) {
    LineRun run = { .run = g_array_index (
                        self->set->runs, Run, component->first_run + i),
      .scale = self->level->scale };

    g_array_append_val (runs, run);
  }
}

static void
add_line (const LineFit * self, const guint * members, guint n, gdouble tilt,
    gdouble min_aspect, GPtrArray * lines)
{
  Direction direction = direction_of (tilt);
  gdouble scale = self->level->scale, along, across, width, height, fill;
  StrokeBox box;
  TextLine *line;
  guint i;

  box = stroke_box (self, members, n, direction);
  width = box.right - box.left;
  height = box.bottom - box.top;
  fill = box.area / (width * height);
  if (height < MIN_LINE_HEIGHT || height > GLYPH_MAX_HEIGHT
      || width < min_aspect * height || fill < 0.06 || fill > 0.85)
    return;

  along = (box.left + box.right) / 2;
  across = (box.top + box.bottom) / 2;
  line = g_new0 (TextLine, 1);
  line->x = (along * direction.cos - across * direction.sin) * scale;
  line->y = (along * direction.sin + across * direction.cos) * scale;
  line->width = width * scale;
  line->height = height * scale;
  line->tilt = tilt;
  line->light = self->light;
  line->scale = scale;
  line->n_glyphs = n;
  measure_strokes (self, members, n, line, height);
  if (line->features[LINE_STROKE] > 0.4) {
    kocr_text_line_free (line);
    return;
  }
  measure_glyphs (self, members, n, line, direction, &box);
  line->runs = g_array_new (FALSE, FALSE, sizeof (LineRun));
  for (i = 0; i < n; i++)
    kocr_line_fit_add_runs (self, members[i], line->runs);
  g_ptr_array_add (lines, line);
}

void
kocr_line_fit_single (const LineFit *self, guint member, GPtrArray *lines)
{
  add_line (self, &member, 1, 0, 0, lines);
}

/* Where the rows of glyphs are parted: boundaries[0 … n] around n rows. */
static guint
find_rows (const LineFit * self, const guint * members, guint n,
    Direction direction, gdouble * boundaries)
{
  gdouble top, bottom, middle, half, peak = 0, gap_start = 0;
  g_autofree gdouble *profile = NULL;
  guint n_bins, n_rows = 0, i;
  gboolean in_row = FALSE;

  group_across (self, members, n, direction, &top, &bottom);
  n_bins = bottom - top + 2;
  profile = g_new0 (gdouble, n_bins + 1);
  for (i = 0; i < n; i++) {
    const Glyph *glyph = glyph_at (self, members[i]);
    gint first, end;

    /* Accents and descenders reach into the gap between two rows. */
    glyph_across (glyph, direction, &middle, &half);
    first = MAX (middle - 0.8 * half - top, 0);
    end = MIN (middle + 0.8 * half - top + 1, n_bins);
    profile[first] += glyph_width (glyph);
    profile[end] -= glyph_width (glyph);
  }
  for (i = 1; i < n_bins; i++)
    profile[i] += profile[i - 1];
  for (i = 0; i < n_bins; i++)
    peak = MAX (peak, profile[i]);

  boundaries[0] = -G_MAXDOUBLE;
  for (i = 0; i < n_bins && n_rows < MAX_ROWS; i++) {
    gboolean full = profile[i] > 0.12 * peak;

    if (full && !in_row) {
      if (n_rows > 0)
        boundaries[n_rows] = top + (gap_start + i) / 2;
      n_rows++;
    } else if (!full && in_row) {
      gap_start = i;
    }
    in_row = full;
  }
  boundaries[n_rows] = G_MAXDOUBLE;
  return n_rows;
}

static void
split_rows (const LineFit * self, const guint * members, guint n,
    gdouble tilt, GPtrArray * lines)
{
  Direction direction = direction_of (tilt);
  gdouble boundaries[MAX_ROWS + 1], middle, half;
  g_autofree guint *row = g_new (guint, n);
  guint n_rows, i, j;

  n_rows = find_rows (self, members, n, direction, boundaries);
  for (i = 0; i < n_rows; i++) {
    guint n_row = 0;

    for (j = 0; j < n; j++) {
      glyph_across (glyph_at (self, members[j]), direction, &middle, &half);
      if (middle >= boundaries[i] && middle < boundaries[i + 1])
        row[n_row++] = members[j];
    }
    if (n_row >= 2)
      add_line (self, row, n_row, tilt, MIN_ASPECT, lines);
  }
}

/* Leaves out what is far larger than the rest. Returns how many stay. */
static guint
drop_icons (const LineFit * self, guint * members, guint n)
{
  gdouble limit;
  guint i, kept = 0;

  if (n < 6)
    return n;
  limit = MAX_GLYPH_SIZE * size_quantile (self, members, n, 0.5);
  for (i = 0; i < n; i++)
    if (glyph_height (glyph_at (self, members[i])) <= limit)
      members[kept++] = members[i];
  return kept;
}

void
kocr_line_fit_group (const LineFit * self, guint * members, guint n,
    GPtrArray * lines)
{
  gdouble left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top, bottom, size;
  gdouble tilt = 0;
  guint i;

  if (n >= 2)
    n = drop_icons (self, members, n);
  if (n < 2)
    return;
  group_across (self, members, n, direction_of (0), &top, &bottom);
  if (bottom - top < 0.8 * MIN_LINE_HEIGHT)
    return;
  for (i = 0; i < n; i++) {
    left = MIN (left, glyph_at (self, members[i])->x0);
    right = MAX (right, glyph_at (self, members[i])->x1);
  }
  size = size_quantile (self, members, n, 0.75);
  if (right - left > MIN_TILTED_WIDTH * size && n >= 3)
    tilt = kocr_line_tilt_find (self->set, self->glyphs, members, n);

  group_across (self, members, n, direction_of (tilt), &top, &bottom);
  if (bottom - top <= MIN (1.3 * GLYPH_MAX_HEIGHT, 1.7 * size))
    add_line (self, members, n, tilt, MIN_ASPECT, lines);
  else
    split_rows (self, members, n, tilt, lines);
}
