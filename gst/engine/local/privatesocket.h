/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Private socket: a listening Unix socket that this process and whoever it
 * hands the descriptor to can reach, and no other user.
 *
 * It has no name: where it is bound is removed at once, and connections go
 * through a descriptor of the file that was there. So nothing is left behind
 * however the process ends, and there is nothing to find or to race for.
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  gint listen_fd;               /* -1: not open */
  gint file_fd;
  GSocketAddress *address;      /* to connect to, in this process */
} KocrPrivateSocket;

#define KOCR_PRIVATE_SOCKET_CLOSED { -1, -1, NULL }

gboolean kocr_private_socket_open (KocrPrivateSocket * self, GError ** error);
/* Closes the connections that wait to be accepted. */
void kocr_private_socket_drain (KocrPrivateSocket * self);
void kocr_private_socket_close (KocrPrivateSocket * self);
