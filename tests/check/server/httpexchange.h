/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * HTTP by hand over a blocking socket, so that tests can send what no decent
 * client would.
 */
#pragma once

#include <gio/gio.h>

#define TEST_BOUNDARY "a-boundary"
    typedef struct
{
  guint status;                 /* 0: the connection ended before an answer */
  gchar *head;                  /* with a line end before each header */
  gchar *body;
} HttpReply;

void http_reply_free (HttpReply * reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpReply, http_reply_free)
/* The value of "code" in the body; "" when there is none. */
     const gchar *http_reply_get_code (HttpReply * reply);
/* The value of a header; NULL: there is none. */
     gchar *http_reply_get_header (HttpReply * reply, const gchar * name);

     GIOStream *http_connect (guint16 port);
/* From another of the loopback's addresses. */
     GIOStream *http_connect_from (const gchar * address, guint16 port);
/* FALSE: the other side does not take all of it. */
     gboolean http_send (GIOStream * stream, const void *bytes, gsize length);
     gboolean http_send_text (GIOStream * stream, const gchar * text);
     gboolean http_send_bytes (GIOStream * stream, GBytes * bytes);
     HttpReply *http_read_reply (GIOStream * stream);
     HttpReply *http_read_reply_to_head (GIOStream * stream);

/* Sends no more, and waits until the other side has closed without a word: the
 * descriptor is gone there by then. */
     void http_leave (GIOStream * stream);

/* Connects, sends, reads one answer, closes. */
     HttpReply *http_exchange (guint16 port, GBytes * request);

/* The body of a form with one part. @disposition: what follows "form-data". */
     GBytes *http_build_form (const gchar * disposition, const gchar * type,
    GBytes * content);
/* The usual upload of @picture. */
     GBytes *http_build_upload (GBytes * picture);

/* A request with a Content-Length; @key and @type NULL: no such header.
 * @extra: more header lines, each with CRLF, or NULL. */
     GBytes *http_build_request (const gchar * method, const gchar * path,
    const gchar * key, const gchar * type, const gchar * extra, GBytes * body);

#define TEST_FORM_TYPE "multipart/form-data; boundary=" TEST_BOUNDARY
