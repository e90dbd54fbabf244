/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listensocket.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bounds.h"
#include "router.h"

static GSocket *
take_descriptor (gint fd, GError ** error)
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
  return g_steal_pointer (&socket);
}

static GSocket *
listen_on (const gchar * address, guint16 port, GError ** error)
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

GSocket *
listen_socket_open (const Settings * settings, GError ** error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  socket = settings->listen_fd >= 0
      ? take_descriptor (settings->listen_fd, error)
      : listen_on (settings->address, settings->port, error);
  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  address = g_socket_get_local_address (socket, error);
  if (address == NULL)
    return NULL;
  if (!settings->insecure && !listen_socket_is_local (address)
      && (settings->key == NULL || settings->certificate == NULL)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "an address that other machines reach needs a key (--api-key-file) "
        "and TLS (--tls-cert, --tls-key); --insecure does without");
    return NULL;
  }
  return g_steal_pointer (&socket);
}

gchar *
listen_socket_build_url (GSocket * socket, const Settings * settings)
{
  g_autoptr (GSocketAddress) address =
      g_socket_get_local_address (socket, NULL);
  const gchar *scheme = settings->certificate != NULL ? "https" : "http";
  g_autofree gchar *host = NULL;
  GInetSocketAddress *inet;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup_printf ("%s://localhost%s%s", scheme, ROUTER_PATH,
        settings->signature);
  inet = G_INET_SOCKET_ADDRESS (address);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  return g_strdup_printf (strchr (host, ':') ? "%s://[%s]:%u%s%s"
      : "%s://%s:%u%s%s", scheme, host,
      g_inet_socket_address_get_port (inet), ROUTER_PATH, settings->signature);
}
