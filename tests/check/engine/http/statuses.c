/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which answer asks for what: the service's table of statuses, Retry-After,
 * and the configuration that is refused before anything is sent.
 */
#include "http/statuses.h"

#include <string.h>

#include "../../testrows.h"
#include "http/endpoint.h"
#include "http/retryafter.h"

typedef struct
{
  const gchar *name;
  guint status;
  const gchar *body;
  KocrAction action;
  KocrErrorCode error;
} AnswerRow;

static const AnswerRow answers[] = {
#define ROW(name, status, body, action, error) \
  {name, status, body, KOCR_ACTION_##action, KOCR_ERROR_##error}
  ROW ("success", 200, "{}", NONE, ANSWER),
  ROW ("wrong_address", 400, "Bad Request", LATCH, CONFIGURATION),
  ROW ("wrong_signature", 400, "{\"code\": \"INVALID_SIGNATURE\"}", LATCH,
      CONFIGURATION),
  ROW ("no_image", 400, "{\"code\":\"NO_IMAGE\",\"message\":\"x\"}",
      RESEND_OTHER_FORMAT, REFUSED),
  ROW ("no_image_in_plain_text", 400, "error: NO_IMAGE\n",
      RESEND_OTHER_FORMAT, REFUSED),
  ROW ("code_inside_another_word", 400, "NO_IMAGES XNO_IMAGE", LATCH,
      CONFIGURATION),
  ROW ("code_of_another_status", 401, "NO_IMAGE", LATCH, CREDENTIALS),
  ROW ("wrong_key", 401, "Authentication failed", LATCH, CREDENTIALS),
  ROW ("forbidden", 403, NULL, LATCH, CREDENTIALS),
  ROW ("not_found", 404, "NOT FOUND", LATCH, CONFIGURATION),
  ROW ("wrong_method", 405, "Method Not Allowed", LATCH, CONFIGURATION),
  ROW ("too_many_boxes", 405, "TOO_MANY_BOXES", SPLIT, REFUSED),
  ROW ("unsupported_format", 405, "[\"UNSUPPORTED_IMAGE_FORMAT\"]",
      RESEND_OTHER_FORMAT, REFUSED),
  ROW ("proxy_login", 407, NULL, LATCH, CONFIGURATION),
  ROW ("request_timeout", 408, NULL, RETRY, TIMEOUT),
  ROW ("too_many_bytes", 413, "Request Entity Too Large", RESEND_SMALLER,
      REFUSED),
  ROW ("too_many_pixels", 413, "EXCEED_MAX_LEN", RESEND_HALVED, REFUSED),
  ROW ("too_many_pages", 413, "EXCEED_MAX_PAGES", FAIL, REFUSED),
  ROW ("wrong_content_type", 415, "", LATCH, CONFIGURATION),
  ROW ("wrong_host", 421, NULL, RETRY, UNAVAILABLE),
  ROW ("domain_deleted", 425, "Domain not found", LATCH, CONFIGURATION),
  ROW ("domain_not_deployed", 425, "Domain not deployed", LATCH,
      CONFIGURATION),
  ROW ("over_the_quota", 429, "Too many Requests", THROTTLE, THROTTLED),
  ROW ("internal_error", 503, "INTERNAL ERROR", RETRY, UNAVAILABLE),
  ROW ("500", 500, NULL, RETRY, UNAVAILABLE),
  ROW ("502", 502, NULL, RETRY, UNAVAILABLE),
  ROW ("504", 504, NULL, RETRY, UNAVAILABLE),
  ROW ("redirect", 308, NULL, LATCH, CONFIGURATION),
  ROW ("unknown_client_error", 499, NULL, FAIL, REFUSED),
  ROW ("unknown_server_error", 599, NULL, RETRY, UNAVAILABLE),
  ROW ("no_status", 999, NULL, RETRY, ANSWER),
#undef ROW
};

static void
answer_asks_for_its_action (gconstpointer data)
{
  const AnswerRow *row = data;
  const gchar *body = row->body;
  const KocrFault *fault = kocr_fault_for_answer (row->status, body,
      body ? strlen (body) : 0);

  g_assert_cmpint (fault->action, ==, row->action);
  g_assert_cmpint (fault->error, ==, row->error);
  g_assert_nonnull (fault->message);
}

/* It has no console to look at, and what is wrong with it no user mends. */
static void
the_bundled_service_neither_latches_nor_names_a_console (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (answers); i++) {
    const gchar *body = answers[i].body;
    const KocrFault *fault = kocr_fault_of_own_service (kocr_fault_for_answer
        (answers[i].status, body, body ? strlen (body) : 0));

    g_test_message ("%s", answers[i].name);
    g_assert_cmpint (fault->action, !=, KOCR_ACTION_LATCH);
    g_assert_cmpint (fault->action, !=, KOCR_ACTION_SPLIT);
    g_assert_null (strstr (fault->message, "console"));
    g_assert_null (strstr (fault->message, "`endpoint`"));
    if (answers[i].action == KOCR_ACTION_LATCH)
      g_assert_cmpint (fault->action, ==, KOCR_ACTION_RETRY);
    else if (answers[i].action != KOCR_ACTION_SPLIT)
      g_assert_cmpint (fault->action, ==, answers[i].action);
  }
}

