/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service is told to do by its options and by signals: faults on
 * purpose, latency, a rate, and its end.
 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../stopwatch.h"
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
  Stopwatch watch = stopwatch_start ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    streams[i] = http_connect (f->server->port);
    g_assert_true (http_send_bytes (streams[i], request));
  }
  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autoptr (HttpReply) reply = http_read_reply (streams[i]);

    g_assert_cmpuint (reply->status, ==, 200);
    if (i == 0)
      g_assert_cmpint (g_get_monotonic_time () - watch.start, >=, 500000);
    g_object_unref (streams[i]);
  }
  /* One after the other would take ten seconds. */
  g_assert_cmpint (stopwatch_stop (&watch), <, 5000000);
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

/* What it tells about itself */

static HttpReply *
get (ServiceFixture * f, const gchar * path)
{
  g_autoptr (GBytes) request =
      http_build_request ("GET", path, NULL, NULL, NULL, NULL);

  return http_exchange (f->server->port, request);
}

static void
health_is_told_without_a_key (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (HttpReply) reply = get (f, "/healthz");
  g_autofree gchar *type = http_reply_get_header (reply, "Content-Type");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpstr (reply->body, ==, "{\"status\":\"ok\"}");
}

static void
metrics_are_told_as_openmetrics (ServiceFixture * f, gconstpointer data)
{
  static const gchar *const lines[] = {
    "# TYPE kakaoocr_answers counter\n",
    "\nkakaoocr_answers_total{status=\"200\"} 2\n",
    "\nkakaoocr_answers_total{status=\"400\"} 1\n",
    "\nkakaoocr_connections 1\n", "\nkakaoocr_pictures_waiting 0\n",
    "\nkakaoocr_pictures_reading 0\n",
    "\nkakaoocr_reading_seconds_count 2\n",
  };
  static const guint statuses[] = { 400, 200, 200 };
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) missing =
      http_build_request ("GET", "/", NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) good = service_build_upload_request (f);
  g_autoptr (HttpReply) reply = NULL;
  g_autofree gchar *type = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (HttpReply) counted = NULL;

    g_assert_true (
        http_send_bytes (stream, statuses[i] == 200 ? good : missing));
    counted = http_read_reply (stream);
    g_assert_cmpuint (counted->status, ==, statuses[i]);
  }
  http_leave (stream);
  reply = get (f, "/metrics");
  type = http_reply_get_header (reply, "Content-Type");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (g_str_has_prefix (type, "application/openmetrics-text;"));
  for (i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_nonnull (strstr (reply->body, lines[i]));
  g_assert_true (g_str_has_suffix (reply->body, "\n# EOF\n"));
}

/* This machine's address that other machines see; NULL: it has none. */
static gchar *
find_own_address (void)
{
  struct ifaddrs *all, *one;
  gchar *address = NULL;

  g_assert_cmpint (getifaddrs (&all), ==, 0);
  for (one = all; one != NULL && address == NULL; one = one->ifa_next)
    if (one->ifa_addr != NULL && one->ifa_addr->sa_family == AF_INET
        && !(one->ifa_flags & IFF_LOOPBACK) && one->ifa_flags & IFF_UP)
      address =
          g_strdup (inet_ntoa (((struct sockaddr_in *) one->ifa_addr)->
              sin_addr));
  freeifaddrs (all);
  return address;
}

static guint
get_from (const gchar * address, ServiceFixture * f, const gchar * path,
    const gchar * key)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) stream =
      g_socket_client_connect_to_host (client, address, f->server->port, NULL,
      NULL);
  g_autoptr (GBytes) request =
      http_build_request ("GET", path, key, NULL, NULL, NULL);
  g_autoptr (HttpReply) reply = NULL;

  g_assert_nonnull (stream);
  g_assert_true (http_send_bytes (G_IO_STREAM (stream), request));
  reply = http_read_reply (G_IO_STREAM (stream));
  return reply->status;
}

