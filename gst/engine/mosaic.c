/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mosaic.h"

#include "clock.h"
#include "unread.h"

static KocrRequest *
tile_new (const KocrRequest * request, KocrPictureEncoder * encoder,
    const KocrTile * place)
{
  const KocrPicture *picture = request->picture;
  KocrPictureSettings settings = request->settings;
  KocrRequest *tile = kocr_request_new ();

  settings.region[0] = place->x;
  settings.region[1] = place->y;
  settings.region[2] = place->width;
  settings.region[3] = place->height;
  settings.format = picture->format;
  settings.max_dimension = MAX (picture->width, picture->height);
  settings.keep_source = FALSE;

  tile->serial = request->serial;
  tile->pts = request->pts;
  tile->taken = request->taken;
  tile->deadline = request->deadline;
  tile->settings = settings;
  tile->picture = kocr_picture_encoder_reencode (encoder, picture, &settings,
      NULL);
  if (!tile->picture)
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

KocrMosaic *
kocr_mosaic_new (KocrRequest * request, KocrPictureEncoder * encoder)
{
  const GstVideoInfo *source = &request->picture->source_info;
  KocrMosaic *self = g_new0 (KocrMosaic, 1);

  if (!kocr_tiles_cut (GST_VIDEO_INFO_WIDTH (source),
          GST_VIDEO_INFO_HEIGHT (source), self->places)) {
    g_free (self);
    return NULL;
  }
  for (guint i = 0; i < KOCR_N_TILES; i++) {
    self->tiles[i] = tile_new (request, encoder, &self->places[i]);
    if (!self->tiles[i])
      continue;
    place_in_frame (&self->places[i], self->tiles[i]->picture);
    self->tiles[i]->mosaic = self;
    self->n_pending++;
  }
  if (self->n_pending == 0) {
    g_free (self);
    return NULL;
  }
  self->request = kocr_request_ref (request);
  return self;
}

/* The request is one for all who count; what was a first, truncated result
 * serves where a tile brought nothing. */
static void
finish (KocrMosaic * self)
{
  KocrRequest *request = self->request;
  GstKakaoOcrResult *results[KOCR_N_TILES] = { NULL, };
  const KocrPicture *picture = request->picture;
  const KocrRequest *failed = NULL;
  gboolean any = FALSE;
  guint n_dropped = 0;

  for (guint i = 0; i < KOCR_N_TILES; i++) {
    const KocrRequest *tile = self->tiles[i];

    if (!tile)
      continue;
    results[i] = tile->result;
    any |= tile->result != NULL;
    n_dropped += tile->result ? tile->regions_dropped : 0;
    if (tile->error && (!failed || g_error_matches (tile->error, KOCR_ERROR,
                KOCR_ERROR_CANCELLED)))
      failed = tile;
  }

  if (failed && g_error_matches (failed->error, KOCR_ERROR,
          KOCR_ERROR_CANCELLED)) {
    any = FALSE;
    g_clear_pointer (&request->result, gst_kakao_ocr_result_unref);
  }
  if (any) {
    g_autoptr (GstKakaoOcrResult) whole = request->result;

    request->result = kocr_tiles_merge (results, self->places, whole,
        request->pts, picture->frame_width, picture->frame_height,
        (kocr_clock_now () - request->taken) * GST_USECOND);
    gst_kakao_ocr_result_set_regions_dropped (request->result, n_dropped);
    kocr_unread_tell (picture, request->result);
  }
  if (request->result) {
    g_clear_error (&request->error);
    request->fault = NULL;
  } else if (failed) {
    g_clear_error (&request->error);
    request->error = g_error_copy (failed->error);
    request->fault = failed->fault;
  }
}

gboolean
kocr_mosaic_collect (KocrMosaic * self, KocrRequest * tile)
{
  KocrRequest *request = self->request;

  request->attempts += tile->attempts;
  request->retried += tile->retried;
  request->throttled += tile->throttled;
  request->bytes_sent += tile->bytes_sent;
  request->regions_dropped += tile->regions_dropped;
  request->http_status = tile->http_status;
  if (--self->n_pending > 0)
    return FALSE;

  finish (self);
  for (guint i = 0; i < KOCR_N_TILES; i++)
    g_clear_pointer (&self->tiles[i], kocr_request_unref);
  kocr_request_unref (self->request);
  g_free (self);
  return TRUE;
}
