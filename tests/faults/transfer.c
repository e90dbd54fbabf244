/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 9 to 25 of the fault table: the connection breaks, or what comes over
 * it is slow, endless, broken or from elsewhere.
 */
#include "../check/stopwatch.h"
#include "question.h"
#include "usage.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define MIB (1024 * 1024)
#define MAX_GROWTH (8 * MIB)

/* Breaks the connection in its own way for all but the last request. */
typedef enum
{
  BEFORE_THE_ANSWER,
  IN_THE_BODY
} Break;

static gboolean
reset_twice (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number >= 3)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  if (GPOINTER_TO_INT (data) == IN_THE_BODY)
    fault_connection_write (c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
        "{\"responses\":[");
  fault_connection_reset (c);
  return FALSE;
}

static void
assert_reset_is_retried (Break where)
{
  FaultScript script = { reset_twice };
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask (&script,
      GINT_TO_POINTER (where), &n_requests);

  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.retried, ==, 2);
  g_assert_cmpuint (n_requests, ==, 3);
}

static void
row_09_reset_before_the_answer (void)
{
  assert_reset_is_retried (BEFORE_THE_ANSWER);
}

static gboolean
reset_always (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_reset (c);
  return FALSE;
}

static void
row_09_reset_each_time_is_sent_three_times (void)
{
  FaultScript script = { reset_always };
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask (&script, NULL, &n_requests);

  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (n_requests, ==, 3);
}

static gboolean
reset_second (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number != 2)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  fault_connection_reset (c);
  return FALSE;
}

static void
row_10_reset_on_a_reused_connection (void)
{
  FaultScript script = { reset_second };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) first = NULL, second = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  first = client_fixture_ask (&f);
  g_assert_no_error (first->outcome.error);
  second = client_fixture_ask (&f);
  g_assert_no_error (second->outcome.error);
  g_assert_cmpuint (second->transfer.retried, ==, 1);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  g_assert_cmpuint (fault_server_get_n_connections (server), ==, 2);
  client_fixture_clear (&f);
}

static void
row_11_reset_in_the_body (void)
{
  assert_reset_is_retried (IN_THE_BODY);
}

static gboolean
break_upload (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_read_body (c, 100 * 1000);
  fault_connection_reset (c);
  return FALSE;
}

/* Also where a request waits for minutes, it is sent no more than three
 * times. */
static void
row_12_reset_in_the_upload (void)
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
  g_assert_error (settled->outcome.error, KOCR_ERROR, KOCR_ERROR_REFUSED);
  g_assert_nonnull (strstr (settled->outcome.error->message, "too large"));
  g_assert_cmpint (settled->outcome.fault->action, ==, KOCR_ACTION_FAIL);
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
row_12_refusal_in_the_upload (void)
{
  FaultScript script = { refuse_upload, NULL, TRUE };
  g_autoptr (KocrRequest) request = question_ask (&script, NULL, NULL);

  g_assert_cmpuint (request->outcome.http_status, ==, 413);
  g_assert_cmpint (
      request->outcome.fault->action, ==, KOCR_ACTION_RESEND_SMALLER);
}

/* A byte each 20 ms from the @data-th on. */
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

static void
assert_ends_at_the_deadline (const FaultScript * script, gsize at_once)
{
  g_autoptr (FaultServer) server = fault_server_new (script,
      GSIZE_TO_POINTER (at_once));
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;
  Stopwatch watch;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.timeout = 500 * GST_MSECOND;
  client_fixture_start (&f);
  watch = stopwatch_start ();
  request = client_fixture_ask (&f);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_TIMEOUT);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_RETRY);
  g_assert_cmpint (g_get_monotonic_time () - watch.start, >=, 490 * 1000);
  g_assert_cmpint (stopwatch_stop (&watch), <, 1500 * 1000);
  client_fixture_clear (&f);
}

static void
row_13_headers_a_byte_at_a_time (void)
{
  assert_ends_at_the_deadline (&(FaultScript) {
      drip}, 0);
}

static void
row_14_body_a_byte_at_a_time (void)
{
  assert_ends_at_the_deadline (&(FaultScript) {
      drip}, 60);
}

static void
row_15_silence (void)
{
  assert_ends_at_the_deadline (&(FaultScript) {
      question_hang}, 0);
}

/* Each would be a success if the end of the stream were taken for the end of
 * the answer. */
