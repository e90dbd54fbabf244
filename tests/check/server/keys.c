/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What clients send as their key, right or wrong, is not kept; nor is the
 * service's own anywhere but where it is compared.
 */
#include <string.h>

#include "../memorysearch.h"
#include "../testrows.h"
#include "httpexchange.h"
#include "serverprocess.h"
#include "testpicture.h"

#define TESTS "/keys/"
#define KEY "s3cret-key"
/* What is freed is overwritten at its beginning, and by what is as large. */
#define GUESS_END "which-nobody-has"
#define DIGITS "0123456789012345678901234567890123456789012345678901234567890123"
#define GUESS DIGITS DIGITS DIGITS DIGITS DIGITS DIGITS DIGITS GUESS_END

/* NULL: its memory cannot be read here. */
static ServerProcess *
start (void)
{
  ServerProcess *server =
      server_process_start ("--engine replay:%s", "/dev/null", KEY);

  if (memory_can_be_searched (server->pid))
    return server;
  server_process_free (server);
  return NULL;
}

/* The status of an upload with a guess at the key. */
static guint
guess (GIOStream *stream)
{
  g_autoptr (GBytes) picture = test_picture_new (8, 8, IFF_PNG);
  g_autoptr (GBytes) form = http_build_upload (picture);
  g_autoptr (GBytes) request = http_build_request (
      "POST", "/ai/OCR/local", GUESS, TEST_FORM_TYPE, NULL, form);
  g_autoptr (HttpReply) reply = NULL;

  g_assert_true (http_send_bytes (stream, request));
  reply = http_read_reply (stream);
  return reply->status;
}

/* An answer is out before what was asked is freed, and what is asked next is
 * read after that. */
static void
a_guess_is_wiped_when_it_was_answered (void)
{
  ServerProcess *server = start ();
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (HttpReply) reply = NULL;

  if (!server)
    return;
  stream = http_connect (server->port);
  g_assert_cmpuint (guess (stream), ==, 401);
  g_assert_true (
      http_send_text (stream, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (memory_holds (server->pid, KEY));
  g_assert_false (memory_holds (server->pid, GUESS_END));
  server_process_free (server);
}

static void
a_guess_is_wiped_with_its_connection (void)
{
  ServerProcess *server = start ();
  g_autoptr (GIOStream) stream = NULL;

  if (!server)
    return;
  stream = http_connect (server->port);
  g_assert_cmpuint (guess (stream), ==, 401);
  http_leave (stream);
  g_assert_false (memory_holds (server->pid, GUESS_END));
  server_process_free (server);
}

/* In a head that nobody ends. It comes with the request before it, and is read
 * with that. */
static void
a_guess_is_wiped_when_its_client_leaves (void)
{
  ServerProcess *server = start ();
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (HttpReply) reply = NULL;

  if (!server)
    return;
  stream = http_connect (server->port);
  g_assert_true (http_send_text (
      stream, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
              "POST /ai/OCR/local HTTP/1.1\r\nX-API-Key: " GUESS "\r\n"));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (memory_holds (server->pid, GUESS_END));
  http_leave (stream);
  g_assert_false (memory_holds (server->pid, GUESS_END));
  server_process_free (server);
}

static void
the_service_s_own_is_not_in_its_environment (void)
{
  ServerProcess *server = start ();
  g_autofree gchar *path = NULL;
  g_autofree gchar *environment = NULL;
  gsize size;

  if (!server)
    return;
  path = g_strdup_printf ("/proc/%d/environ", server->pid);
  g_assert_true (g_file_get_contents (path, &environment, &size, NULL));
  g_assert_null (memmem (environment, size, KEY, strlen (KEY)));
  server_process_free (server);
}

int
main (int argc, char **argv)
{
  memory_keep_freed ();
  g_test_init (&argc, &argv, NULL);
  ADD (a_guess_is_wiped_when_it_was_answered);
  ADD (a_guess_is_wiped_with_its_connection);
  ADD (a_guess_is_wiped_when_its_client_leaves);
  ADD (the_service_s_own_is_not_in_its_environment);
  return g_test_run ();
}
