/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tiles.h"

#include "quadoverlap.h"

#define OVERLAP 8               /* a side is so many times the overlap */
#define LEAST_SIDE 64           /* smaller pictures hold no hundred words */

/* A region this near to where its tile was cut may be cut itself, pixels. */
#define NEAR_CUT 3.0
/* Two regions that share this part of the smaller one are the same word: the
 * boxes of one word in two tiles agree to a pixel or two, those of neighbours
 * hardly touch. Their upright bounds would: at a tilt of 40 degrees those of
 * two lines share nearly all. */
#define SAME_WORD 0.5

typedef struct
{
  const GstKakaoOcrRegion *region;
  gdouble x0, y0, x1, y1;       /* upright bounds */
  gdouble area;
  gboolean cut;
  gboolean dropped;
} Candidate;

gboolean
kocr_tiles_cut (gint width, gint height, KocrTile tiles[KOCR_N_TILES])
{
  gint w = (width + width / OVERLAP + 1) / 2;
  gint h = (height + height / OVERLAP + 1) / 2;

  if (width < LEAST_SIDE || height < LEAST_SIDE)
    return FALSE;
  for (guint i = 0; i < KOCR_N_TILES; i++) {
    tiles[i].x = i % 2 ? width - w : 0;
    tiles[i].y = i / 2 ? height - h : 0;
    tiles[i].width = w;
    tiles[i].height = h;
  }
  return TRUE;
}

static void
candidate_init (Candidate * self, const GstKakaoOcrRegion * region)
{
  const gdouble *box = region->box;

  *self = (Candidate) {
    region, box[0], box[1], box[0], box[1], kocr_quad_get_area (box)
  };
  for (guint i = 2; i < 8; i += 2) {
    self->x0 = MIN (self->x0, box[i]);
    self->x1 = MAX (self->x1, box[i]);
    self->y0 = MIN (self->y0, box[i + 1]);
    self->y1 = MAX (self->y1, box[i + 1]);
  }
}

/* The frame's own edges cut no more than the frame does. */
static gboolean
is_cut (const Candidate * self, const KocrTile * tile, gint width, gint height)
{
  return (tile->x > 0 && self->x0 < tile->x + NEAR_CUT)
      || (tile->y > 0 && self->y0 < tile->y + NEAR_CUT)
      || (tile->x + tile->width < width
      && self->x1 > tile->x + tile->width - NEAR_CUT)
      || (tile->y + tile->height < height
      && self->y1 > tile->y + tile->height - NEAR_CUT);
}

static gboolean
touches (const Candidate * self, const KocrTile * tile)
{
  return self->x0 < tile->x + tile->width && self->x1 > tile->x
      && self->y0 < tile->y + tile->height && self->y1 > tile->y;
}

static gboolean
are_same_word (const Candidate * a, const Candidate * b)
{
  gdouble smaller = MIN (a->area, b->area);

  return smaller > 0 && kocr_quad_get_overlap (a->region->box, b->region->box)
      >= SAME_WORD * smaller;
}

/* Which of two finds of one word says less. */
static Candidate *
worse (Candidate * a, Candidate * b)
{
  if (a->cut != b->cut)
    return a->cut ? a : b;
  return a->area < b->area ? a : b;
}

static void
drop_duplicates (GArray * candidates, guint first_of_result)
{
  for (guint i = first_of_result; i < candidates->len; i++) {
    Candidate *a = &g_array_index (candidates, Candidate, i);

    for (guint j = 0; j < first_of_result && !a->dropped; j++) {
      Candidate *b = &g_array_index (candidates, Candidate, j);

      if (!b->dropped && are_same_word (a, b))
        worse (a, b)->dropped = TRUE;
    }
  }
}

static void
add_tile (GArray * candidates, GstKakaoOcrResult * result,
    const KocrTile * tile, gint width, gint height)
{
  guint first = candidates->len;

  for (guint i = 0; i < gst_kakao_ocr_result_get_n_regions (result); i++) {
    Candidate candidate;

    candidate_init (&candidate, gst_kakao_ocr_result_get_region (result, i));
    candidate.cut = is_cut (&candidate, tile, width, height);
    g_array_append_val (candidates, candidate);
  }
  drop_duplicates (candidates, first);
}

/* Of the whole picture, what @results leave out. */
static void
add_missing (GArray * candidates, GstKakaoOcrResult * whole,
    GstKakaoOcrResult * const results[KOCR_N_TILES],
    const KocrTile tiles[KOCR_N_TILES])
{
  guint first = candidates->len;

  for (guint i = 0; i < gst_kakao_ocr_result_get_n_regions (whole); i++) {
    gboolean missing = FALSE;
    Candidate candidate;

    candidate_init (&candidate, gst_kakao_ocr_result_get_region (whole, i));
    for (guint j = 0; j < KOCR_N_TILES; j++)
      missing |= !results[j] && touches (&candidate, &tiles[j]);
    if (missing)
      g_array_append_val (candidates, candidate);
  }
  drop_duplicates (candidates, first);
}

GstKakaoOcrResult *
kocr_tiles_merge (GstKakaoOcrResult * const results[KOCR_N_TILES],
    const KocrTile tiles[KOCR_N_TILES], GstKakaoOcrResult * whole,
    GstClockTime pts, gint width, gint height, GstClockTime latency)
{
  g_autoptr (GArray) candidates =
      g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree GstKakaoOcrRegion *regions = NULL;
  gboolean truncated = FALSE;
  guint n_regions = 0;

  for (guint i = 0; i < KOCR_N_TILES; i++) {
    truncated |= !results[i] || gst_kakao_ocr_result_get_truncated (results[i]);
    if (results[i])
      add_tile (candidates, results[i], &tiles[i], width, height);
  }
  if (whole)
    add_missing (candidates, whole, results, tiles);

  regions = g_new (GstKakaoOcrRegion, candidates->len);
  for (guint i = 0; i < candidates->len; i++) {
    Candidate *candidate = &g_array_index (candidates, Candidate, i);

    if (!candidate->dropped)
      regions[n_regions++] = *candidate->region;
  }
  return gst_kakao_ocr_result_new (pts, width, height, regions, n_regions,
      truncated, latency);
}
