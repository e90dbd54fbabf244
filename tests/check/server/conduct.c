/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service is told to do by its options and by signals: faults on
 * purpose, latency, a rate, and its end.
 */
#include <signal.h>
#include <stdlib.h>

#include "servicefixture.h"

/* Faults on purpose */

static void
faults_come_as_ordered (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = service_build_upload_request (f);
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  guint n_503 = 0, n_425 = 0, i;

  for (i = 0; i < 400; i++) {
    g_autoptr (HttpReply) reply = NULL;

    g_assert_true (http_send_bytes (stream, request));
    reply = http_read_reply (stream);
    if (reply->status == 503) {
      g_assert_cmpstr (http_reply_get_code (reply), ==, "INTERNAL ERROR");
      n_503++;
    } else if (reply->status == 425) {
      g_assert_cmpstr (http_reply_get_code (reply), ==, "Domain not deployed");
      n_425++;
    } else {
      g_assert_cmpuint (reply->status, ==, 200);
    }
  }
  /* A quarter each, four standard deviations. */
  g_assert_cmpuint (n_503, >, 65);
  g_assert_cmpuint (n_503, <, 135);
  g_assert_cmpuint (n_425, >, 65);
  g_assert_cmpuint (n_425, <, 135);
}

static void
latencies_pass_side_by_side (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = service_build_upload_request (f);
  GIOStream *streams[20];
  gint64 start = g_get_monotonic_time ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    streams[i] = http_connect (f->server->port);
    g_assert_true (http_send_bytes (streams[i], request));
  }
  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autoptr (HttpReply) reply = http_read_reply (streams[i]);

    g_assert_cmpuint (reply->status, ==, 200);
    if (i == 0)
      g_assert_cmpint (g_get_monotonic_time () - start, >=, 500000);
    g_object_unref (streams[i]);
  }
  /* One after the other would take ten seconds. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5000000);
}

static void
a_rate_is_kept_by_429 (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = service_build_upload_request (f);
  guint i, n_throttled = 0;

  for (i = 0; i < 5; i++) {
    g_autoptr (HttpReply) reply = http_exchange (f->server->port, request);
    g_autofree gchar *retry_after = http_reply_get_header (reply,
        "Retry-After");

    if (reply->status == 200)
      continue;
    g_assert_cmpuint (reply->status, ==, 429);
    g_assert_cmpstr (http_reply_get_code (reply), ==, "Too many Requests");
    g_assert_cmpstr (retry_after, !=, NULL);
    g_assert_cmpint (atoi (retry_after), >=, 1);
    n_throttled++;
  }
  g_assert_cmpuint (n_throttled, >, 0);
}

/* The start */

#define FRESH_STARTS 12
#define AT_ONCE 3

static gpointer
upload_once (gpointer data)
{
  service_assert_serves (data);
  return NULL;
}

static void
the_first_requests_of_a_fresh_service_are_served (ServiceFixture * f,
    gconstpointer data)
{
  guint i, start;

  for (start = 0; start < FRESH_STARTS; start++) {
    ServiceFixture fresh;
    GThread *threads[AT_ONCE];

    service_set_up (&fresh, NULL);
    for (i = 0; i < AT_ONCE; i++)
      threads[i] = g_thread_new ("client", upload_once, &fresh);
    for (i = 0; i < AT_ONCE; i++)
      g_thread_join (threads[i]);
    service_tear_down (&fresh, NULL);
  }
}

/* The end */

static void
sigterm_ends_it_cleanly (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) idle = http_connect (f->server->port);
  g_autoptr (GIOStream) busy = http_connect (f->server->port);
  g_autoptr (GBytes) request = service_build_upload_request (f);

  g_assert_true (http_send_text (idle, "POST /"));
  g_assert_true (http_send_bytes (busy, request));
  service_assert_serves (f);
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server),
          SIGTERM), ==, 0);
}

static void
sigint_ends_it_cleanly (ServiceFixture * f, gconstpointer data)
{
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server), SIGINT),
      ==, 0);
}

static void
it_ends_with_its_stdin (ServiceFixture * f, gconstpointer data)
{
  /* Ctrl-C in the terminal of whoever holds it is none of its business. */
  g_subprocess_send_signal (f->server->process, SIGINT);
  service_assert_serves (f);
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server), 0), ==, 0);
}

static void
it_outlives_its_stdin (ServiceFixture * f, gconstpointer data)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (f->server->process),
      NULL, NULL);
  service_assert_serves (f);
}

int
main (int argc, char **argv)
{
  static const ServiceTest tests[] = {
    {"faults_come_as_ordered",
          "--seed 5 --fail 503=0.25,425/Domain-not-deployed=0.25",
        faults_come_as_ordered},
    {"latencies_pass_side_by_side", "--latency 600+-100",
        latencies_pass_side_by_side},
    {"a_rate_is_kept_by_429", "--rate 1", a_rate_is_kept_by_429},
    {"the_first_requests_of_a_fresh_service_are_served", NULL,
        the_first_requests_of_a_fresh_service_are_served},
    {"sigterm_ends_it_cleanly", NULL, sigterm_ends_it_cleanly},
    {"sigint_ends_it_cleanly", NULL, sigint_ends_it_cleanly},
    {"it_ends_with_its_stdin", "--exit-with-stdin", it_ends_with_its_stdin},
    {"it_outlives_its_stdin", NULL, it_outlives_its_stdin},
  };

  return service_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
