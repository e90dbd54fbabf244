/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The command line of kakaoocr-server, its key, addresses and TLS.
 */
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "httpexchange.h"
#include "serverprocess.h"
#include "testpicture.h"

#define KEY "s3cret-key"
#define REPLAY "{\"responses\":[]}"

typedef struct
{
  gchar *file;                  /* a replay, or what a test puts in it */
} Fixture;

static void
set_up (Fixture * f, gconstpointer data)
{
  close (g_file_open_tmp ("startup-XXXXXX", &f->file, NULL));
  g_assert_true (g_file_set_contents (f->file, REPLAY, -1, NULL));
}

static void
tear_down (Fixture * f, gconstpointer data)
{
  g_unlink (f->file);
  g_free (f->file);
}

static const struct
{
  const gchar *name, *arguments, *message;
} refused[] = {
  {"unknown_option", "--no-such-option", "--no-such-option"},
  {"argument", "argument", "argument"},
  {"port", "--port 65536", "--port"},
  {"negative_port", "--port -1", "--port"},
  {"no_jobs", "--jobs 0", "--jobs"},
  {"many_jobs", "--jobs 65", "--jobs"},
  {"side", "--max-side 16385", "--max-side"},
  {"rate", "--rate -1", "--rate"},
  {"rate_that_is_no_number", "--rate nan", "--rate"},
  {"fail", "--fail 200=1", "--fail"},
  {"latency", "--latency x", "--latency"},
  {"engine", "--engine magic", "--engine"},
  {"program", "--engine exec:/nowhere/engine", "/nowhere/engine"},
  {"no_program", "--engine exec:", "empty"},
  {"program_with_open_quotes", "--engine exec:'a", "quot"},
  {"replay_file", "--engine replay:/nowhere", "/nowhere"},
  {"signature", "--signature a/b", "--signature"},
  {"empty_signature", "--signature=", "--signature"},
  {"key_file", "--api-key-file /nowhere", "/nowhere"},
  {"key_of_an_empty_stdin", "--api-key-file -", "key"},
  {"no_pixels", "--max-pixels 0", "--max-pixels"},
  {"no_time_to_read", "--read-seconds 0", "--read-seconds"},
  {"negative_regions", "--max-regions -1", "--max-regions"},
  {"descriptor", "--engine replay:/dev/null --listen-fd -2", "--listen-fd"},
  {"descriptor_not_open", "--engine replay:/dev/null --listen-fd 99",
      "--listen-fd"},
  {"descriptor_that_does_not_listen", "--engine replay:/dev/null "
        "--listen-fd 1", "--listen-fd"},
  {"all_addresses_without_key_and_tls", "--engine replay:/dev/null "
        "--address 0.0.0.0", "--insecure"},
  {"all_addresses_v6", "--engine replay:/dev/null --address ::",
      "--insecure"},
  {"all_addresses_without_tls", "--engine replay:/dev/null "
        "--address 0.0.0.0 --api-key k", "TLS"},
  {"all_addresses_without_a_key", "--engine replay:/dev/null "
        "--address 0.0.0.0 --tls-cert " TEST_DIR "/localhost.pem --tls-key "
        TEST_DIR "/localhost-key.pem", "key"},
  {"key_with_blank", "--api-key=a\tb", "key"},
  {"empty_key", "--api-key=", "key"},
  {"certificate_alone", "--tls-cert /nowhere", "--tls-key"},
  {"certificate", "--tls-cert /nowhere --tls-key /nowhere", "/nowhere"},
  {"address", "--engine replay:/dev/null --address nowhere", "nowhere"},
  {"foreign_address", "--engine replay:/dev/null --address 192.0.2.1",
      "192.0.2.1"},
  {"language", "--lang xyz", "xyz"},
  {"tessdata", "--tessdata /nowhere", "/nowhere"},
};

