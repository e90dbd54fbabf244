/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service's connections: many at once, slow ones, endless ones, and those
 * whose other side has left.
 */
#include <string.h>

#include "bounds.h"
#include "servicefixture.h"

static void
a_connection_serves_many_requests (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) good = service_build_upload_request (f);
  g_autoptr (GBytes) keyless =
      http_build_request ("POST", SERVICE_PATH, NULL, SERVICE_FORM, NULL,
      f->upload);
  guint i;

  for (i = 0; i < 100; i++) {
    g_autoptr (HttpReply) reply = NULL;

    g_assert_true (http_send_bytes (stream, i % 10 == 5 ? keyless : good));
    reply = http_read_reply (stream);
    g_assert_cmpuint (reply->status, ==, i % 10 == 5 ? 401 : 200);
  }
}

static void
pipelined_requests_are_answered_in_order (ServiceFixture * f,
    gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) good = service_build_upload_request (f);
  g_autoptr (HttpReply) first = NULL, second = NULL, third = NULL;

  g_assert_true (http_send_bytes (stream, good));
  g_assert_true (http_send_text (stream,
          "HEAD " SERVICE_PATH " HTTP/1.1\r\nHost: a\r\n\r\n"));
  g_assert_true (http_send_bytes (stream, good));
  first = http_read_reply (stream);
  second = http_read_reply_to_head (stream);
  third = http_read_reply (stream);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 405);
  g_assert_cmpuint (third->status, ==, 200);
}

static void
a_closing_client_is_closed (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) request =
      http_build_request ("POST", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM,
      "Connection: close\r\n", f->upload);
  g_autoptr (HttpReply) reply = NULL, end = NULL;
  g_autofree gchar *connection = NULL;

  g_assert_true (http_send_bytes (stream, request));
  reply = http_read_reply (stream);
  connection = http_reply_get_header (reply, "Connection");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (connection, ==, "close");
  end = http_read_reply (stream);
  g_assert_cmpuint (end->status, ==, 0);
}

static void
a_chunked_upload_is_read (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  gsize i, size;
  const gchar *bytes = g_bytes_get_data (f->upload, &size);

  g_assert_true (http_send_text (stream, SERVICE_CHUNKED));
  for (i = 0; i < size; i += 50) {
    gsize n = MIN (50, size - i);
    g_autofree gchar *line = g_strdup_printf ("%x\r\n", (guint) n);

    g_assert_true (http_send_text (stream, line));
    g_assert_true (http_send (stream, bytes + i, n));
    g_assert_true (http_send_text (stream, "\r\n"));
  }
  g_assert_true (http_send_text (stream, "0\r\n\r\n"));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
expect_is_answered_before_the_upload (ServiceFixture * f, gconstpointer data)
{
  static const gchar expect[] = "Expect: 100-continue\r\n";
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GIOStream) refused = http_connect (f->server->port);
  g_autofree gchar *head = g_strdup_printf (SERVICE_HEAD "%s"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", expect,
      g_bytes_get_size (f->upload));
  g_autofree gchar *too_large = g_strdup_printf (SERVICE_HEAD "%s"
      "Content-Length: 8000001\r\n\r\n", expect);
  g_autoptr (HttpReply) go_on = NULL, reply = NULL, refusal = NULL;

  g_assert_true (http_send_text (stream, head));
  go_on = http_read_reply (stream);
  g_assert_cmpuint (go_on->status, ==, 100);
  g_assert_true (http_send_bytes (stream, f->upload));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);

  g_assert_true (http_send_text (refused, too_large));
  refusal = http_read_reply (refused);
  g_assert_cmpuint (refusal->status, ==, 413);
}

static gpointer
send_without_end (gpointer stream)
{
  static const gchar zeros[65536];

  while (http_send_text (stream, "10000\r\n")
      && http_send (stream, zeros, sizeof zeros)
      && http_send_text (stream, "\r\n"));
  return NULL;
}