static void
a_key_that_was_not_set_is_not_called_wrong (void)
{
  const KocrFault *refused = kocr_fault_for_answer (401, NULL, 0);
  const KocrFault *fault = kocr_fault_without_key (refused);

  g_assert_cmpint (fault->action, ==, KOCR_ACTION_LATCH);
  g_assert_cmpint (fault->error, ==, KOCR_ERROR_CREDENTIALS);
  g_assert_nonnull (strstr (fault->message, "none is set"));
  g_assert_null (strstr (refused->message, "none is set"));
  g_assert_true (kocr_fault_without_key (kocr_fault_for_answer (503, NULL, 0))
      == kocr_fault_for_answer (503, NULL, 0));
}

static void
code_is_looked_for_in_4_kib_only (void)
{
  g_autofree gchar *body = g_strnfill (5000, ' ');

  memcpy (body + 4000, "NO_IMAGE", 8);
  g_assert_cmpstr (kocr_fault_for_answer (400, body, 5000)->code, ==,
      "NO_IMAGE");
  memset (body, ' ', 5000);
  memcpy (body + 4096, "NO_IMAGE", 8);
  g_assert_null (kocr_fault_for_answer (400, body, 5000)->code);
}

typedef struct
{
  const gchar *name;
    GQuark (*domain) (void);
  gint code;
  KocrAction action;
  KocrErrorCode error;
} FailureRow;

static const FailureRow errors[] = {
#define ROW(name, domain, code, action, error) \
  {name, domain, code, KOCR_ACTION_##action, KOCR_ERROR_##error}
  ROW ("refused", g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, RETRY,
      NETWORK),
  ROW ("reset", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, RETRY,
      NETWORK),
  ROW ("no_such_host", g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND,
      RETRY, NETWORK),
  ROW ("time_is_up", g_io_error_quark, G_IO_ERROR_TIMED_OUT, RETRY, TIMEOUT),
  ROW ("bad_certificate", g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE,
      LATCH, CERTIFICATE),
  ROW ("no_tls", g_tls_error_quark, G_TLS_ERROR_UNAVAILABLE, LATCH,
      CERTIFICATE),
  ROW ("handshake_broken_off", g_tls_error_quark, G_TLS_ERROR_EOF, RETRY,
      NETWORK),
  ROW ("proxy_login", g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, LATCH,
      CONFIGURATION),
  ROW ("unusable_answer", kocr_error_quark, KOCR_ERROR_ANSWER, RETRY,
      ANSWER),
  ROW ("no_local_service", kocr_error_quark, KOCR_ERROR_LOCAL_SERVICE, LATCH,
      LOCAL_SERVICE),
  ROW ("local_service_ended", kocr_error_quark, KOCR_ERROR_UNAVAILABLE, RETRY,
      UNAVAILABLE),
#undef ROW
};

static void
failure_asks_for_its_action (gconstpointer data)
{
  const FailureRow *row = data;
  g_autoptr (GError) error = g_error_new_literal (row->domain (),
      row->code, "");
  const KocrFault *fault = kocr_fault_for_error (error);

  g_assert_cmpint (fault->action, ==, row->action);
  g_assert_cmpint (fault->error, ==, row->error);
}

static void
retry_after_is_read_in_both_forms (void)
{
  static const struct
  {
    const gchar *value, *date;
    gint64 seconds;
  } rows[] = {
    {NULL, NULL, 0}, {"", NULL, 0}, {"0", NULL, 0}, {"3", NULL, 3},
    {" 120 ", NULL, 120}, {"-5", NULL, 0}, {"+5", NULL, 0}, {"1.5", NULL, 0},
    {"soon", NULL, 0}, {"3 s", NULL, 0},
    {"1000000000000", NULL, 366 * 86400},
    {"99999999999999999999999999", NULL, 366 * 86400},
    /* The service's clock is years off. */
    {"Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30},
    {"Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:29:00 GMT", 0},
    {"Sat, 01 Jan 2000 00:01:00 GMT", NULL, 60},
    {"Sat, 01 Jan 2000 00:01:00 GMT", "yesterday", 60},
    {"Wed, 99 Oct 2015 07:28:30 GMT", NULL, 0},
    {"\xff\xfe", NULL, 0}
  };
  const gint64 start_of_2000 = 946684800;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (kocr_retry_after_parse (rows[i].value, rows[i].date,
            start_of_2000), ==, rows[i].seconds * G_USEC_PER_SEC);
  }
}

typedef struct
{
  const gchar *name, *url, *key, *ca_file;
  gint error;                   /* -1: fine */
} EndpointRow;

static const EndpointRow endpoints[] = {
  {"https_with_key", "https://a.example/ocr/x", "k", NULL, -1},
  {"http_without_key", "http://a.example/ocr/x", NULL, NULL, -1},
  {"http_with_key", "http://a.example/x", "k", NULL, KOCR_ERROR_CREDENTIALS},
  {"http_with_key_to_loopback", "http://127.0.0.1:8080/x", "k", NULL, -1},
  {"http_with_key_to_loopback_6", "http://[::1]/x", "k", NULL, -1},
  {"http_with_key_to_localhost", "http://localhost:1/x", "k", NULL, -1},
  {"http_with_key_to_like_localhost", "http://localhost.example/x", "k", NULL,
      KOCR_ERROR_CREDENTIALS},
  {"http_with_key_to_like_loopback", "http://127.0.0.1.example/x", "k", NULL,
      KOCR_ERROR_CREDENTIALS},
  {"local", "local", NULL, NULL, -1},
  {"nothing", NULL, NULL, NULL, -1},
  {"local_with_key", "local", "k", NULL, KOCR_ERROR_CONFIGURATION},
  {"no_address", "not an address", NULL, NULL, KOCR_ERROR_CONFIGURATION},
  {"no_host", "https:///x", NULL, NULL, KOCR_ERROR_CONFIGURATION},
  {"other_scheme", "ftp://a.example/x", NULL, NULL, KOCR_ERROR_CONFIGURATION},
  {"password", "https://u:p@a.example/x", NULL, NULL,
      KOCR_ERROR_CONFIGURATION},
  {"fragment", "https://a.example/x#y", NULL, NULL, KOCR_ERROR_CONFIGURATION},
  {"key_with_newline_around", "https://a.example/x", "\n k\r\n", NULL, -1},
  {"key_with_newline_inside", "https://a.example/x", "a\r\nx-b: c", NULL,
      KOCR_ERROR_CREDENTIALS},
  {"empty_key", "https://a.example/x", "", NULL, KOCR_ERROR_CREDENTIALS},
  {"blank_key", "https://a.example/x", " \n", NULL, KOCR_ERROR_CREDENTIALS},
  {"key_not_ascii", "https://a.example/x", "k\xc3\xa9", NULL,
      KOCR_ERROR_CREDENTIALS},
  {"missing_ca_file", "https://a.example/x", "k", "/nonexistent.pem",
      KOCR_ERROR_CERTIFICATE}
};

static void
endpoint_is_checked_before_anything_is_sent (gconstpointer data)
{
  const EndpointRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KocrEndpoint) endpoint = kocr_endpoint_new (row->url,
      row->key, row->ca_file, NULL, &error);

  if (row->error < 0) {
    g_assert_no_error (error);
    g_assert_nonnull (endpoint);
  } else {
    g_assert_error (error, KOCR_ERROR, row->error);
    g_assert_null (endpoint);
  }
}

