/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The socket that the service listens on: one that it opens, or one that
 * whoever started it opened and handed over by descriptor (TCP, or a Unix
 * socket, which no other user of the machine reaches).
 */
#pragma once

#include "settings.h"

G_BEGIN_DECLS
/* Listens when it returns. One that can be reached from beyond this machine
 * is refused without a key and TLS, unless the settings allow it. */
    GSocket * listen_socket_open (const Settings * settings, GError ** error);

/* The whole address of the endpoint. For a Unix socket its host is only a
 * name: `curl --unix-socket`, or libsoup's `remote-connectable`. */
gchar *listen_socket_build_url (GSocket * socket, const Settings * settings);

/* Whether @address is of this machine: loopback or a Unix socket. */
gboolean listen_socket_is_local (GSocketAddress * address);

G_END_DECLS
