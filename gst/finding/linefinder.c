/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linefinder.h"

#include "linefit.h"
#include "linestray.h"
#include "rowfigure.h"
#include "strokemap.h"

/* Shares of the local peak that a stroke must reach. The lower one keeps
 * thin letters whole, the higher one parts letters that run together. */
static const gdouble stroke_shares[] = { 0.45, 0.65 };

/* Smaller components are noise, and in leaves most strokes hang together in a
 * few that are far higher than letters. */
#define MIN_COMPONENT_AREA 6
/* Finds that are compared with each other, the best by rank: a page of small
 * print has 100 lines, pure noise any number. */
#define MAX_FINDS 600
/* Joined pieces may meet further ones; a line in more pieces is texture. */
#define MAX_JOIN_PASSES 6

/* What is found, on whatever level. */
typedef struct
{
  GPtrArray *lines;             /* of TextLine */
  GPtrArray *figures;           /* as LineSearch has them */
  GArray *standing;
} Finds;

static void
find_in_mask (const PyramidLevel * level, const guint8 * mask, gboolean light,
    Finds * finds)
{
  g_auto (ComponentSet) set = { 0 };
  g_auto (GlyphGroups) groups = { 0 };
  g_autoptr (GArray) glyphs = NULL;
  g_autofree guint *strays = NULL;
  LineFit fit = { .level = level, .set = &set, .light = light };
  guint first = finds->lines->len, n_strays = 0, i;

  kocr_component_set_init (
      &set, level, mask, MIN_COMPONENT_AREA, GLYPH_MAX_ROWS);
  glyphs = kocr_glyphs_from_components (&set);
  kocr_glyph_groups_init (&groups, glyphs, level);
  fit.glyphs = glyphs;
  if (finds->standing)
    kocr_standing_lines_find (glyphs, &groups, level->scale, finds->standing);
  strays = g_new (guint, groups.n_groups + 1);
  for (i = 0; i < groups.n_groups; i++) {
    guint *members = groups.members + groups.starts[i];
    guint n = groups.starts[i + 1] - groups.starts[i];

    if (n == 1)
      strays[n_strays++] = members[0];
    else
      kocr_line_fit_group (&fit, members, n, finds->lines);
  }
  kocr_line_strays_join (&fit, strays, n_strays, finds->lines, first);
  if (finds->figures)
    kocr_row_figures_collect (&fit, strays, n_strays, finds->figures);
}

/* @mask: of the largest level. */
static void
find_on_level (const PyramidLevel *level, gboolean light, StrokeMap *strokes,
    guint8 *mask, Finds *finds)
{
  guint i;

  kocr_stroke_map_fill (strokes, level, light);
  for (i = 0; i < G_N_ELEMENTS (stroke_shares); i++) {
    kocr_stroke_map_threshold (strokes, stroke_shares[i], mask);
    find_in_mask (level, mask, light, finds);
  }
}

static gint
compare_rank (gconstpointer a, gconstpointer b)
{
  const TextLine *left = *(TextLine * const *) a;
  const TextLine *right = *(TextLine * const *) b;

  return (left->rank < right->rank) - (left->rank > right->rank);
}

static gint
compare_likelihood (gconstpointer a, gconstpointer b)
{
  const TextLine *left = *(TextLine * const *) a;
  const TextLine *right = *(TextLine * const *) b;

  return (left->logit < right->logit) - (left->logit > right->logit);
}

/* Of finds of one line on several levels or thresholds, the best stays. */
static void
drop_repeated (GPtrArray * lines)
{
  guint i, j;

  g_ptr_array_sort (lines, compare_rank);
  if (lines->len > MAX_FINDS)
    g_ptr_array_set_size (lines, MAX_FINDS);
  for (i = 1; i < lines->len;) {
    TextLine *line = g_ptr_array_index (lines, i);
    gboolean repeated = FALSE;

    for (j = 0; j < i && !repeated; j++) {
      TextLine *better = g_ptr_array_index (lines, j);

      repeated = better->light == line->light
          && (kocr_text_line_overlap_of_union (better, line) > 0.6
          || (kocr_text_line_overlap (better, line) > 0.8
              && line->width * line->height < better->width * better->height));
    }
    if (repeated)
      g_ptr_array_remove_index (lines, i);
    else
      i++;
  }
}

static gboolean
join_once (GPtrArray * lines)
{
  gboolean joined = FALSE;
  guint i, j;

  for (i = 0; i < lines->len; i++)
    for (j = i + 1; j < lines->len;)
      if (kocr_text_line_join (g_ptr_array_index (lines, i),
              g_ptr_array_index (lines, j))) {
        g_ptr_array_remove_index (lines, j);
        joined = TRUE;
      } else {
        j++;
      }
  return joined;
}

static gboolean
is_cancelled (const LineSearch * search)
{
  return search->is_cancelled && search->is_cancelled (search->user_data);
}

GPtrArray *
kocr_line_finder_find (const Pyramid * pyramid, const LineSearch * search)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_text_line_free);
  Finds finds = { lines, search->figures, search->standing };
  const PyramidLevel *largest = &pyramid->levels[pyramid->first];
  g_autofree guint8 *mask = g_malloc ((gsize)largest->width * largest->height);
  g_auto (StrokeMap) strokes = { 0 };
  guint i, pass, light;

  for (i = pyramid->first; i < pyramid->n_levels; i++)
    for (light = 0; light < 2; light++) {
      if (is_cancelled (search))
        return NULL;
      if (light ? search->skip_dark : search->skip_light)
        continue;
      find_on_level (&pyramid->levels[i], !light, &strokes, mask, &finds);
    }
  if (is_cancelled (search))
    return NULL;
  if (search->standing)
    kocr_standing_lines_drop_repeated (search->standing);
  drop_repeated (lines);
  for (pass = 0; pass < MAX_JOIN_PASSES && join_once (lines); pass++);

  for (i = 0; i < lines->len;) {
    TextLine *line = g_ptr_array_index (lines, i);

    kocr_text_line_judge (line);
    if (line->logit < search->min_logit)
      g_ptr_array_remove_index (lines, i);
    else
      i++;
  }
  g_ptr_array_sort (lines, compare_likelihood);
  return g_steal_pointer (&lines);
}