static const struct
{
  const gchar *name, *answer;
} broken[] = {
  {"row_16_short_content_length/answer_stops",
      "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"responses\":[]}"},
  {"row_16_short_content_length/length_stops",
      "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"responses\":[]}"},
  {"row_17_negative_content_length",
      "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{\"responses\":[]}"},
  {"row_18_duplicate_content_length/unequal",
      "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n"
        "Content-Length: 17\r\n\r\n{\"responses\":[]}"},
  {"row_18_duplicate_content_length/in_a_line",
      "HTTP/1.1 200 OK\r\nContent-Length: 16, 16\r\n\r\n{\"responses\":[]}"},
  {"row_19_broken_chunks/bad_size",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "zz\r\n{\"responses\":[]}\r\n0\r\n\r\n"},
  {"row_19_broken_chunks/cut",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "e\r\n{\"responses\":[\r\n"},
  {"row_19_broken_chunks/negative_size",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "-10\r\n{\"responses\":[]}\r\n0\r\n\r\n"},
  {"row_23_html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        "Content-Length: 13\r\n\r\n<html></html>"},
  {"row_24_nothing/empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
  {"row_24_nothing/204", "HTTP/1.1 204 No Content\r\n\r\n"},
  {"row_24_nothing/another_protocol", "SSH-2.0-OpenSSH_9.2\r\n"},
};

static void
broken_answer_is_tried_three_times (gconstpointer answer)
{
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask_text (answer, &n_requests);

  g_assert_nonnull (request->outcome.error);
  g_assert_true (request->outcome.error->code == KOCR_ERROR_ANSWER
      || request->outcome.error->code == KOCR_ERROR_NETWORK);
  g_assert_cmpuint (n_requests, ==, 3);
}

static gboolean
cut_three_answers (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number > 3)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  fault_connection_write (c, broken[0].answer);
  return FALSE;
}

/* Of a lossless run, which an outage would end. */
static void
row_16_three_cut_answers_are_one_failure (void)
{
  FaultScript script = { cut_three_answers };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) first = NULL, second = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  first = client_fixture_ask (&f);
  g_assert_error (first->outcome.error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_cmpint (first->outcome.fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  second = client_fixture_ask (&f);
  g_assert_nonnull (second->outcome.result);
  client_fixture_clear (&f);
}

static const struct
{
  guint status;
  gint error;
} endless[] = {
  {200, KOCR_ERROR_ANSWER}, {302, KOCR_ERROR_CONFIGURATION},
  {401, KOCR_ERROR_CREDENTIALS}, {407, KOCR_ERROR_CONFIGURATION},
  {413, KOCR_ERROR_REFUSED}, {421, KOCR_ERROR_UNAVAILABLE},
  {503, KOCR_ERROR_UNAVAILABLE}
};

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
row_20_endless_body (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  FaultScript script = { answer_without_end };
  gsize before = usage_reset_peak ();
  g_autoptr (KocrRequest) request = question_ask (&script,
      GUINT_TO_POINTER (endless[i].status), NULL);

  g_assert_error (request->outcome.error, KOCR_ERROR, endless[i].error);
  g_assert_cmpuint (request->outcome.http_status, ==, endless[i].status);
  g_assert_cmpuint (usage_get_peak (), <=, before + MAX_GROWTH);
}

static gboolean
headers_without_end (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_write (c, "HTTP/1.1 200 OK\r\n")
      && fault_connection_flood (c, "X-Header: one more of these\r\n");
}

static void
row_21_endless_headers (void)
{
  FaultScript script = { headers_without_end };
  gsize before = usage_reset_peak ();
  g_autoptr (KocrRequest) request = question_ask (&script, NULL, NULL);

  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (usage_get_peak (), <=, before + MAX_GROWTH);
}

static gboolean
answer_encoded (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  g_autofree gchar *start = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
      "Content-Encoding: %s\r\nContent-Length: 99999999\r\n\r\n",
      (const gchar *) data);

  g_assert_nonnull (strstr (head, "Accept-Encoding: identity\r\n"));
  return fault_connection_write (c, start)
      && fault_connection_flood (c, "\x1f\x8b\x08\x01");
}

static void
row_22_gzip (gconstpointer encoding)
{
  FaultScript script = { answer_encoded };
  gsize before = usage_reset_peak ();
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask (&script,
      (gpointer) encoding, &n_requests);

  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (n_requests, ==, 1);
  g_assert_cmpuint (usage_get_peak (), <=, before + MAX_GROWTH);
}

static void
row_22_gzip_truncated (void)
{
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask_text
      ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
      "\x1f\x8b\x08\x01", &n_requests);

  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (n_requests, ==, 1);
}

typedef struct
{
  guint status;
  guint other_port;
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
row_25_redirect (gconstpointer status)
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
  question_assert_latched (&f, request, KOCR_ERROR_CONFIGURATION);
  client_fixture_clear (&f);
  g_assert_cmpint (g_atomic_int_get (&r.n_other), ==, 0);
}

static void
add_data (const gchar * name, const gchar * variant, gconstpointer data,
    GTestDataFunc function)
{
  g_autofree gchar *path = g_strconcat ("/faults/", name,
      variant ? "/" : NULL, variant, NULL);

  g_test_add_data_func (path, data, function);
}

int
main (int argc, char **argv)
{
  static const guint redirects[] = { 301, 302, 303, 307, 308 };
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

  ADD (row_09_reset_before_the_answer);
  ADD (row_09_reset_each_time_is_sent_three_times);
  ADD (row_10_reset_on_a_reused_connection);
  ADD (row_11_reset_in_the_body);
  ADD (row_12_reset_in_the_upload);
  ADD (row_12_refusal_in_the_upload);
  ADD (row_13_headers_a_byte_at_a_time);
  ADD (row_14_body_a_byte_at_a_time);
  ADD (row_15_silence);
  for (i = 0; i < G_N_ELEMENTS (broken); i++)
    add_data (broken[i].name, NULL, broken[i].answer,
        broken_answer_is_tried_three_times);
  ADD (row_16_three_cut_answers_are_one_failure);
  for (i = 0; i < G_N_ELEMENTS (endless); i++) {
    g_autofree gchar *status = g_strdup_printf ("%u", endless[i].status);

    add_data ("row_20_endless_body", status, GUINT_TO_POINTER (i),
        row_20_endless_body);
  }
  ADD (row_21_endless_headers);
  add_data ("row_22_gzip", "bomb", "gzip", row_22_gzip);
  add_data ("row_22_gzip", "stacked", "gzip, gzip", row_22_gzip);
  ADD (row_22_gzip_truncated);
  for (i = 0; i < G_N_ELEMENTS (redirects); i++) {
    g_autofree gchar *status = g_strdup_printf ("%u", redirects[i]);

    add_data ("row_25_redirect", status, GUINT_TO_POINTER (redirects[i]),
        row_25_redirect);
  }
  return g_test_run ();
}
