/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what is set up wrongly, or gone, is said once and says what to do.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../../testrows.h"
#include "../../patience.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/errors/"

#define KEY "canary-5f1d0a"
#define FAR_AWAY "http://192.0.2.1/ai/OCR/x"
#define FAR_AWAY_TLS "https://192.0.2.1/ai/OCR/x"

/* Settings that cannot work; %s in them is a directory of the test's own, with
 * the files of create_files() in it. */
static const struct
{
  const gchar *name, *settings, *environment_key, *says;
} rows[] = {
  {"no_url_at_all", "endpoint=nonsense", NULL, "http or https"},
  {"no_scheme_of_the_web", "endpoint=ftp://127.0.0.1/ai", NULL,
      "http or https"},
  {"no_host", "endpoint=http:///ai", NULL, "http or https"},
  {"a_password_in_the_url", "endpoint=http://me:" KEY "@127.0.0.1/ai", NULL,
      "api-key-file"},
  {"a_key_file_that_is_not_there",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/absent", NULL, "/absent"},
  {"a_key_file_that_is_a_directory",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s", NULL, "regular file"},
  {"a_key_file_that_is_a_pipe",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/pipe", NULL, "regular file"},
  {"an_empty_key_file",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/empty", NULL, "no key"},
  {"a_key_file_that_is_too_large",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/large", NULL, "too large"},
  {"a_key_with_a_line_break_in_it",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/lines", NULL, "control"},
  {"a_key_with_a_line_break_in_it_by_its_file",
      "endpoint=" FAR_AWAY_TLS " api-key-file=%s/lines", NULL, "/lines"},
  {"a_key_over_plain_http", "endpoint=" FAR_AWAY " api-key=" KEY, NULL,
      "https"},
  {"a_key_over_plain_http_by_the_environment", "endpoint=" FAR_AWAY, KEY,
      "https"},
  {"a_key_without_an_endpoint", "api-key=" KEY, NULL, "no endpoint"},
  {"a_key_without_an_endpoint_by_the_environment", "", KEY, "no endpoint"},
  {"a_key_for_the_local_service", "endpoint=local api-key=" KEY, NULL,
      "no endpoint"},
  {"a_language_that_is_an_option", "endpoint=local local-languages=--help", NULL,
      "local-languages"},
  {"a_language_that_is_a_path", "endpoint=local local-languages=../eng", NULL,
      "local-languages"},
  {"a_ca_file_that_is_not_there",
      "endpoint=" FAR_AWAY_TLS " ca-file=%s/absent", NULL, "ca-file"},
};

static gchar *directory;

static void
write_file (const gchar * name, const gchar * contents, gint mode)
{
  g_autofree gchar *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, contents, -1, G_FILE_SET_CONTENTS_NONE, mode,
      &error);
  g_assert_no_error (error);
}

static void
create_files (void)
{
  g_autofree gchar *large = g_strnfill (5000, 'k');
  g_autofree gchar *pipe = NULL;

  directory = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_assert_nonnull (directory);
  pipe = g_build_filename (directory, "pipe", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  write_file ("empty", " \n", 0600);
  write_file ("large", large, 0600);
  write_file ("lines", KEY "\n" KEY "\n", 0600);
  write_file ("good", KEY "\n", 0600);
  write_file ("open", KEY "\n", 0644);
  write_file ("wrong", "another", 0600);
  write_file ("kakaoocr", KEY "\n", 0644);
}

static void
remove_files (void)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (directory, name, NULL);

    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (directory);
  g_free (directory);
}

static GstElement *
create_element (const gchar * settings)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  g_auto (GStrv) halves = g_strsplit (settings, "%s", 2);
  g_autofree gchar *whole = g_strjoinv (directory, halves);
  GstBus *bus = gst_bus_new ();

  ocr_set_properties (element, whole);
  gst_element_set_bus (element, bus);
  gst_object_unref (bus);
  return element;
}

static void
free_element (GstElement * element)
{
  gst_element_set_state (element, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
  gst_object_unref (element);
}

static void
assert_error (GstElement * element, const gchar * says)
{
  GstBus *bus = gst_element_get_bus (element);
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;

  g_assert_nonnull (message);
  gst_message_parse_error (message, &error, &debug);
  if (!strstr (error->message, says))
    g_error ("no \"%s\" in \"%s\"", says, error->message);
  g_assert_null (strstr (error->message, KEY));
  g_assert_true (!debug || !strstr (debug, KEY));
  gst_message_unref (message);
  g_assert_null (gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR));
  gst_object_unref (bus);
}

static void
does_not_start_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  GstElement *element = create_element (rows[row].settings);

  if (rows[row].environment_key)
    g_setenv ("KAKAOOCR_API_KEY", rows[row].environment_key, TRUE);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_FAILURE);
  g_unsetenv ("KAKAOOCR_API_KEY");
  assert_error (element, rows[row].says);
  free_element (element);
}

static void
what_is_corrected_starts (void)
{
  GstElement *element = create_element ("endpoint=nonsense");

  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_FAILURE);
  g_object_set (element, "endpoint", FAR_AWAY, NULL);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_SUCCESS);
  free_element (element);
}