static void
key_of_ten_kilobytes_is_refused (void)
{
  g_autofree gchar *text = g_strnfill (10000, 'k');
  g_autoptr (GError) error = NULL;
  g_autoptr (KocrApiKey) key = NULL;

  g_assert_null (kocr_api_key_new (text, &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS);
  text[512] = '\0';
  key = kocr_api_key_new (text, NULL);
  g_assert_cmpstr (kocr_api_key_get (key), ==, text);
}

static void
endpoints_are_equal_by_address_key_and_ca (void)
{
  g_autoptr (KocrEndpoint) a
      = kocr_endpoint_new ("https://h/x", "k", NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) same = kocr_endpoint_new ("https://H:443/x", "k\n",
      NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) path
      = kocr_endpoint_new ("https://h/y", "k", NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) key
      = kocr_endpoint_new ("https://h/x", "l", NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) none = kocr_endpoint_new ("https://h/x", NULL,
      NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) local
      = kocr_endpoint_new (NULL, NULL, NULL, NULL, NULL);
  g_autoptr (KocrEndpoint) named = kocr_endpoint_new ("local", NULL, NULL, NULL,
      NULL);

  g_assert_true (kocr_endpoint_equal (a, same));
  g_assert_false (kocr_endpoint_equal (a, path));
  g_assert_false (kocr_endpoint_equal (a, key));
  g_assert_false (kocr_endpoint_equal (a, none));
  g_assert_false (kocr_endpoint_equal (a, local));
  g_assert_true (kocr_endpoint_equal (named, local));
}

#define TESTS "/statuses/"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (answer_asks_for_its_action, answers);
  ADD_ROWS (failure_asks_for_its_action, errors);
  ADD_ROWS (endpoint_is_checked_before_anything_is_sent, endpoints);
  ADD (the_bundled_service_neither_latches_nor_names_a_console);
  ADD (a_key_that_was_not_set_is_not_called_wrong);
  ADD (code_is_looked_for_in_4_kib_only);
  ADD (retry_after_is_read_in_both_forms);
  ADD (key_of_ten_kilobytes_is_refused);
  ADD (endpoints_are_equal_by_address_key_and_ca);
  return g_test_run ();
}