static void
beyond_this_machine_they_need_the_key (ServiceFixture * f,
    gconstpointer data)
{
  g_autofree gchar *address = find_own_address ();

  if (address == NULL) {
    g_test_skip ("this machine has no address but loopback");
    return;
  }
  g_assert_cmpuint (get_from ("127.0.0.1", f, "/metrics", NULL), ==, 200);
  g_assert_cmpuint (get_from (address, f, "/metrics", NULL), ==, 401);
  g_assert_cmpuint (get_from (address, f, "/healthz", "other"), ==, 401);
  g_assert_cmpuint (get_from (address, f, "/healthz", SERVICE_KEY), ==, 200);
}

/* The start */

#define FRESH_STARTS 12
/* With -m slow: what fails once in seventy starts is seen. */
#define MANY_FRESH_STARTS 300
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
  guint n_starts = g_test_slow ()? MANY_FRESH_STARTS : FRESH_STARTS;
  guint i, start;

  for (start = 0; start < n_starts; start++) {
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

/* Sends an upload up to its body; the service has taken it for a request. */
static GIOStream *
start_upload (ServiceFixture * f)
{
  GIOStream *stream = http_connect (f->server->port);
  g_autofree gchar *head = g_strdup_printf (SERVICE_HEAD
      "Expect: 100-continue\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      g_bytes_get_size (f->upload));
  g_autoptr (HttpReply) go_on = NULL;

  g_assert_true (http_send_text (stream, head));
  go_on = http_read_reply (stream);
  g_assert_cmpuint (go_on->status, ==, 100);
  return stream;
}

static void
sigterm_lets_requests_end (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) idle = http_connect (f->server->port);
  g_autoptr (GIOStream) busy G_GNUC_UNUSED = start_upload (f);
  g_autoptr (HttpReply) none = NULL, reply = NULL;
  g_autofree gchar *connection = NULL;

  g_subprocess_send_signal (f->server->process, SIGTERM);
  none = http_read_reply (idle);
  g_assert_cmpuint (none->status, ==, 0);
  g_assert_true (http_send_bytes (busy, f->upload));
  reply = http_read_reply (busy);
  g_assert_cmpuint (reply->status, ==, 200);
  connection = http_reply_get_header (reply, "Connection");
  g_assert_cmpstr (connection, ==, "close");
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server), 0), ==, 0);
}

static void
a_second_sigterm_does_not_wait (ServiceFixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) idle = http_connect (f->server->port);
  g_autoptr (GIOStream) busy G_GNUC_UNUSED = start_upload (f);
  g_autoptr (HttpReply) none = NULL;

  g_subprocess_send_signal (f->server->process, SIGTERM);
  none = http_read_reply (idle);
  g_assert_cmpuint (none->status, ==, 0);
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server),
          SIGTERM), ==, 0);
}

static void
sighup_does_not_end_it (ServiceFixture * f, gconstpointer data)
{
  g_subprocess_send_signal (f->server->process, SIGHUP);
  service_assert_serves (f);
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
    {"health_is_told_without_a_key", NULL, health_is_told_without_a_key},
    {"metrics_are_told_as_openmetrics", NULL,
        metrics_are_told_as_openmetrics},
    {"beyond_this_machine_they_need_the_key", "--address 0.0.0.0 --insecure",
        beyond_this_machine_they_need_the_key},
    {"sigterm_ends_it_cleanly", NULL, sigterm_ends_it_cleanly},
    {"sigterm_lets_requests_end", NULL, sigterm_lets_requests_end},
    {"a_second_sigterm_does_not_wait", NULL, a_second_sigterm_does_not_wait},
    {"sighup_does_not_end_it", NULL, sighup_does_not_end_it},
    {"sigint_ends_it_cleanly", NULL, sigint_ends_it_cleanly},
    {"it_ends_with_its_stdin", "--exit-with-stdin", it_ends_with_its_stdin},
    {"it_outlives_its_stdin", NULL, it_outlives_its_stdin},
  };

  return service_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
