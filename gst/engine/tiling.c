/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tiling.h"

#include "base/clock.h"
#include "geometry/polygon.h"
#include "geometry/quad.h"
#include "picture/unread.h"

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

  *self = (Candidate){ .region = region, .area = kocr_quad_get_area (box) };
  kocr_polygon_get_bounds (box, 4, &self->x0, &self->y0, &self->x1, &self->y1);
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

static KocrRequest *
tile_new (const KocrRequest * request, KocrPictureEncoder * encoder,
    const KocrTile * place)
{
  const KocrPicture *picture = request->transfer.picture;
  KocrPictureSettings settings = request->transfer.settings;
  KocrRequest *tile = kocr_request_new (&request->asked);

  settings.region[0] = place->x;
  settings.region[1] = place->y;
  settings.region[2] = place->width;
  settings.region[3] = place->height;
  settings.format = picture->format;
  settings.max_dimension = MAX (picture->width, picture->height);
  settings.keep_source = FALSE;

  tile->taken = request->taken;
  tile->deadline = request->deadline;
  tile->transfer.settings = settings;
  tile->transfer.picture = kocr_picture_encoder_reencode (encoder, picture,
      &settings, NULL);
  if (!tile->transfer.picture)
    g_clear_pointer (&tile, kocr_request_unref);
  return tile;
}

/* A tile's picture may be a little larger than was asked for, to whole chroma
 * samples; it tells best itself where it lies. */
static void
place_in_frame (KocrTile * place, const KocrPicture * picture)
{
  gdouble bounds[4];

  kocr_picture_get_bounds (picture, bounds);
  place->x = bounds[0];
  place->y = bounds[1];
  place->width = bounds[2] - bounds[0];
  place->height = bounds[3] - bounds[1];
}

KocrTiling *
kocr_tiling_new (KocrRequest * request, KocrPictureEncoder * encoder)
{
  const GstVideoInfo *source = &request->transfer.picture->source_info;
  KocrTiling *self = g_new0 (KocrTiling, 1);

  if (!kocr_tiles_cut (GST_VIDEO_INFO_WIDTH (source),
          GST_VIDEO_INFO_HEIGHT (source), self->places)) {
    g_free (self);
    return NULL;
  }
  for (guint i = 0; i < KOCR_N_TILES; i++) {
    self->tiles[i] = tile_new (request, encoder, &self->places[i]);
    if (!self->tiles[i])
      continue;
    place_in_frame (&self->places[i], self->tiles[i]->transfer.picture);
    self->tiles[i]->resends.tiling = self;
    self->n_pending++;
  }
  if (self->n_pending == 0) {
    g_free (self);
    return NULL;
  }
  self->request = kocr_request_ref (request);
  return self;
}

static gboolean
is_cancelled (const KocrOutcome * outcome)
{
  return g_error_matches (outcome->error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
}

/* The request is one for all who count; what was a first, truncated result
 * serves where a tile brought nothing. */
static void
join (KocrTiling * self)
{
  KocrRequest *request = self->request;
  KocrOutcome *outcome = &request->outcome;
  GstKakaoOcrResult *results[KOCR_N_TILES] = { NULL, };
  const KocrPicture *picture = request->transfer.picture;
  const KocrOutcome *failed = NULL;
  gboolean any = FALSE;
  guint n_dropped = 0;

  for (guint i = 0; i < KOCR_N_TILES; i++) {
    const KocrOutcome *tile = self->tiles[i] ? &self->tiles[i]->outcome : NULL;

    if (!tile)
      continue;
    results[i] = tile->result;
    any |= tile->result != NULL;
    n_dropped += tile->result ? tile->regions_dropped : 0;
    if (tile->error && (!failed || is_cancelled (tile)))
      failed = tile;
  }

  if (failed && is_cancelled (failed)) {
    any = FALSE;
    g_clear_pointer (&outcome->result, gst_kakao_ocr_result_unref);
  }
  if (any) {
    g_autoptr (GstKakaoOcrResult) whole = outcome->result;

    outcome->result = kocr_tiles_merge (results, self->places, whole,
        request->asked.pts, picture->frame_width, picture->frame_height,
        (kocr_clock_now () - request->taken) * GST_USECOND);
    gst_kakao_ocr_result_set_regions_dropped (outcome->result, n_dropped);
    kocr_unread_tell (picture, outcome->result);
  }
  if (outcome->result) {
    g_clear_error (&outcome->error);
    outcome->fault = NULL;
  } else if (failed) {
    g_clear_error (&outcome->error);
    outcome->error = g_error_copy (failed->error);
    outcome->fault = failed->fault;
  }
}

gboolean
kocr_tiling_collect (KocrTiling * self, KocrRequest * tile)
{
  KocrRequest *request = self->request;

  kocr_transfer_add (&request->transfer, &tile->transfer);
  request->outcome.regions_dropped += tile->outcome.regions_dropped;
  request->outcome.unread |= tile->outcome.unread;
  request->outcome.http_status = tile->outcome.http_status;
  if (--self->n_pending > 0)
    return FALSE;

  join (self);
  for (guint i = 0; i < KOCR_N_TILES; i++)
    g_clear_pointer (&self->tiles[i], kocr_request_unref);
  kocr_request_unref (self->request);
  g_free (self);
  return TRUE;
}
