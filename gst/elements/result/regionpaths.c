/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/regionpaths.h"

#include <math.h>
#include <string.h>

#define BOX GST_KAKAO_OCR_BOX_LEN
/* Of its height that a line goes, at least: less may be how it was read. */
#define LEAST_WAY 0.1
/* More regions than a page has are not followed: each is compared with each. */
#define MOST_REGIONS 1024

/* Of a line that both results show. */
typedef struct
{
  guint64 track;
  gdouble x, y;                 /* the middle of its first region before */
  gdouble dx, dy;               /* from there to where it is after */
} Way;

/* Of a region that is shown. */
typedef struct
{
  gdouble dx, dy;
  gboolean earlier;             /* it is as the first result has it */
} Step;

struct _KocrRegionPaths
{
  GstKakaoOcrResult *before, *after;
  GArray *ways;                 /* of Way */
  gboolean moves;               /* one of them does */
  GstKakaoOcrResult *shown;     /* nullable: what was placed last */
  GArray *steps;                /* of Step: of its regions */
  GArray *boxes;                /* of gdouble */
  GArray *lost;                 /* of gboolean */
};

static const GstKakaoOcrRegion *
get_region (const GstKakaoOcrResult *result, guint i)
{
  return gst_kakao_ocr_result_get_region (result, i);
}

static void
find_middle (const gdouble *box, gdouble *x, gdouble *y)
{
  *x = *y = 0;
  for (guint k = 0; k < BOX; k += 2) {
    *x += box[k] / (BOX / 2);
    *y += box[k + 1] / (BOX / 2);
  }
}

static gdouble
get_height (const gdouble *box)
{
  return hypot (box[6] - box[0], box[7] - box[1]);
}

static const Way *
find_way (const KocrRegionPaths *self, guint64 track)
{
  for (guint i = 0; i < self->ways->len; i++) {
    const Way *way = &g_array_index (self->ways, Way, i);

    if (way->track == track)
      return way;
  }
  return NULL;
}

/* The same word in the later result. */
static const GstKakaoOcrRegion *
find_later (const KocrRegionPaths *self, const GstKakaoOcrRegion *region)
{
  guint n = gst_kakao_ocr_result_get_n_regions (self->after);

  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *later = get_region (self->after, i);

    if (later->track == region->track && strcmp (later->text, region->text) == 0)
      return later;
  }
  return NULL;
}

/* By the first of a line's words that both have. */
static void
add_way (KocrRegionPaths *self, const GstKakaoOcrRegion *region)
{
  const GstKakaoOcrRegion *later = region->track != 0
                                           && !find_way (self, region->track)
                                       ? find_later (self, region)
                                       : NULL;
  Way way = { region->track, 0, 0, 0, 0 };

  if (!later)
    return;
  find_middle (region->box, &way.x, &way.y);
  find_middle (later->box, &way.dx, &way.dy);
  way.dx -= way.x;
  way.dy -= way.y;
  if (hypot (way.dx, way.dy) < LEAST_WAY * get_height (region->box))
    way.dx = way.dy = 0;
  self->moves |= way.dx != 0 || way.dy != 0;
  g_array_append_val (self->ways, way);
}

KocrRegionPaths *
kocr_region_paths_new (GstKakaoOcrResult *before, GstKakaoOcrResult *after)
{
  KocrRegionPaths *self = g_new0 (KocrRegionPaths, 1);
  guint n = gst_kakao_ocr_result_get_n_regions (before);

  self->before = gst_kakao_ocr_result_ref (before);
  self->after = gst_kakao_ocr_result_ref (after);
  self->ways = g_array_new (FALSE, FALSE, sizeof (Way));
  self->boxes = g_array_new (FALSE, FALSE, sizeof (gdouble));
  self->lost = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  if (MAX (n, gst_kakao_ocr_result_get_n_regions (after)) > MOST_REGIONS)
    return self;
  for (guint i = 0; i < n; i++)
    add_way (self, get_region (before, i));
  return self;
}

