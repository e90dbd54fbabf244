/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A key that must not be seen: whichever way it is given and whatever the
 * service does, it stands in the request and nowhere else. Each is a run of its
 * own with every log on.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "faultserver.h"
#include "ocrharness.h"
#include "../check/sanitized.h"
#include "service.h"

#define KEY "canary-3fd2901c64b7"
/* Some of it would be too much. */
#define PART "canary-3fd2"
#define URL_VARIABLE "KAKAOOCR_ENDPOINT"

/* With a tag, for who prints them, and frames for more than one answer. */
#define PIPELINE "videotestsrc num-buffers=4 ! " TEST_FRAME_CAPS " ! " \
    "taginject tags=title=frames ! " \
    "kakaoocr name=ocr timing=exact interval=0 %s ! fakesink"

typedef struct
{
  const gchar *name;
    gboolean (*respond) (FaultConnection * c, const gchar * head, guint number,
      gpointer data);
} Conduct;

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

/* As a service does that is being debugged. */
static gboolean
echo (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 401, "WWW-Authenticate: " KEY "\r\n",
      "{\"code\":\"" KEY "\",\"message\":\"the key " KEY " is wrong\"}");
}

static gboolean
redirect (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  g_autofree gchar *location = g_strdup_printf
      ("Location: http://127.0.0.1:%u/" KEY "\r\n",
      fault_server_get_port (data));

  return fault_connection_answer (c, 302, location, "");
}

static const Conduct conducts[] = {
  {"an_answer", answer},
  {"an_echo_of_it", echo},
  {"a_redirect", redirect},
};

static void
assert_clean (const gchar * text)
{
  const gchar *found = strstr (text, PART);

  if (found) {
    const gchar *line = found;

    while (line > text && line[-1] != '\n')
      line--;
    g_error ("the key is in: %.*s", (gint) strcspn (line, "\n"), line);
  }
}

/* Looks through what was written to @directory, and removes it. */
static void
assert_clean_files (const gchar * directory)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  gboolean found = FALSE;
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (directory, name, NULL);
    g_autofree gchar *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    assert_clean (name);
    assert_clean (text);
    found |= strstr (text, "GstKakaoOcr") != NULL;
    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (directory);
  g_assert_true (found);
}

/* A program with every log on, asking @server. */
static void
assert_quiet (const gchar * const *command, const gchar * variable,
    const gchar * value, const Conduct * conduct)
{
  FaultScript script = { conduct->respond }, other_script = { answer };
  g_autoptr (FaultServer) other = fault_server_new (&other_script, NULL);
  g_autoptr (FaultServer) server = fault_server_new (&script, other);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new
      (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *directory = g_dir_make_tmp ("kakaoocr-XXXXXX", &error);
  g_autofree gchar *head = NULL, *text = NULL;

  g_assert_no_error (error);
  g_subprocess_launcher_setenv (launcher, "GST_DEBUG", "9", TRUE);
  g_subprocess_launcher_setenv (launcher, "GST_DEBUG_NO_COLOR", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "GST_DEBUG_DUMP_DOT_DIR", directory,
      TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  g_subprocess_launcher_setenv (launcher, URL_VARIABLE,
      fault_server_get_url (server), TRUE);
  g_subprocess_launcher_setenv (launcher, variable, value, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);

  /* It was on its way. */
  head = fault_server_get_head (server, 1);
  g_assert_nonnull (strstr (head, "\r\nx-api-key: " KEY "\r\n"));
  g_assert_cmpuint (fault_server_get_n_connections (other), ==, 0);
  text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
  g_assert_nonnull (strstr (text, "kakaoocr-http"));
  assert_clean (text);
  assert_clean_files (directory);
}

static void
launch (const gchar * settings, const gchar * variable, const gchar * value,
    const Conduct * conduct)
{
  g_autofree gchar *program = g_find_program_in_path ("gst-launch-1.0");
  g_autofree gchar *pipeline = g_strdup_printf (PIPELINE, settings);
  g_autofree gchar *line = g_strconcat (program ? program : "",
      " -v -m -t ", pipeline, NULL);
  g_auto (GStrv) command = g_strsplit (line, " ", 0);

  if (!program || SANITIZED)
    g_test_skip (program ? "gst-launch-1.0 cannot load a sanitized plugin"
        : "there is no gst-launch-1.0");
  else
    assert_quiet ((const gchar * const *) command, variable, value, conduct);
}

static void
key_by_the_environment_is_seen_nowhere_after (gconstpointer conduct)
{
  launch ("", "KAKAOOCR_API_KEY", KEY, conduct);
}

static void
key_by_a_file_is_seen_nowhere_after (gconstpointer conduct)
{
  gchar *file = service_write_file (KEY "\n", 0600);
  g_autofree gchar *settings = g_strdup_printf ("api-key-file=%s", file);

  launch (settings, "KAKAOOCR_API_KEY", "wrong", conduct);
  service_remove_file (file);
}

/* What an application does: it sets the property, reads all messages and dumps
 * its graph. */

#define APPLICATION "--application"

static void
tell (GstMessage * message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  g_autofree gchar *text = structure ? gst_structure_to_string (structure) :
      NULL;

  g_print ("%" GST_PTR_FORMAT "\n%s\n", message, text ? text : "");
}

static int
run_application (void)
{
  g_autofree gchar *line = g_strdup_printf (PIPELINE, "");
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  g_signal_connect (pipeline, "deep-notify",
      G_CALLBACK (gst_object_default_deep_notify), NULL);
  g_object_set (ocr, "api-key", KEY, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    GstMessage *message = gst_bus_timed_pop (bus, GST_CLOCK_TIME_NONE);

    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS
        || GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
    tell (message);
    gst_message_unref (message);
  }
  GST_DEBUG_BIN_TO_DOT_FILE (GST_BIN (pipeline), GST_DEBUG_GRAPH_SHOW_VERBOSE,
      "end");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return 0;
}

static void
key_by_the_property_is_seen_nowhere_after (gconstpointer conduct)
{
  const gchar *command[] = { "/proc/self/exe", APPLICATION, NULL };
  g_autofree gchar *program = g_file_read_link (command[0], NULL);

  command[0] = program;
  assert_quiet (command, "KAKAOOCR_API_KEY", "wrong", conduct);
}

int
main (int argc, char **argv)
{
  guint i;

  gst_init (&argc, &argv);
  if (argc == 2 && g_str_equal (argv[1], APPLICATION))
    return run_application ();
  g_test_init (&argc, &argv, NULL);

  for (i = 0; i < G_N_ELEMENTS (conducts); i++) {
#define ADD(test) G_STMT_START { \
    g_autofree gchar *path = g_strconcat ("/faults/" #test "/", \
        conducts[i].name, NULL); \
    g_test_add_data_func (path, &conducts[i], test); \
  } G_STMT_END
    ADD (key_by_the_environment_is_seen_nowhere_after);
    ADD (key_by_a_file_is_seen_nowhere_after);
    ADD (key_by_the_property_is_seen_nowhere_after);
#undef ADD
  }
  return g_test_run ();
}
