/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictures/orientation.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY_BYTES 12
#define ORIENTATION_LAST 8

/* The TIFF structure in which EXIF is kept. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean big_endian;
} Tiff;

static gboolean
read_16 (const Tiff * tiff, gsize at, guint * value)
{
  if (tiff->size < 2 || at > tiff->size - 2)
    return FALSE;
  *value = tiff->big_endian ? tiff->data[at] << 8 | tiff->data[at + 1]
      : tiff->data[at + 1] << 8 | tiff->data[at];
  return TRUE;
}

static gboolean
read_32 (const Tiff * tiff, gsize at, gsize * value)
{
  guint first, second;

  if (!read_16 (tiff, at, &first) || !read_16 (tiff, at + 2, &second))
    return FALSE;
  *value = tiff->big_endian ? (gsize) first << 16 | second
      : (gsize) second << 16 | first;
  return TRUE;
}

/* The orientation among the entries of the first directory. */
static Orientation
find_orientation (const Tiff * tiff)
{
  gsize directory;
  guint n_entries, i;

  if (!read_32 (tiff, 4, &directory)
      || !read_16 (tiff, directory, &n_entries))
    return ORIENTATION_UPRIGHT;
  for (i = 0; i < n_entries; i++) {
    gsize entry = directory + 2 + (gsize) i * ENTRY_BYTES;
    guint tag, type, value;

    if (!read_16 (tiff, entry, &tag) || !read_16 (tiff, entry + 2, &type)
        || !read_16 (tiff, entry + 8, &value))
      break;
    if (tag == TAG_ORIENTATION)
      return type == TYPE_SHORT && value >= ORIENTATION_UPRIGHT
          && value <= ORIENTATION_LAST ? value : ORIENTATION_UPRIGHT;
  }
  return ORIENTATION_UPRIGHT;
}

Orientation
orientation_parse (const guint8 * data, gsize size)
{
  static const guint8 mark[] = { 'E', 'x', 'i', 'f', 0, 0 };
  Tiff tiff;

  if (size < sizeof mark + 4 || memcmp (data, mark, sizeof mark) != 0)
    return ORIENTATION_UPRIGHT;
  tiff.data = data + sizeof mark;
  tiff.size = size - sizeof mark;
  tiff.big_endian = memcmp (tiff.data, "MM\0*", 4) == 0;
  if (!tiff.big_endian && memcmp (tiff.data, "II*\0", 4) != 0)
    return ORIENTATION_UPRIGHT;
  return find_orientation (&tiff);
}

/* Where the pixel (x, y) of the picture as it is seen stands in the one that
 * is stored, by the steps of the eight orientations: from which corner, and
 * whether rows and columns change places. */
static const struct
{
  gboolean from_right, from_bottom, transposed;
} layouts[] = {
  [1] = {FALSE, FALSE, FALSE},
  [2] = {TRUE, FALSE, FALSE},
  [3] = {TRUE, TRUE, FALSE},
  [4] = {FALSE, TRUE, FALSE},
  [5] = {FALSE, FALSE, TRUE},
  [6] = {FALSE, TRUE, TRUE},
  [7] = {TRUE, TRUE, TRUE},
  [8] = {TRUE, FALSE, TRUE},
};

static gboolean
turn_plane (Orientation orientation, const GrayPicture * picture,
    guint8 ** plane)
{
  gint width = picture->width, height = picture->height, x, y;
  gboolean transposed = layouts[orientation].transposed;
  gboolean from_right = layouts[orientation].from_right;
  gboolean from_bottom = layouts[orientation].from_bottom;
  guint8 *upright, *target;

  upright = target = g_try_malloc ((gsize) width * height);
  if (upright == NULL)
    return FALSE;
  for (y = 0; y < (transposed ? width : height); y++)
    for (x = 0; x < (transposed ? height : width); x++) {
      gint column = transposed ? y : x, row = transposed ? x : y;

      column = from_right ? width - 1 - column : column;
      row = from_bottom ? height - 1 - row : row;
      *target++ = (*plane)[row * picture->stride + column];
    }
  g_free (*plane);
  *plane = upright;
  return TRUE;
}

gboolean
orientation_apply (Orientation orientation, GrayPicture * picture)
{
  gint width = picture->width;
  guint i;

  if (orientation == ORIENTATION_UPRIGHT)
    return TRUE;
  for (i = 0; i < 2; i++)
    if (picture->chroma[i] != NULL
        && !turn_plane (orientation, picture, &picture->chroma[i]))
      return FALSE;
  if (!turn_plane (orientation, picture, &picture->pixels))
    return FALSE;
  if (layouts[orientation].transposed) {
    picture->width = picture->height;
    picture->height = width;
  }
  picture->stride = picture->width;
  return TRUE;
}
