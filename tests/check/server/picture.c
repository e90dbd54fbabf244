/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <string.h>

#include "bounds.h"
#include "testpicture.h"

#define MAX_SIDE 512

static const struct
{
  const gchar *name;
  gint format;
  gint tolerance;               /* in gray levels */
} formats[] = {
  {"jpeg", IFF_JFIF_JPEG, 4},
  {"png", IFF_PNG, 0},
  {"bmp", IFF_BMP, 0},
  {"tiff", IFF_TIFF, 0},
  {"tiff_lzw", IFF_TIFF_LZW, 0},
  {"pnm", IFF_PNM, 0},
  {"webp", IFF_WEBP, 8},
};

static void
formats_become_gray (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = test_picture_new (64, 7, formats[i].format);
  g_autoptr (GrayPicture) picture = NULL;
  Refusal refusal;
  gint x;

  picture = picture_decode (bytes, MAX_SIDE, &refusal);
  g_assert_nonnull (picture);
  g_assert_cmpint (picture->width, ==, 64);
  g_assert_cmpint (picture->height, ==, 7);
  for (x = 0; x < 64; x++)
    g_assert_cmpint (ABS (picture->pixels[6 * picture->stride + x]
            - 255 * x / 63), <=, formats[i].tolerance);
}

static void
sides_are_bounded_exactly (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), which;

  for (which = 0; which < 4; which++) {
    gint longer = MAX_SIDE + which % 2;
    g_autoptr (GBytes) bytes = which < 2
        ? test_picture_new (longer, 3, formats[i].format)
        : test_picture_new (3, longer, formats[i].format);
    g_autoptr (GrayPicture) picture = NULL;
    Refusal refusal;

    picture = picture_decode (bytes, MAX_SIDE, &refusal);
    if (which % 2 == 0) {
      g_assert_nonnull (picture);
    } else {
      g_assert_null (picture);
      g_assert_cmpint (refusal, ==, REFUSAL_MAX_LEN);
    }
  }
}

/* Neither a crash nor a picture that is larger than was allowed. */
static void
damaged_files_are_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n;
  g_autoptr (GBytes) bytes = test_picture_new (64, 64, formats[i].format);
  gsize size = g_bytes_get_size (bytes), cut;
  g_autoptr (GRand) random = g_rand_new_with_seed (i);

  for (cut = 0; cut < size; cut += 1 + size / 200) {
    g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (bytes, NULL), cut);
    g_autoptr (GrayPicture) picture = NULL;
    Refusal refusal;

    picture = picture_decode (part, MAX_SIDE, &refusal);
    g_assert_true (picture != NULL || refusal == REFUSAL_NO_IMAGE);
  }
  for (n = 0; n < 500; n++) {
    guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
    g_autoptr (GBytes) damaged = NULL;
    g_autoptr (GrayPicture) picture = NULL;
    Refusal refusal;
    guint flips;

    for (flips = 0; flips < 4; flips++)
      copy[g_rand_int_range (random, 0, MIN (size, 200))] =
          g_rand_int_range (random, 0, 256);
    damaged = g_bytes_new_take (copy, size);
    picture = picture_decode (damaged, MAX_SIDE, &refusal);
    if (picture != NULL) {
      g_assert_cmpint (picture->width, <=, MAX_SIDE);
      g_assert_cmpint (picture->height, <=, MAX_SIDE);
    }
  }
}

static void
cut_jpegs_and_pngs_are_no_images (void)
{
  static const gint whole[] = { IFF_JFIF_JPEG, IFF_PNG };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (whole); i++) {
    g_autoptr (GBytes) bytes = test_picture_new (64, 64, whole[i]);
    g_autoptr (GBytes) half = g_bytes_new_from_bytes (bytes, 0,
        g_bytes_get_size (bytes) / 2);
    Refusal refusal;

    g_assert_null (picture_decode (half, MAX_SIDE, &refusal));
    g_assert_cmpint (refusal, ==, REFUSAL_NO_IMAGE);
  }
}

#define MAGIC(name, bytes, refusal) {name, bytes, sizeof bytes - 1, refusal}

