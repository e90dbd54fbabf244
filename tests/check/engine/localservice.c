/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The element's own service: shared, started when needed, restarted, and gone
 * with its last user or with the process. Small scripts stand in for the
 * server, and the server itself runs where it was built.
 */
#include "localservice.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIMEOUT_MS 20000
#define HOLD_OPTION "--hold-service"

/* A server as far as the launcher can see: it says its pid and its key to
 * files, then its URL, and lives until stdin ends. */
#define NOTE_PID "echo $$ >> pids; echo \"$KAKAOOCR_SERVER_KEY\" > key\n"
#define LISTEN "echo http://127.0.0.1:9/ai/OCR/local; exec cat\n"

typedef struct
{
  gchar *directory;
  KocrLocalService *service;
} Fixture;

static void
use_script (Fixture * f, const gchar * body)
{
  g_autofree gchar *path = g_build_filename (f->directory, "server", NULL);
  g_autofree gchar *text = g_strdup_printf ("#!/bin/sh\ncd '%s'\n%s",
      f->directory, body);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755,
      &error);
  g_assert_no_error (error);
  g_setenv ("KAKAOOCR_SERVER", path, TRUE);
}

static gchar *
read_note (Fixture * f, const gchar * name)
{
  g_autofree gchar *path = g_build_filename (f->directory, name, NULL);
  gchar *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text != NULL ? g_strstrip (text) : NULL;
}

/* The processes that were started, in order. */
static GArray *
read_pids (Fixture * f)
{
  g_autofree gchar *text = read_note (f, "pids");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (gint));
  guint i;

  for (i = 0; lines[i] != NULL; i++) {
    gint pid = atoi (lines[i]);

    g_array_append_val (pids, pid);
  }
  return pids;
}

static gint
last_pid (Fixture * f)
{
  g_autoptr (GArray) pids = read_pids (f);

  g_assert_cmpuint (pids->len, >, 0);
  return g_array_index (pids, gint, pids->len - 1);
}

static void
set_up (Fixture * f, gconstpointer data)
{
  f->directory = g_dir_make_tmp ("localservice-XXXXXX", NULL);
  f->service = NULL;
}

/* Waits until there is no process @pid, not even a zombie. */
static void
assert_vanishes (gint pid)
{
  gint fd = syscall (SYS_pidfd_open, pid, 0);
  struct pollfd end = { fd, POLLIN, 0 };
  guint i;

  if (fd >= 0) {
    g_assert_cmpint (poll (&end, 1, TIMEOUT_MS), ==, 1);
    close (fd);
  }
  /* It has ended; the reaping has no event to wait for. */
  for (i = 0; kill (pid, 0) == 0; i++) {
    g_assert_cmpuint (i, <, TIMEOUT_MS);
    g_usleep (1000);
  }
  g_assert_cmpint (errno, ==, ESRCH);
}

static void
tear_down (Fixture * f, gconstpointer data)
{
  g_autoptr (GArray) pids = read_pids (f);
  g_autoptr (GDir) dir = g_dir_open (f->directory, 0, NULL);
  const gchar *name;
  guint i;

  if (f->service != NULL)
    kocr_local_service_release (f->service);
  for (i = 0; i < pids->len; i++)
    assert_vanishes (g_array_index (pids, gint, i));
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *path = g_build_filename (f->directory, name, NULL);

    g_unlink (path);
  }
  g_rmdir (f->directory);
  g_free (f->directory);
}

