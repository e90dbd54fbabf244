/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/readingorder.h"
#include "layout/writingdirection.h"
#include "geometry/quad.h"

/* Regions become lines by their own geometry, not by that of the frame: each
 * looks for the nearest one that continues it in its own reading direction, and
 * two are neighbours when each is the other's best. The facing edges are
 * compared, not the whole boxes, so an error in a box's angle does not add up
 * over its length. */

/* More regions than a service gives for one frame and its tiles. The search for
 * pairs and, at its worst, the reading order take the square of it in time, at
 * most 0.4 s. */
#define MAX_REGIONS 2048

/* Corners are some pixels off; over the 10 px of the smallest readable letter
 * that tilts a box by up to 10°, one this way and one that way. */
#define MIN_COSINE 0.94         /* 20° */

/* Part of the lower one's facing edge that the other one must cover. Between
 * lines that are set tight it is less than a quarter, between words on a line
 * more than three quarters, whatever ascenders and descenders they have. */
#define MIN_OVERLAP 0.5

/* In heights of the text. A space is a quarter to a half, a justified or
 * letter-spaced one seldom over one; columns stand two or more apart. */
#define MAX_GAP 1.5
#define MAX_PENETRATION 0.5

/* A heading is not on the line of the small print beside it. */
#define MIN_HEIGHT_RATIO (1.0 / 3.0)

/* What an offset across the line costs against a gap along it. */
#define OFFSET_WEIGHT 2.0

/* Letters that are wider than this many heights are strokes, like dashes. */
#define FLAT 2.0

#define NONE G_MAXUINT

typedef struct
{
  const GstKakaoOcrRegion *region;
  gdouble ux, uy;               /* reading direction, length 1 */
  gdouble width, height;
  gdouble left_x, left_y, right_x, right_y;     /* middles of those edges */
  gdouble reach;                /* no neighbour's edge is further off */
  gboolean flat;                /* one character, and no measure of the text's
                                 * height: a dash, a dot */
  guint best_next, best_previous;
  gdouble cost_next, cost_previous;
  guint next, previous;         /* neighbours on the line, or NONE */
} Word;

static void
word_init (Word * word, const GstKakaoOcrRegion * region)
{
  const gdouble *b = region->box;
  gdouble right[2], down[2], direction[2];

  kocr_quad_get_sides (b, right, down);
  kocr_quad_get_direction (b, direction);
  word->region = region;
  word->ux = direction[0];
  word->uy = direction[1];
  word->width = MAX (1.0, right[0] * word->ux + right[1] * word->uy);
  word->height = MAX (1.0, down[1] * word->ux - down[0] * word->uy);
  word->left_x = (b[0] + b[6]) / 2.0;
  word->left_y = (b[1] + b[7]) / 2.0;
  word->right_x = (b[2] + b[4]) / 2.0;
  word->right_y = (b[3] + b[5]) / 2.0;
  word->reach = MAX_GAP * word->height + MAX (hypot (b[6] - b[0], b[7] - b[1]),
      hypot (b[4] - b[2], b[5] - b[3]));
  word->flat = g_utf8_strlen (region->text, -1) <= 1
      && (!g_unichar_isalnum (g_utf8_get_char (region->text))
      || word->width >= FLAT * word->height);
  word->best_next = word->best_previous = NONE;
  word->cost_next = word->cost_previous = G_MAXDOUBLE;
  word->next = word->previous = NONE;
}

static gdouble
dot (const gdouble * point, gdouble x, gdouble y)
{
  return point[0] * x + point[1] * y;
}

/* What it costs that @b continues the line of @a; G_MAXDOUBLE if it cannot. */
static gdouble
joining_cost (const Word * a, const Word * b)
{
  const gdouble *p = a->region->box, *q = b->region->box;
  gdouble ux, uy, length, height, gap, offset, overlap;
  gdouble a_top, a_bottom, b_top, b_bottom;
  gdouble dx = b->left_x - a->right_x, dy = b->left_y - a->right_y;
  gdouble reach = a->reach + b->reach;

  if (dx * dx + dy * dy > reach * reach)
    return G_MAXDOUBLE;
  if (a->region->page != b->region->page ||
      a->ux * b->ux + a->uy * b->uy < MIN_COSINE)
    return G_MAXDOUBLE;
  if (!(a->height < b->height ? a : b)->flat && MIN (a->height, b->height) <
      MIN_HEIGHT_RATIO * MAX (a->height, b->height))
    return G_MAXDOUBLE;

  height = a->flat || b->flat ? MAX (a->height, b->height) :
      (a->height + b->height) / 2.0;
  ux = a->ux * a->width + b->ux * b->width;
  uy = a->uy * a->width + b->uy * b->width;
  length = hypot (ux, uy);
  ux /= length;
  uy /= length;

  gap = dx * ux + dy * uy;
  if (!(gap >= -MAX_PENETRATION * height && gap <= MAX_GAP * height))
    return G_MAXDOUBLE;

  /* Right edge of a: corners 1 and 2. Left edge of b: corners 0 and 3. */
  a_top = dot (p + 2, -uy, ux);
  a_bottom = dot (p + 4, -uy, ux);
  b_top = dot (q, -uy, ux);
  b_bottom = dot (q + 6, -uy, ux);
  overlap = MIN (a_bottom, b_bottom) - MAX (a_top, b_top);
  if (!(overlap >= MIN_OVERLAP * MIN (a_bottom - a_top, b_bottom - b_top)))
    return G_MAXDOUBLE;

  offset = fabs (a_top + a_bottom - b_top - b_bottom) / 2.0;
  return (MAX (gap, 0.0) + OFFSET_WEIGHT * offset) / height;
}

