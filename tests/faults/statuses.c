/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 26 to 35 of the fault table: what the service says by its status, and
 * when it wants to be asked again. (What is sent in another shape: reshaping.)
 */
#include "../check/stopwatch.h"
#include "question.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define LIVE_LIMIT 300
#define EXACT_LIMIT 3600

static const struct
{
  const gchar *name;
  guint status;
  const gchar *body;
  KocrAction action;
  gint error;
  guint n_requests;             /* of a live frame */
} rows[] = {
  {"row_26_status_400/plain", 400, "Bad Request", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_26_status_400/invalid_signature", 400,
        "{\"code\":\"INVALID_SIGNATURE\"}", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_26_status_400/no_image", 400, "{\"code\":\"NO_IMAGE\"}",
      KOCR_ACTION_RESEND_OTHER_FORMAT, KOCR_ERROR_REFUSED, 1},
  {"row_27_status_401", 401, "Authentication failed", KOCR_ACTION_LATCH,
      KOCR_ERROR_CREDENTIALS, 1},
  {"row_28_status_404", 404, "NOT FOUND", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_29_status_405/plain", 405, "Method Not Allowed", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_29_status_405/too_many_boxes", 405, "TOO_MANY_BOXES",
      KOCR_ACTION_SPLIT, KOCR_ERROR_REFUSED, 1},
  {"row_29_status_405/unsupported_image_format", 405,
        "UNSUPPORTED_IMAGE_FORMAT", KOCR_ACTION_RESEND_OTHER_FORMAT,
      KOCR_ERROR_REFUSED, 1},
  {"row_30_status_413/plain", 413, "Request Entity Too Large",
      KOCR_ACTION_RESEND_SMALLER, KOCR_ERROR_REFUSED, 1},
  {"row_30_status_413/exceed_max_len", 413, "EXCEED_MAX_LEN",
      KOCR_ACTION_RESEND_HALVED, KOCR_ERROR_REFUSED, 1},
  {"row_30_status_413/exceed_max_pages", 413, "EXCEED_MAX_PAGES",
      KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED, 1},
  {"row_31_status_415", 415, "Unsupported content type", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_32_status_425/not_found", 425, "Domain not found", KOCR_ACTION_LATCH,
      KOCR_ERROR_CONFIGURATION, 1},
  {"row_32_status_425/not_deployed", 425, "Domain not deployed",
      KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, 1},
  {"row_33_status_503", 503, "INTERNAL ERROR", KOCR_ACTION_RETRY,
      KOCR_ERROR_UNAVAILABLE, 0},
};

typedef struct
{
  guint status;
  const gchar *headers, *body;
} Refusal;

static gboolean
refuse (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  const Refusal *refusal = data;

  return fault_connection_answer (c, refusal->status, refusal->headers,
      refusal->body);
}

static void
status_is_understood (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Refusal refusal = { rows[i].status, NULL, rows[i].body };
  FaultScript script = { refuse };
  g_autoptr (FaultServer) server = fault_server_new (&script, &refusal);
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->outcome.error, KOCR_ERROR, rows[i].error);
  g_assert_cmpint (request->outcome.fault->action, ==, rows[i].action);
  g_assert_cmpuint (request->outcome.http_status, ==, rows[i].status);
  if (rows[i].n_requests)
    g_assert_cmpuint (fault_server_get_n_requests (server), ==,
        rows[i].n_requests);
  else
    g_assert_cmpuint (fault_server_get_n_requests (server), <=, 3);
  if (rows[i].action == KOCR_ACTION_LATCH)
    question_assert_latched (&f, request, rows[i].error);
  else
    g_assert_cmpuint (f.changes->len, ==, 0);
  client_fixture_clear (&f);
}

/* The first is refused as the test says, what follows is answered. */
static gboolean
refuse_first (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number == 1)
    return refuse (c, head, number, data);
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

/* Of seconds on the client's clock, between the first request and the
 * second, for a frame that can wait. */
static gdouble
measure_wait (const gchar * headers, guint speed, gboolean lossless)
{
  Refusal refusal = { 429, headers, "" };
  FaultScript script = { refuse_first };
  g_autoptr (FaultServer) server = NULL;
  g_autoptr (KocrRequest) request = NULL, sent = NULL;
  ClientFixture f;
  gdouble wait;

  kocr_clock_set_speed (speed);
  server = fault_server_new (&script, &refusal);
  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = lossless;
  f.config.timeout = 2 * EXACT_LIMIT * GST_SECOND;
  client_fixture_start (&f);
  sent = client_fixture_request (&f, 2000);
  kocr_client_user_send (f.user, sent, FALSE);
  request = client_fixture_wait (&f);
  g_assert_no_error (request->outcome.error);
  wait = (fault_server_get_request_time (server, 2)
      - fault_server_get_request_time (server, 1)) * (gdouble) speed
      / G_USEC_PER_SEC;
  client_fixture_clear (&f);
  kocr_clock_set_speed (1);
  g_test_message ("waited %g s", wait);
  return wait;
}

/* @least seconds, and no more than @room beyond it on a machine without load.
 */
static void
assert_wait (gdouble wait, gdouble least, gdouble room)
{
  g_assert_cmpfloat (wait, >=, least);
  g_assert_cmpfloat (wait, <, least + room * stopwatch_measure_load ());
}

static void
row_33_status_429 (void)
{
  assert_wait (measure_wait ("Retry-After: 1\r\n", 1, FALSE), 1, 1);
}

static void
row_34_retry_after_date_with_skewed_clock (void)
{
  gdouble wait = measure_wait ("Date: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
      "Retry-After: Wed, 21 Oct 2015 07:28:20 GMT\r\n", 20, FALSE);

  assert_wait (wait, 20, 20);
}

/* The pause is the client's own: up to a second. */
static void
row_35_retry_after_ignored (gconstpointer value)
{
  g_autofree gchar *headers = g_strdup_printf ("Retry-After: %s\r\n",
      (const gchar *) value);

  assert_wait (measure_wait (headers, 1, FALSE), 0, 2);
}

static void
row_35_retry_after_huge_is_capped_live (void)
{
  gdouble wait = measure_wait ("Retry-After: 1000000000000\r\n", 100, FALSE);

  assert_wait (wait, LIVE_LIMIT, LIVE_LIMIT);
}

static void
row_35_retry_after_huge_is_capped_exact (void)
{
  gdouble wait = measure_wait ("Retry-After: 1000000000000\r\n", 1000, TRUE);

  assert_wait (wait, EXACT_LIMIT, EXACT_LIMIT);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/faults/", rows[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), status_is_understood);
  }
  ADD (row_33_status_429);
  ADD (row_34_retry_after_date_with_skewed_clock);
  g_test_add_data_func ("/faults/row_35_retry_after_ignored/negative", "-5",
      row_35_retry_after_ignored);
  g_test_add_data_func ("/faults/row_35_retry_after_ignored/garbage", "soon",
      row_35_retry_after_ignored);
  ADD (row_35_retry_after_huge_is_capped_live);
  ADD (row_35_retry_after_huge_is_capped_exact);
  return g_test_run ();
}
