/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictures/picture.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "../testrows.h"
#include "bounds.h"
#include "testpicture.h"

#define TESTS "/picture/"

#define MAX_SIDE 512

static const PictureLimits limits = { MAX_SIDE, MAX_SIDE * MAX_SIDE, NULL };

static const struct
{
  const gchar *name;
  gint format;
  gint tolerance;               /* in gray levels */
} formats[] = {
  {"jpeg", IFF_JFIF_JPEG, 4},
  {"png", IFF_PNG, 0},
};

static void
formats_become_gray (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = test_picture_new (64, 7, formats[i].format);
  g_autoptr (GrayPicture) picture = NULL;
  PictureProblem problem;
  gint x;

  picture = picture_decode (bytes, &limits, NULL, &problem);
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
    PictureProblem problem;

    picture = picture_decode (bytes, &limits, NULL, &problem);
    if (which % 2 == 0) {
      g_assert_nonnull (picture);
    } else {
      g_assert_null (picture);
      g_assert_cmpint (problem, ==, PICTURE_TOO_LARGE);
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
    PictureProblem problem;

    picture = picture_decode (part, &limits, NULL, &problem);
    g_assert_true (picture != NULL || problem == PICTURE_BROKEN);
  }
  for (n = 0; n < 500; n++) {
    guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
    g_autoptr (GBytes) damaged = NULL;
    g_autoptr (GrayPicture) picture = NULL;
    PictureProblem problem;
    guint flips;

    for (flips = 0; flips < 4; flips++)
      copy[g_rand_int_range (random, 0, MIN (size, 200))] =
          g_rand_int_range (random, 0, 256);
    damaged = g_bytes_new_take (copy, size);
    picture = picture_decode (damaged, &limits, NULL, &problem);
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
    PictureProblem problem;

    g_assert_null (picture_decode (half, &limits, NULL, &problem));
    g_assert_cmpint (problem, ==, PICTURE_BROKEN);
  }
}

#define MAGIC(name, bytes, problem) {name, bytes, sizeof bytes - 1, problem}

static const struct
{
  const gchar *name;
  const gchar *bytes;
  gsize size;
  PictureProblem problem;
} others[] = {
  MAGIC ("nothing", "", PICTURE_BROKEN),
  MAGIC ("text", "hello", PICTURE_BROKEN),
  MAGIC ("html", "<html></html>", PICTURE_BROKEN),
  MAGIC ("jpeg_mark_alone", "\xff\xd8\xff", PICTURE_BROKEN),
  MAGIC ("png_mark_alone", "\x89PNG\r\n\x1a\n", PICTURE_BROKEN),
  MAGIC ("webp", "RIFF\0\0\0\0WEBP", PICTURE_UNSUPPORTED),
  MAGIC ("bmp", "BM", PICTURE_UNSUPPORTED),
  MAGIC ("tiff", "II*\0", PICTURE_UNSUPPORTED),
  MAGIC ("tiff_of_motorola", "MM\0*", PICTURE_UNSUPPORTED),
  MAGIC ("big_tiff", "II+\0", PICTURE_UNSUPPORTED),
  MAGIC ("pnm", "P5 1 1 255\n.", PICTURE_UNSUPPORTED),
  MAGIC ("gif", "GIF89a", PICTURE_UNSUPPORTED),
  MAGIC ("jpeg_2000", "\0\0\0\x0cjP  \r\n", PICTURE_UNSUPPORTED),
  MAGIC ("jpeg_2000_stream", "\xff\x4f\xff\x51", PICTURE_UNSUPPORTED),
  MAGIC ("jpeg_xl", "\0\0\0\x0cJXL \r\n", PICTURE_UNSUPPORTED),
  MAGIC ("avif", "\0\0\0\x1c" "ftypavif", PICTURE_UNSUPPORTED),
  MAGIC ("heic", "\0\0\0\x1c" "ftypheic", PICTURE_UNSUPPORTED),
  MAGIC ("psd", "8BPS\0\1", PICTURE_UNSUPPORTED),
  MAGIC ("ico", "\0\0\1\0\1\0", PICTURE_UNSUPPORTED),
  MAGIC ("svg", "<svg xmlns=", PICTURE_UNSUPPORTED),
  MAGIC ("pdf", "%PDF-1.7\n", PICTURE_UNSUPPORTED),
};

static void
others_are_told_apart (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = g_bytes_new (others[i].bytes, others[i].size);
  PictureProblem problem;

  g_assert_null (picture_decode (bytes, &limits, NULL, &problem));
  g_assert_cmpint (problem, ==, others[i].problem);
}

/* One red pixel, opaque, then half and wholly transparent, and a white one:
 * dark on white, light on black. */
static void
transparent_png_lies_on_what_contrasts (void)
{
  static const struct
  {
    guint rgb, alpha;
    gint gray;
  } rows[] = {
    {0xff0000, 255, 76}, {0xff0000, 128, 165}, {0xff0000, 0, 255},
    {0xffffff, 255, 255}, {0xffffff, 128, 128}, {0xffffff, 16, 16},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    PIX *pix = pixCreate (1, 1, 32);
    l_uint8 *data = NULL;
    size_t size;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GrayPicture) picture = NULL;
    PictureProblem problem;

    pixSetSpp (pix, 4);
    pixSetPixel (pix, 0, 0, rows[i].rgb << 8 | rows[i].alpha);
    g_assert_cmpint (pixWriteMem (&data, &size, pix, IFF_PNG), ==, 0);
    pixDestroy (&pix);
    bytes = g_bytes_new (data, size);
    lept_free (data);
    picture = picture_decode (bytes, &limits, NULL, &problem);
    g_assert_nonnull (picture);
    g_assert_cmpint (ABS (picture->pixels[0] - rows[i].gray), <=, 1);
  }
}

