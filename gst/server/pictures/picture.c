/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictures/picture.h"

#include <string.h>

#include "bounds.h"

/* The bytes at an offset that tell a format. */
static const struct
{
  guint offset;
  const gchar *magic;
  guint length;
  PictureFormat format;
} signatures[] = {
  {0, "\xff\xd8\xff", 3, PICTURE_JPEG},
  {0, "\x89PNG\r\n\x1a\n", 8, PICTURE_PNG},
  {0, "%PDF-", 5, PICTURE_PDF},
  {0, "BM", 2, PICTURE_OTHER},
  {0, "II*\0", 4, PICTURE_OTHER},
  {0, "MM\0*", 4, PICTURE_OTHER},
  {0, "II+\0", 4, PICTURE_OTHER},
  {0, "MM\0+", 4, PICTURE_OTHER},
  {8, "WEBP", 4, PICTURE_OTHER},
  {0, "P1", 2, PICTURE_OTHER},
  {0, "P2", 2, PICTURE_OTHER},
  {0, "P3", 2, PICTURE_OTHER},
  {0, "P4", 2, PICTURE_OTHER},
  {0, "P5", 2, PICTURE_OTHER},
  {0, "P6", 2, PICTURE_OTHER},
  {0, "GIF8", 4, PICTURE_OTHER},
  {0, "\0\0\0\x0cjP  ", 8, PICTURE_OTHER},
  {0, "\xff\x4f\xff\x51", 4, PICTURE_OTHER},
  {0, "\0\0\0\x0cJXL ", 8, PICTURE_OTHER},
  {0, "\xff\x0a", 2, PICTURE_OTHER},
  {4, "ftyp", 4, PICTURE_OTHER},
  {0, "8BPS", 4, PICTURE_OTHER},
  {0, "\0\0\1\0", 4, PICTURE_OTHER},
  {0, "<svg", 4, PICTURE_OTHER},
};

PictureFormat
picture_identify (GBytes * bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (size >= signatures[i].offset + signatures[i].length
        && memcmp (data + signatures[i].offset, signatures[i].magic,
            signatures[i].length) == 0)
      return signatures[i].format;
  return PICTURE_NONE;
}

gboolean
picture_check_size (const PictureLimits * limits, guint width, guint height,
    PictureProblem * problem)
{
  if (width <= limits->max_side && height <= limits->max_side
      && (guint64) width * height <= limits->max_pixels)
    return TRUE;
  *problem = PICTURE_TOO_LARGE;
  return FALSE;
}

GrayPicture *
picture_new (guint width, guint height)
{
  GrayPicture *picture;
  guint8 *pixels;

  if (width == 0 || height == 0 || width > LIMIT_SIDE_HIGHEST
      || height > LIMIT_SIDE_HIGHEST)
    return NULL;
  pixels = g_try_malloc ((gsize) width * height);
  if (pixels == NULL)
    return NULL;
  picture = g_new0 (GrayPicture, 1);
  picture->width = width;
  picture->height = height;
  picture->stride = width;
  picture->pixels = pixels;
  return picture;
}

gboolean
picture_add_chroma (GrayPicture * picture)
{
  gsize size = picture->stride * picture->height;

  picture->chroma[0] = g_try_malloc (size);
  picture->chroma[1] = g_try_malloc (size);
  return picture->chroma[0] != NULL && picture->chroma[1] != NULL;
}

void
picture_free (GrayPicture * picture)
{
  g_free (picture->chroma[0]);
  g_free (picture->chroma[1]);
  g_free (picture->pixels);
  g_free (picture);
}

GrayPicture *
picture_decode (GBytes * bytes, const PictureLimits * limits,
    gboolean * is_turned, PictureProblem * problem)
{
  if (is_turned != NULL)
    *is_turned = FALSE;
  switch (picture_identify (bytes)) {
    case PICTURE_JPEG:
      return picture_decode_jpeg (bytes, limits, is_turned, problem);
    case PICTURE_PNG:
      return picture_decode_png (bytes, limits, problem);
    case PICTURE_NONE:
      *problem = PICTURE_BROKEN;
      return NULL;
    default:
      *problem = PICTURE_UNSUPPORTED;
      return NULL;
  }
}
