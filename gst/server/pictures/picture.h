/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An uploaded picture: what it is, whether it is within the limits, and its
 * pixels in gray, with its colour beside them. The size is read from the header
 * and bounded, in pixels and in bytes of memory, before anything of that size
 * is allocated or decoded.
 * Pure; from any thread.
 *
 * Read are JPEG (not CMYK), turned upright as its EXIF says, and PNG: no other
 * decoder faces the network.
 */
#pragma once

#include <gio/gio.h>

#include "graypicture.h"

typedef enum
{
  PICTURE_NONE,                 /* not a picture */
  PICTURE_JPEG,
  PICTURE_PNG,
  PICTURE_PDF,
  PICTURE_OTHER,                /* one that is not read */
} PictureFormat;

/* Why it is not read. */
typedef enum
{
  PICTURE_BROKEN,               /* no picture, or not a whole one */
  PICTURE_UNSUPPORTED,          /* its format is not read */
  PICTURE_TOO_LARGE
} PictureProblem;

typedef struct
{
  guint max_side;
  guint64 max_pixels;
  GCancellable *cancellable;    /* nullable; the picture is then broken */
} PictureLimits;

PictureFormat picture_identify (GBytes * bytes);

/* JPEG and PNG. *@is_turned (nullable): its pixels stand in another order than
 * they are stored. NULL: *@problem says why. */
GrayPicture *picture_decode (GBytes * bytes, const PictureLimits * limits,
    gboolean * is_turned, PictureProblem * problem);

/* FALSE with *@problem: a picture of this size is not taken. */
gboolean picture_check_size (const PictureLimits * limits, guint width,
    guint height, PictureProblem * problem);

/* Pixels are left as they are; NULL: no memory, or a size of nothing. */
GrayPicture *picture_new (guint width, guint height);
/* Room for its colour. FALSE: no memory. */
gboolean picture_add_chroma (GrayPicture * picture);
void picture_free (GrayPicture * picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GrayPicture, picture_free)

/* The decoders, each for bytes that start with its format's signature. */
GrayPicture *picture_decode_jpeg (GBytes * bytes, const PictureLimits * limits,
    gboolean * is_turned, PictureProblem * problem);
GrayPicture *picture_decode_png (GBytes * bytes, const PictureLimits * limits,
    PictureProblem * problem);
