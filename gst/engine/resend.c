/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "resend.h"

#include "http/statuses.h"
#include "tiling.h"

/* Halving this often brings 8 MB below any limit a service would have, and
 * 4096 pixels below what text needs. */
#define MAX_SHRINKS 4
/* Below this no text of a frame is legible. */
#define LEAST_SIDE 256
#define LEAST_BYTES 20000

/* UNSUPPORTED_IMAGE_FORMAT. */
#define STATUS_UNSUPPORTED 405

static gboolean
plan_shrink (KocrRequest * request, KocrPictureSettings * settings)
{
  const KocrPicture *picture = request->transfer.picture;
  KocrResends *resends = &request->resends;
  guint longest = MAX (picture->width, picture->height);
  guint side = MAX (longest / 2, LEAST_SIDE);
  gsize bytes = g_bytes_get_size (picture->body) / 2;

  if (resends->shrinks == MAX_SHRINKS)
    return FALSE;
  resends->shrinks++;
  if (request->outcome.fault->action == KOCR_ACTION_RESEND_HALVED) {
    resends->learned.max_dimension = settings->max_dimension = side;
    return side < longest;
  }
  resends->learned.max_bytes = settings->max_bytes = bytes;
  return bytes >= LEAST_BYTES;
}

static gboolean
plan_other_format (KocrRequest * request, KocrPictureSettings * settings)
{
  KocrResends *resends = &request->resends;

  resends->tried_formats |= KOCR_IMAGE_FORMAT_BIT (settings->format);
  if (!kocr_image_format_find_other (&settings->format,
          resends->tried_formats))
    return FALSE;
  resends->tried_formats |= KOCR_IMAGE_FORMAT_BIT (settings->format);
  /* A picture that is no image to the service says nothing of the next. */
  if (request->outcome.fault->status == STATUS_UNSUPPORTED) {
    resends->learned.format_known = TRUE;
    resends->learned.format = settings->format;
  }
  return TRUE;
}

/* The rows of a folded picture are parts already. */
static KocrResend
plan_tiles (const KocrPicture * picture)
{
  return picture->fold.n > 0 ? KOCR_RESEND_NOT : KOCR_RESEND_TILES;
}

KocrResend
kocr_resend_plan (KocrRequest * request, KocrPictureSettings * settings)
{
  const KocrPicture *picture = request->transfer.picture;
  const KocrOutcome *outcome = &request->outcome;
  gboolean again = FALSE;

  if (!picture || !picture->source || request->resends.tiled)
    return KOCR_RESEND_NOT;
  if (outcome->result)
    return gst_kakao_ocr_result_get_truncated (outcome->result) ?
        plan_tiles (picture) : KOCR_RESEND_NOT;
  if (!outcome->fault)
    return KOCR_RESEND_NOT;

  *settings = (KocrPictureSettings){
    .max_dimension = MAX (picture->width, picture->height),
    .format = picture->format,
    .quality = request->transfer.settings.quality,
    .max_bytes = request->resends.learned.max_bytes,
    .keep_source = TRUE,
  };
  switch (outcome->fault->action) {
    case KOCR_ACTION_RESEND_SMALLER:
    case KOCR_ACTION_RESEND_HALVED:
      again = plan_shrink (request, settings);
      break;
    case KOCR_ACTION_RESEND_OTHER_FORMAT:
      again = plan_other_format (request, settings);
      break;
    case KOCR_ACTION_SPLIT:
      return plan_tiles (picture);
    default:
      break;
  }
  return again ? KOCR_RESEND_WHOLE : KOCR_RESEND_NOT;
}

void
kocr_shape_limits_learn (KocrShapeLimits * self, const KocrRequest * request)
{
  const KocrShapeLimits *learned = &request->resends.learned;

  if (!request->outcome.result)
    return;
  if (learned->max_dimension > 0)
    self->max_dimension = learned->max_dimension;
  if (learned->max_bytes > 0)
    self->max_bytes = learned->max_bytes;
  if (learned->format_known) {
    self->format_known = TRUE;
    self->format = learned->format;
  }
}

void
kocr_shape_limits_apply (const KocrShapeLimits * self,
    KocrPictureSettings * settings)
{
  if (self->max_dimension > 0)
    settings->max_dimension = MIN (settings->max_dimension,
        self->max_dimension);
  if (self->max_bytes > 0)
    settings->max_bytes = self->max_bytes;
  if (self->format_known)
    settings->format = self->format;
}

static guint
encode_whole (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  KocrPicture *picture = kocr_picture_encoder_reencode (encoder,
      request->transfer.picture, &request->transfer.settings, NULL);

  if (!picture)
    return 0;
  kocr_picture_unref (request->transfer.picture);
  request->transfer.picture = picture;
  g_clear_error (&request->outcome.error);
  request->outcome.fault = NULL;
  parts[0] = kocr_request_ref (request);
  return 1;
}

/* The last tile that comes back frees the tiling. */
static guint
encode_tiles (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  KocrTiling *tiling = kocr_tiling_new (request, encoder);
  guint n = 0;

  for (guint i = 0; tiling && i < KOCR_N_TILES; i++) {
    if (tiling->tiles[i])
      parts[n++] = kocr_request_ref (tiling->tiles[i]);
  }
  return n;
}

guint
kocr_resend_encode (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  return request->resends.tiled ? encode_tiles (request, encoder, parts)
      : encode_whole (request, encoder, parts);
}
