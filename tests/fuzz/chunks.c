/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: any bytes as a body in chunks, whole and in pieces.
 */
#include "http/chunks.h"
#include "target.h"

/* Reads @data in pieces of @piece bytes. */
static ChunksResult
decode (const uint8_t * data, size_t size, size_t piece, GByteArray * body)
{
  ChunkDecoder decoder = { 0 };
  ChunksResult result = CHUNKS_MORE;
  size_t i;
  gsize used;

  for (i = 0; i < size && result == CHUNKS_MORE; i += used) {
    gsize n = MIN (piece, size - i);

    result = chunk_decoder_feed (&decoder, (const gchar *) data + i, n, &used,
        body);
    g_assert_true (used <= n && (result != CHUNKS_MORE || used == n));
  }
  return result;
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) pieces = g_byte_array_new ();

  g_assert_true (decode (data, size, MAX (size, 1), whole)
      == decode (data, size, 3, pieces));
  g_assert_true (whole->len <= size && whole->len <= LIMIT_REQUEST_BYTES);
  g_assert_cmpmem (whole->data, whole->len, pieces->data, pieces->len);
  return 0;
}
