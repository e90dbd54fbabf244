/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/requesthead.h"

#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

#include "../testrows.h"

#define TESTS "/requesthead/"

typedef struct
{
  const gchar *name;
  const gchar *text;            /* up to and with the blank line */
  const gchar *path;            /* NULL: malformed */
  gboolean keep_alive;
} Row;

#define H "Host: a\r\n"

static const Row rows[] = {
  {"plain", "POST /ai/OCR/x HTTP/1.1\r\n" H "\r\n", "/ai/OCR/x", TRUE},
  {"query", "POST /a?b=/c HTTP/1.1\r\n" H "\r\n", "/a", TRUE},
  {"escaped", "POST /%61%2Fb HTTP/1.1\r\n" H "\r\n", "/a/b", TRUE},
  {"escaped_nul", "POST /%00 HTTP/1.1\r\n" H "\r\n", "", TRUE},
  {"absolute", "POST http://h:1/p HTTP/1.1\r\n" H "\r\n", "/p", TRUE},
  {"absolute_without_path", "POST http://h HTTP/1.1\r\n" H "\r\n", "", TRUE},
  {"asterisk", "OPTIONS * HTTP/1.1\r\n" H "\r\n", "", TRUE},
  {"close", "GET / HTTP/1.1\r\n" H "connection: a, Close\r\n\r\n", "/",
      FALSE},
  {"http_1_0", "GET / HTTP/1.0\r\n\r\n", "/", FALSE},
  {"http_1_0_keep_alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
      "/", TRUE},
  {"tabs_around_value", "GET / HTTP/1.1\r\nHost:\t a \t\r\n\r\n", "/", TRUE},
  {"bytes_above_ascii", "GET / HTTP/1.1\r\n" H "x: \xed\x95\x9c\xff\r\n\r\n",
      "/", TRUE},
  {"two_hosts", "GET / HTTP/1.1\r\n" H "host: a\r\n\r\n", NULL, FALSE},
  {"two_hosts_of_http_1_0", "GET / HTTP/1.0\r\n" H "Host: b\r\n\r\n", NULL,
      FALSE},
  {"chunks_of_http_1_0", "GET / HTTP/1.0\r\n"
        "Transfer-Encoding: chunked\r\n\r\n", NULL, FALSE},
  {"no_host", "GET / HTTP/1.1\r\n\r\n", NULL, FALSE},
  {"http_2", "PRI * HTTP/2.0\r\n\r\n", NULL, FALSE},
  {"http_0_9", "GET /\r\n\r\n", NULL, FALSE},
  {"two_blanks", "GET  / HTTP/1.1\r\n" H "\r\n", NULL, FALSE},
  {"bad_method", "G(T / HTTP/1.1\r\n" H "\r\n", NULL, FALSE},
  {"no_method", " / HTTP/1.1\r\n" H "\r\n", NULL, FALSE},
  {"bare_line_feed", "GET / HTTP/1.1\nHost: a\n\n", NULL, FALSE},
  {"folded", "GET / HTTP/1.1\r\n" H " b\r\n\r\n", NULL, FALSE},
  {"no_colon", "GET / HTTP/1.1\r\n" H "b\r\n\r\n", NULL, FALSE},
  {"blank_before_colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", NULL, FALSE},
  {"control_character", "GET / HTTP/1.1\r\n" H "b: \x01\r\n\r\n", NULL,
      FALSE},
  {"carriage_return", "GET / HTTP/1.1\r\n" H "b: c\rd\r\n\r\n", NULL, FALSE},
  {"two_keys", "GET / HTTP/1.1\r\n" H "x-api-key: a\r\nX-Api-Key: b\r\n\r\n",
      NULL, FALSE},
  {"two_types", "GET / HTTP/1.1\r\n" H
        "Content-Type: a\r\nContent-Type: a\r\n\r\n", NULL, FALSE},
  {"two_lengths", "GET / HTTP/1.1\r\n" H
        "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", NULL, FALSE},
  {"length_and_chunked", "GET / HTTP/1.1\r\n" H
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", NULL,
      FALSE},
  {"negative_length", "GET / HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\n",
      NULL, FALSE},
  {"signed_length", "GET / HTTP/1.1\r\n" H "Content-Length: +1\r\n\r\n",
      NULL, FALSE},
  {"list_of_lengths", "GET / HTTP/1.1\r\n" H "Content-Length: 1, 1\r\n\r\n",
      NULL, FALSE},
  {"huge_length", "GET / HTTP/1.1\r\n" H
        "Content-Length: 99999999999999999999\r\n\r\n", NULL, FALSE},
  {"empty_length", "GET / HTTP/1.1\r\n" H "Content-Length:\r\n\r\n", NULL,
      FALSE},
  {"stacked_encodings", "GET / HTTP/1.1\r\n" H
        "Transfer-Encoding: gzip, chunked\r\n\r\n", NULL, FALSE},
};

