/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/requesthead.h"

#include <string.h>

#include "digits.h"
#include "secret.h"

gboolean
request_head_is_token (const gchar * text)
{
  const gchar *p;

  for (p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return p > text;
}

gsize
request_head_find_end (const gchar * bytes, gsize size)
{
  const gchar *end = bytes + size, *p;

  for (p = bytes; (p = memchr (p, '\n', end - p)) != NULL; p++) {
    /* A bare line feed ends it too, so that it is refused, not waited for. */
    if (p + 1 < end && p[1] == '\n')
      return p + 2 - bytes;
    if (p + 2 < end && p[1] == '\r' && p[2] == '\n')
      return p + 3 - bytes;
  }
  return 0;
}

/* Takes the text up to CRLF at *@cursor and moves behind it. NULL: it ends in
 * another way, or has control characters. */
static gchar *
take_line (const gchar ** cursor, const gchar * end)
{
  const gchar *start = *cursor, *p;

  for (p = start; p < end && *p != '\r'; p++)
    if ((g_ascii_iscntrl (*p) && *p != '\t'))
      return NULL;
  if (end - p < 2 || p[1] != '\n')
    return NULL;
  *cursor = p + 2;
  return g_strndup (start, p - start);
}

/* The path of an origin-form or absolute-form target, unescaped. */
static gchar *
parse_target (const gchar * target)
{
  g_autofree gchar *path = NULL;

  if (*target != '/') {
    const gchar *authority = strstr (target, "://");

    target = authority != NULL ? strchr (authority + 3, '/') : NULL;
    if (target == NULL)
      return NULL;
  }
  path = g_strndup (target, strcspn (target, "?#"));
  return g_uri_unescape_string (path, NULL);
}

/* `METHOD target HTTP/1.x` */
static gboolean
parse_request_line (const gchar * line, RequestHead * head,
    gboolean * is_1_1)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);

  if (g_strv_length (words) != 3 || !request_head_is_token (words[0]))
    return FALSE;
  if (strcmp (words[2], "HTTP/1.1") == 0)
    *is_1_1 = head->keep_alive = TRUE;
  else if (strcmp (words[2], "HTTP/1.0") != 0)
    return FALSE;
  head->method = g_strdup (words[0]);
  head->path = parse_target (words[1]);
  /* One that means nothing here has no path of ours: the router refuses it. */
  if (head->path == NULL)
    head->path = g_strdup ("");
  return TRUE;
}

static gboolean
set_once (gchar ** field, const gchar * value)
{
  if (*field != NULL)
    return FALSE;
  *field = g_strdup (value);
  return TRUE;
}

static void
parse_connection (const gchar * value, RequestHead * head)
{
  g_auto (GStrv) options = g_strsplit (value, ",", -1);
  guint i;

  for (i = 0; options[i] != NULL; i++) {
    g_strstrip (options[i]);
    if (g_ascii_strcasecmp (options[i], "close") == 0)
      head->keep_alive = FALSE;
    else if (g_ascii_strcasecmp (options[i], "keep-alive") == 0)
      head->keep_alive = TRUE;
  }
}

static gboolean
parse_header (const gchar * name, const gchar * value, RequestHead * head,
    guint * n_hosts)
{
  if (g_ascii_strcasecmp (name, "host") == 0)
    ++*n_hosts;
  else if (g_ascii_strcasecmp (name, "x-api-key") == 0)
    return set_once (&head->api_key, value);
  else if (g_ascii_strcasecmp (name, "content-type") == 0)
    return set_once (&head->content_type, value);
  else if (g_ascii_strcasecmp (name, "connection") == 0)
    parse_connection (value, head);
  else if (g_ascii_strcasecmp (name, "expect") == 0)
    head->expects_continue = g_ascii_strcasecmp (value, "100-continue") == 0;
  else if (g_ascii_strcasecmp (name, "transfer-encoding") == 0) {
    if (head->chunked || g_ascii_strcasecmp (value, "chunked") != 0)
      return FALSE;
    head->chunked = TRUE;
  } else if (g_ascii_strcasecmp (name, "content-length") == 0) {
    if (head->has_length || !digits_parse (value, strlen (value), 10,
            G_MAXINT64, &head->content_length))
      return FALSE;
    head->has_length = TRUE;
  }
  return TRUE;
}

RequestHead *
request_head_parse (const gchar * bytes, gsize size)
{
  g_autoptr (RequestHead) head = g_new0 (RequestHead, 1);
  const gchar *cursor = bytes, *end = bytes + size;
  g_autofree gchar *request_line = take_line (&cursor, end);
  gboolean is_1_1 = FALSE;
  guint n_hosts = 0;

  if (request_line == NULL
      || !parse_request_line (request_line, head, &is_1_1))
    return NULL;
  for (;;) {
    g_autoptr (Secret) line = take_line (&cursor, end);
    g_autofree gchar *name = NULL;
    const gchar *value;

    if (line == NULL)
      return NULL;
    if (*line == '\0')
      break;
    value = strchr (g_strchomp (line), ':');
    if (value == NULL)
      return NULL;
    /* Not cut off in the line, of which the value would then not be wiped. */
    name = g_strndup (line, value - line);
    while (g_ascii_isspace (*++value));
    /* A folded line starts with a blank, which no name has. */
    if (!request_head_is_token (name)
        || !parse_header (name, value, head, &n_hosts))
      return NULL;
  }
  /* HTTP/1.0 has no chunks: a proxy of its time takes them for the body. */
  if (n_hosts > 1 || (is_1_1 && n_hosts == 0)
      || (head->chunked && (head->has_length || !is_1_1)))
    return NULL;
  return g_steal_pointer (&head);
}

void
request_head_free (RequestHead * head)
{
  g_free (head->method);
  g_free (head->path);
  secret_free (head->api_key);
  g_free (head->content_type);
  g_free (head);
}
