/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Engines that are programs of their own: shell scripts here, which answer,
 * end, are silent or write nonsense.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../processend.h"
#include "../testrows.h"
#include "bounds.h"
#include "servicefixture.h"
#include "testpicture.h"

#define TESTS "/engines/"

#define TIMEOUT_MS (TEST_TIMEOUT_SECONDS * 1000)
#define SCRIPT "#!/bin/sh\n"
#define WORD "{\"box\":[[1,2],[9,2],[9,8],[1,8]],\"recognized_word\":[\"a\"]}"
#define ANSWER(results) \
    "{\"responses\":[{\"page\":1,\"results\":[" results "]}]}"
/* Says who it is when it has a picture, and then nothing. */
#define SILENT SCRIPT "read path\necho $$ >$0.pid\nexec sleep 1000\n"

typedef struct
{
  gchar *folder, *script;
  ServerProcess *server;
  GBytes *request, *picture;
  gint pid; /* a FIFO that SILENT writes its own into */
} Fixture;

/* Takes @picture. */
static void
ask_for (Fixture * f, GBytes * picture)
{
  g_autoptr (GBytes) form = http_build_upload (picture);

  g_clear_pointer (&f->picture, g_bytes_unref);
  g_clear_pointer (&f->request, g_bytes_unref);
  f->picture = picture;
  f->request = http_build_request ("POST", SERVICE_PATH, SERVICE_KEY,
      SERVICE_FORM, NULL, form);
}

