/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textfinder.h"

#include "linefinder.h"
#include "rowfigure.h"

/* Lines that share more than this are finds of one text. */
#define MAX_OVERLAP 0.5
/* A line that speaks for its row: so likely text, of so many glyphs. */
#define ROW_MIN_LOGIT 0.5
#define ROW_GLYPHS 3

static KocrFoundLine
found_line (const TextLine * line)
{
  KocrFoundLine found = {
    .height = line->height,
    .tilt = line->tilt,
    .stroke = line->stroke,
    .brightness = line->brightness,
    .contrast = line->contrast,
    .light = line->light,
    .n_glyphs = line->n_glyphs,
    .score = line->logit,
    .x0 = G_MAXDOUBLE,
    .y0 = G_MAXDOUBLE,
    .x1 = -G_MAXDOUBLE,
    .y1 = -G_MAXDOUBLE
  };

  kocr_text_line_quad (line, found.quad);
  for (guint i = 0; i < 4; i++) {
    gdouble x = found.quad[2 * i], y = found.quad[2 * i + 1];

    found.x0 = MIN (found.x0, x);
    found.y0 = MIN (found.y0, y);
    found.x1 = MAX (found.x1, x);
    found.y1 = MAX (found.y1, y);
  }
  return found;
}

static gboolean
is_covered (const GPtrArray * lines, guint i)
{
  for (guint j = 0; j < i; j++)
    if (kocr_text_line_overlap (g_ptr_array_index (lines, j),
            g_ptr_array_index (lines, i)) > MAX_OVERLAP)
      return TRUE;
  return FALSE;
}

static void
add_figures (GPtrArray * lines, GPtrArray * figures)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++) {
    TextLine *line = g_ptr_array_index (lines, i);

    if (line->n_glyphs >= ROW_GLYPHS && line->logit >= ROW_MIN_LOGIT)
      g_ptr_array_add (rows, line);
  }
  kocr_row_figures_join (figures, rows, lines);
}

GArray *
kocr_text_finder_find (const guint8 * pixels, gint width, gint height,
    gsize stride, const KocrFindingOptions * options)
{
  static const KocrFindingOptions defaults = { 0 };
  GrayPicture picture = { width, height, stride, (guint8 *) pixels };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KocrFoundLine));
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) figures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_text_line_free);
  g_auto (Pyramid) pyramid = { 0 };
  LineSearch search;

  if (width < 1 || height < 1)
    return g_steal_pointer (&found);
  if (!options)
    options = &defaults;
  search = (LineSearch){ .min_logit = options->min_score,
    .figures = figures,
    .is_cancelled = options->is_cancelled,
    .user_data = options->user_data };
  kocr_pyramid_init_bounded (&pyramid, &picture, options->max_side,
      options->levels);
  lines = kocr_line_finder_find (&pyramid, &search);
  if (!lines)
    return NULL;
  add_figures (lines, figures);
  for (guint i = 0; i < lines->len; i++) {
    KocrFoundLine line = found_line (g_ptr_array_index (lines, i));

    if (!is_covered (lines, i))
      g_array_append_val (found, line);
  }
  return g_steal_pointer (&found);
}
