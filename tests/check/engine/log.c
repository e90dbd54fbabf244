/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The log: what is decided about a sample, and about the service, is a line
 * that names it.
 */
#include <string.h>

#include "../testrows.h"
#include "clientfixture.h"
#include "engine.h"
#include "testframe.h"

#define TESTS "/log/"

#define TIMEOUT (60 * GST_SECOND)

static GMutex lines_lock;
static GString *lines;          /* under lines_lock */

static void
keep_line (GstDebugCategory * category, GstDebugLevel level,
    const gchar * file, const gchar * function, gint line, GObject * object,
    GstDebugMessage * message, gpointer unused)
{
  const gchar *name = gst_debug_category_get_name (category);

  if (!g_str_has_prefix (name, "kakaoocr-"))
    return;
  g_mutex_lock (&lines_lock);
  g_string_append_printf (lines, "%s %s\n", name,
      gst_debug_message_get (message));
  g_mutex_unlock (&lines_lock);
}

static void
start_log (void)
{
  lines = g_string_new (NULL);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (keep_line, NULL, NULL);
  gst_debug_set_threshold_from_string ("kakaoocr*:6", TRUE);
}

static gchar *
end_log (void)
{
  gst_debug_remove_log_function (keep_line);
  gst_debug_set_threshold_from_string ("", TRUE);
  return g_string_free (lines, FALSE);
}

/* The lines have each of @expected, in this order. */
static void
assert_lines (const gchar * log, const gchar * const *expected)
{
  const gchar *at = log;

  for (; *expected; expected++) {
    const gchar *found = strstr (at, *expected);

    if (!found)
      g_error ("no \"%s\" (after what comes before) in\n%s", *expected, log);
    at = found + strlen (*expected);
  }
}

typedef struct
{
  GMutex lock;
  GCond cond;
  guint n_completed;            /* lock */
} Wait;

static void
completed (KocrRequest * request, gpointer data)
{
  Wait *wait = data;

  g_mutex_lock (&wait->lock);
  wait->n_completed++;
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->lock);
}

static void
state_changed (KocrState state, const GError * error, guint http_status,
    const gchar * code, gpointer data)
{
}

/* The frame @id as sample @serial, to its end. */
static void
recognise (KocrEngine * engine, Wait * wait, guint64 serial, guint id)
{
  KocrAsked asked = { .serial = serial,
    .pts = serial * TEST_FRAME_DURATION,
    .settings = { .max_dimension = 4096, .quality = 90 },
    .gate = { .threshold = 12, .memory = 4 } };
  g_autoptr (KocrRequest) request = NULL;
  g_autoptr (GstBuffer) buffer = test_frame_new (id);

  gst_video_info_set_format (&asked.info, GST_VIDEO_FORMAT_I420,
      TEST_FRAME_WIDTH, TEST_FRAME_HEIGHT);
  request = kocr_request_new (&asked);
  g_assert_cmpint (kocr_engine_reserve (engine), ==, KOCR_DENIAL_NONE);
  kocr_engine_submit (engine, request, buffer);
  g_mutex_lock (&wait->lock);
  while (wait->n_completed < serial)
    g_cond_wait (&wait->cond, &wait->lock);
  g_mutex_unlock (&wait->lock);
}

static gboolean
fail_first (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, number == 1 ? 503 : 200, NULL,
      number == 1 ? "" : FAULT_SERVER_RESULT);
}