static void
pixels_are_bounded_in_all (void)
{
  static const PictureLimits few = { MAX_SIDE, 64 * 7, NULL };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GBytes) within = test_picture_new (64, 7, formats[i].format);
    g_autoptr (GBytes) beyond = test_picture_new (64, 8, formats[i].format);
    g_autoptr (GrayPicture) picture = NULL;
    PictureProblem problem;

    picture = picture_decode (within, &few, NULL, &problem);
    g_assert_nonnull (picture);
    g_assert_null (picture_decode (beyond, &few, NULL, &problem));
    g_assert_cmpint (problem, ==, PICTURE_TOO_LARGE);
  }
}

/* A JPEG in scans, gray, or coloured with or without all of the chroma. Each
 * APP1 segment of @exif, an orientation, is written before the picture. */
static GBytes *
jpeg_new (guint width, guint height, guint n_components, guint chroma_step,
    guint exif, gboolean progressive)
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  guchar *data = NULL;
  gulong size = 0;
  g_autofree guint8 *row = g_malloc (3 * width);
  guint x;
  GBytes *bytes;

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = n_components;
  info.in_color_space = n_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (&info);
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor =
      chroma_step;
  if (progressive)
    jpeg_simple_progression (&info);
  jpeg_start_compress (&info, TRUE);
  if (exif > 0) {
    guint8 segment[] = "Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\0\0\0";

    segment[25] = exif;
    jpeg_write_marker (&info, JPEG_APP0 + 1, segment, sizeof segment - 1);
  }
  while (info.next_scanline < height) {
    JSAMPROW rows[] = { row };

    for (x = 0; x < n_components * width; x++)
      row[x] = 255 * (x / n_components) / MAX (width - 1, 1);
    jpeg_write_scanlines (&info, rows, 1);
  }
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  bytes = g_bytes_new (data, size);
  free (data);
  return bytes;
}

/* The stored picture darkens from right to left: where its light side is when
 * it is seen. */
static void
a_jpeg_is_turned_as_its_exif_says (void)
{
  static const struct
  {
    gboolean on_its_side;
    guint first, last;          /* of the row or column that gets light */
  } seen[] = {
    {FALSE, 0, 255}, {FALSE, 0, 255}, {FALSE, 255, 0}, {FALSE, 255, 0},
    {FALSE, 0, 255}, {TRUE, 0, 255}, {TRUE, 0, 255}, {TRUE, 255, 0},
    {TRUE, 255, 0}, {FALSE, 0, 255},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (seen); i++) {
    g_autoptr (GBytes) bytes = jpeg_new (64, 16, 1, 1, i, FALSE);
    g_autoptr (GrayPicture) picture = NULL;
    PictureProblem problem;
    gsize last;

    picture = picture_decode (bytes, &limits, NULL, &problem);
    g_assert_nonnull (picture);
    g_assert_cmpint (picture->width, ==, seen[i].on_its_side ? 16 : 64);
    g_assert_cmpint (picture->height, ==, seen[i].on_its_side ? 64 : 16);
    last = seen[i].on_its_side ? 63 * picture->stride : 63;
    g_assert_cmpint (ABS ((gint) picture->pixels[0] - (gint) seen[i].first),
        <=, 6);
    g_assert_cmpint (ABS ((gint) picture->pixels[last] - (gint) seen[i].last),
        <=, 6);
  }
}

/* The whole picture's coefficients are kept: six bytes a pixel with all of
 * the chroma, which is too much, three with a quarter of it. */
static void
scans_of_a_jpeg_are_bounded_in_memory (void)
{
  static const struct
  {
    guint n_components, chroma_step;
    gboolean progressive, read;
  } rows[] = {
    {3, 1, TRUE, FALSE}, {3, 2, TRUE, TRUE}, {1, 1, TRUE, TRUE},
    {3, 1, FALSE, TRUE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) bytes = jpeg_new (MAX_SIDE, MAX_SIDE,
        rows[i].n_components, rows[i].chroma_step, 0, rows[i].progressive);
    g_autoptr (GrayPicture) picture = NULL;
    PictureProblem problem;

    picture = picture_decode (bytes, &limits, NULL, &problem);
    g_assert_true ((picture != NULL) == rows[i].read);
    if (picture == NULL)
      g_assert_cmpint (problem, ==, PICTURE_TOO_LARGE);
  }
}

static void
a_decoding_that_is_cancelled_ends (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PictureLimits cancelled = { MAX_SIDE, MAX_SIDE * MAX_SIDE,
    cancellable
  };
  g_autoptr (GBytes) bytes = jpeg_new (64, 64, 3, 2, 0, TRUE);
  PictureProblem problem;

  g_cancellable_cancel (cancellable);
  g_assert_null (picture_decode (bytes, &cancelled, NULL, &problem));
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
  ADD (cut_jpegs_and_pngs_are_no_images);
  ADD (pixels_are_bounded_in_all);
  ADD (a_jpeg_is_turned_as_its_exif_says);
  ADD (scans_of_a_jpeg_are_bounded_in_memory);
  ADD (a_decoding_that_is_cancelled_ends);
  ADD (transparent_png_lies_on_what_contrasts);
  return g_test_run ();
}
