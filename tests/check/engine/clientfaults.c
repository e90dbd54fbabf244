/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One attempt against a service that is slow, broken, hostile or gone.
 */
#include "clientfixture.h"

#include <stdio.h>
#include <string.h>

#define MIB (1024 * 1024)

static gint64
elapsed_ms (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000;
}

/* The most memory that the process had in use, bytes, since the last reset;
 * a sanitizer's bookkeeping is not the client's. */
static gsize
peak_bytes (void)
{
#ifdef __SANITIZE_ADDRESS__
  return 0;
#else
  g_autofree gchar *status = NULL;
  const gchar *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL,
          NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
#endif
}

static gsize
reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  g_assert_nonnull (file);
  fputs ("5", file);
  fclose (file);
  return peak_bytes ();
}

/* One request to a service of @script; stops the client. */
static KocrRequest *
ask_once (const FaultScript * script, gpointer data, guint * n_requests)
{
  g_autoptr (FaultServer) server = fault_server_new (script, data);
  KocrRequest *request;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  if (n_requests)
    *n_requests = fault_server_get_n_requests (server);
  client_fixture_clear (&f);
  return request;
}

static void
refused_connection_is_tried_three_times (void)
{
  FaultServer *server = fault_server_new (&(FaultScript) { NULL }, NULL);
  g_autofree gchar *url = g_strdup (fault_server_get_url (server));
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  fault_server_free (server);
  client_fixture_init (&f, url);
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (request->attempts, ==, 0);
  g_assert_cmpuint (request->retried, ==, 2);
  client_fixture_clear (&f);
}

static gboolean
reset_then_answer (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number < GPOINTER_TO_UINT (data)) {
    fault_connection_reset (c);
    return FALSE;
  }
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
reset_is_retried (void)
{
  FaultScript script = { reset_then_answer };
  g_autoptr (KocrRequest) request = ask_once (&script, GUINT_TO_POINTER (3),
      NULL);

  g_assert_no_error (request->error);
  g_assert_cmpuint (request->attempts, ==, 3);
  g_assert_cmpuint (request->retried, ==, 2);
}

static void
live_request_is_sent_three_times_at_most (void)
{
  FaultScript script = { reset_then_answer };
  guint n_requests;
  g_autoptr (KocrRequest) request = ask_once (&script, GUINT_TO_POINTER (9),
      &n_requests);

  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (n_requests, ==, 3);
}

static gboolean
break_upload (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_read_body (c, 100 * 1000);
  fault_connection_reset (c);
  return FALSE;
}

static void
break_in_the_upload_ends_as_possibly_too_large (void)
{
  FaultScript script = { break_upload, NULL, TRUE };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) request = NULL, settled = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  request = client_fixture_request (&f, 7900000);
  kocr_client_user_send (f.user, request, FALSE);
  settled = client_fixture_wait (&f);
  g_assert_error (settled->error, KOCR_ERROR, KOCR_ERROR_REFUSED);
  g_assert_nonnull (strstr (settled->error->message, "too large"));
  g_assert_cmpint (settled->fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  client_fixture_clear (&f);
}

static gboolean
refuse_upload (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_answer (c, 413, "Connection: close\r\n", "");
  fault_connection_hang (c);
  return FALSE;
}

static void
refusal_in_the_upload_is_understood (void)
{
  FaultScript script = { refuse_upload, NULL, TRUE };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_cmpuint (request->http_status, ==, 413);
  g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_RESEND_SMALLER);
  client_fixture_clear (&f);
}

typedef struct
{
  guint status;
  guint16 other_port;
  gint n_other;
} Redirect;

static gboolean
redirect (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  Redirect *r = data;
  g_autofree gchar *location = g_strdup_printf
      ("Location: http://127.0.0.1:%u/elsewhere\r\n", r->other_port);

  return fault_connection_answer (c, r->status, location, "");
}