static void
each_decision_about_a_sample_is_a_line (void)
{
  static const KocrClientCallbacks callbacks = { completed, state_changed };
  static const gchar *const first[] = {
    "kakaoocr-gate sample 1: new\n",
    "kakaoocr-http sample 1: sent, attempt 1 of request ",
    "kakaoocr-http sample 1: attempt 1 failed: HTTP 503",
    "kakaoocr-http sample 1: sent again in ",
    "kakaoocr-http sample 1: sent, attempt 2 of request ",
    "kakaoocr-http sample 1: settled after ", "1 regions\n", NULL
  };
  static const gchar *const others[] = {
    "kakaoocr-gate sample 2: unchanged as sample 1\n",
    "kakaoocr-http sample 2: settled after ", ": as sample 1\n",
    "kakaoocr-gate sample 3: new\n",
    "kakaoocr-http sample 3: sent, attempt 1",
    "kakaoocr-gate sample 4: remembered as sample 1\n",
    "kakaoocr-http sample 4: settled after ", ": as sample 1\n", NULL
  };
  FaultScript script = { fail_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  KocrClientConfig config = {
    .endpoint = fault_server_get_url (server),
    .max_in_flight = 1,
    .timeout = TIMEOUT,
    .max_outage = TIMEOUT,
    .lossless = TRUE,
  };
  g_autoptr (KocrEngine) engine = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *log = NULL;
  Wait wait = { 0 };

  start_log ();
  engine = kocr_engine_new (&config, &callbacks, &wait, &error);
  g_assert_no_error (error);
  recognise (engine, &wait, 1, 5);
  recognise (engine, &wait, 2, 5);
  recognise (engine, &wait, 3, 40);
  recognise (engine, &wait, 4, 5);
  g_clear_pointer (&engine, kocr_engine_free);
  log = end_log ();
  assert_lines (log, first);
  assert_lines (log, others);
  /* What is not sent has no such line. */
  g_assert_null (strstr (log, "sample 2: sent"));
  g_assert_null (strstr (log, "sample 4: sent"));
}

static gboolean
throttle_then_refuse (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number == 1)
    return fault_connection_answer (c, 429, "Retry-After: 1\r\n", "");
  if (number == 2)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  return fault_connection_answer (c, 401, NULL, "");
}

static void
each_change_of_the_service_is_a_line (void)
{
  static const gchar *const expected[] = {
    "kakaoocr-http service: throttled, was ok\n",
    "kakaoocr-http service: nothing goes for ", " ms: Retry-After\n",
    "kakaoocr-http service: ok, was throttled\n",
    "kakaoocr-http service: latched, was ok\n",
    "kakaoocr-http service: nothing goes for ", " ms: latched\n", NULL
  };
  FaultScript script = { throttle_then_refuse };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) answered = NULL, refused = NULL;
  g_autofree gchar *log = NULL;
  ClientFixture f;

  start_log ();
  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  answered = client_fixture_ask (&f);
  g_assert_no_error (answered->outcome.error);
  refused = client_fixture_ask (&f);
  g_assert_nonnull (refused->outcome.error);
  client_fixture_clear (&f);
  log = end_log ();
  assert_lines (log, expected);
}

static gboolean
reset (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  fault_connection_reset (c);
  return FALSE;
}

static void
an_outage_is_a_line (void)
{
  static const gchar *const expected[] = {
    "kakaoocr-http service: open, was ok\n",
    "kakaoocr-http service: nothing goes for ", " ms: breaker open\n", NULL
  };
  FaultScript script = { reset };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autofree gchar *log = NULL;
  ClientFixture f;

  start_log ();
  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (KocrRequest) request = client_fixture_ask (&f);

    g_assert_nonnull (request->outcome.error);
  }
  client_fixture_clear (&f);
  log = end_log ();
  assert_lines (log, expected);
}

static void
nothing_is_formatted_when_it_is_off (void)
{
  FaultScript script = { fail_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autofree gchar *log = NULL;
  ClientFixture f;

  start_log ();
  gst_debug_set_threshold_from_string ("kakaoocr*:2", TRUE);
  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  kocr_request_unref (client_fixture_ask (&f));
  client_fixture_clear (&f);
  log = end_log ();
  g_assert_cmpstr (log, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (each_decision_about_a_sample_is_a_line);
  ADD (each_change_of_the_service_is_a_line);
  ADD (an_outage_is_a_line);
  ADD (nothing_is_formatted_when_it_is_off);
  return g_test_run ();
}
