/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * PNG straight to gray, on white where it is transparent.
 */
#include <png.h>
#include <string.h>

#include "picture.h"

/* Weights of red and green for gray, in 1/100000, as JPEG has them. */
#define RED 29900
#define GREEN 58700
/* Texts and profiles are not wanted; this is what skipping them may cost. */
#define ANCILLARY_BYTES (1024 * 1024)

typedef struct
{
  const guint8 *data;
  gsize left;
} Source;

static void
on_read (png_structp png, png_bytep target, png_size_t length)
{
  Source *source = png_get_io_ptr (png);

  if (length > source->left)
    png_error (png, "it ends early");
  memcpy (target, source->data, length);
  source->data += length;
  source->left -= length;
}

static void
on_error (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp message)
{
}

/* Asks for 8-bit gray, or gray and alpha, of whatever is there. */
static void
set_transformations (png_structp png, png_infop info)
{
  png_set_expand (png);
  png_set_scale_16 (png);
  if (png_get_color_type (png, info) & PNG_COLOR_MASK_COLOR)
    png_set_rgb_to_gray_fixed (png, PNG_ERROR_ACTION_NONE, RED, GREEN);
  png_set_interlace_handling (png);
  png_read_update_info (png, info);
}

static void
blend_on_white (const guint8 * pairs, GrayPicture * picture)
{
  gsize i, n = (gsize) picture->width * picture->height;

  for (i = 0; i < n; i++) {
    guint alpha = pairs[2 * i + 1];

    picture->pixels[i] =
        (pairs[2 * i] * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}

/* What a jump past its frame must leave behind to be freed. */
typedef struct
{
  GrayPicture *picture;
  guint8 *pairs;                /* of gray and alpha */
  png_bytepp rows;
} Work;

/* May jump. */
static gboolean
read_pixels (png_structp png, png_infop info, const PictureLimits * limits,
    Work * work, Refusal * refusal)
{
  guint width, height, y;
  gsize row_bytes;
  guint8 *pixels;

  png_read_info (png, info);
  width = png_get_image_width (png, info);
  height = png_get_image_height (png, info);
  if (!picture_check_size (limits, width, height, refusal))
    return FALSE;
  set_transformations (png, info);
  work->picture = picture_new (width, height);
  if (work->picture == NULL)
    return FALSE;
  row_bytes = png_get_rowbytes (png, info);
  pixels = work->picture->pixels;
  if (row_bytes == 2 * (gsize) width) {
    pixels = work->pairs = g_try_malloc (row_bytes * height);
    if (pixels == NULL)
      return FALSE;
  } else if (row_bytes != width) {
    return FALSE;
  }
  work->rows = g_new (png_bytep, height);
  for (y = 0; y < height; y++)
    work->rows[y] = pixels + y * row_bytes;
  png_read_image (png, work->rows);
  if (work->pairs != NULL)
    blend_on_white (work->pairs, work->picture);
  return TRUE;
}

GrayPicture *
picture_decode_png (GBytes * bytes, const PictureLimits * limits,
    Refusal * refusal)
{
  Source source;
  Work *work = g_new0 (Work, 1);
  GrayPicture *picture;
  volatile gboolean complete = FALSE;
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL,
      on_error, on_warning);
  png_infop info = png_create_info_struct (png);

  *refusal = REFUSAL_NO_IMAGE;
  source.data = g_bytes_get_data (bytes, &source.left);
  if (setjmp (png_jmpbuf (png)) == 0) {
    png_set_read_fn (png, &source, on_read);
    /* The side is judged here, not by libpng, which could not tell why. */
    png_set_user_limits (png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max (png, ANCILLARY_BYTES);
    png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    complete = read_pixels (png, info, limits, work, refusal);
  }
  png_destroy_read_struct (&png, &info, NULL);
  picture = work->picture;
  if (!complete)
    g_clear_pointer (&picture, picture_free);
  g_free (work->pairs);
  g_free (work->rows);
  g_free (work);
  return picture;
}