static void
a_key_file_that_others_can_read_is_warned_of (void)
{
  GstElement *element = create_element ("endpoint=" FAR_AWAY_TLS
      " api-key-file=%s/open");
  GstBus *bus = gst_element_get_bus (element);
  GstMessage *message;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_SUCCESS);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_WARNING);
  g_assert_nonnull (message);
  gst_message_parse_warning (message, &error, NULL);
  g_assert_nonnull (strstr (error->message, "chmod 600"));
  gst_message_unref (message);
  gst_object_unref (bus);
  free_element (element);
}

/* Where the key comes from: the service takes only the right one. */

static const struct
{
  const gchar *name, *settings;
  const gchar *credentials, *key;       /* in the environment; nullable */
  gboolean url_by_environment;
} sources[] = {
  {"the_property", "api-key=" KEY " api-key-file=%s/wrong", NULL, "wrong"},
  {"the_file", "api-key-file=%s/good", NULL, "wrong"},
  {"the_credentials", "", "", "wrong"},
  {"the_environment", "", "/nonexistent", KEY},
  {"the_environment_with_the_url", "", NULL, KEY, TRUE},
};

static void
key_comes_from (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *arguments = g_strdup_printf ("--api-key-file %s/good",
      directory);
  Service *service = service_new (service_answer, arguments);
  g_auto (GStrv) halves = g_strsplit (sources[row].settings, "%s", 2);
  g_autofree gchar *settings = g_strjoinv (directory, halves);
  g_autofree gchar *exact = g_strconcat ("timing=exact ", settings, NULL);
  GstHarness *h;

  if (sources[row].credentials)
    g_setenv ("CREDENTIALS_DIRECTORY", *sources[row].credentials ?
        sources[row].credentials : directory, TRUE);
  if (sources[row].key)
    g_setenv ("KAKAOOCR_API_KEY", sources[row].key, TRUE);
  if (sources[row].url_by_environment)
    g_setenv ("KAKAOOCR_ENDPOINT", service->url, TRUE);
  h = ocr_harness_new_not_live (sources[row].url_by_environment ? NULL
      : service->url, exact);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_unsetenv ("KAKAOOCR_API_KEY");
  g_unsetenv ("KAKAOOCR_ENDPOINT");
  g_assert_cmpint (ocr_harness_pass (h, 0), ==, 0);
  ocr_harness_free (h);
  service_free (service);
}

/* Who asks for it by name means it, whatever is in the environment. */
static void
the_local_service_needs_no_key (void)
{
  GstElement *element = create_element ("endpoint=local");

  g_setenv ("KAKAOOCR_API_KEY", KEY, TRUE);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_SUCCESS);
  g_unsetenv ("KAKAOOCR_API_KEY");
  free_element (element);
}

/* While it runs. */

