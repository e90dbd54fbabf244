/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client and the bundled service, for which this program itself stands in,
 * started as the service would be. It dies of pictures of one size, or hangs,
 * or hardly runs, or gives answers that it should not.
 */
#include "clientfixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../stopwatch.h"

#define SERVE_OPTION "--serve-and-"
#define DIE_ALWAYS SERVE_OPTION "die"
#define DIE_ONCE SERVE_OPTION "die-once"
#define HANG_ALWAYS SERVE_OPTION "hang"
#define HANG_ONCE SERVE_OPTION "hang-once"
#define STARVE SERVE_OPTION "starve"
#define REFUSE_ONCE SERVE_OPTION "refuse-once"
#define REFUSE_CROWDS SERVE_OPTION "refuse-crowds"
/* How much faster the client's clock goes where a service hangs. */
#define SPEED 5
#define DEADLY_BYTES 6666
/* Longer than the least time after which a silent service hangs. */
#define SLOW_SECONDS 6
#define LISTEN_FD 3

/* What this program stands in for. */
typedef struct
{
  const gchar *option, *mark;
} Conduct;

typedef struct
{
  ClientFixture client;
  gchar *directory, *program, *mark;
} Fixture;

static const gchar *self_path;

/* For @seconds, with a tenth of a core: as on a machine that is busy. */
static void
read_slowly (gint seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end) {
    clock_t start = clock ();

    while (clock () - start < CLOCKS_PER_SEC / 200);
    g_usleep (45 * 1000);
  }
}

static gboolean
serve (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  const Conduct *conduct = data;
  gboolean once = g_str_has_suffix (conduct->option, "-once");

  if (!strstr (head, "\r\nContent-Length: 6666\r\n")
      || (once && g_file_test (conduct->mark, G_FILE_TEST_EXISTS)))
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  g_file_set_contents (conduct->mark, "", 0, NULL);
  if (g_str_has_prefix (conduct->option, HANG_ALWAYS)) {
    kill (getpid (), SIGSTOP);
    /* Until that has reached this thread, too. */
    fault_connection_hang (c);
    return FALSE;
  }
  if (g_str_equal (conduct->option, STARVE)) {
    read_slowly (SLOW_SECONDS);
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  }
  if (g_str_equal (conduct->option, REFUSE_ONCE))
    return fault_connection_answer (c, 400, NULL, "Bad Request");
  if (g_str_equal (conduct->option, REFUSE_CROWDS))
    return fault_connection_answer (c, 405, NULL,
        "{\"code\":\"TOO_MANY_BOXES\"}");
  _exit (3);
}

static gint
run_service (const Conduct * conduct)
{
  FaultScript script = { serve };
  FaultServer *server = fault_server_new_on (LISTEN_FD, &script,
      (gpointer) conduct);

  printf ("%s\n", fault_server_get_url (server));
  fflush (stdout);
  while (getchar () != EOF);
  return 0;
}

static void
set_up (Fixture * f, gconstpointer option)
{
  g_autofree gchar *text = NULL;
  g_autoptr (GError) error = NULL;

  f->directory = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  f->program = g_build_filename (f->directory, "service", NULL);
  f->mark = g_build_filename (f->directory, "mark", NULL);
  text = g_strdup_printf ("#!/bin/sh\nexec '%s' %s '%s'\n", self_path,
      (const gchar *) option, f->mark);
  g_file_set_contents_full (f->program, text, -1, G_FILE_SET_CONTENTS_NONE,
      0755, &error);
  g_assert_no_error (error);
  g_setenv ("KAKAOOCR_SERVER", f->program, TRUE);
  client_fixture_init (&f->client, "local");
  f->client.config.timeout = 10 * GST_SECOND;
  f->client.config.lossless = TRUE;
}

static void
tear_down (Fixture * f, gconstpointer unused)
{
  client_fixture_clear (&f->client);
  kocr_clock_set_speed (1);
  g_unlink (f->mark);
  g_unlink (f->program);
  g_rmdir (f->directory);
  g_free (f->mark);
  g_free (f->program);
  g_free (f->directory);
}

static void
first_request_starts_the_service (Fixture * f, gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;

  client_fixture_start (&f->client);
  request = client_fixture_ask (&f->client);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.attempts, ==, 1);
  g_assert_cmpuint (request->transfer.retried, ==, 0);
}

static void
send_sized (Fixture * f, gsize size)
{
  g_autoptr (KocrRequest) request = client_fixture_request (&f->client, size);

  kocr_client_user_send (f->client.user, request, FALSE);
}

