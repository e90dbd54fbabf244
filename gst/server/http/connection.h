/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One client's connection: HTTP/1.1 read and written by blocking calls in a
 * thread of its own, so that a slow client keeps nobody waiting but itself.
 *
 * Written here rather than on SoupServer, which cannot bound the number of
 * connections, the time for a handshake, a head or a body, nor answer while an
 * upload still runs. Every call has a deadline for the whole of what it does,
 * not for each read; bounds.h has them.
 */
#pragma once

#include <gio/gio.h>

#include "http/answer.h"
#include "http/requesthead.h"

typedef struct _Connection Connection;

typedef enum
{
  READ_DONE,
  READ_ENDED,                   /* closed, failed, too slow, or cancelled */
  READ_MALFORMED,
  READ_TOO_LARGE,               /* the rest is unread */
} ReadResult;

/* @certificate: NULL for plain HTTP. */
Connection *connection_new (GSocketConnection * stream,
    GTlsCertificate * certificate, GError ** error);
/* Closes it. */
void connection_free (Connection * self);

/* The other side's address without its port; "" for a Unix socket. */
const gchar *connection_get_peer (Connection * self);
/* Whether it is of this machine. */
gboolean connection_is_local (Connection * self);

/* Ends whatever waits, from any thread. */
void connection_cancel (Connection * self);

/* First of all: the handshake of TLS. FALSE: it failed or took too long. */
gboolean connection_open (Connection * self);

ReadResult connection_read_head (Connection * self, RequestHead ** head);
/* Up to LIMIT_REQUEST_BYTES; @body NULL: thrown away. */
ReadResult connection_read_body (Connection * self, const RequestHead * head,
    GBytes ** body);

/* Waits until @fd (-1: none) is readable or the monotonic time @until (-1:
 * none) has come. FALSE: the client is gone. One that closes its sending side
 * alone counts as gone: it looks the same. */
gboolean connection_wait (Connection * self, gint fd, gint64 until);

/* @without_body: for HEAD. FALSE: it could not be written. */
gboolean connection_write (Connection * self, const Answer * answer,
    gboolean keep_alive, gboolean without_body);

/* After the last answer, when the client may still be sending: closes our
 * side and reads on for a while, as closing with unread bytes would reset the
 * connection and could take the answer with it. */
void connection_linger (Connection * self);