static const struct
{
  const gchar *name;
  const gchar *bytes;
  gsize size;
  Refusal refusal;
} others[] = {
  MAGIC ("nothing", "", REFUSAL_NO_IMAGE),
  MAGIC ("text", "hello", REFUSAL_NO_IMAGE),
  MAGIC ("html", "<html></html>", REFUSAL_NO_IMAGE),
  MAGIC ("jpeg_mark_alone", "\xff\xd8\xff", REFUSAL_NO_IMAGE),
  MAGIC ("png_mark_alone", "\x89PNG\r\n\x1a\n", REFUSAL_NO_IMAGE),
  MAGIC ("webp_mark_alone", "RIFF\0\0\0\0WEBP", REFUSAL_NO_IMAGE),
  MAGIC ("bmp_mark_alone", "BM", REFUSAL_NO_IMAGE),
  MAGIC ("tiff_mark_alone", "II*\0", REFUSAL_NO_IMAGE),
  MAGIC ("pnm_of_no_size", "P5 0 0 255\n", REFUSAL_NO_IMAGE),
  MAGIC ("pnm_of_negative_size", "P5 -1 5 255\n", REFUSAL_NO_IMAGE),
  MAGIC ("pnm_of_great_size", "P5 99999 1 255\n", REFUSAL_MAX_LEN),
  MAGIC ("gif", "GIF89a", REFUSAL_FORMAT),
  MAGIC ("jpeg_2000", "\0\0\0\x0cjP  \r\n", REFUSAL_FORMAT),
  MAGIC ("jpeg_2000_stream", "\xff\x4f\xff\x51", REFUSAL_FORMAT),
  MAGIC ("jpeg_xl", "\0\0\0\x0cJXL \r\n", REFUSAL_FORMAT),
  MAGIC ("avif", "\0\0\0\x1c" "ftypavif", REFUSAL_FORMAT),
  MAGIC ("heic", "\0\0\0\x1c" "ftypheic", REFUSAL_FORMAT),
  MAGIC ("psd", "8BPS\0\1", REFUSAL_FORMAT),
  MAGIC ("ico", "\0\0\1\0\1\0", REFUSAL_FORMAT),
  MAGIC ("svg", "<svg xmlns=", REFUSAL_FORMAT),
  MAGIC ("pdf_of_no_page", "%PDF-1.7\n", REFUSAL_FORMAT),
};

static void
others_are_told_apart (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = g_bytes_new (others[i].bytes, others[i].size);
  Refusal refusal;

  g_assert_null (picture_decode (bytes, MAX_SIDE, &refusal));
  g_assert_cmpint (refusal, ==, others[i].refusal);
}

static void
thirty_pages_are_the_most (void)
{
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n<< /Type /Pages >>\n");
  guint i;

  for (i = 1; i <= LIMIT_PDF_PAGES + 1; i++) {
    g_autoptr (GBytes) bytes = NULL;
    Refusal refusal;

    g_string_append (pdf, i % 2 ? "<</Type/Page>>\n" : "<< /Type /Page\n>>\n");
    bytes = g_bytes_new (pdf->str, pdf->len);
    g_assert_cmpuint (picture_count_pdf_pages (bytes), ==, i);
    g_assert_null (picture_decode (bytes, MAX_SIDE, &refusal));
    g_assert_cmpint (refusal, ==,
        i > LIMIT_PDF_PAGES ? REFUSAL_MAX_PAGES : REFUSAL_FORMAT);
  }
}

/* One red pixel, opaque, then half and wholly transparent. */
static void
transparent_png_lies_on_white (void)
{
  static const struct
  {
    guint alpha;
    gint gray;
  } rows[] = {
    {255, 76}, {128, 165}, {0, 255}
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    PIX *pix = pixCreate (1, 1, 32);
    l_uint8 *data = NULL;
    size_t size;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GrayPicture) picture = NULL;
    Refusal refusal;

    pixSetSpp (pix, 4);
    pixSetPixel (pix, 0, 0, 0xff000000 | rows[i].alpha);
    g_assert_cmpint (pixWriteMem (&data, &size, pix, IFF_PNG), ==, 0);
    pixDestroy (&pix);
    bytes = g_bytes_new (data, size);
    lept_free (data);
    picture = picture_decode (bytes, MAX_SIDE, &refusal);
    g_assert_nonnull (picture);
    g_assert_cmpint (ABS (picture->pixels[0] - rows[i].gray), <=, 1);
  }
}

static void
add_rows (const gchar * test, GTestDataFunc function)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree gchar *path = g_strdup_printf ("/picture/%s/%s", test,
        formats[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), function);
  }
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  add_rows ("formats_become_gray", formats_become_gray);
  add_rows ("sides_are_bounded_exactly", sides_are_bounded_exactly);
  add_rows ("damaged_files_are_refused", damaged_files_are_refused);
  for (i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/picture/others_are_told_apart/%s", others[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), others_are_told_apart);
  }
  g_test_add_func ("/picture/cut_jpegs_and_pngs_are_no_images",
      cut_jpegs_and_pngs_are_no_images);
  g_test_add_func ("/picture/thirty_pages_are_the_most",
      thirty_pages_are_the_most);
  g_test_add_func ("/picture/transparent_png_lies_on_white",
      transparent_png_lies_on_white);
  return g_test_run ();
}
