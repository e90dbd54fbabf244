/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How the element's own service is started, and started again.
 */
#include "localfixture.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../../memorysearch.h"
#include "../../processend.h"

/* Only what is broken takes so long. */
#define TIMEOUT_SECONDS 100

static void
the_key_goes_through_stdin (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autofree gchar *key = NULL, *path = NULL, *command = NULL;
  g_autofree gchar *environment = NULL, *arguments = NULL;
  gsize length;

  g_setenv ("KAKAOOCR_API_KEY", "of-another-service", TRUE);
  local_use_script (f, LOCAL_NOTE_PID LOCAL_NOTE_ORDER LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  key = local_read_note (f, "key");
  g_unsetenv ("KAKAOOCR_API_KEY");
  g_assert_cmpstr (endpoint->key, ==, key);
  g_assert_cmpuint (strlen (key), ==, 32);

  path = g_strdup_printf ("/proc/%d/cmdline", local_last_pid (f));
  g_assert_true (g_file_get_contents (path, &command, &length, NULL));
  g_assert_null (memmem (command, length, key, strlen (key)));
  arguments = local_read_note (f, "arguments");
  g_assert_nonnull (strstr (arguments, "--api-key-file - "));
  environment = local_read_note (f, "environment");
  g_assert_null (strstr (environment, key));
  g_assert_null (strstr (environment, "of-another-service"));
}

/* Its end: what is freed is overwritten at its beginning. Read past buffers that
 * would be left. */
static const gchar *
keep_key (LocalFixture * f)
{
  g_autofree gchar *path = g_build_filename (f->directory, "key", NULL);
  gchar key[33] = { 0 };
  const gchar *kept;
  gint fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (read (fd, key, 32), ==, 32);
  close (fd);
  kept = secret_keep (key + 16);
  explicit_bzero (key, sizeof key);
  return kept;
}

/* Its thread is the last to have it, which ends after its process. Where it
 * listened a client still waits, until that is closed. */
static void
the_key_is_wiped_with_the_service (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  const gchar *key;
  gchar answer;

  if (!memory_can_be_searched (getpid ()))
    return;
  local_use_script (f, LOCAL_NOTE_PID LOCAL_NOTE_ORDER LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  connection = g_socket_client_connect (
      client, G_SOCKET_CONNECTABLE (endpoint->address), NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&endpoint, kocr_local_endpoint_free);
  key = keep_key (f);
  g_assert_true (memory_holds (getpid (), key));
  kocr_local_service_release (g_steal_pointer (&f->service));
  local_assert_vanishes (local_last_pid (f));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (
                       G_IO_STREAM (connection)), &answer, 1, NULL, &error),
      <=, 0);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  g_assert_false (memory_holds (getpid (), key));
}

static void
the_key_is_wiped_with_an_endpoint (LocalFixture * f, gconstpointer data)
{
  KocrLocalEndpoint first = { (gchar *) "http://localhost/", NULL, NULL, 1 };
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  const gchar *key;

  if (!memory_can_be_searched (getpid ()))
    return;
  key = secret_keep ("0123456789abcdefghijklmnopqrstuvwxyz0123456789");
  first.address = g_unix_socket_address_new ("/nowhere");
  first.key = (gchar *) key;
  endpoint = kocr_local_endpoint_copy (&first);
  g_assert_true (memory_holds (getpid (), key + 16));
  g_clear_pointer (&endpoint, kocr_local_endpoint_free);
  g_assert_false (memory_holds (getpid (), key + 16));
  g_object_unref (first.address);
}

