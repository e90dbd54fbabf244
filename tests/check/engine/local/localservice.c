/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The element's own service: shared, and gone with its last user or with the
 * process, whose server itself runs where it was built.
 */
#include "localfixture.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../../stopwatch.h"

#define HOLD_OPTION "--hold-service"

static void
on_ready (GObject * source, GAsyncResult * result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
one_process_serves_all_users (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) first = NULL, second = NULL;
  g_autoptr (GArray) pids = NULL;
  KocrLocalService *other;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  other = kocr_local_service_acquire ("kor+eng");
  g_assert_true (f->service == other);

  first = local_require_endpoint (f, 0);
  second = local_require_endpoint (f, 0);
  g_assert_cmpstr (first->url, ==, "http://localhost/ai/OCR/local");
  g_assert_cmpuint (first->generation, ==, 1);
  g_assert_cmpstr (second->url, ==, first->url);
  g_assert_cmpstr (second->key, ==, first->key);
  kocr_local_service_release (other);
  g_clear_pointer (&second, kocr_local_endpoint_free);
  second = local_require_endpoint (f, 0);
  pids = local_read_pids (f);
  g_assert_cmpuint (pids->len, ==, 1);
}

static void
a_set_of_languages_has_a_process_of_its_own (LocalFixture * f,
    gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) first = NULL, second = NULL;
  g_autoptr (GArray) pids = NULL;
  g_autofree gchar *arguments = NULL;
  KocrLocalService *other;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_NOTE_ORDER LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  other = kocr_local_service_acquire ("jpn");
  g_assert_true (f->service != other);
  first = local_require_endpoint (f, 0);
  second = local_get_endpoint (other, 0, NULL, NULL);
  g_assert_nonnull (second);
  g_assert_cmpstr (second->key, !=, first->key);
  g_assert_true (second->address != first->address);
  arguments = local_read_note (f, "arguments");
  g_assert_nonnull (strstr (arguments, "--lang jpn"));
  pids = local_read_pids (f);
  g_assert_cmpuint (pids->len, ==, 2);
  kocr_local_service_release (other);
}

static void
no_process_is_started_before_it_is_needed (LocalFixture * f, gconstpointer data)
{
  g_autofree gchar *note = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  g_assert_cmpuint (kocr_local_service_get_generation (f->service), ==, 0);
  kocr_local_service_release (g_steal_pointer (&f->service));
  note = local_read_note (f, "pids");
  g_assert_null (note);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
a_waiting_call_can_be_cancelled (LocalFixture * f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  local_use_script (f, LOCAL_NOTE_PID "exec cat\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  endpoint = local_get_endpoint (f->service, 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
leaving_cancels_what_waits (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  local_use_script (f, LOCAL_NOTE_PID "exec cat\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  kocr_local_service_get_endpoint_async (f->service, 0, NULL, on_ready,
      &result);
  kocr_local_service_release (g_steal_pointer (&f->service));
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  endpoint = kocr_local_service_get_endpoint_finish (result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
the_last_user_ends_it_without_waiting (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  Stopwatch watch;

  /* It does not heed its stdin, so it must be killed. */
  local_use_script (f, LOCAL_NOTE_PID "trap '' TERM INT HUP\n"
      "echo http://localhost/x; exec sleep 1000\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  watch = stopwatch_start ();
  kocr_local_service_release (g_steal_pointer (&f->service));
  g_assert_cmpint (stopwatch_stop (&watch), <, 100000);
  local_assert_vanishes (local_last_pid (f));
}

static gpointer
use_service_often (gpointer data)
{
  guint i;

  for (i = 0; i < 10; i++) {
    KocrLocalService *service = kocr_local_service_acquire ("kor+eng");
    g_autoptr (GError) error = NULL;
    g_autoptr (KocrLocalEndpoint) endpoint =
        local_get_endpoint (service, 0, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (endpoint);
    kocr_local_service_release (service);
  }
  return NULL;
}

static void
threads_may_come_and_go (LocalFixture * f, gconstpointer data)
{
  GThread *threads[8];
  guint i;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("user", use_service_often, NULL);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* The real server, noting its pid; FALSE: it was not built. */
static gboolean
use_server (LocalFixture * f, const gchar * server)
{
  g_autofree gchar *body = NULL;

  if (server == NULL || !g_file_test (server, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip ("kakaoocr-server was not built");
    return FALSE;
  }
  body =
      g_strdup_printf (LOCAL_NOTE_PID
      "exec '%s' \"$@\" --engine replay:server\n", server);
  local_use_script (f, body);
  return TRUE;
}

/* A process that holds the service is killed without a chance to clean up. */
static void
kill_holder (LocalFixture * f)
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
  g_assert_cmpint (kill (local_last_pid (f), 0), ==, 0);
  g_subprocess_force_exit (holder);
  g_subprocess_wait (holder, NULL, NULL);
  local_assert_orphan_ends (local_last_pid (f));
}

static void
sigkill_leaves_no_process (LocalFixture * f, gconstpointer data)
{
  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  kill_holder (f);
}

static void
sigkill_leaves_no_server (LocalFixture * f, gconstpointer data)
{
  if (use_server (f, data))
    kill_holder (f);
}

static void
the_server_is_started_and_ends (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;

  if (!use_server (f, data))
    return;
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  g_assert_true (g_str_has_prefix (endpoint->url, "http://localhost/"));
  kocr_local_service_release (g_steal_pointer (&f->service));
  local_assert_vanishes (local_last_pid (f));
}

/* The other side of kill_holder(). */
static int
hold_service (void)
{
  KocrLocalService *service = kocr_local_service_acquire ("kor+eng");
  g_autoptr (KocrLocalEndpoint) endpoint = local_get_endpoint (service, 0, NULL,
      NULL);

  if (endpoint == NULL || write (STDOUT_FILENO, "\n", 1) != 1)
    return 1;
  pause ();
  return 0;
}

int
main (int argc, char **argv)
{
  static const LocalTest tests[] = {
    {"one_process_serves_all_users", one_process_serves_all_users},
    {"a_set_of_languages_has_a_process_of_its_own",
          a_set_of_languages_has_a_process_of_its_own},
    {"no_process_is_started_before_it_is_needed",
          no_process_is_started_before_it_is_needed},
    {"a_waiting_call_can_be_cancelled", a_waiting_call_can_be_cancelled},
    {"leaving_cancels_what_waits", leaving_cancels_what_waits},
    {"the_last_user_ends_it_without_waiting",
          the_last_user_ends_it_without_waiting},
    {"threads_may_come_and_go", threads_may_come_and_go},
    {"sigkill_leaves_no_process", sigkill_leaves_no_process},
    {"sigkill_leaves_no_server", sigkill_leaves_no_server},
    {"the_server_is_started_and_ends", the_server_is_started_and_ends},
  };

  if (argc == 2 && strcmp (argv[1], HOLD_OPTION) == 0)
    return hold_service ();
  return local_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
