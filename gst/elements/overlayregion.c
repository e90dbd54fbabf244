/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlayregion.h"

#include <math.h>
#include <stdlib.h>

/* The words of one label, not the lines of the result: what matters here is
 * what looks like one line on this frame, where motion may have moved regions
 * away from one another since they were read. A label over two columns would
 * be worse than two labels over one line, so the limits are tight. */

/* Twice the error of a short word's angle. */
#define MIN_COSINE 0.96         /* 16° */
/* In heights of the text: a space is a quarter to a half, columns and table
 * cells stand more than one apart. */
#define MAX_GAP 1.2
#define MAX_PENETRATION 0.4
/* How far, in heights, the middles may be off: "on" beside "Gyp" is 0.3. */
#define MAX_OFFSET 0.45
/* A dash or a comma is flat beside a letter. */
#define MIN_HEIGHT_RATIO 0.3

/* Beyond any frame, and far inside of what cairo's fixed point can hold. */
#define MAX_COORDINATE 1e6

/* Four times what the service gives for a picture. Joining lines and placing
 * labels take the square of it: some 20 ms for this many. */
#define MAX_REGIONS 400

#define NONE G_MAXUINT

typedef struct
{
  OverlayRegion region;
  gdouble cos, sin;             /* of the reading direction */
  gdouble width, height;
  gdouble x, y;                 /* the middle */
  guint line;                   /* the region that its line is named after */
  gdouble along;                /* where on that line */
  guint best_next, best_previous;
  gdouble cost_next, cost_previous;
} Word;

static void
append (GArray * regions, const GstKakaoOcrRegion * from, guint index,
    const gdouble box[GST_KAKAO_OCR_BOX_LEN], guint64 track)
{
  OverlayRegion region = {.track = track,.text = from->text,.index = index };
  guint i;

  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    region.box[i] = CLAMP (box[i], -MAX_COORDINATE, MAX_COORDINATE);
  g_array_append_val (regions, region);
}

void
overlay_regions_gather (GstBuffer * buffer, TextPattern * pattern,
    GArray * regions, GPtrArray * results)
{
  GstMeta *each;
  gpointer state = NULL;

  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) each;
    guint n_regions = gst_kakao_ocr_result_get_n_regions (meta->result);
    const gboolean *meant = pattern ?
        text_pattern_match (pattern, meta->result) : NULL;
    guint i;

    g_ptr_array_add (results, gst_kakao_ocr_result_ref (meta->result));
    for (i = 0; i < n_regions && regions->len < MAX_REGIONS; i++) {
      gdouble box[GST_KAKAO_OCR_BOX_LEN];

      if ((!meant || meant[i]) && gst_kakao_ocr_meta_get_box (meta, i, box))
        append (regions, gst_kakao_ocr_result_get_region (meta->result, i), i,
            box, gst_kakao_ocr_meta_get_track (meta, i));
    }
  }
}

void
overlay_regions_add_result (GArray * regions, GstKakaoOcrResult * result)
{
  guint i;

  for (i = 0; i < gst_kakao_ocr_result_get_n_regions (result); i++) {
    const GstKakaoOcrRegion *region =
        gst_kakao_ocr_result_get_region (result, i);

    append (regions, region, i, region->box, region->track);
  }
}

gboolean
overlay_regions_equal (GArray * a, GArray * b)
{
  guint i, j;

  if (a->len != b->len)
    return FALSE;
  for (i = 0; i < a->len; i++) {
    const OverlayRegion *p = &g_array_index (a, OverlayRegion, i);
    const OverlayRegion *q = &g_array_index (b, OverlayRegion, i);

    if (p->text != q->text || p->track != q->track)
      return FALSE;
    for (j = 0; j < GST_KAKAO_OCR_BOX_LEN; j++) {
      if (p->box[j] != q->box[j])
        return FALSE;
    }
  }
  return TRUE;
}

/* All four edges tell the direction, by their length: the tall sides of a
 * narrow word have more to say than its top. The vectors are those of the
 * edges' means. */
static void
get_axes (const gdouble * box, gdouble right[2], gdouble down[2],
    gdouble * angle)
{
  guint i;

  for (i = 0; i < 2; i++) {
    right[i] = (box[2 + i] - box[i] + box[4 + i] - box[6 + i]) / 2.0;
    down[i] = (box[6 + i] - box[i] + box[4 + i] - box[2 + i]) / 2.0;
  }
  *angle = atan2 (right[1] - down[0], right[0] + down[1]);
}

