/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A raw-socket HTTP server on loopback, for answers that no server gives: cut,
 * endless, slow, broken, none. What it does is a function of the test, called
 * in a thread of the connection's own.
 *
 * Writes end when the other side closes or the server is freed, so that an
 * endless answer needs nothing to end it.
 */
#pragma once

#include <gio/gio.h>

typedef struct _FaultServer FaultServer;
typedef struct _FaultConnection FaultConnection;

typedef struct
{
  /* A request has come, the @number-th of the server from 1, with @head.
   * FALSE: the connection is closed. */
  gboolean (*respond) (FaultConnection * connection, const gchar * head,
      guint number, gpointer data);
  /* Nullable: a connection has come. FALSE: it is closed. */
  gboolean (*accepted) (FaultConnection * connection, guint number,
      gpointer data);
  /* Bodies are read by fault_connection_read_body(), not before respond. */
  gboolean lazy_body;
} FaultScript;

FaultServer *fault_server_new (const FaultScript * script, gpointer data);
/* Likewise, on a Unix socket that listens already, and is closed in the end. */
FaultServer *fault_server_new_on (gint listen_fd, const FaultScript * script,
    gpointer data);
void fault_server_free (FaultServer * server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

guint fault_server_get_port (FaultServer * server);
/* "http://127.0.0.1:port/ai/OCR/signature" */
const gchar *fault_server_get_url (FaultServer * server);
guint fault_server_get_n_connections (FaultServer * server);
guint fault_server_get_n_requests (FaultServer * server);
/* Monotonic time at which request @number (from 1) had come. */
gint64 fault_server_get_request_time (FaultServer * server, guint number);
/* (transfer full): the head of request @number, from 1. */
gchar *fault_server_get_head (FaultServer * server, guint number);
/* Waits until there were @n requests; fails the test after 100 s. */
void fault_server_wait_requests (FaultServer * server, guint n);

/* All return FALSE when the other side is gone or the server ends. */
gboolean fault_connection_write (FaultConnection * connection,
    const gchar * text);
gboolean fault_connection_write_bytes (FaultConnection * connection,
    gconstpointer data, gsize length);
/* A whole answer; @headers: further lines, each with its CRLF, nullable. */
gboolean fault_connection_answer (FaultConnection * connection, guint status,
    const gchar * headers, const gchar * body);
/* @text again and again, for ever. */
gboolean fault_connection_flood (FaultConnection * connection,
    const gchar * text);
/* A byte each @interval_ms. */
gboolean fault_connection_drip (FaultConnection * connection,
    const gchar * text, guint interval_ms);
/* Silence, until the other side closes. */
void fault_connection_hang (FaultConnection * connection);
gboolean fault_connection_wait (FaultConnection * connection,
    guint milliseconds);
gboolean fault_connection_read_body (FaultConnection * connection,
    gsize at_most);
/* Closes with a reset instead of an end. */
void fault_connection_reset (FaultConnection * connection);

/* An answer that the client takes: one region. */
#define FAULT_SERVER_RESULT \
    "{\"responses\":[{\"page\":1,\"results\":[{\"box\":" \
    "[[10,10],[60,10],[60,30],[10,30]],\"recognized_word\":[\"word\"]}]}]}"