static void
an_endless_upload_is_cut_and_answered (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  GThread *sender;

  g_assert_true (http_send_text (stream, SERVICE_CHUNKED));
  sender = g_thread_new ("sender", send_without_end, stream);
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 413);
  g_assert_cmpstr (http_reply_get_code (reply), ==, "Request Entity Too Large");
  g_thread_join (sender);
  service_assert_serves (f);
}

static void
an_endless_head_is_cut (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  guint i;

  g_assert_true (http_send_text (stream, "GET / HTTP/1.1\r\n"));
  for (i = 0; i < 4096 && http_send_text (stream, "aaaaaaaa: bbbbbbbb\r\n");)
    i++;
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 400);
  service_assert_serves (f);
}

static void
slow_clients_hold_nobody_up (ServiceFixture * f, gconstpointer data)
{
  GIOStream *slow[30];
  g_autoptr (HttpReply) reply = NULL;
  gsize half = g_bytes_get_size (f->upload) / 2;
  g_autofree gchar *head = g_strdup_printf (SERVICE_HEAD
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      g_bytes_get_size (f->upload));
  guint i;

  for (i = 0; i < G_N_ELEMENTS (slow); i++) {
    slow[i] = http_connect (f->server->port);
    if (i % 3 == 1)
      http_send_text (slow[i], "POST /ai");
    if (i % 3 == 2) {
      http_send_text (slow[i], head);
      http_send (slow[i], g_bytes_get_data (f->upload, NULL), half);
    }
  }
  service_assert_serves (f);

  /* And a slow one gets its answer in the end. */
  http_send (slow[2], (gchar *) g_bytes_get_data (f->upload, NULL) + half,
      g_bytes_get_size (f->upload) - half);
  reply = http_read_reply (slow[2]);
  g_assert_cmpuint (reply->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (slow); i++)
    g_object_unref (slow[i]);
}

static gpointer
upload_some (gpointer data)
{
  guint i;

  for (i = 0; i < 5; i++)
    service_assert_serves (data);
  return NULL;
}

