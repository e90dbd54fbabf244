/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client and the bundled service, for which this program itself stands in,
 * started as the service would be. It dies of pictures of one size.
 */
#include "clientfixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SERVE_OPTION "--serve-and-"
#define DIE_ALWAYS SERVE_OPTION "die"
#define DIE_ONCE SERVE_OPTION "die-once"
#define DEADLY_BYTES 6666

typedef struct
{
  ClientFixture client;
  gchar *directory, *program, *mark;
} Fixture;

static const gchar *self_path;

static gboolean
serve (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  const gchar *mark = data;

  if (strstr (head, "\r\nContent-Length: 6666\r\n")
      && !(mark && g_file_test (mark, G_FILE_TEST_EXISTS))) {
    if (mark)
      g_file_set_contents (mark, "", 0, NULL);
    _exit (3);
  }
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static gint
run_service (gchar * mark)
{
  FaultScript script = { serve };
  FaultServer *server = fault_server_new (&script, mark);

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
  g_assert_no_error (request->error);
  g_assert_cmpuint (request->attempts, ==, 1);
  g_assert_cmpuint (request->retried, ==, 0);
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

    if (g_bytes_get_size (request->picture->body) == DEADLY_BYTES) {
      g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_REFUSED);
      g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_FAIL);
      g_assert_cmpuint (request->attempts, ==, 2);
      n_failed++;
    } else {
      g_assert_no_error (request->error);
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
  g_assert_no_error (request->error);
  g_assert_cmpuint (request->attempts, ==, 2);
}

static void
missing_service_latches_and_says_what_to_do (Fixture * f, gconstpointer unused)
{
  g_autoptr (KocrRequest) request = NULL;
  const StateChange *change;

  g_setenv ("KAKAOOCR_SERVER", "/nonexistent/kakaoocr-server", TRUE);
  client_fixture_start (&f->client);
  request = client_fixture_ask (&f->client);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_LATCH);
  client_fixture_wait_changes (&f->client, 1);
  change = &g_array_index (f->client.changes, StateChange, 0);
  g_assert_cmpint (change->state, ==, KOCR_STATE_LATCHED);
  g_assert_error (change->error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
}

static void
stop_does_not_wait_for_a_service_that_starts (Fixture * f, gconstpointer unused)
{
  gint64 start;

  g_file_set_contents_full (f->program, "#!/bin/sh\nexec cat\n", -1,
      G_FILE_SET_CONTENTS_NONE, 0755, NULL);
  client_fixture_start (&f->client);
  client_fixture_send (&f->client);
  client_fixture_send (&f->client);
  start = g_get_monotonic_time ();
  client_fixture_stop (&f->client);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 100 * 1000);
  g_assert_cmpuint (f->client.n_completed, ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *path = g_file_read_link ("/proc/self/exe", NULL);

  if (argc > 2 && g_str_equal (argv[1], DIE_ALWAYS))
    return run_service (NULL);
  if (argc > 2 && g_str_equal (argv[1], DIE_ONCE))
    return run_service (argv[2]);

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
#undef ADD
  return g_test_run ();
}
