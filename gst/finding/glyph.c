/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glyph.h"

#include <math.h>

#include "disjointsets.h"

/* The limits below were found on generated frames with known text (seed of
 * tests/recognition/tune): the widest that did not join what stands apart. */

/* Smaller marks are noise, or dots that the crop of the line brings back. */
#define MIN_SIZE 4
#define MIN_CONTRAST 14
/* Letters of handwriting and condensed type run together. */
#define MAX_WIDTH (3.0 * GLYPH_MAX_HEIGHT)
/* Share of its box that a letter covers: an l or a dash covers all of it. */
#define MIN_FILL 0.1
#define MAX_FILL 0.97
/* Neighbours: gap and differences in units of the larger one's size. */
#define MAX_GAP 0.9
#define MAX_SIZE_RATIO 5
#define MAX_STROKE_RATIO 2.2
#define MAX_CONTRAST_RATIO 1.5

static gboolean
has_shape_of_glyph (const Component * component)
{
  gint width = component->x1 - component->x0;
  gint height = component->y1 - component->y0;
  gint longer = MAX (width, height), shorter = MIN (width, height);
  gdouble fill = (gdouble) component->area / (width * height);
  gboolean long_rule = width > 1.5 * GLYPH_MAX_HEIGHT && height * 4 < width;
  gboolean solid_block = fill > MAX_FILL && shorter > 6 && longer < 3 * shorter;

  return longer >= MIN_SIZE && height <= GLYPH_MAX_ROWS && width <= MAX_WIDTH
      && component->contrast >= MIN_CONTRAST && fill >= MIN_FILL
      && !long_rule && !solid_block;
}

static gint
compare_left (gconstpointer a, gconstpointer b)
{
  const Glyph *left = a, *right = b;

  return (left->x0 > right->x0) - (left->x0 < right->x0);
}

GArray *
kocr_glyphs_from_components (const ComponentSet * set)
{
  GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  guint i;

  for (i = 0; i < set->components->len; i++) {
    const Component *from = &g_array_index (set->components, Component, i);
    Glyph glyph = {
      .component = i,
      .x0 = from->x0,
      .y0 = from->y0,
      .x1 = from->x1,
      .y1 = from->y1,
      .stroke = from->stroke,
      .brightness = from->brightness,
      .contrast = from->contrast,
      .area = from->area
    };

    if (has_shape_of_glyph (from))
      g_array_append_val (glyphs, glyph);
  }
  g_array_sort (glyphs, compare_left);
  return glyphs;
}

static gboolean
look_alike (const Glyph * a, const Glyph * b)
{
  gdouble larger = MAX (glyph_size (a), glyph_size (b));
  gdouble smaller = MIN (glyph_size (a), glyph_size (b));
  gdouble thick = MAX (a->stroke, b->stroke), thin = MIN (a->stroke, b->stroke);
  gdouble strong = MAX (a->contrast, b->contrast);
  gdouble weak = MIN (a->contrast, b->contrast);

  return larger <= MAX_SIZE_RATIO * smaller
      /* Strokes of one or two pixels are measured too coarsely to tell. */
      && (thick <= MAX_STROKE_RATIO * thin || thick - thin <= 1.2)
      && fabs (a->brightness - b->brightness) <= MAX (14, 0.5 * weak)
      && strong <= MAX_CONTRAST_RATIO * weak;
}

static gboolean
stand_together (const Glyph * a, const Glyph * b)
{
  gdouble size = MAX (glyph_size (a), glyph_size (b));
  gdouble gap = MAX (a->x0, b->x0) - MIN (a->x1, b->x1);
  gdouble rise = MAX (a->y0, b->y0) - MIN (a->y1, b->y1);

  if (gap > 0) {                /* side by side */
    if (gap > MAX_GAP * size)
      return FALSE;
    if (-rise >= 0.35 * MIN (glyph_height (a), glyph_height (b)))
      return TRUE;
    /* A hyphen, a comma, a vowel sign beside the middle of its consonant. */
    return fabs ((a->y0 + a->y1) - (b->y0 + b->y1)) / 2 < 0.55 * size
        && gap < 0.6 * size && rise < 0.12 * size;
  }
  if (rise > 0)                 /* one above the other: parts of a syllable */
    return rise <= 0.18 * size
        && -gap >= 0.4 * MIN (glyph_width (a), glyph_width (b));
  return TRUE;
}

/* The bands of GLYPH_MAX_HEIGHT rows that a glyph reaches into, with a margin
 * for what stands above or below it. */
static void
bands_of (const Glyph * glyph, guint n_bands, guint * first, guint * last)
{
  *first = MAX (glyph->y0 - 4, 0) / GLYPH_MAX_HEIGHT;
  *last = MIN ((guint) (glyph->y1 + 4) / GLYPH_MAX_HEIGHT, n_bands - 1);
}

static void
link_band (const GArray * glyphs, const GArray * band, DisjointSets * sets)
{
  guint i, j;

  for (i = 0; i < band->len; i++) {
    guint a = g_array_index (band, guint, i);
    const Glyph *left = &g_array_index (glyphs, Glyph, a);
    gdouble reach = left->x1 + MAX_GAP * GLYPH_MAX_ROWS;

    for (j = i + 1; j < band->len; j++) {
      guint b = g_array_index (band, guint, j);
      const Glyph *right = &g_array_index (glyphs, Glyph, b);

      if (right->x0 > reach)
        break;
      if (look_alike (left, right) && stand_together (left, right))
        kocr_disjoint_sets_unite (sets, a, b);
    }
  }
}

static void
link_neighbours (const GArray * glyphs, const PyramidLevel * level,
    DisjointSets * sets)
{
  guint n_bands = level->height / GLYPH_MAX_HEIGHT + 1, i, j, first, last;
  g_autoptr (GPtrArray) bands =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (i = 0; i < n_bands; i++)
    g_ptr_array_add (bands, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (i = 0; i < glyphs->len; i++) {
    bands_of (&g_array_index (glyphs, Glyph, i), n_bands, &first, &last);
    for (j = first; j <= last; j++)
      g_array_append_val ((GArray *) g_ptr_array_index (bands, j), i);
  }
  for (i = 0; i < n_bands; i++)
    link_band (glyphs, g_ptr_array_index (bands, i), sets);
}

void
kocr_glyph_groups_init (GlyphGroups * self, const GArray * glyphs,
    const PyramidLevel * level)
{
  g_auto (DisjointSets) sets = { 0 };
  g_autofree guint *group = g_new (guint, glyphs->len + 1);
  guint i;

  kocr_disjoint_sets_grow (&sets, glyphs->len);
  link_neighbours (glyphs, level, &sets);

  self->n_groups = 0;
  self->members = g_new (guint, glyphs->len + 1);
  self->starts = g_new0 (guint, glyphs->len + 2);
  for (i = 0; i < glyphs->len; i++) {
    guint root = kocr_disjoint_sets_find (&sets, i);

    group[i] = root == i ? self->n_groups++ : group[root];
    self->starts[group[i] + 2]++;
  }
  /* starts[g + 1] first moves on from the start of group g as it fills. */
  for (i = 2; i <= self->n_groups; i++)
    self->starts[i] += self->starts[i - 1];
  for (i = 0; i < glyphs->len; i++)
    self->members[self->starts[group[i] + 1]++] = i;
}

void
kocr_glyph_groups_clear (GlyphGroups * self)
{
  g_clear_pointer (&self->members, g_free);
  g_clear_pointer (&self->starts, g_free);
  self->n_groups = 0;
}