static void
twenty_clients_upload_at_once (ServiceFixture * f, gconstpointer data)
{
  GThread *threads[20];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("client", upload_some, f);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Bytes of an upload changed, lost and doubled: always an answer. */
static void
damaged_uploads_are_answered (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  guint i, n_refused = 0;

  for (i = 0; i < 1000; i++) {
    GByteArray *bytes = g_byte_array_new ();
    g_autoptr (GBytes) form = NULL;
    g_autoptr (GBytes) request = NULL;
    g_autoptr (HttpReply) reply = NULL;
    guint at;

    g_byte_array_append (bytes, g_bytes_get_data (f->upload, NULL),
        g_bytes_get_size (f->upload));
    at = g_rand_int_range (random, 0, bytes->len - 1);
    switch (i % 4) {
      case 0:
        bytes->data[at] ^= 1 << g_rand_int_range (random, 0, 8);
        break;
      case 1:
        g_byte_array_remove_index (bytes, at);
        break;
      case 2:
        g_byte_array_set_size (bytes, at);
        break;
      default:
        g_byte_array_append (bytes, g_bytes_get_data (f->upload, NULL), at);
    }
    form = g_byte_array_free_to_bytes (bytes);
    request =
        http_build_request ("POST", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM,
        NULL, form);
    g_assert_true (http_send_bytes (stream, request));
    reply = http_read_reply (stream);
    g_assert_true (reply->status == 200 || reply->status == 400
        || reply->status == 405 || reply->status == 413);
    n_refused += reply->status != 200;
  }
  g_assert_cmpuint (n_refused, >, 250);
}

static void
a_client_that_leaves_frees_its_place (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = service_build_upload_request (f);
  GIOStream *left[2 * LIMIT_CONNECTIONS];
  guint i, n = 0;

  /* More than there are places; none is answered. With the first of them the
   * server has opened all that it needs for itself; the last ones may have a
   * place for a moment yet. */
  for (i = 0; i < G_N_ELEMENTS (left); i++) {
    left[i] = http_connect (f->server->port);
    g_assert_true (http_send_bytes (left[i], request));
    http_leave (left[i]);
    if (i == 0)
      n = server_process_count_descriptors (f->server);
  }
  g_assert_cmpuint (server_process_count_descriptors (f->server), <,
      n + LIMIT_CONNECTIONS);
  for (i = 0; i < G_N_ELEMENTS (left); i++)
    g_object_unref (left[i]);
}

static void
connections_beyond_the_limit_wait (ServiceFixture * f, gconstpointer data)
{
  GIOStream *idle[LIMIT_CONNECTIONS + 10];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    idle[i] = http_connect (f->server->port);
  for (i = 0; i < 20; i++)
    g_object_unref (idle[i]);
  service_assert_serves (f);
  for (i = 20; i < G_N_ELEMENTS (idle); i++)
    g_object_unref (idle[i]);
}

/* Who only connects shuts out neither newcomers nor who sent a key. */
static void
places_are_not_held_without_a_key (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) known = http_connect (f->server->port);
  g_autoptr (GBytes) request = service_build_upload_request (f);
  GIOStream *idle[2 * LIMIT_CONNECTIONS];
  g_autoptr (HttpReply) first = NULL, second = NULL;
  guint i;

  g_assert_true (http_send_bytes (known, request));
  first = http_read_reply (known);
  g_assert_cmpuint (first->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    idle[i] = http_connect (f->server->port);
  service_assert_serves (f);
  g_assert_true (http_send_bytes (known, request));
  second = http_read_reply (known);
  g_assert_cmpuint (second->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    g_object_unref (idle[i]);
}

/* Of two strangers that wait, not the one who came first. */
static void
who_holds_the_most_places_yields (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) alone = http_connect_from ("127.0.0.2",
      f->server->port);
  g_autoptr (GBytes) request = service_build_upload_request (f);
  GIOStream *idle[2 * LIMIT_CONNECTIONS];
  g_autoptr (HttpReply) reply = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    idle[i] = http_connect (f->server->port);
  service_assert_serves (f);
  g_assert_true (http_send_bytes (alone, request));
  reply = http_read_reply (alone);
  g_assert_cmpuint (reply->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    g_object_unref (idle[i]);
}

int
main (int argc, char **argv)
{
  static const ServiceTest tests[] = {
    {"a_connection_serves_many_requests", NULL,
        a_connection_serves_many_requests},
    {"pipelined_requests_are_answered_in_order", NULL,
        pipelined_requests_are_answered_in_order},
    {"a_closing_client_is_closed", NULL, a_closing_client_is_closed},
    {"a_chunked_upload_is_read", NULL, a_chunked_upload_is_read},
    {"expect_is_answered_before_the_upload", NULL,
        expect_is_answered_before_the_upload},
    {"an_endless_upload_is_cut_and_answered", NULL,
        an_endless_upload_is_cut_and_answered},
    {"an_endless_head_is_cut", NULL, an_endless_head_is_cut},
    {"slow_clients_hold_nobody_up", NULL, slow_clients_hold_nobody_up},
    {"twenty_clients_upload_at_once", NULL, twenty_clients_upload_at_once},
    {"damaged_uploads_are_answered", NULL, damaged_uploads_are_answered},
    {"a_client_that_leaves_frees_its_place", "--latency 86400000",
        a_client_that_leaves_frees_its_place},
    {"connections_beyond_the_limit_wait", NULL,
        connections_beyond_the_limit_wait},
    {"places_are_not_held_without_a_key", NULL,
        places_are_not_held_without_a_key},
    {"who_holds_the_most_places_yields", NULL,
        who_holds_the_most_places_yields},
  };

  return service_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