gdouble
overlay_region_get_angle (const gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  gdouble right[2], down[2], angle;

  get_axes (box, right, down, &angle);
  return angle;
}

static void
word_init (Word * self, const OverlayRegion * region, guint i)
{
  const gdouble *b = region->box;
  gdouble right[2], down[2], angle;

  get_axes (b, right, down, &angle);
  self->region = *region;
  self->cos = cos (angle);
  self->sin = sin (angle);
  self->width = right[0] * self->cos + right[1] * self->sin;
  self->height = MAX (1.0, down[1] * self->cos - down[0] * self->sin);
  self->x = (b[0] + b[2] + b[4] + b[6]) / 4.0;
  self->y = (b[1] + b[3] + b[5] + b[7]) / 4.0;
  self->line = i;
  self->along = 0.0;
  self->best_next = self->best_previous = NONE;
  self->cost_next = self->cost_previous = G_MAXDOUBLE;
}

/* G_MAXDOUBLE when @b does not continue the line of @a. */
static gdouble
joining_cost (const Word * a, const Word * b)
{
  gdouble height = (a->height + b->height) / 2.0;
  gdouble dx = b->x - a->x, dy = b->y - a->y;
  gdouble gap, offset;

  if (a->region.track != b->region.track)
    return G_MAXDOUBLE;
  gap = dx * a->cos + dy * a->sin - (a->width + b->width) / 2.0;
  if (a->region.track == 0) {
    if (gap > MAX_GAP * height || gap < -MAX_PENETRATION * height ||
        a->cos * b->cos + a->sin * b->sin < MIN_COSINE ||
        MIN (a->height, b->height) <
        MIN_HEIGHT_RATIO * MAX (a->height, b->height))
      return G_MAXDOUBLE;
    offset = fabs (dy * a->cos - dx * a->sin);
    if (offset > MAX_OFFSET * MAX (a->height, b->height))
      return G_MAXDOUBLE;
    return MAX (gap, 0.0) + 2.0 * offset;
  }
  return gap > -MAX_PENETRATION * height ? gap : G_MAXDOUBLE;
}

static void
find_neighbours (Word * words, guint n_words)
{
  guint a, b;

  for (a = 0; a < n_words; a++) {
    for (b = 0; b < n_words; b++) {
      gdouble cost = a == b ? G_MAXDOUBLE : joining_cost (&words[a], &words[b]);

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
next_on_line (const Word * words, guint i)
{
  guint next = words[i].best_next;

  return next != NONE && words[next].best_previous == i ? next : NONE;
}

/* Names the words of each line after its first one. */
static void
name_lines (Word * words, guint n_words)
{
  guint i, next, steps;

  for (i = 0; i < n_words; i++) {
    guint previous = words[i].best_previous;

    if (previous != NONE && words[previous].best_next == i)
      continue;
    steps = 0;
    for (next = i; next != NONE; next = next_on_line (words, next)) {
      words[next].line = i;
      words[next].along = steps++;
    }
  }
}

static gint
compare_words (gconstpointer a, gconstpointer b)
{
  const Word *p = a, *q = b;

  if (p->line != q->line)
    return p->line < q->line ? -1 : 1;
  return p->along < q->along ? -1 : p->along > q->along;
}

/* That of its longest words. */
static gdouble
line_angle (const Word * words, guint n_words)
{
  gdouble x = 0.0, y = 0.0;
  guint i;

  for (i = 0; i < n_words; i++) {
    gdouble weight = MAX (words[i].width, 1e-3);

    x += words[i].cos * weight;
    y += words[i].sin * weight;
  }
  return atan2 (y, x);
}

void
overlay_regions_to_lines (GArray * regions, GArray * lines)
{
  g_autofree Word *words = g_new (Word, regions->len);
  guint i, first;

  if (regions->len == 0)
    return;
  for (i = 0; i < regions->len; i++)
    word_init (&words[i], &g_array_index (regions, OverlayRegion, i), i);
  find_neighbours (words, regions->len);
  name_lines (words, regions->len);
  qsort (words, regions->len, sizeof (Word), compare_words);

  for (i = 0, first = 0; i < regions->len; i++) {
    g_array_index (regions, OverlayRegion, i) = words[i].region;
    if (i + 1 == regions->len || words[i + 1].line != words[i].line) {
      OverlayLine line = { first, i + 1 - first,
        line_angle (&words[first], i + 1 - first)
      };

      g_array_append_val (lines, line);
      first = i + 1;
    }
  }
}
