/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/resultviews.h"

#include "common/resultidentity.h"
#include "result/regionpaths.h"

struct _KocrResultViews
{
  GstKakaoOcrResult *before, *after;
  gboolean backwards;           /* after lies before it: reverse playback */
  guint n_moments;              /* that after tells; of another picture: 0 */
  guint n_reached;              /* moments of current */
  GstKakaoOcrResult *current;
  KocrRegionPaths *paths;       /* nullable: of another picture */
};

static gboolean
has_size_of (const GstKakaoOcrResult * a, const GstKakaoOcrResult * b)
{
  return gst_kakao_ocr_result_get_width (a) ==
      gst_kakao_ocr_result_get_width (b)
      && gst_kakao_ocr_result_get_height (a) ==
      gst_kakao_ocr_result_get_height (b);
}

KocrResultViews *
kocr_result_views_new (GstKakaoOcrResult * before, GstKakaoOcrResult * after)
{
  KocrResultViews *self = g_new0 (KocrResultViews, 1);

  self->before = gst_kakao_ocr_result_ref (before);
  self->after = gst_kakao_ocr_result_ref (after);
  self->backwards = gst_kakao_ocr_result_get_pts (after) <
      gst_kakao_ocr_result_get_pts (before);
  self->n_moments = has_size_of (before, after) ?
      gst_kakao_ocr_result_get_n_edges (after) : 0;
  self->current = gst_kakao_ocr_result_ref (before);
  if (has_size_of (before, after))
    self->paths = kocr_region_paths_new (before, after);
  return self;
}

void
kocr_result_views_free (KocrResultViews * self)
{
  gst_kakao_ocr_result_unref (self->before);
  gst_kakao_ocr_result_unref (self->after);
  gst_kakao_ocr_result_unref (self->current);
  g_clear_pointer (&self->paths, kocr_region_paths_free);
  g_free (self);
}

gboolean
kocr_result_views_are_of (const KocrResultViews * self,
    const GstKakaoOcrResult * before, const GstKakaoOcrResult * after)
{
  return self->before == before && self->after == after;
}

static gboolean
is_reached (const KocrResultViews * self, GstClockTime moment,
    GstClockTime pts)
{
  return self->backwards ? pts <= moment : pts >= moment;
}

static guint
count_reached (const KocrResultViews * self, GstClockTime pts)
{
  guint n_reached = 0;

  for (guint i = 0; i < self->n_moments; i++) {
    GstClockTime moment;
    guint64 track;

    gst_kakao_ocr_result_get_edge (self->after, i, &track, &moment);
    n_reached += GST_CLOCK_TIME_IS_VALID (moment)
        && is_reached (self, moment, pts);
  }
  return n_reached;
}

typedef enum
{
  UNTOLD,                       /* of it nothing is told but that it is there */
  PENDING,                      /* as it was */
  CHANGED                       /* as the later result has it, or gone */
} State;

static State
find_state (const KocrResultViews * self, guint64 track, GstClockTime pts)
{
  State state = UNTOLD;

  for (guint i = 0; i < self->n_moments && state != PENDING; i++) {
    GstClockTime moment;
    guint64 whose;

    gst_kakao_ocr_result_get_edge (self->after, i, &whose, &moment);
    if (whose == track && GST_CLOCK_TIME_IS_VALID (moment))
      state = is_reached (self, moment, pts) ? CHANGED : PENDING;
  }
  return state;
}

static const GstKakaoOcrRegion *
get_region (const GstKakaoOcrResult * result, guint i)
{
  return gst_kakao_ocr_result_get_region (result, i);
}

static gboolean
shows (const GstKakaoOcrResult * result, guint64 track)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result), i = 0;

  while (i < n && get_region (result, i)->track != track)
    i++;
  return i < n;
}

/* Whether something of the later result is to be seen at @pts. */
static gboolean
has_begun (const KocrResultViews * self, GstClockTime pts)
{
  guint n = gst_kakao_ocr_result_get_n_regions (self->after);

  for (guint i = 0; i < n; i++) {
    if (find_state (self, get_region (self->after, i)->track, pts) == CHANGED)
      return TRUE;
  }
  return FALSE;
}

/* Appends what is to be seen of the later result at @pts: what came, what
 * changed and what stayed, in its order. */
static void
add_later (const KocrResultViews * self, GstClockTime pts, GArray * regions)
{
  guint n = gst_kakao_ocr_result_get_n_regions (self->after);

  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region = get_region (self->after, i);
    State state = find_state (self, region->track, pts);

    if (state == CHANGED
        || (state == UNTOLD && shows (self->before, region->track)))
      g_array_append_vals (regions, region, 1);
  }
}

/* Appends what is still to be seen of the earlier result at @pts. @begun: but for
 * what the later one has of the same texts. */
static void
add_earlier (const KocrResultViews * self, GstClockTime pts, gboolean begun,
    GArray * regions)
{
  guint n = gst_kakao_ocr_result_get_n_regions (self->before);

  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region = get_region (self->before, i);
    State state = find_state (self, region->track, pts);

    if (state == PENDING || (state == UNTOLD
            && !(begun && shows (self->after, region->track))))
      g_array_append_vals (regions, region, 1);
  }
}

static GstKakaoOcrResult *
make_view (const KocrResultViews * self, GstClockTime pts)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE,
      sizeof (GstKakaoOcrRegion));
  gboolean begun = has_begun (self, pts);
  GstKakaoOcrResult *view;

  if (begun)
    add_later (self, pts, regions);
  add_earlier (self, pts, begun, regions);
  view = gst_kakao_ocr_result_copy_with (begun ? self->after : self->before,
      (GstKakaoOcrRegion *) regions->data, regions->len);
  kocr_result_mark_view (view);
  return view;
}

GstKakaoOcrResult *
kocr_result_views_get (KocrResultViews * self, GstClockTime pts)
{
  guint n_reached = GST_CLOCK_TIME_IS_VALID (pts) ?
      count_reached (self, pts) : 0;

  if (n_reached != self->n_reached) {
    self->n_reached = n_reached;
    gst_kakao_ocr_result_unref (self->current);
    self->current = n_reached ? make_view (self, pts) :
        gst_kakao_ocr_result_ref (self->before);
  }
  return self->current;
}

void
kocr_result_views_place (KocrResultViews *self, gdouble part,
    const gdouble **boxes, const gboolean **lost)
{
  if (self->paths)
    kocr_region_paths_place (self->paths, self->current, part, boxes, lost);
}