static void
on_ready (GObject * source, GAsyncResult * result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* As the network thread does it: in a context of its own. */
static KocrLocalEndpoint *
get_endpoint (KocrLocalService * service, guint suspect,
    GCancellable * cancellable, GError ** error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  kocr_local_service_get_endpoint_async (service, suspect, cancellable,
      on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return kocr_local_service_get_endpoint_finish (result, error);
}

static KocrLocalEndpoint *
require_endpoint (Fixture * f, guint suspect)
{
  g_autoptr (GError) error = NULL;
  KocrLocalEndpoint *endpoint = get_endpoint (f->service, suspect, NULL,
      &error);

  g_assert_no_error (error);
  return endpoint;
}

static void
one_process_serves_all_users (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) first = NULL, second = NULL;
  g_autoptr (GArray) pids = NULL;
  KocrLocalService *other;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  other = kocr_local_service_acquire ();
  g_assert_true (f->service == other);

  first = require_endpoint (f, 0);
  second = require_endpoint (f, 0);
  g_assert_cmpstr (first->url, ==, "http://127.0.0.1:9/ai/OCR/local");
  g_assert_cmpuint (first->generation, ==, 1);
  g_assert_cmpstr (second->url, ==, first->url);
  g_assert_cmpstr (second->key, ==, first->key);
  kocr_local_service_release (other);
  g_clear_pointer (&second, kocr_local_endpoint_free);
  second = require_endpoint (f, 0);
  pids = read_pids (f);
  g_assert_cmpuint (pids->len, ==, 1);
}

static void
no_process_is_started_before_it_is_needed (Fixture * f, gconstpointer data)
{
  g_autofree gchar *note = NULL;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  g_assert_cmpuint (kocr_local_service_get_generation (f->service), ==, 0);
  kocr_local_service_release (g_steal_pointer (&f->service));
  note = read_note (f, "pids");
  g_assert_null (note);
}

static void
the_key_goes_through_the_environment (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autofree gchar *key = NULL, *path = NULL, *command = NULL;
  gsize length;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  endpoint = require_endpoint (f, 0);
  key = read_note (f, "key");
  g_assert_cmpstr (endpoint->key, ==, key);
  g_assert_cmpuint (strlen (key), ==, 32);

  path = g_strdup_printf ("/proc/%d/cmdline", last_pid (f));
  g_assert_true (g_file_get_contents (path, &command, &length, NULL));
  g_assert_null (memmem (command, length, key, strlen (key)));
}

/* Descriptors that a child of this process would get. */
static guint
count_inherited (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const gchar *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if ((fcntl (atoi (name), F_GETFD) & FD_CLOEXEC) == 0)
      n++;
  return n;
}

static void
nothing_is_inherited_by_other_children (Fixture * f, gconstpointer data)
{
  guint n_before = count_inherited ();
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  endpoint = require_endpoint (f, 0);
  g_assert_cmpuint (count_inherited (), ==, n_before);
}

static void
a_missing_program_says_what_to_do (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("KAKAOOCR_SERVER", "/nowhere/kakaoocr-server", TRUE);
  f->service = kocr_local_service_acquire ();
  endpoint = get_endpoint (f->service, 0, NULL, &error);
  g_assert_null (endpoint);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_nonnull (strstr (error->message, "/nowhere/kakaoocr-server"));
  g_assert_nonnull (strstr (error->message, "KAKAOOCR_SERVER"));
  g_assert_nonnull (strstr (error->message, "endpoint"));
}

static void
the_path_is_not_searched (Fixture * f, gconstpointer data)
{
  g_autofree gchar *path = g_strdup (g_getenv ("PATH"));
  g_autofree gchar *longer = g_strdup_printf ("%s:%s", f->directory, path);
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  use_script (f, NOTE_PID LISTEN);
  g_setenv ("KAKAOOCR_SERVER", "server", TRUE);
  g_setenv ("PATH", longer, TRUE);
  f->service = kocr_local_service_acquire ();
  endpoint = get_endpoint (f->service, 0, NULL, &error);
  g_setenv ("PATH", path, TRUE);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
}

static void
its_last_words_tell_why_it_cannot_run (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  use_script (f, "echo noise >&2; echo no data for kor >&2; exit 1\n");
  f->service = kocr_local_service_acquire ();
  endpoint = get_endpoint (f->service, 0, NULL, &error);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_true (g_str_has_suffix (error->message, "no data for kor"));
}

static void
a_process_that_dies_is_followed_by_another (Fixture * f, gconstpointer data)
{
  g_autoptr (GArray) pids = NULL;
  guint i;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  for (i = 1; i <= 3; i++) {
    g_autoptr (KocrLocalEndpoint) endpoint = require_endpoint (f, i - 1);

    g_assert_cmpuint (endpoint->generation, ==, i);
    g_assert_cmpuint (kocr_local_service_get_generation (f->service), ==, i);
    kill (last_pid (f), SIGKILL);
  }
  pids = read_pids (f);
  g_assert_cmpuint (pids->len, ==, 3);
}

static void
a_suspect_that_lives_stays_the_endpoint (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL, again = NULL;

  use_script (f, NOTE_PID LISTEN);
  f->service = kocr_local_service_acquire ();
  endpoint = require_endpoint (f, 0);
  again = require_endpoint (f, endpoint->generation);
  g_assert_cmpuint (again->generation, ==, endpoint->generation);
  g_assert_cmpstr (again->key, ==, endpoint->key);
}

static void
crashes_at_the_start_are_spaced_out (Fixture * f, gconstpointer data)
{
  gint64 started = g_get_monotonic_time ();
  guint i;

  use_script (f, NOTE_PID "kill -SEGV $$\n");
  f->service = kocr_local_service_acquire ();
  for (i = 0; i < 4; i++) {
    g_autoptr (KocrLocalEndpoint) endpoint = NULL;
    g_autoptr (GError) error = NULL;

    endpoint = get_endpoint (f->service, 0, NULL, &error);
    g_assert_error (error, KOCR_ERROR, KOCR_ERROR_UNAVAILABLE);
  }
  /* 100 + 200 + 400 ms */
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 700000);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  cancel (cancellable);
  return NULL;
}

