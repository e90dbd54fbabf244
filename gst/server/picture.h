/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An uploaded picture: what it is, whether it is within the limits, and its
 * pixels in gray. The size is read from the header and bounded before
 * anything of that size is allocated or decoded. Pure; from any thread.
 *
 * Read are JPEG (not CMYK) and PNG, and by Leptonica BMP, PNM, TIFF and WebP.
 * Known and refused as a format are PDF, GIF, JPEG 2000, JPEG XL, HEIF and
 * AVIF, PSD, ICO and SVG. Pixels count as they are stored: an orientation
 * noted in EXIF is not applied, as boxes are in pixels of the picture sent.
 */
#pragma once

#include "answer.h"

G_BEGIN_DECLS
/* NULL: *@refusal says why: NO_IMAGE, FORMAT, MAX_LEN or MAX_PAGES. */
    GrayPicture * picture_decode (GBytes * bytes, guint max_side,
    Refusal * refusal);

/* Pixels are left as they are; NULL: no memory, or a size of nothing. */
GrayPicture *picture_new (guint width, guint height);
void picture_free (GrayPicture * picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GrayPicture, picture_free)
/* The decoders, each for bytes that start with its format's signature. */
     GrayPicture *picture_decode_jpeg (GBytes * bytes, guint max_side,
    Refusal * refusal);
     GrayPicture *picture_decode_png (GBytes * bytes, guint max_side,
    Refusal * refusal);

/* The pages that a PDF declares; 0 when they are hidden in compressed
 * objects. */
     guint picture_count_pdf_pages (GBytes * bytes);

G_END_DECLS
