/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tiling: a request whose picture has more text than one answer may have goes
 * out as overlapping tiles, and comes back as one.
 */
#pragma once

#include "request.h"

#define KOCR_N_TILES 4

/* x, y, width, height, in pixels. */
typedef struct
{
  gdouble x, y, width, height;
} KocrTile;

/* Cuts @width x @height into two by two tiles that overlap by an eighth of a
 * side: a word of up to that length lies whole in one of them. FALSE: too small
 * to be cut. */
gboolean kocr_tiles_cut (gint width, gint height, KocrTile tiles[KOCR_N_TILES]);

/* Joins results in frame pixels into one of the frame of @width x @height.
 * @results: one a tile, NULL where a tile has none; @tiles: where they lie in
 * the frame; @whole: (nullable): what was read of all of it, which stands where
 * a tile is missing. A word that two of them saw is kept once, whole rather
 * than cut. The result is truncated when a tile is missing or truncated
 * itself. */
GstKakaoOcrResult *kocr_tiles_merge (
    GstKakaoOcrResult *const results[KOCR_N_TILES],
    const KocrTile tiles[KOCR_N_TILES], GstKakaoOcrResult *whole,
    GstClockTime pts, gint width, gint height, GstClockTime latency);

typedef struct _KocrTiling
{
  KocrRequest *request;         /* owned */
  KocrRequest *tiles[KOCR_N_TILES];     /* owned; NULL: could not be encoded */
  KocrTile places[KOCR_N_TILES];        /* in frame pixels */
  guint n_pending;              /* tiles that are not settled */
} KocrTiling;

/* Encodes the tiles of @request, which kept its source; worker. NULL: it cannot
 * be cut, or no tile can be encoded. */
KocrTiling *kocr_tiling_new (KocrRequest * request,
    KocrPictureEncoder * encoder);
/* A tile is settled; network thread. TRUE: it was the last, and the request has
 * its result or its error. The tiling is freed then. */
gboolean kocr_tiling_collect (KocrTiling * self, KocrRequest * tile);
