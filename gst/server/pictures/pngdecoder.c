/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * PNG to gray and chroma, where it is transparent on the ground, black or white,
 * that what is not contrasts with: light text made to lie over a video is all
 * there is in such a picture.
 */
#include <png.h>
#include <string.h>

#include "pictures/picture.h"

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

/* Asks for 8 bits of whatever is there. What is interlaced comes whole, not row
 * by row, and is read in gray, since its colours would take too much memory. */
static void
set_transformations (png_structp png, png_infop info)
{
  gboolean interlaced =
      png_get_interlace_type (png, info) != PNG_INTERLACE_NONE;

  png_set_expand (png);
  png_set_scale_16 (png);
  if (interlaced && (png_get_color_type (png, info) & PNG_COLOR_MASK_COLOR))
    png_set_rgb_to_gray_fixed (png, PNG_ERROR_ACTION_NONE, RED, GREEN);
  png_set_interlace_handling (png);
  png_read_update_info (png, info);
}

/* What a jump past its frame must leave behind to be freed. */
typedef struct
{
  GrayPicture *picture;
  guint8 *alpha;                /* as the picture's planes; NULL: opaque */
  guint8 *samples;              /* as they are read: a row, or all of them */
  png_bytepp rows;
} Work;

static guint8
to_byte (gint value)
{
  return CLAMP (value, 0, 255);
}

/* A row of @n_channels: gray or red, green and blue, and perhaps alpha. */
static void
store_row (Work * work, gint y, const guint8 * samples, guint n_channels)
{
  GrayPicture *picture = work->picture;
  gsize at = y * picture->stride;
  gint x;

  for (x = 0; x < picture->width; x++, at++, samples += n_channels) {
    if (n_channels >= 3) {
      gint r = samples[0], g = samples[1], b = samples[2];
      gint luma = (RED * r + GREEN * g + (100000 - RED - GREEN) * b + 50000)
          / 100000;

      picture->pixels[at] = luma;
      picture->chroma[0][at] = to_byte (128 + (b - luma) * 564 / 1000);
      picture->chroma[1][at] = to_byte (128 + (r - luma) * 713 / 1000);
    } else {
      picture->pixels[at] = samples[0];
    }
    if (work->alpha != NULL)
      work->alpha[at] = samples[n_channels - 1];
  }
}

static void
compose (const Work * work)
{
  GrayPicture *picture = work->picture;
  gsize n = picture->stride * picture->height, i;
  guint64 light = 0, opacity = 0;
  guint ground, j;

  for (i = 0; i < n; i++) {
    light += picture->pixels[i] * work->alpha[i];
    opacity += work->alpha[i];
  }
  ground = light > opacity * 128 ? 0 : 255;
  for (i = 0; i < n; i++) {
    guint alpha = work->alpha[i], rest = 255 - alpha;

    picture->pixels[i] = (picture->pixels[i] * alpha + ground * rest + 127)
        / 255;
    for (j = 0; j < 2 && picture->chroma[j] != NULL; j++)
      picture->chroma[j][i] =
          (picture->chroma[j][i] * alpha + 128 * rest + 127) / 255;
  }
}

static gboolean
make_room (Work * work, guint width, guint height, guint n_channels,
    gsize row_bytes, gboolean interlaced)
{
  work->picture = picture_new (width, height);
  if (work->picture == NULL
      || (n_channels >= 3 && !picture_add_chroma (work->picture)))
    return FALSE;
  if (n_channels % 2 == 0
      && (work->alpha = g_try_malloc ((gsize) width * height)) == NULL)
    return FALSE;
  work->samples = g_try_malloc (row_bytes * (interlaced ? height : 1));
  return work->samples != NULL;
}

/* May jump. */
static gboolean
read_pixels (png_structp png, png_infop info, const PictureLimits * limits,
    Work * work, PictureProblem * problem)
{
  guint width, height, n_channels, y;
  gboolean interlaced;
  gsize row_bytes;

  png_read_info (png, info);
  width = png_get_image_width (png, info);
  height = png_get_image_height (png, info);
  if (!picture_check_size (limits, width, height, problem))
    return FALSE;
  interlaced = png_get_interlace_type (png, info) != PNG_INTERLACE_NONE;
  set_transformations (png, info);
  n_channels = png_get_channels (png, info);
  row_bytes = png_get_rowbytes (png, info);
  if (row_bytes != (gsize) n_channels * width
      || !make_room (work, width, height, n_channels, row_bytes, interlaced))
    return FALSE;
  if (interlaced) {
    work->rows = g_new (png_bytep, height);
    for (y = 0; y < height; y++)
      work->rows[y] = work->samples + y * row_bytes;
    png_read_image (png, work->rows);
  }
  for (y = 0; y < height; y++) {
    if (!interlaced)
      png_read_row (png, work->samples, NULL);
    store_row (work, y, interlaced ? work->rows[y] : work->samples, n_channels);
  }
  if (work->alpha != NULL)
    compose (work);
  return TRUE;
}

GrayPicture *
picture_decode_png (GBytes * bytes, const PictureLimits * limits,
    PictureProblem * problem)
{
  Source source;
  Work *work = g_new0 (Work, 1);
  GrayPicture *picture;
  volatile gboolean complete = FALSE;
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL,
      on_error, on_warning);
  png_infop info = png_create_info_struct (png);

  *problem = PICTURE_BROKEN;
  source.data = g_bytes_get_data (bytes, &source.left);
  if (setjmp (png_jmpbuf (png)) == 0) {
    png_set_read_fn (png, &source, on_read);
    /* The side is judged here, not by libpng, which could not tell why. */
    png_set_user_limits (png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max (png, ANCILLARY_BYTES);
    png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    complete = read_pixels (png, info, limits, work, problem);
  }
  png_destroy_read_struct (&png, &info, NULL);
  picture = work->picture;
  if (!complete)
    g_clear_pointer (&picture, picture_free);
  g_free (work->alpha);
  g_free (work->samples);
  g_free (work->rows);
  g_free (work);
  return picture;
}
