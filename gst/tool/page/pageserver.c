/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page/pageserver.h"

#include <libsoup/soup.h>
#include <string.h>

#include "page/pageapi.h"
#include "pageresources.h"

#define PREFIX "/kakaoocr/page/"
#define COOKIE "kakaoocr-token"
/* No page of elsewhere, nothing inline, in nobody's frame. */
#define POLICY "default-src 'self'; img-src 'self' data:; " \
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

struct _PageServer
{
  PageSource source; /* its database is not owned */
  SoupServer *server;
  gchar *address;
  gchar *token;                 /* nullable */
  gboolean is_loopback;
};

/* Who may. */

static gboolean
names_loopback (const gchar * host)
{
  g_autofree gchar *name = NULL;
  const gchar *colon;

  if (!host)
    return FALSE;
  colon = strrchr (host, ':');
  if (*host == '[')
    return g_str_has_prefix (host, "[::1]");
  name = colon ? g_strndup (host, colon - host) : g_strdup (host);
  return g_ascii_strcasecmp (name, "localhost") == 0
      || g_str_equal (name, "127.0.0.1");
}

/* In the same time whatever differs. */
static gboolean
is_token (const PageServer * self, const gchar * given)
{
  g_autofree gchar *one = NULL, *other = NULL;
  guint8 difference = 0;

  if (!given)
    return FALSE;
  one = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->token, -1);
  other = g_compute_checksum_for_string (G_CHECKSUM_SHA256, given, -1);
  for (guint i = 0; one[i]; i++)
    difference |= one[i] ^ other[i];
  return difference == 0;
}

static gboolean
has_cookie (const PageServer * self, SoupMessageHeaders * headers)
{
  const gchar *cookies = soup_message_headers_get_list (headers, "Cookie");
  g_auto (GStrv) pairs = cookies ? g_strsplit (cookies, ";", -1) : NULL;

  for (gchar ** pair = pairs; pair && *pair; pair++) {
    const gchar *stripped = g_strstrip (*pair);

    if (g_str_has_prefix (stripped, COOKIE "=")
        && is_token (self, stripped + strlen (COOKIE "=")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_token (const PageServer * self, SoupMessageHeaders * headers)
{
  const gchar *bearer = soup_message_headers_get_one (headers,
      "Authorization");

  return !self->token || has_cookie (self, headers)
      || (bearer && g_str_has_prefix (bearer, "Bearer ")
      && is_token (self, bearer + strlen ("Bearer ")));
}

/* With the token in its address a browser gets it as a cookie, and is sent to
 * the address without it. */
static gboolean
let_in (const PageServer * self, SoupServerMessage * message,
    const gchar * path, GHashTable * query)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers
      (message);
  g_autofree gchar *cookie = NULL;

  if (!self->token || !query || !g_str_equal (path, "/")
      || !is_token (self, g_hash_table_lookup (query, "token")))
    return FALSE;
  cookie = g_strdup_printf (COOKIE "=%s; HttpOnly; SameSite=Strict; Path=/",
      self->token);
  soup_message_headers_append (headers, "Set-Cookie", cookie);
  soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/");
  return TRUE;
}

static guint
judge (const PageServer * self, SoupServerMessage * message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers
      (message);
  const gchar *method = soup_server_message_get_method (message);

  if (self->is_loopback && !names_loopback (soup_message_headers_get_one
          (headers, "Host")))
    return SOUP_STATUS_FORBIDDEN;
  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_HEAD)
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (!has_token (self, headers))
    return SOUP_STATUS_UNAUTHORIZED;
  return SOUP_STATUS_OK;
}

/* What there is. */

static gboolean
answer_file (SoupServerMessage * message, const gchar * name)
{
  static const struct
  {
    const gchar *ending, *type;
  } types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
  };
  g_autofree gchar *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) file = g_resource_lookup_data (page_get_resource (),
      path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  gconstpointer data;

  if (!file)
    return FALSE;
  data = g_bytes_get_data (file, &length);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].ending)) {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, types[i].type,
          SOUP_MEMORY_STATIC, data, length);
    }
  return TRUE;
}

static void
set_policy (SoupServerMessage * message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers
      (message);

  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy",
      "same-origin");
}

static void
on_request (SoupServer * server, SoupServerMessage * message,
    const char *path, GHashTable * query, gpointer data)
{
  PageServer *self = data;
  guint status = judge (self, message);
  const gchar *name = g_str_equal (path, "/") ? "index.html" : path + 1;

  set_policy (message);
  if (status == SOUP_STATUS_UNAUTHORIZED
      && let_in (self, message, path, query))
    return;
  if (status != SOUP_STATUS_OK)
    soup_server_message_set_status (message, status, NULL);
  else if (!answer_file (message, name)
           && !page_api_answer (&self->source, message, name, query))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

/* Nothing that is asked for has a body; one that comes is not kept. */
static void
on_started (SoupServer * server, SoupServerMessage * message, gpointer data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body
      (message), FALSE);
}

static gboolean
listen_on (PageServer * self, guint port, GError ** error)
{
  g_autoptr (GInetAddress) address =
      g_inet_address_new_from_string (self->address);
  g_autoptr (GSocketAddress) socket_address = NULL;

  if (!address) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "“%s” is no address as 127.0.0.1 or ::1", self->address);
    return FALSE;
  }
  self->is_loopback = g_inet_address_get_is_loopback (address);
  if (!self->is_loopback && !self->token) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "beyond this machine it needs a token: --token-file FILE");
    return FALSE;
  }
  socket_address = g_inet_socket_address_new (address, port);
  return soup_server_listen (self->server, socket_address, 0, error);
}

PageServer *
page_server_new (Database * database, const gchar * address, guint port,
    const gchar * token, GError ** error)
{
  g_autoptr (PageServer) self = g_new0 (PageServer, 1);

  self->source = (PageSource){ database, page_stills_new () };
  self->address = g_strdup (address);
  self->token = g_strdup (token);
  self->server = soup_server_new ("server-header", "kakaoocr", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_started),
      self);
  return listen_on (self, port, error) ? g_steal_pointer (&self) : NULL;
}

void
page_server_free (PageServer * self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  page_stills_free (self->source.stills);
  g_free (self->address);
  g_free (self->token);
  g_free (self);
}

gchar *
page_server_get_url (PageServer * self)
{
  GSList *uris = soup_server_get_uris (self->server);
  gchar *url = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}
