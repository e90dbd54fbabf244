/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/listensocket.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bounds.h"

GSocket *
listen_socket_take (gint fd, GError ** error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) reason = NULL;
  gint listening = 0;
  socklen_t size = sizeof listening;
  gint own = fcntl (fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

  if (own >= 0)
    socket = g_socket_new_from_fd (own, &reason);
  if (own >= 0 && socket == NULL)
    close (own);
  if (socket == NULL
      || getsockopt (own, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0
      || !listening) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "--listen-fd: %d is not a listening socket", fd);
    return NULL;
  }
  /* Only this one is left open, and no program that is started gets it. */
  close (fd);
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

GSocket *
listen_socket_open (const gchar * address, guint16 port, GError ** error)
{
  g_autoptr (GInetAddress) host = g_inet_address_new_from_string (address);
  g_autoptr (GSocketAddress) name = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (host == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "--address: \"%s\" is not an IP address", address);
    return NULL;
  }
  socket = g_socket_new (g_inet_address_get_family (host),
      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;
  name = g_inet_socket_address_new (host, port);
  g_socket_set_listen_backlog (socket, LIMIT_CONNECTIONS);
  if (!g_socket_bind (socket, name, TRUE, error)
      || !g_socket_listen (socket, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

gboolean
listen_socket_is_local (GSocketAddress * address)
{
  if (G_IS_INET_SOCKET_ADDRESS (address))
    return g_inet_address_get_is_loopback (g_inet_socket_address_get_address
        (G_INET_SOCKET_ADDRESS (address)));
  return G_IS_UNIX_SOCKET_ADDRESS (address);
}

gboolean
listen_socket_is_private (GSocket * socket)
{
  g_autoptr (GSocketAddress) address =
      g_socket_get_local_address (socket, NULL);

  return address != NULL && listen_socket_is_local (address);
}

gchar *
listen_socket_build_url (GSocket * socket, const gchar * scheme,
    const gchar * path)
{
  g_autoptr (GSocketAddress) address =
      g_socket_get_local_address (socket, NULL);
  g_autofree gchar *host = NULL;
  gint port = -1;

  if (G_IS_INET_SOCKET_ADDRESS (address)) {
    GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);

    host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
    port = g_inet_socket_address_get_port (inet);
  }
  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL,
      host != NULL ? host : "localhost", port, path, NULL, NULL);
}
