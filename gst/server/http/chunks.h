/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The chunked coding of a body (RFC 9112, 7.1), decoded as it arrives and
 * strictly, like the head. Pure.
 */
#pragma once

#include <glib.h>

#include "bounds.h"

typedef enum
{
  CHUNKS_MORE,                  /* all was taken; it goes on */
  CHUNKS_DONE,                  /* the trailers' end was taken */
  CHUNKS_MALFORMED,
  CHUNKS_TOO_LARGE,             /* more than LIMIT_REQUEST_BYTES */
} ChunksResult;

/* A zeroed one stands at the start of a body. */
typedef struct
{
  enum
  {
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_DATA_END,
    CHUNK_TRAILERS,
  } state;
  guint64 left;                 /* of the chunk's data */
  guint64 total;                /* of all chunks so far */
  gsize trailer_bytes;
  gsize length;                 /* of the line so far, its CR included */
  gchar line[LIMIT_CHUNK_LINE_BYTES];
} ChunkDecoder;

/* Takes *@used of the @size bytes, and appends what they carry to @body
 * (nullable). Not to be called again when the result is not CHUNKS_MORE. */
ChunksResult chunk_decoder_feed (ChunkDecoder * self, const gchar * bytes,
    gsize size, gsize * used, GByteArray * body);
