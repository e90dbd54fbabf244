/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What lines are looked for in.
 */
#pragma once

#include <glib.h>

/* An 8-bit gray picture, full range, rows `stride` bytes apart. Where it has
 * colour, that is beside it, as large: Cb and Cr as JPEG has them, else NULL. */
typedef struct
{
  gint width, height;
  gsize stride;
  guint8 *pixels;
  guint8 *chroma[2];
} GrayPicture;
