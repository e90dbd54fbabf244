/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "multipart.h"

#include <string.h>

#define HEAD_FORMAT "--%s\r\n" \
  "Content-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\n" \
  "Content-Type: %s\r\n\r\n"
#define TAIL_FORMAT "\r\n--%s--\r\n"
#define TAIL_ROOM 48
/* Below this a body's spare room is not worth giving back. */
#define SPARE_BYTES 65536

static gboolean
kocr_multipart_resize (KocrMultipart * self, gsize capacity)
{
  guint8 *data = g_try_realloc (self->data, capacity + TAIL_ROOM);

  if (data == NULL) {
    self->state = KOCR_MULTIPART_NO_MEMORY;
    return FALSE;
  }
  self->data = data;
  self->capacity = capacity;
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
  if (self->capacity < wanted || self->capacity > self->limit) {
    g_clear_pointer (&self->data, g_free);
    if (!kocr_multipart_resize (self, wanted))
      return FALSE;
  }
  memcpy (self->data, head, strlen (head));
  self->length = strlen (head);
  return TRUE;
}

gboolean
kocr_multipart_grow (KocrMultipart * self)
{
  if (self->capacity == self->limit) {
    self->state = KOCR_MULTIPART_TOO_LARGE;
    return FALSE;
  }
  /* The limit is a request's, so doubling cannot overflow in earnest; a
   * caller without a limit ends at what memory there is. */
  return kocr_multipart_resize (self,
      self->capacity < self->limit / 2 ? self->capacity * 2 : self->limit);
}

gboolean
kocr_multipart_append (KocrMultipart * self, const guint8 * bytes, gsize n)
{
  while (self->capacity - self->length < n)
    if (!kocr_multipart_grow (self))
      return FALSE;
  memcpy (self->data + self->length, bytes, n);
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
  guint8 *data;

  length += g_snprintf ((gchar *) self->data + length, TAIL_ROOM, TAIL_FORMAT,
      self->boundary);
  if (self->capacity - self->length > SPARE_BYTES)
    self->data = g_realloc (self->data, length);
  data = g_steal_pointer (&self->data);
  kocr_multipart_clear (self);
  return g_bytes_new_take (data, length);
}

void
kocr_multipart_clear (KocrMultipart * self)
{
  g_clear_pointer (&self->data, g_free);
  self->length = self->capacity = 0;
}