static void
picture_that_kills_twice_fails_alone (Fixture * f, gconstpointer unused)
{
  guint i, n_failed = 0;

  client_fixture_start (&f->client);
  for (i = 0; i < 6; i++)
    send_sized (f, i == 2 ? DEADLY_BYTES : 2000);
  for (i = 0; i < 6; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f->client);

    if (g_bytes_get_size (request->transfer.picture->body) == DEADLY_BYTES) {
      g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_REFUSED);
      g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_FAIL);
      g_assert_cmpuint (request->transfer.attempts, ==, 2);
      n_failed++;
    } else {
      g_assert_no_error (request->outcome.error);
    }
  }
  g_assert_cmpuint (n_failed, ==, 1);
}

static void
one_death_is_survived (Fixture * f, gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;

  client_fixture_start (&f->client);
  send_sized (f, DEADLY_BYTES);
  request = client_fixture_wait (&f->client);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.attempts, ==, 2);
}

/* Stopped, it takes connections and says nothing, for ever. */
static void
one_that_hangs_is_replaced_and_nothing_is_lost (Fixture * f,
    gconstpointer unused)
{
  guint i, attempts = 0;

  kocr_clock_set_speed (SPEED);
  f->client.config.timeout = 3 * GST_SECOND;
  client_fixture_start (&f->client);
  for (i = 0; i < 6; i++)
    send_sized (f, i == 2 ? DEADLY_BYTES : 2000);
  for (i = 0; i < 6; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f->client);

    g_assert_no_error (request->outcome.error);
    attempts += request->transfer.attempts;
  }
  g_assert_cmpuint (attempts, >, 6);
}

static void
picture_that_hangs_it_twice_fails_alone (Fixture * f, gconstpointer unused)
{
  guint i, n_failed = 0;

  kocr_clock_set_speed (SPEED);
  f->client.config.timeout = 3 * GST_SECOND;
  client_fixture_start (&f->client);
  for (i = 0; i < 4; i++)
    send_sized (f, i == 1 ? DEADLY_BYTES : 2000);
  for (i = 0; i < 4; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f->client);

    if (g_bytes_get_size (request->transfer.picture->body) == DEADLY_BYTES) {
      g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_REFUSED);
      n_failed++;
    } else {
      g_assert_no_error (request->outcome.error);
    }
  }
  g_assert_cmpuint (n_failed, ==, 1);
}

/* A reading that is given up begins again from nothing. */
static void
one_that_the_machine_does_not_let_run_is_waited_for (Fixture * f,
    gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;

  f->client.config.timeout = 2 * GST_SECOND;
  client_fixture_start (&f->client);
  send_sized (f, DEADLY_BYTES);
  request = client_fixture_wait (&f->client);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.attempts, ==, 1);
}

static gboolean
is_read (Fixture * f, gsize size, GstClockTime patience)
{
  g_autoptr (KocrRequest) request = client_fixture_request (&f->client, size);

  request->deadline = kocr_clock_now () + GST_TIME_AS_USECONDS (patience);
  kocr_client_user_send (f->client.user, request, FALSE);
  kocr_request_unref (client_fixture_wait (&f->client));
  return request->outcome.result != NULL;
}

/* Live pictures, each waited for as long as @patience, until one is read again
 * after one that hangs the service; how many were lost meanwhile. *@start: when
 * the service was up. */
static guint
play_past_a_hang (Fixture * f, GstClockTime patience, gint64 * start)
{
  guint n_lost = 0;

  f->client.config.lossless = FALSE;
  client_fixture_start (&f->client);
  g_assert_true (is_read (f, 2000, 1000 * GST_SECOND));
  *start = kocr_clock_now ();
  /* It may be too late for the service, too. */
  while (!g_file_test (f->mark, G_FILE_TEST_EXISTS))
    g_assert_false (is_read (f, DEADLY_BYTES, patience));
  do
    n_lost++;
  while (!is_read (f, 2000, patience));
  return n_lost;
}

/* No frame's time: the next ones are read, soon. */
static void
one_that_hangs_costs_a_live_picture_some_seconds (Fixture * f,
    gconstpointer unused)
{
  const gint64 most = 2 * 3 * G_USEC_PER_SEC + 10 * G_USEC_PER_SEC;
  Stopwatch stopped;
  gint64 start;

  kocr_clock_set_speed (SPEED);
  f->client.config.timeout = 3 * GST_SECOND;
  stopped = stopwatch_start ();
  g_assert_cmpuint (play_past_a_hang (f, 3 * GST_SECOND, &start), >=, 1);
  g_assert_cmpint (stopwatch_stop (&stopped) * SPEED, <, most);
}

