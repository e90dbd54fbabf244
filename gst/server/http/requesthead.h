/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The head of an HTTP/1 request: request line and headers, parsed strictly
 * (RFC 9112). Pure. What two readers could understand differently (two
 * lengths, folded lines, bare line feeds) is refused, so that the service is
 * safe behind a proxy.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gchar *method;
  gchar *path;                  /* unescaped, without the query */
  gchar *api_key;               /* nullable, like all headers */
  gchar *content_type;
  gboolean has_length, chunked; /* neither: there is no body */
  guint64 content_length;
  gboolean expects_continue;
  gboolean keep_alive;          /* the client would send another request */
} RequestHead;

/* A name as RFC 9110 has it: "tchar"s, at least one. */
gboolean request_head_is_token (const gchar * text);

/* The length of the head at the start of @bytes, its blank line included; 0
 * when that has not come yet. */
gsize request_head_find_end (const gchar * bytes, gsize size);

/* @bytes: what request_head_find_end() measured. NULL: malformed. */
RequestHead *request_head_parse (const gchar * bytes, gsize size);
void request_head_free (RequestHead * head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RequestHead, request_head_free)