static void
it_listens_on_a_socket_without_a_name (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autofree gchar *listening = NULL, *sockets = NULL, *arguments = NULL;
  gchar **words;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_NOTE_ORDER LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  arguments = local_read_note (f, "arguments");
  g_assert_nonnull (strstr (arguments, "--listen-fd 3 "));
  g_assert_nonnull (strstr (arguments, "--max-regions 0 "));
  listening = local_read_note (f, "listening");
  g_assert_true (g_str_has_prefix (listening, "socket:["));

  /* Where it was bound, which every user can read, there is nothing. */
  g_assert_true (g_file_get_contents ("/proc/net/unix", &sockets, NULL, NULL));
  listening[strlen (listening) - 1] = '\0';
  words = g_strsplit (strstr (sockets, listening + strlen ("socket:[")), "\n", 2);
  g_assert_nonnull (words[0]);
  g_assert_true (strchr (words[0], '/') != NULL);
  g_assert_false (g_file_test (strchr (words[0], '/'), G_FILE_TEST_EXISTS));
  g_strfreev (words);
}

static void
it_gives_way_to_the_picture (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autofree gchar *nice = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_NOTE_ORDER LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  nice = local_read_note (f, "nice");
  g_assert_cmpint (atoi (nice), >=, 10);
}

static void
connect_done (GObject * source, GAsyncResult * result, gpointer data)
{
  GSocketConnection **connection = data;
  g_autoptr (GError) error = NULL;

  *connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source),
      result, &error);
  g_assert_no_error (error);
}

/* While none runs a connection waits; it is not refused. */
static void
a_respawn_refuses_nobody (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  kill (local_last_pid (f), SIGKILL);
  local_assert_vanishes (local_last_pid (f));
  g_socket_client_connect_async (client,
      G_SOCKET_CONNECTABLE (endpoint->address), NULL, connect_done,
      &connection);
  while (connection == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_io_stream_is_closed (G_IO_STREAM (connection)), ==, FALSE);
}

static void
a_process_that_hangs_is_replaced (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) first = NULL, second = NULL;
  gint pid;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  first = local_require_endpoint (f, 0);
  pid = local_last_pid (f);
  kill (pid, SIGSTOP);
  kocr_local_service_replace (f->service, first->generation);
  second = local_require_endpoint (f, 0);
  g_assert_cmpuint (second->generation, ==, 2);
  /* The same place and key: whoever waits there is answered. */
  g_assert_cmpstr (second->key, ==, first->key);
  g_assert_true (second->address == first->address);
  local_assert_vanishes (pid);
  /* Said of one that is no more it means nothing. */
  kocr_local_service_replace (f->service, first->generation);
  g_clear_pointer (&second, kocr_local_endpoint_free);
  second = local_require_endpoint (f, 0);
  g_assert_cmpuint (second->generation, ==, 2);
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
nothing_is_inherited_by_other_children (LocalFixture * f, gconstpointer data)
{
  guint n_before = count_inherited ();
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  g_assert_cmpuint (count_inherited (), ==, n_before);
}

static void
a_missing_program_says_what_to_do (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("KAKAOOCR_SERVER", "/nowhere/kakaoocr-server", TRUE);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_get_endpoint (f->service, 0, NULL, &error);
  g_assert_null (endpoint);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_nonnull (strstr (error->message, "/nowhere/kakaoocr-server"));
  g_assert_nonnull (strstr (error->message, "KAKAOOCR_SERVER"));
  g_assert_nonnull (strstr (error->message, "endpoint"));
}

static void
the_path_is_not_searched (LocalFixture * f, gconstpointer data)
{
  g_autofree gchar *path = g_strdup (g_getenv ("PATH"));
  g_autofree gchar *longer = g_strdup_printf ("%s:%s", f->directory, path);
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  g_setenv ("KAKAOOCR_SERVER", "server", TRUE);
  g_setenv ("PATH", longer, TRUE);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_get_endpoint (f->service, 0, NULL, &error);
  g_setenv ("PATH", path, TRUE);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
}

