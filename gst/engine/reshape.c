/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reshape.h"

static guint
reshape_whole (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  KocrPicture *picture = kocr_picture_encoder_reencode (encoder,
      request->picture, &request->settings, NULL);

  if (!picture)
    return 0;
  kocr_picture_unref (request->picture);
  request->picture = picture;
  g_clear_error (&request->error);
  request->fault = NULL;
  parts[0] = kocr_request_ref (request);
  return 1;
}

/* The last tile that comes back frees the mosaic. */
static guint
reshape_tiles (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  KocrMosaic *mosaic = kocr_mosaic_new (request, encoder);
  guint n = 0;

  for (guint i = 0; mosaic && i < KOCR_N_TILES; i++) {
    if (mosaic->tiles[i])
      parts[n++] = kocr_request_ref (mosaic->tiles[i]);
  }
  return n;
}

guint
kocr_reshape (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES])
{
  return request->tiled ? reshape_tiles (request, encoder, parts)
      : reshape_whole (request, encoder, parts);
}