static void
find_best (Word * words, guint n_words)
{
  guint a, b;

  for (a = 0; a < n_words; a++) {
    for (b = 0; b < n_words; b++) {
      gdouble cost;

      if (a == b)
        continue;
      cost = joining_cost (&words[a], &words[b]);
      if (cost < words[a].cost_next) {
        words[a].cost_next = cost;
        words[a].best_next = b;
      }
      if (cost < words[b].cost_previous) {
        words[b].cost_previous = cost;
        words[b].best_previous = a;
      }
    }
  }
}

static guint
last_of_line (const Word * words, guint i)
{
  while (words[i].next != NONE)
    i = words[i].next;
  return i;
}

static void
join_words (Word * words, guint n_words)
{
  guint a;

  find_best (words, n_words);
  for (a = 0; a < n_words; a++) {
    guint b = words[a].best_next;

    /* Text in a circle must not bite its own tail. */
    if (b != NONE && words[b].best_previous == a &&
        last_of_line (words, b) != a) {
      words[a].next = b;
      words[b].previous = a;
    }
  }
}

static void
text_line_init (KocrTextLine * line, const Word * words, guint first)
{
  guint last = last_of_line (words, first), i;
  const gdouble *left = words[first].region->box;
  const gdouble *right = words[last].region->box;

  memset (line, 0, sizeof (*line));
  memcpy (line->quad, left, 2 * sizeof (gdouble));
  memcpy (line->quad + 2, right + 2, 4 * sizeof (gdouble));
  memcpy (line->quad + 6, left + 6, 2 * sizeof (gdouble));
  for (i = first; i != NONE; i = words[i].next) {
    line->ux += words[i].ux * words[i].width;
    line->uy += words[i].uy * words[i].width;
    line->height = MAX (line->height, words[i].height);
  }
  line->page = words[first].region->page;
  line->line = first;
}

static gint
compare_pages (gconstpointer a, gconstpointer b)
{
  const KocrTextLine *s = a, *t = b;

  if (s->page != t->page)
    return s->page < t->page ? -1 : 1;
  /* Equal keys keep the order they came in. */
  return s->line < t->line ? -1 : s->line > t->line;
}

static void
sort_by_page (KocrTextLine * lines, guint n_lines)
{
  guint i, first = 0;

  qsort (lines, n_lines, sizeof (KocrTextLine), compare_pages);
  for (i = 1; i <= n_lines; i++) {
    if (i == n_lines || lines[i].page != lines[first].page) {
      kocr_reading_order_sort (lines + first, i - first);
      first = i;
    }
  }
}

static KocrLines *
lines_alloc (guint n_regions)
{
  KocrLines *lines = g_new (KocrLines, 1);

  lines->n_lines = 0;
  lines->ends = g_new (guint, n_regions);
  lines->regions = g_new (guint, n_regions);
  return lines;
}

static KocrLines *
lines_as_given (guint n_regions)
{
  KocrLines *lines = lines_alloc (n_regions);
  guint i;

  lines->n_lines = n_regions;
  for (i = 0; i < n_regions; i++) {
    lines->regions[i] = i;
    lines->ends[i] = i + 1;
  }
  return lines;
}

static KocrLines *
lines_from_words (const Word * words, const GstKakaoOcrRegion * regions,
    guint n_words, const KocrTextLine * sorted, guint n_lines)
{
  KocrLines *lines = lines_alloc (n_words);
  guint i, word, first, end = 0;

  lines->n_lines = n_lines;
  for (i = 0; i < n_lines; i++) {
    first = end;
    for (word = sorted[i].line; word != NONE; word = words[word].next)
      lines->regions[end++] = word;
    kocr_writing_direction_sort (lines->regions + first, end - first, regions);
    lines->ends[i] = end;
  }
  return lines;
}

KocrLines *
kocr_lines_new (const GstKakaoOcrRegion * regions, guint n_regions)
{
  g_autofree Word *words = NULL;
  g_autofree KocrTextLine *sorted = NULL;
  guint i, n_lines = 0;

  if (n_regions == 0 || n_regions > MAX_REGIONS)
    return lines_as_given (n_regions);

  words = g_new (Word, n_regions);
  for (i = 0; i < n_regions; i++)
    word_init (&words[i], &regions[i]);
  join_words (words, n_regions);

  sorted = g_new (KocrTextLine, n_regions);
  for (i = 0; i < n_regions; i++) {
    if (words[i].previous == NONE)
      text_line_init (&sorted[n_lines++], words, i);
  }
  sort_by_page (sorted, n_lines);
  return lines_from_words (words, regions, n_regions, sorted, n_lines);
}

void
kocr_lines_free (KocrLines * lines)
{
  g_free (lines->ends);
  g_free (lines->regions);
  g_free (lines);
}

const guint *
kocr_lines_get (const KocrLines * lines, guint i,
    guint * n_regions)
{
  guint first = i > 0 ? lines->ends[i - 1] : 0;

  *n_regions = lines->ends[i] - first;
  return lines->regions + first;
}

gchar *
kocr_lines_get_text (const KocrLines * lines, guint i,
    const GstKakaoOcrRegion * regions)
{
  guint j, n_regions;
  const guint *line = kocr_lines_get (lines, i, &n_regions);
  GString *text = g_string_new (regions[line[0]].text);

  for (j = 1; j < n_regions; j++) {
    g_string_append_c (text, ' ');
    g_string_append (text, regions[line[j]].text);
  }
  return g_string_free (text, FALSE);
}
