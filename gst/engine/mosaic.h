/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mosaic: one request that goes out as several tiles, and comes back as one.
 */
#pragma once

#include "request.h"
#include "tiles.h"

G_BEGIN_DECLS

typedef struct _KocrMosaic
{
  KocrRequest *request;         /* owned */
  KocrRequest *tiles[KOCR_N_TILES];     /* owned; NULL: could not be encoded */
  KocrTile places[KOCR_N_TILES];        /* in frame pixels */
  guint n_pending;              /* tiles that are not settled */
} KocrMosaic;

/* Encodes the tiles of @request, which kept its source; worker. NULL: it cannot
 * be cut, or no tile can be encoded. */
KocrMosaic *kocr_mosaic_new (KocrRequest * request,
    KocrPictureEncoder * encoder);
/* A tile is settled; network thread. TRUE: it was the last, and the request has
 * its result or its error. The mosaic is freed then. */
gboolean kocr_mosaic_collect (KocrMosaic * self, KocrRequest * tile);

G_END_DECLS