static gboolean
count_other (FaultConnection * c, guint number, gpointer data)
{
  Redirect *r = data;

  g_atomic_int_inc (&r->n_other);
  return FALSE;
}

static void
redirect_latches_and_is_not_followed (gconstpointer status)
{
  FaultScript script = { redirect }, other_script = { NULL, count_other };
  Redirect r = { GPOINTER_TO_UINT (status) };
  g_autoptr (FaultServer) other = fault_server_new (&other_script, &r);
  g_autoptr (FaultServer) server = NULL;
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  r.other_port = fault_server_get_port (other);
  server = fault_server_new (&script, &r);
  client_fixture_init (&f, fault_server_get_url (server));
  f.config.api_key = "secret-key";
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION);
  g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_LATCH);
  client_fixture_wait_changes (&f, 1);
  g_assert_cmpint (g_array_index (f.changes, StateChange, 0).state, ==,
      KOCR_STATE_LATCHED);
  g_assert_cmpuint (g_array_index (f.changes, StateChange, 0).http_status, ==,
      r.status);
  g_assert_false (kocr_client_user_try_reserve (f.user));
  client_fixture_clear (&f);
  g_assert_cmpint (r.n_other, ==, 0);
}

static gboolean
answer_without_end (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  g_autofree gchar *start = g_strdup_printf
      ("HTTP/1.1 %u Some Words\r\nContent-Length: 99999999999\r\n\r\n",
      GPOINTER_TO_UINT (data));

  return fault_connection_write (c, start)
      && fault_connection_flood (c, "[1234567890] ");
}

static void
body_without_end_is_cut (gconstpointer status)
{
  static const struct
  {
    guint status;
    gint error;
  } expected[] = {
    {200, KOCR_ERROR_ANSWER}, {302, KOCR_ERROR_CONFIGURATION},
    {401, KOCR_ERROR_CREDENTIALS}, {407, KOCR_ERROR_CONFIGURATION},
    {413, KOCR_ERROR_REFUSED}, {421, KOCR_ERROR_UNAVAILABLE},
    {503, KOCR_ERROR_UNAVAILABLE}
  };
  FaultScript script = { answer_without_end };
  gsize before = reset_peak ();
  g_autoptr (KocrRequest) request = ask_once (&script, (gpointer) status, NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (expected); i++) {
    if (expected[i].status == GPOINTER_TO_UINT (status))
      g_assert_error (request->error, KOCR_ERROR, expected[i].error);
  }
  g_assert_cmpuint (request->http_status, ==, GPOINTER_TO_UINT (status));
  g_assert_cmpuint (peak_bytes (), <, before + 8 * MIB);
}

static gboolean
headers_without_end (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_write (c, "HTTP/1.1 200 OK\r\n")
      && fault_connection_flood (c, "X-Header: one more of these\r\n");
}

static void
head_without_end_is_cut (void)
{
  FaultScript script = { headers_without_end };
  gsize before = reset_peak ();
  g_autoptr (KocrRequest) request = ask_once (&script, NULL, NULL);

  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (peak_bytes (), <, before + 8 * MIB);
}

static gboolean
drip (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  g_autofree gchar *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
      "Content-Length: %d\r\n\r\n%s", (gint) strlen (FAULT_SERVER_RESULT),
      FAULT_SERVER_RESULT);
  gsize at_once = GPOINTER_TO_SIZE (data);

  return fault_connection_write_bytes (c, answer, at_once)
      && fault_connection_drip (c, answer + at_once, 20);
}