static void
a_waiting_call_can_be_cancelled (Fixture * f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  use_script (f, NOTE_PID "exec cat\n");
  f->service = kocr_local_service_acquire ();
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  endpoint = get_endpoint (f->service, 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
leaving_cancels_what_waits (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  use_script (f, NOTE_PID "exec cat\n");
  f->service = kocr_local_service_acquire ();
  kocr_local_service_get_endpoint_async (f->service, 0, NULL, on_ready,
      &result);
  kocr_local_service_release (g_steal_pointer (&f->service));
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  endpoint = kocr_local_service_get_endpoint_finish (result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
the_last_user_ends_it_without_waiting (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  gint64 before;

  /* It does not heed its stdin, so it must be killed. */
  use_script (f, NOTE_PID "trap '' TERM INT HUP\n"
      "echo http://127.0.0.1:9/x; exec sleep 1000\n");
  f->service = kocr_local_service_acquire ();
  endpoint = require_endpoint (f, 0);
  before = g_get_monotonic_time ();
  kocr_local_service_release (g_steal_pointer (&f->service));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 100000);
  assert_vanishes (last_pid (f));
}

static gpointer
use_service_often (gpointer data)
{
  guint i;

  for (i = 0; i < 10; i++) {
    KocrLocalService *service = kocr_local_service_acquire ();
    g_autoptr (GError) error = NULL;
    g_autoptr (KocrLocalEndpoint) endpoint = get_endpoint (service, 0, NULL,
        &error);

    g_assert_no_error (error);
    g_assert_nonnull (endpoint);
    kocr_local_service_release (service);
  }
  return NULL;
}

static void
threads_may_come_and_go (Fixture * f, gconstpointer data)
{
  GThread *threads[8];
  guint i;

  use_script (f, NOTE_PID LISTEN);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("user", use_service_often, NULL);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* The real server, noting its pid; FALSE: it was not built. */
static gboolean
use_server (Fixture * f, const gchar * server)
{
  g_autofree gchar *body = NULL;

  if (server == NULL || !g_file_test (server, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip ("kakaoocr-server was not built");
    return FALSE;
  }
  body =
      g_strdup_printf (NOTE_PID "exec '%s' \"$@\" --engine replay:server\n",
      server);
  use_script (f, body);
  return TRUE;
}

/* A process that holds the service is killed without a chance to clean up. */
static void
kill_holder (Fixture * f)
{
  g_autofree gchar *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) holder =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self,
      HOLD_OPTION, NULL);
  gchar ready;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (holder),
          &ready, 1, NULL, &error), ==, 1);
  g_assert_cmpint (kill (last_pid (f), 0), ==, 0);
  g_subprocess_force_exit (holder);
  g_subprocess_wait (holder, NULL, NULL);
  assert_vanishes (last_pid (f));
}

static void
sigkill_leaves_no_process (Fixture * f, gconstpointer data)
{
  use_script (f, NOTE_PID LISTEN);
  kill_holder (f);
}

static void
sigkill_leaves_no_server (Fixture * f, gconstpointer data)
{
  if (use_server (f, data))
    kill_holder (f);
}

static void
the_server_is_started_and_ends (Fixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;

  if (!use_server (f, data))
    return;
  f->service = kocr_local_service_acquire ();
  endpoint = require_endpoint (f, 0);
  g_assert_true (g_str_has_prefix (endpoint->url, "http://127.0.0.1:"));
  kocr_local_service_release (g_steal_pointer (&f->service));
  assert_vanishes (last_pid (f));
}

/* The other side of kill_holder(). */
static int
hold_service (void)
{
  KocrLocalService *service = kocr_local_service_acquire ();
  g_autoptr (KocrLocalEndpoint) endpoint = get_endpoint (service, 0, NULL,
      NULL);

  if (endpoint == NULL || write (STDOUT_FILENO, "\n", 1) != 1)
    return 1;
  pause ();
  return 0;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const gchar *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    {"one_process_serves_all_users", one_process_serves_all_users},
    {"no_process_is_started_before_it_is_needed",
        no_process_is_started_before_it_is_needed},
    {"the_key_goes_through_the_environment",
        the_key_goes_through_the_environment},
    {"nothing_is_inherited_by_other_children",
        nothing_is_inherited_by_other_children},
    {"a_missing_program_says_what_to_do", a_missing_program_says_what_to_do},
    {"the_path_is_not_searched", the_path_is_not_searched},
    {"its_last_words_tell_why_it_cannot_run",
        its_last_words_tell_why_it_cannot_run},
    {"a_process_that_dies_is_followed_by_another",
        a_process_that_dies_is_followed_by_another},
    {"a_suspect_that_lives_stays_the_endpoint",
        a_suspect_that_lives_stays_the_endpoint},
    {"crashes_at_the_start_are_spaced_out",
        crashes_at_the_start_are_spaced_out},
    {"a_waiting_call_can_be_cancelled", a_waiting_call_can_be_cancelled},
    {"leaving_cancels_what_waits", leaving_cancels_what_waits},
    {"the_last_user_ends_it_without_waiting",
        the_last_user_ends_it_without_waiting},
    {"threads_may_come_and_go", threads_may_come_and_go},
    {"sigkill_leaves_no_process", sigkill_leaves_no_process},
    {"sigkill_leaves_no_server", sigkill_leaves_no_server},
    {"the_server_is_started_and_ends", the_server_is_started_and_ends},
  };
  g_autofree gchar *server = g_strdup (g_getenv ("KAKAOOCR_SERVER"));
  guint i;

  if (argc == 2 && strcmp (argv[1], HOLD_OPTION) == 0)
    return hold_service ();
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree gchar *path = g_strconcat ("/localservice/", tests[i].name,
        NULL);

    g_test_add (path, Fixture, server, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}
