/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/privatesocket.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NAME "socket"
/* What may come while the process behind it is started again: twice what a
 * client sends at once. */
#define BACKLOG 128

static gboolean
fail (GError ** error, const gchar * what)
{
  gint code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what,
      g_strerror (code));
  return FALSE;
}

/* In @directory_fd, by whose number the path is short wherever it lies. */
static gboolean
bind_in (KocrPrivateSocket * self, gint directory_fd, GError ** error)
{
  struct sockaddr_un name = {.sun_family = AF_UNIX };

  g_snprintf (name.sun_path, sizeof name.sun_path, "/proc/self/fd/%d/" NAME,
      directory_fd);
  self->listen_fd = socket (AF_UNIX,
      SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->listen_fd < 0)
    return fail (error, "socket");
  if (bind (self->listen_fd, (struct sockaddr *) &name, sizeof name) != 0)
    return fail (error, name.sun_path);
  self->file_fd = openat (directory_fd, NAME, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  unlinkat (directory_fd, NAME, 0);
  if (self->file_fd < 0)
    return fail (error, NAME);
  if (listen (self->listen_fd, BACKLOG) != 0)
    return fail (error, "listen");
  return TRUE;
}

gboolean
kocr_private_socket_open (KocrPrivateSocket * self, GError ** error)
{
  g_autofree gchar *directory = g_dir_make_tmp ("kakaoocr-XXXXXX", error);
  g_autofree gchar *path = NULL;
  gint directory_fd;
  gboolean bound;

  if (!directory)
    return FALSE;
  directory_fd = open (directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  bound = directory_fd >= 0 ? bind_in (self, directory_fd, error)
      : fail (error, directory);
  if (directory_fd >= 0)
    close (directory_fd);
  /* Empty, whatever failed: a name that was bound is gone. */
  rmdir (directory);
  if (!bound) {
    kocr_private_socket_close (self);
    return FALSE;
  }
  path = g_strdup_printf ("/proc/self/fd/%d", self->file_fd);
  self->address = g_unix_socket_address_new (path);
  return TRUE;
}

void
kocr_private_socket_drain (KocrPrivateSocket * self)
{
  gint fd;

  while ((fd = accept4 (self->listen_fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    close (fd);
}

void
kocr_private_socket_close (KocrPrivateSocket * self)
{
  static const KocrPrivateSocket closed = KOCR_PRIVATE_SOCKET_CLOSED;

  if (self->listen_fd >= 0)
    close (self->listen_fd);
  if (self->file_fd >= 0)
    close (self->file_fd);
  g_clear_object (&self->address);
  *self = closed;
}
