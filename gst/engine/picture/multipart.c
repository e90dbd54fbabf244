/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/multipart.h"

#include <string.h>

#define HEAD_FORMAT "--%s\r\n" \
  "Content-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\n" \
  "Content-Type: %s\r\n\r\n"
#define TAIL_FORMAT "\r\n--%s--\r\n"
#define TAIL_ROOM 48
/* Part of a body that its memory is larger, so that it does for the next one,
 * which will not be exactly as large. */
#define SLACK 8

void
kocr_multipart_init (KocrMultipart * self, KocrBlockPool * pool)
{
  *self = (KocrMultipart) {
  .pool = pool};
}

void
kocr_multipart_clear (KocrMultipart * self)
{
  if (self->block.data)
    kocr_block_pool_give (self->pool, &self->block);
}

/* Memory for @wanted bytes at least. */
static gboolean
reserve (KocrMultipart * self, gsize wanted)
{
  if (self->block.data && self->block.size < wanted + TAIL_ROOM)
    kocr_block_pool_give (self->pool, &self->block);
  if (!self->block.data && !kocr_block_pool_take (self->pool,
          wanted + TAIL_ROOM, wanted + wanted / SLACK + TAIL_ROOM,
          &self->block)) {
    self->capacity = 0;
    self->state = KOCR_MULTIPART_NO_MEMORY;
    return FALSE;
  }
  self->capacity = MIN (self->block.size - TAIL_ROOM, self->limit);
  return TRUE;
}

gboolean
kocr_multipart_open (KocrMultipart * self, const gchar * filename,
    const gchar * media_type, gsize max_bytes, gsize expected)
{
  g_autofree gchar *random = g_uuid_string_random ();
  g_autofree gchar *head = NULL;
  g_autofree gchar *tail = NULL;
  gsize envelope, wanted;

  self->length = 0;
  self->state = KOCR_MULTIPART_FITS;
  g_strlcpy (self->boundary, random, sizeof self->boundary);
  head = g_strdup_printf (HEAD_FORMAT, self->boundary, filename, media_type);
  tail = g_strdup_printf (TAIL_FORMAT, self->boundary);
  envelope = strlen (head) + strlen (tail);
  g_assert (strlen (tail) < TAIL_ROOM);
  if (max_bytes <= envelope) {
    self->state = KOCR_MULTIPART_TOO_LARGE;
    return FALSE;
  }
  self->limit = max_bytes - strlen (tail);
  /* One byte more than the head, as a codec must have somewhere to write. */
  wanted = CLAMP (strlen (head) + expected, strlen (head) + 1, self->limit);
  if (!reserve (self, wanted))
    return FALSE;
  memcpy (self->block.data, head, strlen (head));
  self->length = strlen (head);
  return TRUE;
}

gboolean
kocr_multipart_grow (KocrMultipart * self)
{
  gsize capacity, size;
  guint8 *data;

  if (self->capacity == self->limit) {
    self->state = KOCR_MULTIPART_TOO_LARGE;
    return FALSE;
  }
  /* The limit is a request's, so doubling cannot overflow in earnest; a
   * caller without a limit ends at what memory there is. */
  capacity = self->capacity < self->limit / 2 ?
      self->capacity * 2 : self->limit;
  size = capacity + TAIL_ROOM;
  data = g_try_realloc (self->block.data, size);
  if (data == NULL) {
    self->state = KOCR_MULTIPART_NO_MEMORY;
    return FALSE;
  }
  self->block = (KocrBlock) {
  data, size};
  self->capacity = capacity;
  return TRUE;
}

gboolean
kocr_multipart_append (KocrMultipart * self, const guint8 * bytes, gsize n)
{
  while (self->capacity - self->length < n)
    if (!kocr_multipart_grow (self))
      return FALSE;
  memcpy (self->block.data + self->length, bytes, n);
  self->length += n;
  return TRUE;
}

gchar *
kocr_multipart_content_type (const KocrMultipart * self)
{
  return g_strconcat ("multipart/form-data; boundary=", self->boundary, NULL);
}

GBytes *
kocr_multipart_close (KocrMultipart * self)
{
  gsize length = self->length;
  guint8 *data = self->block.data;
  gpointer loan;

  length += g_snprintf ((gchar *) data + length, TAIL_ROOM, TAIL_FORMAT,
      self->boundary);
  loan = kocr_block_pool_lend (self->pool, &self->block);
  self->length = self->capacity = 0;
  return g_bytes_new_with_free_func (data, length, kocr_block_pool_end_loan,
      loan);
}
