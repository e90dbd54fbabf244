/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A TLS server on loopback that prefers HTTP/2, as a service may, and answers
 * in HTTP/1.1. Its certificate is for "localhost" and 127.0.0.1 and is its own
 * authority.
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  gchar *url;
  const gchar *ca_file;

  /* Until it is stopped the thread's own. */
  guint n_requests;
  gchar *protocol;              /* last negotiated; nullable */

  /*< private > */
  guint n_closed;
  GSocketListener *listener;
  GCancellable *cancellable;
  GTlsCertificate *certificate;
  GThread *thread;
} TlsServer;

/* @address: of this machine. The first @n_closed connections are closed when
 * their request has come. */
void tls_server_init (TlsServer * server, const gchar * address,
    guint n_closed);
void tls_server_stop (TlsServer * server);
void tls_server_clear (TlsServer * server);
