/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The socket that the service listens on: one that it opens, or one that
 * whoever started it opened and handed over by descriptor (TCP, or a Unix
 * socket, which no other user of the machine reaches).
 */
#pragma once

#include <gio/gio.h>

/* Both listen when they return, and do not block. @port: 0 for any free one. */
GSocket *listen_socket_open (const gchar * address, guint16 port,
    GError ** error);
GSocket *listen_socket_take (gint fd, GError ** error);

/* Whether only this machine reaches it. */
gboolean listen_socket_is_private (GSocket * socket);
/* Whether @address is of this machine: loopback or a Unix socket. */
gboolean listen_socket_is_local (GSocketAddress * address);

/* The URL of @path on it. For a Unix socket its host is only a name:
 * `curl --unix-socket`, or libsoup's `remote-connectable`. */
gchar *listen_socket_build_url (GSocket * socket, const gchar * scheme,
    const gchar * path);