static void
a_bad_start_says_why (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree gchar *output = NULL, *errors = NULL;

  g_assert_cmpint (server_process_run (refused[i].arguments, &output,
          &errors), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_true (g_str_has_prefix (errors, "kakaoocr-server: "));
  g_assert_nonnull (strstr (errors, refused[i].message));
}

static void
help_and_version_are_printed (void)
{
  static const gchar *const options[] = {
    "address", "port", "api-key-file", "api-key", "signature", "lang", "jobs",
    "rate", "max-side", "tls-cert", "tls-key", "engine", "latency", "fail",
    "exit-with-stdin", "listen-fd", "insecure", "max-regions", "read-seconds",
    "max-pixels",
  };
  g_autofree gchar *help = NULL, *version = NULL, *errors = NULL;
  guint i;

  g_assert_cmpint (server_process_run ("--help", &help, NULL), ==, 0);
  for (i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autofree gchar *option = g_strdup_printf ("--%s", options[i]);

    g_assert_nonnull (strstr (help, option));
  }
  g_assert_cmpint (server_process_run ("--version", &version, &errors), ==, 0);
  g_assert_true (g_str_has_prefix (version, "kakaoocr-server "));
}

/* The status of an upload that sends @key. */
static guint
upload (ServerProcess * server, const gchar * path, const gchar * key)
{
  g_autoptr (GBytes) picture = test_picture_new (8, 8, IFF_PNG);
  g_autoptr (GBytes) form = http_build_upload (picture);
  g_autoptr (GBytes) request = http_build_request ("POST", path, key,
      TEST_FORM_TYPE, NULL, form);
  g_autoptr (HttpReply) reply = http_exchange (server->port, request);

  return reply->status;
}

static void
assert_key (ServerProcess * server, const gchar * key)
{
  g_assert_cmpuint (upload (server, "/ai/OCR/local", key), ==, 200);
  g_assert_cmpuint (upload (server, "/ai/OCR/local", "other"), ==, 401);
  g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 401);
}

static gboolean
process_shows (ServerProcess * server, const gchar * text)
{
  g_autofree gchar *path = g_strdup_printf ("/proc/%d/cmdline", server->pid);
  g_autofree gchar *command = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &command, &length, NULL));
  return memmem (command, length, text, strlen (text)) != NULL;
}

static void
a_key_on_the_command_line_is_hidden (Fixture * f, gconstpointer data)
{
  static const gchar *const arguments[] = {
    "--api-key " KEY " --engine replay:%s",
    "--api-key=" KEY " --engine replay:%s",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (arguments); i++) {
    ServerProcess *server = server_process_start (arguments[i], f->file,
        NULL);

    assert_key (server, KEY);
    g_assert_true (process_shows (server, "--engine"));
    g_assert_false (process_shows (server, KEY));
    server_process_free (server);
  }
}

static void
a_key_comes_from_the_environment (Fixture * f, gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s", f->file,
      KEY);

  assert_key (server, KEY);
  server_process_free (server);
}

static void
a_key_comes_from_a_file (Fixture * f, gconstpointer data)
{
  ServerProcess *server;

  g_assert_true (g_file_set_contents (f->file, " " KEY "\r\n", -1, NULL));
  server = server_process_start ("--engine replay:/dev/null "
      "--api-key-file %s", f->file, "overruled");
  assert_key (server, KEY);
  server_process_free (server);
}

static void
a_key_comes_as_a_credential_of_systemd (Fixture * f, gconstpointer data)
{
  g_autofree gchar *directory = g_dir_make_tmp ("startup-XXXXXX", NULL);
  g_autofree gchar *path =
      g_build_filename (directory, "kakaoocr-server", NULL);
  ServerProcess *server;

  g_assert_true (g_file_set_contents (path, KEY "\n", -1, NULL));
  g_setenv ("CREDENTIALS_DIRECTORY", directory, TRUE);
  server = server_process_start ("--engine replay:%s", f->file, "overruled");
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  assert_key (server, KEY);
  server_process_free (server);
  g_unlink (path);
  g_rmdir (directory);
}