static void
set_up (Fixture * f, const gchar * script, const gchar * more)
{
  g_autofree gchar *arguments =
      g_strconcat ("--jobs 1 --engine exec:%s ", more, NULL);
  g_autofree gchar *pid = NULL;

  *f = (Fixture) { NULL };

  f->folder = g_dir_make_tmp ("engines-XXXXXX", NULL);
  f->script = g_build_filename (f->folder, "engine", NULL);
  g_assert_true (g_file_set_contents_full (f->script, script, -1,
          G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  pid = g_strconcat (f->script, ".pid", NULL);
  g_assert_cmpint (mkfifo (pid, 0600), ==, 0);
  /* To be written to as well, so that the script waits for no reader. */
  f->pid = g_open (pid, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (f->pid, >=, 0);
  f->server = server_process_start (arguments, f->script, SERVICE_KEY);
  ask_for (f, test_picture_new (16, 16, IFF_PNG));
}

static void
tear_down (Fixture * f)
{
  static const gchar *const files[] = { "engine", "engine.pid", "engine.copy",
    "engine.path"
  };
  guint i;

  server_process_free (f->server);
  close (f->pid);
  for (i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *path = g_build_filename (f->folder, files[i], NULL);

    g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->script);
  g_bytes_unref (f->request);
  g_bytes_unref (f->picture);
}

static void
assert_answer (Fixture * f, guint status, const gchar * body)
{
  g_autoptr (HttpReply) reply = http_exchange (f->server->port, f->request);

  g_assert_cmpuint (reply->status, ==, status);
  if (body != NULL)
    g_assert_cmpstr (reply->body, ==, body);
}

static void
a_program_reads_the_picture_that_was_sent (void)
{
  Fixture f;
  g_autofree gchar *copy_path = NULL, *copy = NULL, *path_path = NULL;
  g_autofree gchar *path = NULL;
  gsize size;

  set_up (&f, SCRIPT "while read path; do\n cp $path $0.copy\n"
      " echo $path >$0.path\n echo '" ANSWER (WORD) "'\ndone\n", "");
  assert_answer (&f, 200, ANSWER (WORD));
  assert_answer (&f, 200, ANSWER (WORD));
  copy_path = g_strconcat (f.script, ".copy", NULL);
  g_assert_true (g_file_get_contents (copy_path, &copy, &size, NULL));
  g_assert_cmpmem (copy, size, g_bytes_get_data (f.picture, NULL),
      g_bytes_get_size (f.picture));
  path_path = g_strconcat (f.script, ".path", NULL);
  g_assert_true (g_file_get_contents (path_path, &path, NULL, NULL));
  g_assert_true (g_str_has_suffix (path, ".png\n"));
  /* It was there for the program alone. */
  g_assert_false (g_file_test (g_strchomp (path), G_FILE_TEST_EXISTS));
  tear_down (&f);
}

/* A JPEG that is to be shown turned clockwise by a quarter. */
static GBytes *
turned_jpeg_new (gint width, gint height)
{
  static const guint8 app1[] = "\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08"
      "\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0";
  g_autoptr (GBytes) plain = test_picture_new (width, height, IFF_JFIF_JPEG);
  GByteArray *turned = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);

  g_byte_array_append (turned, data, 2);
  g_byte_array_append (turned, app1, sizeof app1 - 1);
  g_byte_array_append (turned, data + 2, size - 2);
  return g_byte_array_free_to_bytes (turned);
}

static void
what_exif_turns_comes_upright_as_a_pgm (void)
{
  static const gchar head[] = "P5\n16 32\n255\n";
  Fixture f;
  g_autofree gchar *copy_path = NULL, *copy = NULL;
  gsize size;

  set_up (&f, SCRIPT "while read path; do\n cp $path $0.copy\n"
      " echo '" ANSWER (WORD) "'\ndone\n", "");
  ask_for (&f, turned_jpeg_new (32, 16));
  assert_answer (&f, 200, ANSWER (WORD));
  copy_path = g_strconcat (f.script, ".copy", NULL);
  g_assert_true (g_file_get_contents (copy_path, &copy, &size, NULL));
  g_assert_cmpuint (size, ==, strlen (head) + 16 * 32);
  g_assert_cmpmem (copy, strlen (head), head, strlen (head));
  /* What was black at its left is at the top. */
  g_assert_cmpuint ((guint8) copy[strlen (head)], <, 32);
  g_assert_cmpuint ((guint8) copy[size - 1], >, 224);
  tear_down (&f);
}

static void
a_program_that_ended_is_started_again (void)
{
  Fixture f;
  guint i;

  set_up (&f, SCRIPT "read path\necho '" ANSWER (WORD) "'\n", "");
  for (i = 0; i < 4; i++)
    assert_answer (&f, 200, ANSWER (WORD));
  tear_down (&f);
}

static void
a_program_that_ends_without_an_answer_is_an_error (void)
{
  Fixture f;

  set_up (&f, SCRIPT "read path\n", "");
  assert_answer (&f, 503, NULL);
  assert_answer (&f, 503, NULL);
  tear_down (&f);
}

static void
nonsense_is_an_error_and_the_next_picture_is_read (void)
{
  Fixture f;

  set_up (&f, SCRIPT "read path\nif [ -e $0.copy ]; then\n echo '"
      ANSWER (WORD) "'\n else\n touch $0.copy\n echo nonsense; echo more\nfi\n"
      "read path\n", "");
  assert_answer (&f, 503, NULL);
  assert_answer (&f, 200, ANSWER (WORD));
  tear_down (&f);
}

static void
its_words_are_counted_and_stay_in_the_picture (void)
{
  Fixture f;

  set_up (&f, SCRIPT "while read path; do\n echo '"
      ANSWER (WORD "," WORD) "'\ndone\n", "--max-regions 1");
  assert_answer (&f, 405, NULL);
  tear_down (&f);
  set_up (&f, SCRIPT "while read path; do\n echo '" ANSWER
      ("{\"box\":[[-1,0],[99,0],[99,1e300],[0,5]],\"recognized_word\":[\"a\"]}")
      "'\ndone\n", "");
  assert_answer (&f, 200, ANSWER
      ("{\"box\":[[0,0],[16,0],[16,16],[0,5]],\"recognized_word\":[\"a\"]}"));
  tear_down (&f);
}

/* Waits for the engine to have a picture; its process. */
static gint
wait_for_engine (Fixture *f)
{
  struct pollfd written = { f->pid, POLLIN, 0 };
  gchar text[16] = { 0 };
  gint pid;

  g_assert_cmpint (poll (&written, 1, TIMEOUT_MS), ==, 1);
  g_assert_cmpint (read (f->pid, text, sizeof text - 1), >, 0);
  pid = atoi (text);
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static void
a_silent_program_is_killed_when_its_time_is_over (void)
{
  Fixture f;

  set_up (&f, SILENT, "--read-seconds 1");
  assert_answer (&f, 503, NULL);
  process_wait_end (wait_for_engine (&f), TIMEOUT_MS);
  tear_down (&f);
}

static void
a_reading_stops_when_its_client_has_gone (void)
{
  Fixture f;
  g_autoptr (GIOStream) stream = NULL;
  gint pid;

  set_up (&f, SILENT, "--read-seconds 86400");
  stream = http_connect (f.server->port);
  g_assert_true (http_send_bytes (stream, f.request));
  pid = wait_for_engine (&f);
  g_assert_cmpint (kill (pid, 0), ==, 0);
  g_io_stream_close (stream, NULL, NULL);
  process_wait_end (pid, TIMEOUT_MS);
  tear_down (&f);
}

static gint
get_fd (GIOStream * stream)
{
  return g_socket_get_fd (g_socket_connection_get_socket (
          G_SOCKET_CONNECTION (stream)));
}

/* While one is read, so many may wait; whoever else comes hears so at once, and
 * when to come again. */
static void
who_comes_to_a_full_queue_is_told_to_wait (void)
{
  GIOStream *streams[LIMIT_WAITING + 2];
  struct pollfd fds[G_N_ELEMENTS (streams)];
  g_autoptr (HttpReply) reply = NULL;
  g_autofree gchar *retry_after = NULL;
  Fixture f;
  guint i;

  set_up (&f, SILENT, "--read-seconds 86400");
  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    streams[i] = http_connect (f.server->port);
    fds[i] = (struct pollfd) { get_fd (streams[i]), POLLIN, 0 };
    g_assert_true (http_send_bytes (streams[i], f.request));
    if (i == 0)
      wait_for_engine (&f);
  }
  g_assert_cmpint (poll (fds, G_N_ELEMENTS (fds), TIMEOUT_MS), ==, 1);
  for (i = 0; fds[i].revents == 0; i++);
  reply = http_read_reply (streams[i]);
  g_assert_cmpuint (reply->status, ==, 429);
  retry_after = http_reply_get_header (reply, "Retry-After");
  g_assert_cmpstr (retry_after, ==, "1");
  assert_answer (&f, 429, NULL);
  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_io_stream_close (streams[i], NULL, NULL);
    g_object_unref (streams[i]);
  }
  tear_down (&f);
}

static guint
count_folders (const gchar * directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const gchar *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "kakaoocr-pictures-");
  return n;
}

