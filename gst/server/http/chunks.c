/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/chunks.h"

#include <string.h>

#include "digits.h"
#include "http/requesthead.h"

/* `SIZE` or `SIZE;extensions`, which are ignored, blanks before the ';'. */
static ChunksResult
take_size (ChunkDecoder * self)
{
  const gchar *line = self->line;
  gsize n = strspn (line, "0123456789abcdefABCDEF");
  const gchar *behind = line + n + strspn (line + n, " \t");

  if ((*behind != '\0' && *behind != ';')
      || !digits_parse (line, n, 16, G_MAXINT64, &self->left))
    return CHUNKS_MALFORMED;
  if (self->left > LIMIT_REQUEST_BYTES - self->total)
    return CHUNKS_TOO_LARGE;
  self->total += self->left;
  self->state = self->left > 0 ? CHUNK_DATA : CHUNK_TRAILERS;
  return CHUNKS_MORE;
}

static ChunksResult
take_trailer (ChunkDecoder * self)
{
  gchar *colon = strchr (self->line, ':');

  if (*self->line == '\0')
    return CHUNKS_DONE;
  self->trailer_bytes += strlen (self->line);
  if (colon == NULL || self->trailer_bytes > LIMIT_HEAD_BYTES)
    return CHUNKS_MALFORMED;
  *colon = '\0';
  return request_head_is_token (self->line) ? CHUNKS_MORE : CHUNKS_MALFORMED;
}

static ChunksResult
take_line (ChunkDecoder * self)
{
  self->line[self->length] = '\0';
  self->length = 0;
  switch (self->state) {
    case CHUNK_SIZE:
      return take_size (self);
    case CHUNK_DATA_END:
      self->state = CHUNK_SIZE;
      return *self->line == '\0' ? CHUNKS_MORE : CHUNKS_MALFORMED;
    default:
      return take_trailer (self);
  }
}

/* One more byte of a line, which CR LF ends and no control character is in. */
static ChunksResult
take_character (ChunkDecoder * self, gchar c)
{
  gboolean ends = self->length > 0 && self->line[self->length - 1] == '\r';

  if (ends && c == '\n') {
    self->length--;
    return take_line (self);
  }
  if (ends || (g_ascii_iscntrl (c) && c != '\t' && c != '\r')
      || self->length == LIMIT_CHUNK_LINE_BYTES)
    return CHUNKS_MALFORMED;
  self->line[self->length++] = c;
  return CHUNKS_MORE;
}

static gsize
take_data (ChunkDecoder * self, const gchar * bytes, gsize size,
    GByteArray * body)
{
  gsize n = MIN (size, self->left);

  if (body != NULL)
    g_byte_array_append (body, (const guint8 *) bytes, n);
  self->left -= n;
  if (self->left == 0)
    self->state = CHUNK_DATA_END;
  return n;
}

ChunksResult
chunk_decoder_feed (ChunkDecoder * self, const gchar * bytes, gsize size,
    gsize * used, GByteArray * body)
{
  ChunksResult result = CHUNKS_MORE;
  gsize i = 0;

  while (i < size && result == CHUNKS_MORE) {
    if (self->state == CHUNK_DATA)
      i += take_data (self, bytes + i, size - i, body);
    else
      result = take_character (self, bytes[i++]);
  }
  *used = i;
  return result;
}