static void
a_key_comes_through_stdin (Fixture * f, gconstpointer data)
{
  const ServerStart start = {
    .arguments = "--engine replay:%s --api-key-file - --exit-with-stdin",
    .file = f->file,
    .key = "overruled",
    .input = KEY "\nand what follows",
  };
  ServerProcess *server = server_process_start_as (&start);

  assert_key (server, KEY);
  g_assert_cmpint (server_process_end (server, 0), ==, 0);
}

static void
an_address_beyond_this_machine_may_be_insecure (Fixture * f,
    gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s "
      "--address 0.0.0.0 --insecure", f->file, NULL);

  g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 200);
  server_process_free (server);
}

static void
a_listening_socket_is_taken_over (Fixture * f, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback =
      g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) own = NULL;
  ServerStart start = {
    .arguments = "--engine replay:%s --listen-fd 3",
    .file = f->file,
  };
  ServerProcess *server;
  guint round;

  start.socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
      G_SOCKET_PROTOCOL_TCP, NULL);
  g_assert_true (g_socket_bind (start.socket, any, TRUE, NULL));
  g_assert_true (g_socket_listen (start.socket, NULL));
  own = g_socket_get_local_address (start.socket, NULL);
  /* The next process has it as the first left it. */
  for (round = 0; round < 2; round++) {
    server = server_process_start_as (&start);
    g_assert_cmpuint (server->port, ==,
        g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own)));
    g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 200);
    server_process_free (server);
  }
  g_object_unref (start.socket);
}

static void
a_unix_socket_is_taken_over (Fixture * f, gconstpointer data)
{
  g_autofree gchar *path = g_strconcat (f->file, ".socket", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) stream = NULL;
  g_autoptr (GBytes) picture = test_picture_new (8, 8, IFF_PNG);
  g_autoptr (GBytes) form = http_build_upload (picture);
  g_autoptr (GBytes) request = http_build_request ("POST", "/ai/OCR/local",
      NULL, TEST_FORM_TYPE, NULL, form);
  g_autoptr (HttpReply) reply = NULL;
  ServerStart start = {
    .arguments = "--engine replay:%s --listen-fd 3",
    .file = f->file,
  };
  ServerProcess *server;

  start.socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
      G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_assert_true (g_socket_bind (start.socket, address, TRUE, NULL));
  g_assert_true (g_socket_listen (start.socket, NULL));
  server = server_process_start_as (&start);
  g_assert_cmpstr (server->url, ==, "http://localhost/ai/OCR/local");
  stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address),
      NULL, NULL);
  g_assert_true (http_send_bytes (G_IO_STREAM (stream), request));
  reply = http_read_reply (G_IO_STREAM (stream));
  g_assert_cmpuint (reply->status, ==, 200);
  server_process_free (server);
  g_object_unref (start.socket);
  g_unlink (path);
}

static void
without_a_key_any_is_accepted (Fixture * f, gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s", f->file,
      NULL);

  g_assert_cmpuint (upload (server, "/ai/OCR/local", "any"), ==, 200);
  g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 200);
  server_process_free (server);
}

static void
the_url_is_announced_whole (Fixture * f, gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s "
      "--signature e3bd4a3e", f->file, NULL);
  g_autofree gchar *url = g_strdup_printf
      ("http://127.0.0.1:%u/ai/OCR/e3bd4a3e", server->port);

  g_assert_cmpstr (server->url, ==, url);
  g_assert_cmpuint (upload (server, "/ai/OCR/e3bd4a3e", NULL), ==, 200);
  g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 400);
  server_process_free (server);
}

static void
a_port_in_use_is_an_error (Fixture * f, gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s", f->file,
      NULL);
  g_autofree gchar *arguments = g_strdup_printf
      ("--engine replay:/dev/null --port %u", server->port);
  g_autofree gchar *output = NULL, *errors = NULL;

  g_assert_cmpint (server_process_run (arguments, &output, &errors), ==, 1);
  g_assert_cmpstr (output, ==, "");
  server_process_free (server);
}