static gboolean
hang (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
hang_at_once (FaultConnection * c, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static void
slowness_ends_at_the_deadline (gconstpointer data)
{
  static const FaultScript scripts[] = {
    {drip}, {drip}, {hang}, {NULL, hang_at_once}
  };
  static const gsize at_once[] = { 0, 60, 0, 0 };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (FaultServer) server = fault_server_new (&scripts[i],
      GSIZE_TO_POINTER (at_once[i]));
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;
  gint64 start;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.timeout = 500 * GST_MSECOND;
  client_fixture_start (&f);
  start = g_get_monotonic_time ();
  request = client_fixture_ask (&f);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_TIMEOUT);
  g_assert_cmpint (elapsed_ms (start), >=, 490);
  g_assert_cmpint (elapsed_ms (start), <, 1000);
  client_fixture_clear (&f);
}

static gboolean
write_data (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_write (c, data);
  return FALSE;
}

/* Each would be a success if the end of the stream were taken for the end of
 * the answer. */
static void
broken_answer_is_never_a_success (gconstpointer answer)
{
  FaultScript script = { write_data };
  guint n_requests;
  g_autoptr (KocrRequest) request = ask_once (&script, (gpointer) answer,
      &n_requests);

  g_assert_nonnull (request->error);
  g_assert_true (request->error->code == KOCR_ERROR_ANSWER
      || request->error->code == KOCR_ERROR_NETWORK);
  g_assert_cmpuint (n_requests, ==, 3);
}

static void
compressed_answer_fails_the_picture (void)
{
  FaultScript script = { write_data };
  guint n_requests;
  g_autoptr (KocrRequest) request = ask_once (&script,
      (gpointer) "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
      "Content-Length: 4\r\n\r\n\x1f\x8b\x08\x01", &n_requests);

  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (n_requests, ==, 1);
}

int
main (int argc, char **argv)
{
  static const guint redirects[] = { 301, 302, 303, 307, 308 };
  static const guint endless[] = { 200, 302, 401, 407, 413, 421, 503 };
  static const gchar *slow[] = { "head", "body", "silence", "handshake" };
  static const struct
  {
    const gchar *name, *answer;
  } broken[] = {
    {"empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n"},
    {"html", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>"},
    {"short",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"responses\":[]"},
    {"negative_length",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{\"responses\":["},
    {"two_lengths", "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n"
          "Content-Length: 16\r\n\r\n{\"responses\":[]}"},
    {"cut_chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          "e\r\n{\"responses\":[\r\n"},
    {"bad_chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          "zz\r\n{\"responses\":[]}\r\n0\r\n\r\n"},
    {"no_http", "SSH-2.0-OpenSSH_9.2\r\n"}
  };
  guint i;

  g_test_init (&argc, &argv, NULL);
#if GLIB_CHECK_VERSION (2, 80, 0)
  /* libsoup sets a negative length as a property, which is a CRITICAL of
   * GObject's and none of ours; older GLib only warns. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
#else
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
#endif
  gst_init (NULL, NULL);

#define ADD(name) g_test_add_func ("/client/faults/" #name, name)
  ADD (refused_connection_is_tried_three_times);
  ADD (reset_is_retried);
  ADD (live_request_is_sent_three_times_at_most);
  ADD (break_in_the_upload_ends_as_possibly_too_large);
  ADD (refusal_in_the_upload_is_understood);
  ADD (head_without_end_is_cut);
  ADD (compressed_answer_fails_the_picture);
#undef ADD
  for (i = 0; i < G_N_ELEMENTS (redirects); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/client/faults/redirect_latches_and_is_not_followed/%u",
        redirects[i]);

    g_test_add_data_func (path, GUINT_TO_POINTER (redirects[i]),
        redirect_latches_and_is_not_followed);
  }
  for (i = 0; i < G_N_ELEMENTS (endless); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/client/faults/body_without_end_is_cut/%u", endless[i]);

    g_test_add_data_func (path, GUINT_TO_POINTER (endless[i]),
        body_without_end_is_cut);
  }
  for (i = 0; i < G_N_ELEMENTS (slow); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/client/faults/slowness_ends_at_the_deadline/%s", slow[i]);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        slowness_ends_at_the_deadline);
  }
  for (i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/client/faults/broken_answer_is_never_a_success/%s",
        broken[i].name);

    g_test_add_data_func (path, broken[i].answer,
        broken_answer_is_never_a_success);
  }
  return g_test_run ();
}
