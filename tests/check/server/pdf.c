/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Documents of several pages, drawn by poppler and read by Tesseract.
 */
#include <cairo-pdf.h>
#include <signal.h>
#include <string.h>

#include "bounds.h"
#include "pictures/pdfdocument.h"
#include "servicefixture.h"

/* A4 in points */
#define WIDTH 595
#define HEIGHT 842

static cairo_status_t
on_write (void *bytes, const unsigned char *data, unsigned int size)
{
  g_byte_array_append (bytes, data, size);
  return CAIRO_STATUS_SUCCESS;
}

/* A page for each text; "" is blank. */
static GBytes *
pdf_new (const gchar * const *texts, guint n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (on_write,
      bytes, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  guint i;

  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, 24);
  for (i = 0; i < n_pages; i++) {
    cairo_move_to (cairo, 80, 200);
    cairo_show_text (cairo, texts != NULL ? texts[i] : "");
    cairo_show_page (cairo);
  }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static HttpReply *
post (ServerProcess * server, GBytes * pdf)
{
  g_autoptr (GBytes) form = http_build_upload (pdf);
  g_autoptr (GBytes) request = http_build_request ("POST", SERVICE_PATH,
      SERVICE_KEY, SERVICE_FORM, NULL, form);

  return http_exchange (server->port, request);
}

static void
each_page_is_read (void)
{
  static const gchar *const texts[] = { "Emergency Exit", "", "Camera" };
  static const gchar *const parts[] = {
    "{\"page\":1,\"results\":[{\"box\":[[", "\"recognized_word\":[\"Emergency\"]",
    "\"recognized_word\":[\"Exit\"]", "{\"page\":2,\"results\":[]}",
    "{\"page\":3,\"results\":[{", "\"recognized_word\":[\"Camera\"]",
  };
  ServerProcess *server = server_process_start ("--lang eng --jobs 1", NULL,
      SERVICE_KEY);
  g_autoptr (GBytes) pdf = pdf_new (texts, G_N_ELEMENTS (texts));
  g_autoptr (HttpReply) reply = post (server, pdf);
  const gchar *p = reply->body;
  guint i;

  g_assert_cmpuint (reply->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (parts); i++) {
    p = strstr (p, parts[i]);
    g_assert_nonnull (p);
  }
  server_process_free (server);
}

static void
thirty_pages_are_the_most (ServiceFixture * f, gconstpointer data)
{
  guint n;

  for (n = LIMIT_PDF_PAGES; n <= LIMIT_PDF_PAGES + 1; n++) {
    g_autoptr (GBytes) pdf = pdf_new (NULL, n);
    g_autoptr (HttpReply) reply = post (f->server, pdf);

    if (n == LIMIT_PDF_PAGES) {
      g_assert_cmpuint (reply->status, ==, 200);
    } else {
      g_assert_cmpuint (reply->status, ==, 413);
      g_assert_cmpstr (http_reply_get_code (reply), ==, "EXCEED_MAX_PAGES");
    }
  }
}

static void
a_broken_document_is_no_image (ServiceFixture * f, gconstpointer data)
{
  static const gchar *const broken[] = { "%PDF-1.7", "%PDF-1.7 /Type /Page" };
  g_autoptr (GBytes) whole = pdf_new (NULL, 2);
  guint i;

  for (i = 0; i <= G_N_ELEMENTS (broken); i++) {
    g_autoptr (GBytes) pdf = i < G_N_ELEMENTS (broken)
        ? g_bytes_new_static (broken[i], strlen (broken[i]))
        : g_bytes_new_from_bytes (whole, 0, 40);
    g_autoptr (HttpReply) reply = post (f->server, pdf);

    g_assert_cmpuint (reply->status, ==, 400);
    g_assert_cmpstr (http_reply_get_code (reply), ==, "NO_IMAGE");
  }
}

static void
a_page_is_drawn_to_its_side (void)
{
  g_autoptr (GBytes) pdf = pdf_new (NULL, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PdfDocument) document = pdf_document_new (pdf, &error);
  GrayPicture *picture;

  g_assert_cmpuint (pdf_document_count_pages (document, NULL, &error), ==, 1);
  picture = pdf_document_draw (document, 1, 421, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->height, ==, 421);
  g_assert_cmpint (ABS (picture->width - 298), <=, 1);
  g_free (picture->pixels);
  g_free (picture);
  g_assert_null (pdf_document_draw (document, 2, 421, NULL, &error));
  g_assert_error (error, PDF_ERROR, PDF_ERROR_BROKEN);
}

static void
a_drawing_that_is_cancelled_ends (void)
{
  g_autoptr (GBytes) pdf = pdf_new (NULL, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PdfDocument) document = pdf_document_new (pdf, &error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (pdf_document_draw (document, 1, 421, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  static const ServiceTest tests[] = {
    {"pdf/thirty_pages_are_the_most", NULL, thirty_pages_are_the_most},
    {"pdf/a_broken_document_is_no_image", NULL, a_broken_document_is_no_image},
  };

  g_test_init (&argc, &argv, NULL);
  if (!pdf_document_can_be_read ()) {
    g_print ("1..0 # SKIP poppler-utils are not installed\n");
    return 0;
  }
  g_test_add_func ("/pdf/each_page_is_read", each_page_is_read);
  g_test_add_func ("/pdf/a_page_is_drawn_to_its_side",
      a_page_is_drawn_to_its_side);
  g_test_add_func ("/pdf/a_drawing_that_is_cancelled_ends",
      a_drawing_that_is_cancelled_ends);
  service_add (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