static void
a_wrong_key_is_warned_of_once_and_frames_flow (void)
{
  g_autofree gchar *arguments = g_strdup_printf ("--api-key-file %s/wrong",
      directory);
  Service *service = service_new (service_answer, arguments);
  GstHarness *h = ocr_harness_new (service->url,
      "timing=latest interval=0 api-key=" KEY);
  g_autofree gchar *last_error = NULL, *state = NULL;
  GstStructure *details;
  guint status;

  ocr_harness_pass (h, 0);
  details = ocr_harness_wait_problem (h, GST_MESSAGE_WARNING, "key");
  g_assert_true (gst_structure_get_uint (details, "http-status", &status));
  g_assert_cmpuint (status, ==, 401);
  gst_structure_free (details);
  for (guint i = 1; i < 20; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  state = ocr_get_stat_string (h->element, "state");
  g_assert_cmpstr (state, ==, "latched");
  last_error = ocr_get_stat_string (h->element, "last-error");
  g_assert_nonnull (strstr (last_error, "key"));
  g_assert_null (strstr (last_error, KEY));
  g_assert_cmpuint (ocr_get_stat (h->element, "submitted"), <=, 2);
  ocr_harness_free (h);
  service_free (service);
}

/* What nobody was asked is not said to have no answer. */
static void
an_error_of_ours_blames_no_service (void)
{
  static const gchar *const settings[] = {
    "endpoint=nonsense", "endpoint=" FAR_AWAY_TLS " api-key-file=%s/lines"
  };
  GstHarness *h = ocr_harness_new ("local", "timing=latest interval=0");
  GstMessage *message;
  g_autofree gchar *debug = NULL;

  ocr_harness_pass (h, 0);
  message = ocr_harness_wait_message (h, GST_MESSAGE_WARNING);
  gst_message_parse_warning (message, NULL, &debug);
  g_assert_null (strstr (debug, "answer"));
  gst_message_unref (message);
  ocr_harness_free (h);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    GstElement *element = create_element (settings[i]);
    g_autoptr (GstBus) bus = gst_element_get_bus (element);
    g_autofree gchar *more = NULL;

    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
        GST_STATE_CHANGE_FAILURE);
    message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    gst_message_parse_error (message, NULL, &more);
    g_assert_null (strstr (more, "answer"));
    gst_message_unref (message);
    free_element (element);
  }
}

static void
a_key_that_is_not_set_is_said_to_be_missing (void)
{
  g_autofree gchar *arguments = g_strdup_printf ("--api-key-file %s/good",
      directory);
  Service *service = service_new (service_answer, arguments);
  GstHarness *h = ocr_harness_new (service->url, "timing=latest interval=0");

  ocr_harness_pass (h, 0);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "none is set"));
  ocr_harness_free (h);
  service_free (service);
}

/* The service that both share is latched when the second one comes. */
static void
who_joins_a_latched_service_is_warned_too (void)
{
  g_autofree gchar *arguments = g_strdup_printf ("--api-key-file %s/wrong",
      directory);
  Service *service = service_new (service_answer, arguments);
  GstHarness *first = ocr_harness_new (service->url,
      "timing=latest interval=0 api-key=" KEY);

  ocr_harness_pass (first, 0);
  gst_structure_free (ocr_harness_wait_problem (first, GST_MESSAGE_WARNING,
          "key"));
  for (guint i = 0; i < 20; i++) {
    GstHarness *other = ocr_harness_new (service->url,
        "timing=latest interval=0 api-key=" KEY);

    ocr_harness_pass (other, 0);
    gst_structure_free (ocr_harness_wait_problem (other, GST_MESSAGE_WARNING,
            "key"));
    ocr_harness_free (other);
  }
  ocr_harness_free (first);
  service_free (service);
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv (SERVICE_VARIABLE, g_getenv ("KAKAOOCR_SERVER"), TRUE);
  g_setenv ("KAKAOOCR_SERVER", "/nonexistent/kakaoocr-server", TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  create_files ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/errors/",
        rows[i].name, "_is_an_error", NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), does_not_start_as_in_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/errors/key_comes_from_",
        sources[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), key_comes_from);
  }
  ADD (what_is_corrected_starts);
  ADD (a_key_file_that_others_can_read_is_warned_of);
  ADD (the_local_service_needs_no_key);
  ADD (a_wrong_key_is_warned_of_once_and_frames_flow);
  ADD (who_joins_a_latched_service_is_warned_too);
  ADD (an_error_of_ours_blames_no_service);
  ADD (a_key_that_is_not_set_is_said_to_be_missing);
  status = g_test_run ();
  remove_files ();
  return status;
}