/* So many are lost that nothing is sent any more; but who is asked then is
 * another process. */
static void
what_took_its_place_is_asked_at_once (Fixture * f, gconstpointer unused)
{
  /* When a service is asked again that failed so often. */
  const gint64 else_at = 24 * G_USEC_PER_SEC;
  gint64 start;

  /* Another process has to be up by then on a loaded machine, too. */
  kocr_clock_set_speed (2);
  f->client.config.timeout = 5 * GST_SECOND;
  g_assert_cmpuint (
      play_past_a_hang (f, 500 * GST_MSECOND, &start), >, 5);
  g_assert_cmpint (kocr_clock_now () - start, <, else_at);
  client_fixture_wait_changes (&f->client, 1);
  g_assert_cmpint (g_array_index (f->client.changes, StateChange, 0).state, ==,
      KOCR_STATE_OPEN);
}

/* What is wrong with a request of ours no user can set right. */
static void
its_400_is_asked_again_and_latches_nothing (Fixture * f, gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;

  f->client.config.lossless = FALSE;
  client_fixture_start (&f->client);
  send_sized (f, DEADLY_BYTES);
  request = client_fixture_wait (&f->client);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.attempts, ==, 2);
  g_assert_cmpuint (f->client.changes->len, ==, 0);
}

static void
its_limit_of_regions_is_not_asked_about_again (Fixture * f,
    gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;

  client_fixture_start (&f->client);
  send_sized (f, DEADLY_BYTES);
  request = client_fixture_wait (&f->client);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_REFUSED);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_FAIL);
  g_assert_cmpuint (request->transfer.attempts, ==, 1);
}

static void
missing_service_latches_and_says_what_to_do (Fixture * f, gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;
  const StateChange *change;

  g_setenv ("KAKAOOCR_SERVER", "/nonexistent/kakaoocr-server", TRUE);
  client_fixture_start (&f->client);
  request = client_fixture_ask (&f->client);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_LATCH);
  client_fixture_wait_changes (&f->client, 1);
  change = &g_array_index (f->client.changes, StateChange, 0);
  g_assert_cmpint (change->state, ==, KOCR_STATE_LATCHED);
  g_assert_error (change->error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
}

static void
stop_does_not_wait_for_a_service_that_starts (Fixture * f, gconstpointer unused)
{
  Stopwatch watch;

  g_file_set_contents_full (f->program, "#!/bin/sh\nexec cat\n", -1,
      G_FILE_SET_CONTENTS_NONE, 0755, NULL);
  client_fixture_start (&f->client);
  client_fixture_send (&f->client);
  client_fixture_send (&f->client);
  watch = stopwatch_start ();
  client_fixture_stop (&f->client);
  g_assert_cmpint (stopwatch_stop (&watch), <, 100 * 1000);
  g_assert_cmpuint (f->client.n_completed, ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *path = g_file_read_link ("/proc/self/exe", NULL);

  if (argc > 2 && g_str_has_prefix (argv[1], SERVE_OPTION)) {
    Conduct conduct = { argv[1], argv[2] };

    return run_service (&conduct);
  }

  self_path = path;
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(name, option) \
  g_test_add ("/client/local/" #name, Fixture, option, set_up, name, tear_down)
  ADD (first_request_starts_the_service, DIE_ALWAYS);
  ADD (picture_that_kills_twice_fails_alone, DIE_ALWAYS);
  ADD (one_death_is_survived, DIE_ONCE);
  ADD (missing_service_latches_and_says_what_to_do, DIE_ALWAYS);
  ADD (stop_does_not_wait_for_a_service_that_starts, DIE_ALWAYS);
  ADD (its_400_is_asked_again_and_latches_nothing, REFUSE_ONCE);
  ADD (its_limit_of_regions_is_not_asked_about_again, REFUSE_CROWDS);
  ADD (one_that_hangs_is_replaced_and_nothing_is_lost, HANG_ONCE);
  ADD (picture_that_hangs_it_twice_fails_alone, HANG_ALWAYS);
  ADD (one_that_the_machine_does_not_let_run_is_waited_for, STARVE);
  ADD (one_that_hangs_costs_a_live_picture_some_seconds, HANG_ONCE);
  ADD (what_took_its_place_is_asked_at_once, HANG_ONCE);
#undef ADD
  return g_test_run ();
}
