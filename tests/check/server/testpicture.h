/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Small pictures in any format, written by Leptonica.
 */
#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>

/* A horizontal ramp from black to white; @format is Leptonica's IFF_*. */
static inline GBytes *
test_picture_new (gint width, gint height, gint format)
{
  PIX *pix = pixCreate (width, height, 8);
  l_uint8 *data = NULL;
  size_t size = 0;
  gint x, y;
  GBytes *bytes;

  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++)
      pixSetPixel (pix, x, y, width > 1 ? 255 * x / (width - 1) : 128);
  g_assert_cmpint (pixWriteMem (&data, &size, pix, format), ==, 0);
  pixDestroy (&pix);
  bytes = g_bytes_new (data, size);
  lept_free (data);
  return bytes;
}