static void
its_last_words_tell_why_it_cannot_run (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  local_use_script (f, "echo noise >&2; echo no data for kor >&2; exit 1\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_get_endpoint (f->service, 0, NULL, &error);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_true (g_str_has_suffix (error->message, "no data for kor"));
}

static void
what_it_says_moves_no_terminal_s_cursor (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  local_use_script (f, "printf '\\033[31mno data\\n' >&2; exit 1\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_get_endpoint (f->service, 0, NULL, &error);
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE);
  g_assert_true (g_str_has_suffix (error->message, "?[31mno data"));
}

static void
a_process_that_dies_is_followed_by_another (LocalFixture * f,
    gconstpointer data)
{
  g_autoptr (GArray) pids = NULL;
  guint i;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  for (i = 1; i <= 3; i++) {
    g_autoptr (KocrLocalEndpoint) endpoint = local_require_endpoint (f, i - 1);

    g_assert_cmpuint (endpoint->generation, ==, i);
    g_assert_cmpuint (kocr_local_service_get_generation (f->service), ==, i);
    kill (local_last_pid (f), SIGKILL);
    process_wait_end (local_last_pid (f), TIMEOUT_SECONDS * 1000);
  }
  pids = local_read_pids (f);
  g_assert_cmpuint (pids->len, ==, 3);
}

static void
a_suspect_that_lives_stays_the_endpoint (LocalFixture * f, gconstpointer data)
{
  g_autoptr (KocrLocalEndpoint) endpoint = NULL, again = NULL;

  local_use_script (f, LOCAL_NOTE_PID LOCAL_LISTEN);
  f->service = kocr_local_service_acquire ("kor+eng");
  endpoint = local_require_endpoint (f, 0);
  again = local_require_endpoint (f, endpoint->generation);
  g_assert_cmpuint (again->generation, ==, endpoint->generation);
  g_assert_cmpstr (again->key, ==, endpoint->key);
}

static void
crashes_at_the_start_are_spaced_out (LocalFixture * f, gconstpointer data)
{
  gint64 started = g_get_monotonic_time ();
  guint i;

  local_use_script (f, LOCAL_NOTE_PID "kill -SEGV $$\n");
  f->service = kocr_local_service_acquire ("kor+eng");
  for (i = 0; i < 4; i++) {
    g_autoptr (KocrLocalEndpoint) endpoint = NULL;
    g_autoptr (GError) error = NULL;

    endpoint = local_get_endpoint (f->service, 0, NULL, &error);
    g_assert_error (error, KOCR_ERROR, KOCR_ERROR_UNAVAILABLE);
  }
  /* 100 + 200 + 400 ms */
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 700000);
}

int
main (int argc, char **argv)
{
  static const LocalTest tests[] = {
    {"the_key_goes_through_stdin", the_key_goes_through_stdin},
    {"the_key_is_wiped_with_the_service", the_key_is_wiped_with_the_service},
    {"the_key_is_wiped_with_an_endpoint", the_key_is_wiped_with_an_endpoint},
    {"it_listens_on_a_socket_without_a_name",
          it_listens_on_a_socket_without_a_name},
    {"it_gives_way_to_the_picture", it_gives_way_to_the_picture},
    {"a_respawn_refuses_nobody", a_respawn_refuses_nobody},
    {"a_process_that_hangs_is_replaced", a_process_that_hangs_is_replaced},
    {"nothing_is_inherited_by_other_children",
          nothing_is_inherited_by_other_children},
    {"a_missing_program_says_what_to_do", a_missing_program_says_what_to_do},
    {"the_path_is_not_searched", the_path_is_not_searched},
    {"its_last_words_tell_why_it_cannot_run",
          its_last_words_tell_why_it_cannot_run},
    {"what_it_says_moves_no_terminal_s_cursor",
          what_it_says_moves_no_terminal_s_cursor},
    {"a_process_that_dies_is_followed_by_another",
          a_process_that_dies_is_followed_by_another},
    {"a_suspect_that_lives_stays_the_endpoint",
          a_suspect_that_lives_stays_the_endpoint},
    {"crashes_at_the_start_are_spaced_out",
          crashes_at_the_start_are_spaced_out},
  };

  memory_keep_freed ();
  return local_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
