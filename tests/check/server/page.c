/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A page full of text, read by Tesseract behind the service.
 */
#include <cairo.h>
#include <signal.h>
#include <string.h>

#include "servicefixture.h"

#define N_LINES 50
#define WORDS_A_LINE 10
#define LINE "where are you going today with this camera and train"
#define LINE_HEIGHT 34

static cairo_status_t
on_write (void *bytes, const unsigned char *data, unsigned int size)
{
  g_byte_array_append (bytes, data, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
build_request (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
      800, (N_LINES + 2) * LINE_HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GBytes) form = NULL;
  guint i;

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, 24);
  for (i = 1; i <= N_LINES; i++) {
    cairo_move_to (cairo, 40, i * LINE_HEIGHT);
    cairo_show_text (cairo, LINE);
  }
  cairo_destroy (cairo);
  cairo_surface_write_to_png_stream (surface, on_write, bytes);
  cairo_surface_destroy (surface);
  picture = g_byte_array_free_to_bytes (bytes);
  form = http_build_upload (picture);
  return http_build_request ("POST", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM,
      NULL, form);
}

static guint
count (const gchar * text, const gchar * part)
{
  guint n = 0;

  for (; (text = strstr (text, part)) != NULL; text += strlen (part))
    n++;
  return n;
}

static void
without_a_limit_all_words_come_in_one_answer (void)
{
  ServerProcess *server = server_process_start ("--lang eng --jobs 1 "
      "--max-regions 0", NULL, SERVICE_KEY);
  g_autoptr (GBytes) request = build_request ();
  g_autoptr (HttpReply) reply = http_exchange (server->port, request);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (count (reply->body, "\"recognized_word\""), ==,
      N_LINES * WORDS_A_LINE);
  g_assert_cmpuint (count (reply->body, "[\"today\"]"), ==, N_LINES);
  server_process_free (server);
}

static guint
get_number (ServerProcess * server, const gchar * name)
{
  g_autoptr (GBytes) request =
      http_build_request ("GET", "/metrics", NULL, NULL, NULL, NULL);
  g_autoptr (HttpReply) reply = http_exchange (server->port, request);
  g_autofree gchar *start = g_strdup_printf ("\n%s ", name);
  const gchar *line = strstr (reply->body, start);

  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (start), NULL, 10);
}

/* A gauge of /metrics tells nobody that it changed: it is asked for again. */
static void
wait_for_number (ServerProcess * server, const gchar * name, guint value)
{
  gint64 deadline = g_get_monotonic_time ()
      + TEST_TIMEOUT_SECONDS * G_USEC_PER_SEC;

  while (get_number (server, name) != value) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (1000);
  }
}

/* Of the time that the whole page takes, on this machine as it is now. */
#define MAX_PART 0.5

static void
a_reading_stops_when_its_client_has_gone (void)
{
  ServerProcess *server = server_process_start ("--lang eng --jobs 1 "
      "--max-regions 0", NULL, SERVICE_KEY);
  g_autoptr (GBytes) request = build_request ();
  g_autoptr (HttpReply) reply = NULL;
  g_autoptr (GIOStream) stream = NULL;
  gint64 start = g_get_monotonic_time (), whole;

  reply = http_exchange (server->port, request);
  whole = g_get_monotonic_time () - start;
  g_assert_cmpuint (reply->status, ==, 200);
  stream = http_connect (server->port);
  g_assert_true (http_send_bytes (stream, request));
  wait_for_number (server, "kakaoocr_pictures_reading", 1);
  start = g_get_monotonic_time ();
  g_io_stream_close (stream, NULL, NULL);
  wait_for_number (server, "kakaoocr_pictures_reading", 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, whole * MAX_PART);
  server_process_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/page/without_a_limit_all_words_come_in_one_answer",
      without_a_limit_all_words_come_in_one_answer);
  g_test_add_func ("/page/a_reading_stops_when_its_client_has_gone",
      a_reading_stops_when_its_client_has_gone);
  return g_test_run ();
}
