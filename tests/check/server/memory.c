/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The most memory that a picture can take: the worst file of each format at
 * the limits, posted to a server whose peak is read.
 */
#include <gio/gio.h>
#include <png.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "../sanitized.h"
#include "bounds.h"
#include "servicefixture.h"

/* docs/kakaoocr-server.md tells this figure: what a picture takes, beside the body that
 * it came in. */
#define MAX_PICTURE_BYTES (LIMIT_PIXELS * (1 + LIMIT_DECODE_BYTES_A_PIXEL) \
    + DECODER_BYTES)
/* Rows and tables. */
#define DECODER_BYTES (4 * 1024 * 1024)
/* The body, and what threads and the allocator take. */
#define MAX_OTHER_BYTES (LIMIT_REQUEST_BYTES + 8 * 1024 * 1024)

/* A flat picture in scans costs few bytes and as much memory as any. It is
 * turned on its side by its EXIF. */
static GBytes *
jpeg_new (guint side, guint chroma_step)
{
  static const guint8 exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1"
      "\0\6\0\0";
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  guchar *data = NULL;
  gulong size = 0;
  g_autofree guint8 *row = g_malloc0 (3 * side);
  JSAMPROW rows[] = { row };

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = info.image_height = side;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults (&info);
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor =
      chroma_step;
  jpeg_simple_progression (&info);
  jpeg_start_compress (&info, TRUE);
  jpeg_write_marker (&info, JPEG_APP0 + 1, exif, sizeof exif - 1);
  while (info.next_scanline < info.image_height)
    jpeg_write_scanlines (&info, rows, 1);
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
on_write (png_structp png, png_bytep bytes, png_size_t size)
{
  g_byte_array_append (png_get_io_ptr (png), bytes, size);
}

static void
on_flush (png_structp png)
{
}

/* Interlaced, in colour, with alpha, of 16 bits. */
static GBytes *
png_new (void)
{
  GByteArray *file = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL,
      NULL);
  png_infop info = png_create_info_struct (png);
  g_autofree guint8 *row = g_malloc0 (8 * LIMIT_SIDE);
  gint pass, y, n_passes;

  png_set_write_fn (png, file, on_write, on_flush);
  png_set_compression_level (png, 1);
  png_set_filter (png, 0, PNG_FILTER_NONE);
  png_set_IHDR (png, info, LIMIT_SIDE, LIMIT_SIDE, 16, PNG_COLOR_TYPE_RGBA,
      PNG_INTERLACE_ADAM7, PNG_COMPRESSION_TYPE_DEFAULT,
      PNG_FILTER_TYPE_DEFAULT);
  png_write_info (png, info);
  n_passes = png_set_interlace_handling (png);
  for (pass = 0; pass < n_passes; pass++)
    for (y = 0; y < LIMIT_SIDE; y++)
      png_write_row (png, row);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (file);
}

/* With zeros behind it, to the limit of a request. */
static GBytes *
pad (GBytes * picture)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (picture, NULL),
      g_bytes_get_size (picture));
  g_byte_array_set_size (bytes, LIMIT_REQUEST_BYTES - 1024);
  memset (bytes->data + g_bytes_get_size (picture), 0,
      bytes->len - g_bytes_get_size (picture));
  g_bytes_unref (picture);
  return g_byte_array_free_to_bytes (bytes);
}

static gsize
get_peak (ServiceFixture * f)
{
  g_autofree gchar *path =
      g_strdup_printf ("/proc/%d/status", f->server->pid);
  g_autofree gchar *status = NULL;
  const gchar *line;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

static void
assert_peak (ServiceFixture * f, const gchar * name, GBytes * picture,
    guint status)
{
  g_autoptr (GBytes) padded = pad (picture);
  g_autoptr (GBytes) form = http_build_upload (padded);
  g_autoptr (GBytes) request = http_build_request ("POST", SERVICE_PATH,
      SERVICE_KEY, SERVICE_FORM, NULL, form);
  g_autoptr (HttpReply) reply = NULL;
  gsize before, grown;

  service_assert_serves (f);
  before = get_peak (f);
  reply = http_exchange (f->server->port, request);
  grown = get_peak (f) - before;
  g_test_message ("%s: %" G_GSIZE_FORMAT " MB", name, grown / 1000000);
  g_assert_cmpuint (reply->status, ==, status);
  if (!SANITIZED)
    g_assert_cmpuint (grown, <, MAX_PICTURE_BYTES + MAX_OTHER_BYTES);
}

static void
a_progressive_jpeg_is_bounded (ServiceFixture * f, gconstpointer data)
{
  assert_peak (f, "progressive JPEG", jpeg_new (LIMIT_SIDE, 2), 200);
}

/* Just so large that its chroma is kept beside the coefficients. */
static void
a_progressive_jpeg_in_colour_is_bounded (ServiceFixture * f,
    gconstpointer data)
{
  assert_peak (f, "progressive JPEG in colour", jpeg_new (3648, 2), 200);
}

static void
a_jpeg_that_would_take_more_is_too_large (ServiceFixture * f,
    gconstpointer data)
{
  assert_peak (f, "progressive JPEG of full chroma", jpeg_new (LIMIT_SIDE, 1), 413);
}

static void
an_interlaced_png_is_bounded (ServiceFixture * f, gconstpointer data)
{
  assert_peak (f, "interlaced PNG", png_new (), 200);
}

int
main (int argc, char **argv)
{
  static const ServiceTest tests[] = {
    {"memory/a_progressive_jpeg_is_bounded", "--jobs 1",
        a_progressive_jpeg_is_bounded},
    {"memory/a_progressive_jpeg_in_colour_is_bounded", "--jobs 1",
        a_progressive_jpeg_in_colour_is_bounded},
    {"memory/a_jpeg_that_would_take_more_is_too_large", "--jobs 1",
        a_jpeg_that_would_take_more_is_too_large},
    {"memory/an_interlaced_png_is_bounded", "--jobs 1",
        an_interlaced_png_is_bounded},
  };

  return service_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