static void
heads_are_read_strictly (gconstpointer data)
{
  const Row *row = data;
  gsize size = request_head_find_end (row->text, strlen (row->text));
  g_autoptr (RequestHead) head = NULL;

  g_assert_cmpuint (size, ==, strlen (row->text));
  head = request_head_parse (row->text, size);
  if (row->path == NULL) {
    g_assert_null (head);
    return;
  }
  g_assert_nonnull (head);
  g_assert_cmpstr (head->path, ==, row->path);
  g_assert_cmpint (head->keep_alive, ==, row->keep_alive);
}

static void
every_header_of_use_is_found (void)
{
  static const gchar text[] = "POST /p HTTP/1.1\r\nhost: a\r\n"
      "X-API-KEY: k\r\ncontent-type: multipart/form-data; boundary=b\r\n"
      "Content-Length: 7000000000\r\nExpect: 100-Continue\r\n\r\n";
  g_autoptr (RequestHead) head = request_head_parse (text, strlen (text));

  g_assert_nonnull (head);
  g_assert_cmpstr (head->method, ==, "POST");
  g_assert_cmpstr (head->api_key, ==, "k");
  g_assert_cmpstr (head->content_type, ==, "multipart/form-data; boundary=b");
  g_assert_true (head->has_length);
  g_assert_false (head->chunked);
  g_assert_cmpuint (head->content_length, ==, G_GUINT64_CONSTANT (7000000000));
  g_assert_true (head->expects_continue);
}

static void
a_head_in_pieces_is_waited_for (void)
{
  const gchar *text = rows[0].text;
  gsize i;

  for (i = 0; i < strlen (text); i++)
    g_assert_cmpuint (request_head_find_end (text, i), ==, 0);
}

/* What a length ends must be read as malformed, never beyond its end. */
static void
a_cut_head_is_malformed (void)
{
  const gchar *text = rows[0].text;
  gsize i;

  for (i = 0; i < strlen (text); i++) {
    g_autofree gchar *copy = g_memdup2 (text, i);

    g_assert_null (request_head_parse (copy, i));
  }
}

/* Instead of the C library's: what making GLib's C locale leaves in errno is
 * what a thread finds there that waited while another made it. */
locale_t
newlocale (int mask, const char *name, locale_t base)
{
  locale_t (*real) (int, const char *, locale_t) =
      (locale_t (*)(int, const char *, locale_t)) dlsym (RTLD_NEXT,
      "newlocale");
  locale_t locale = real (mask, name, base);

  errno = EAGAIN;
  return locale;
}

static RequestHead *first;

static void
the_first_request_of_a_process_is_understood (void)
{
  g_assert_nonnull (first);
  g_assert_cmpuint (first->content_length, ==, 5);
}

int
main (int argc, char **argv)
{
  static const gchar text[] = "POST /p HTTP/1.1\r\nHost: a\r\n"
      "Content-Length: 5\r\n\r\n";
  gint result;

  /* Before anything else makes the locale. */
  first = request_head_parse (text, strlen (text));
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (heads_are_read_strictly, rows);
  ADD (every_header_of_use_is_found);
  ADD (a_head_in_pieces_is_waited_for);
  ADD (a_cut_head_is_malformed);
  ADD (the_first_request_of_a_process_is_understood);
  result = g_test_run ();
  g_clear_pointer (&first, request_head_free);
  return result;
}
