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
build_request (guint n_lines)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
      800, (n_lines + 2) * LINE_HEIGHT);
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
  for (i = 1; i <= n_lines; i++) {
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
  g_autoptr (GBytes) request = build_request (N_LINES);
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

/* Of the time that the whole page takes, on this machine as it is now. */
#define MAX_PART 0.25

static void
set_pollfd (GPollFD * fd, GIOStream * stream)
{
  fd->fd = g_socket_get_fd (
      g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
  fd->events = G_IO_IN;
  fd->revents = 0;
}

/* Two send @page, of which one is read after the other, and the second leaves
 * when the first has its answer. (transfer full) that answer, which took
 * @whole. */
static HttpReply *
leave_at_the_turn (ServerProcess * server, GBytes * page, gint64 * whole)
{
  g_autoptr (GIOStream) one = http_connect (server->port);
  g_autoptr (GIOStream) other = http_connect (server->port);
  gint64 start = g_get_monotonic_time ();
  GPollFD answered[2];
  HttpReply *reply;

  g_assert_true (http_send_bytes (one, page));
  g_assert_true (http_send_bytes (other, page));
  set_pollfd (&answered[0], one);
  set_pollfd (&answered[1], other);
  g_assert_cmpint (g_poll (answered, 2, TEST_TIMEOUT_SECONDS * 1000), ==, 1);
  *whole = g_get_monotonic_time () - start;
  reply = http_read_reply (answered[0].revents != 0 ? one : other);
  http_leave (answered[0].revents != 0 ? other : one);
  return reply;
}

static void
a_reading_stops_when_its_client_has_gone (void)
{
  ServerProcess *server = server_process_start ("--lang eng --jobs 1 "
      "--max-regions 0", NULL, SERVICE_KEY);
  g_autoptr (GBytes) page = build_request (N_LINES);
  g_autoptr (GBytes) next = build_request (0);
  guint n_read = 0, n_begun, n_tries = 0;
  gint64 whole, took;

  /* Who leaves just before its reading begins proves nothing. */
  do {
    g_autoptr (HttpReply) read = leave_at_the_turn (server, page, &whole);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (HttpReply) reply = http_exchange (server->port, next);

    took = g_get_monotonic_time () - start;
    g_assert_cmpuint (read->status, ==, 200);
    g_assert_cmpuint (reply->status, ==, 200);
    g_assert_cmpuint (n_tries++, <, 10);
    n_begun = get_number (server, "kakaoocr_reading_seconds_count") - n_read;
    n_read += n_begun;
  } while (n_begun < 3);
  g_assert_cmpint (took, <, whole * MAX_PART);
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