/* Its pictures are somebody's. But nobody takes those of one that runs. */
static void
what_a_killed_service_leaves_goes_when_the_next_one_starts (void)
{
  g_autoptr (GIOStream) stream = NULL;
  g_autofree gchar *directory = g_dir_make_tmp ("engines-XXXXXX", NULL);
  g_autofree gchar *usual = g_strdup (g_get_tmp_dir ());
  Fixture first, next, other;

  g_setenv ("TMPDIR", directory, TRUE);
  set_up (&first, SILENT, "");
  stream = http_connect (first.server->port);
  g_assert_true (http_send_bytes (stream, first.request));
  wait_for_engine (&first);
  g_assert_cmpint (server_process_end (first.server, SIGKILL), ==, -1);
  g_assert_cmpuint (count_folders (directory), ==, 1);

  set_up (&next, SCRIPT "exec cat\n", "");
  g_assert_cmpuint (count_folders (directory), ==, 1);
  set_up (&other, SCRIPT "exec cat\n", "");
  g_assert_cmpuint (count_folders (directory), ==, 2);
  tear_down (&other);
  tear_down (&next);
  g_assert_cmpuint (count_folders (directory), ==, 0);
  first.server = server_process_start ("--engine replay:/dev/null", NULL, NULL);
  tear_down (&first);
  g_setenv ("TMPDIR", usual, TRUE);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
a_program_ends_with_the_service (void)
{
  Fixture f;
  g_autoptr (GIOStream) stream = NULL;
  gint pid;

  set_up (&f, SILENT, "");
  stream = http_connect (f.server->port);
  g_assert_true (http_send_bytes (stream, f.request));
  pid = wait_for_engine (&f);
  g_subprocess_send_signal (f.server->process, SIGTERM);
  g_subprocess_send_signal (f.server->process, SIGTERM);
  g_io_stream_close (stream, NULL, NULL);
  process_wait_end (pid, TIMEOUT_MS);
  g_assert_cmpint (server_process_end (f.server, 0), ==, 0);
  f.server = server_process_start ("--engine replay:/dev/null", NULL, NULL);
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  ADD (a_program_reads_the_picture_that_was_sent);
  ADD (what_exif_turns_comes_upright_as_a_pgm);
  ADD (a_program_that_ended_is_started_again);
  ADD (a_program_that_ends_without_an_answer_is_an_error);
  ADD (nonsense_is_an_error_and_the_next_picture_is_read);
  ADD (its_words_are_counted_and_stay_in_the_picture);
  ADD (a_silent_program_is_killed_when_its_time_is_over);
  ADD (a_reading_stops_when_its_client_has_gone);
  ADD (who_comes_to_a_full_queue_is_told_to_wait);
  ADD (what_a_killed_service_leaves_goes_when_the_next_one_starts);
  ADD (a_program_ends_with_the_service);
  return g_test_run ();
}