static void
a_lower_side_is_kept (Fixture * f, gconstpointer data)
{
  ServerProcess *server = server_process_start ("--engine replay:%s "
      "--max-side 7", f->file, NULL);

  g_assert_cmpuint (upload (server, "/ai/OCR/local", NULL), ==, 413);
  server_process_free (server);
}

static GIOStream *
connect_tls (ServerProcess * server, GTlsDatabase * database, GError ** error)
{
  g_autoptr (GIOStream) plain = http_connect (server->port);
  g_autoptr (GSocketConnectable) identity =
      g_network_address_new ("localhost", server->port);
  g_autoptr (GIOStream) stream = g_tls_client_connection_new (plain, identity,
      error);

  g_assert_no_error (*error);
  g_tls_connection_set_database (G_TLS_CONNECTION (stream), database);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, error))
    return NULL;
  return g_steal_pointer (&stream);
}

static void
tls_is_served (Fixture * f, gconstpointer data)
{
  static const gchar certificate[] = TEST_DIR "/localhost.pem";
  static const gchar arguments[] = "--engine replay:%s --tls-cert "
      TEST_DIR "/localhost.pem --tls-key " TEST_DIR "/localhost-key.pem";
  g_autoptr (GBytes) picture = test_picture_new (8, 8, IFF_PNG);
  g_autoptr (GBytes) form = http_build_upload (picture);
  g_autoptr (GBytes) request = http_build_request ("POST", "/ai/OCR/local",
      NULL, TEST_FORM_TYPE, NULL, form);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GIOStream) silent = NULL, plain = NULL, stream = NULL;
  g_autoptr (GError) error = NULL;
  ServerProcess *server;
  guint i;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_test_skip ("glib-networking is not installed");
    return;
  }
  database = g_tls_file_database_new (certificate, &error);
  g_assert_no_error (error);
  server = server_process_start (arguments, f->file, NULL);
  g_assert_true (g_str_has_prefix (server->url, "https://127.0.0.1:"));

  /* Who does not shake hands, or not by TLS, holds nobody up. */
  silent = http_connect (server->port);
  plain = http_connect (server->port);
  g_assert_true (http_send_bytes (plain, request));
  stream = connect_tls (server, database, &error);
  g_assert_no_error (error);
  for (i = 0; i < 3; i++) {
    g_autoptr (HttpReply) reply = NULL;

    g_assert_true (http_send_bytes (stream, request));
    reply = http_read_reply (stream);
    g_assert_cmpuint (reply->status, ==, 200);
    g_assert_cmpstr (reply->body, ==, REPLAY);
  }
  server_process_free (server);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const gchar *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    {"a_key_on_the_command_line_is_hidden",
        a_key_on_the_command_line_is_hidden},
    {"a_key_comes_from_the_environment", a_key_comes_from_the_environment},
    {"a_key_comes_from_a_file", a_key_comes_from_a_file},
    {"a_key_comes_as_a_credential_of_systemd",
        a_key_comes_as_a_credential_of_systemd},
    {"a_key_comes_through_stdin", a_key_comes_through_stdin},
    {"an_address_beyond_this_machine_may_be_insecure",
        an_address_beyond_this_machine_may_be_insecure},
    {"a_listening_socket_is_taken_over", a_listening_socket_is_taken_over},
    {"a_unix_socket_is_taken_over", a_unix_socket_is_taken_over},
    {"without_a_key_any_is_accepted", without_a_key_any_is_accepted},
    {"the_url_is_announced_whole", the_url_is_announced_whole},
    {"a_port_in_use_is_an_error", a_port_in_use_is_an_error},
    {"a_lower_side_is_kept", a_lower_side_is_kept},
    {"tls_is_served", tls_is_served},
  };
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree gchar *path = g_strdup_printf ("/startup/a_bad_start/%s",
        refused[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), a_bad_start_says_why);
  }
  g_test_add_func ("/startup/help_and_version_are_printed",
      help_and_version_are_printed);
  for (i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree gchar *path = g_strconcat ("/startup/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}