void
kocr_region_paths_free (KocrRegionPaths *self)
{
  gst_kakao_ocr_result_unref (self->before);
  gst_kakao_ocr_result_unref (self->after);
  g_clear_pointer (&self->shown, gst_kakao_ocr_result_unref);
  g_array_unref (self->ways);
  g_array_unref (self->steps);
  g_array_unref (self->boxes);
  g_array_unref (self->lost);
  g_free (self);
}

static gboolean
is_told (const KocrRegionPaths *self, guint64 track)
{
  guint n = gst_kakao_ocr_result_get_n_edges (self->after);

  for (guint i = 0; i < n; i++) {
    GstClockTime moment;
    guint64 whose;

    gst_kakao_ocr_result_get_edge (self->after, i, &whose, &moment);
    if (whose == track && GST_CLOCK_TIME_IS_VALID (moment))
      return TRUE;
  }
  return FALSE;
}

static const Way *
find_nearest (const KocrRegionPaths *self, const GstKakaoOcrRegion *region)
{
  gdouble x, y, least = G_MAXDOUBLE;
  const Way *nearest = NULL;

  find_middle (region->box, &x, &y);
  for (guint i = 0; i < self->ways->len; i++) {
    const Way *way = &g_array_index (self->ways, Way, i);
    gdouble away = hypot (way->x - x, way->y - y);

    if (away < least) {
      least = away;
      nearest = way;
    }
  }
  return nearest;
}

/* NULL: it stays. */
static const Way *
get_way (const KocrRegionPaths *self, const GstKakaoOcrRegion *region)
{
  const Way *way = find_way (self, region->track);

  if (!way && !is_told (self, region->track))
    way = find_nearest (self, region);
  return way;
}

static gboolean
is_earlier (const KocrRegionPaths *self, const GstKakaoOcrRegion *region)
{
  guint n = gst_kakao_ocr_result_get_n_regions (self->before);

  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *other = get_region (self->before, i);

    if (other->track == region->track
        && memcmp (other->box, region->box, sizeof other->box) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
find_steps (KocrRegionPaths *self, const GstKakaoOcrResult *shown)
{
  guint n = gst_kakao_ocr_result_get_n_regions (shown);

  g_array_set_size (self->steps, 0);
  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region = get_region (shown, i);
    const Way *way = get_way (self, region);
    const Step step = { way ? way->dx : 0, way ? way->dy : 0,
      is_earlier (self, region) };

    g_array_append_val (self->steps, step);
  }
}

static void
place (KocrRegionPaths *self, const GstKakaoOcrRegion *region, const Step *step,
    gdouble part)
{
  gdouble share = step->earlier ? part : part - 1;
  gint width = gst_kakao_ocr_result_get_width (self->before);
  gint height = gst_kakao_ocr_result_get_height (self->before);
  gdouble box[BOX], x, y;
  gboolean lost;

  memcpy (box, region->box, sizeof box);
  for (guint k = 0; k < BOX; k += 2) {
    box[k] += share * step->dx;
    box[k + 1] += share * step->dy;
  }
  find_middle (box, &x, &y);
  lost = (step->dx != 0 || step->dy != 0)
         && (x < 0 || y < 0 || x > width || y > height);
  g_array_append_vals (self->boxes, box, BOX);
  g_array_append_val (self->lost, lost);
}

gboolean
kocr_region_paths_place (KocrRegionPaths *self, GstKakaoOcrResult *shown,
    gdouble part, const gdouble **boxes, const gboolean **lost)
{
  if (!self->moves)
    return FALSE;
  if (shown != self->shown) {
    g_clear_pointer (&self->shown, gst_kakao_ocr_result_unref);
    self->shown = gst_kakao_ocr_result_ref (shown);
    find_steps (self, shown);
  }
  g_array_set_size (self->boxes, 0);
  g_array_set_size (self->lost, 0);
  for (guint i = 0; i < self->steps->len; i++)
    place (self, get_region (shown, i), &g_array_index (self->steps, Step, i),
        part);
  *boxes = (const gdouble *)self->boxes->data;
  *lost = (const gboolean *)self->lost->data;
  return TRUE;
}
