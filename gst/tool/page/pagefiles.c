/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page/pagefiles.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE (64 * 1024)
/* What tells a container from others. */
#define HEAD 512

typedef struct
{
  gint fd;
  goffset at, end;              /* what is still to be sent */
} Sending;

static void
sending_free (Sending * self)
{
  close (self->fd);
  g_free (self);
}

/* The next piece. A file that became shorter ends the connection, as what was
 * promised cannot be kept. */
static void
send_piece (SoupServerMessage * message, Sending * self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize wanted = MIN (self->end - self->at, PIECE);
  g_autofree guint8 *piece = NULL;
  gssize length;

  if (wanted == 0) {
    soup_message_body_complete (body);
    return;
  }
  piece = g_malloc (wanted);
  do
    length = pread (self->fd, piece, wanted, self->at);
  while (length < 0 && errno == EINTR);
  if (length <= 0) {
    GSocket *socket = soup_server_message_get_socket (message);

    if (socket)
      g_socket_shutdown (socket, TRUE, TRUE, NULL);
    return;
  }
  self->at += length;
  soup_message_body_append_take (body, g_steal_pointer (&piece), length);
  soup_server_message_unpause (message);
}

static void
begin_sending (SoupServerMessage * message, gint fd, goffset begin,
    goffset end)
{
  Sending *self = g_new0 (Sending, 1);

  *self = (Sending) {
  fd, begin, end};
  soup_message_body_set_accumulate (soup_server_message_get_response_body
      (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), "sending", self,
      (GDestroyNotify) sending_free);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (send_piece), self);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (send_piece), self);
}

static void
set_content_type (SoupMessageHeaders * headers, gint fd, const gchar * path)
{
  guint8 head[HEAD];
  gssize length = pread (fd, head, HEAD, 0);
  g_autofree gchar *type = g_content_type_guess (path, head, MAX (length, 0),
      NULL);
  g_autofree gchar *mime = g_content_type_get_mime_type (type);

  /* Never a page or a script, whatever its name says. */
  if (!mime || (!g_str_has_prefix (mime, "video/")
          && !g_str_has_prefix (mime, "audio/")))
    mime = g_strdup ("application/octet-stream");
  soup_message_headers_set_content_type (headers, mime, NULL);
}

/* Whether the client has it already, or an older one of which it wants a range. */
static gboolean
is_unchanged (SoupMessageHeaders * request, const gchar * etag)
{
  return g_strcmp0 (soup_message_headers_get_one (request, "If-None-Match"),
      etag) == 0;
}

static gboolean
may_be_a_range (SoupMessageHeaders * request, const gchar * etag)
{
  const gchar *condition = soup_message_headers_get_one (request, "If-Range");

  return !condition || g_str_equal (condition, etag);
}

/* FALSE: it asks for what there is not. */
static gboolean
choose_range (SoupServerMessage * message, const gchar * etag, goffset size,
    goffset * begin, goffset * end)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers
      (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers
      (message);
  SoupRange *ranges;
  gint n_ranges;
  gboolean satisfiable;

  *begin = 0;
  *end = size;
  if (!soup_message_headers_get_one (request, "Range")
      || !may_be_a_range (request, etag))
    return TRUE;
  if (!soup_message_headers_get_ranges (request, size, &ranges, &n_ranges))
    return FALSE;
  satisfiable = ranges[0].start < size;
  /* Of several the whole is a right answer, too. */
  if (n_ranges == 1 && satisfiable) {
    *begin = ranges[0].start;
    *end = MIN (ranges[0].end + 1, size);
    soup_message_headers_set_content_range (headers, *begin, *end - 1, size);
    soup_server_message_set_status (message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
  }
  soup_message_headers_free_ranges (request, ranges);
  return satisfiable;
}

void
page_files_answer (SoupServerMessage * message, const gchar * path)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers
      (message);
  gint fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree gchar *etag = NULL;
  struct stat status;
  goffset begin, end;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)) {
    if (fd >= 0)
      close (fd);
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    return;
  }
  etag = g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x\"",
      (gint64) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
      (gint64) status.st_size);
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (is_unchanged (soup_server_message_get_request_headers (message), etag)) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
    close (fd);
    return;
  }
  if (!choose_range (message, etag, status.st_size, &begin, &end)) {
    g_autofree gchar *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT,
        (gint64) status.st_size);

    soup_message_headers_replace (headers, "Content-Range", range);
    soup_server_message_set_status (message,
        SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, NULL);
    close (fd);
    return;
  }
  set_content_type (headers, fd, path);
  soup_message_headers_set_content_length (headers, end - begin);
  if (soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    close (fd);
  else
    begin_sending (message, fd, begin, end);
}
