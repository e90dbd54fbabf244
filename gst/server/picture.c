/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <leptonica/allheaders.h>
#include <string.h>

#include "bounds.h"

typedef enum
{
  FORMAT_JPEG,
  FORMAT_PNG,
  FORMAT_LEPTONICA,
  FORMAT_PDF,
  FORMAT_UNSUPPORTED,
} Format;

/* The bytes at an offset that tell a format. GIF and JPEG 2000 would be read
 * by Leptonica, but only by decoding them before their size is known. */
static const struct
{
  guint offset;
  const gchar *magic;
  guint length;
  Format format;
} signatures[] = {
  {0, "\xff\xd8\xff", 3, FORMAT_JPEG},
  {0, "\x89PNG\r\n\x1a\n", 8, FORMAT_PNG},
  {0, "BM", 2, FORMAT_LEPTONICA},
  {0, "II*\0", 4, FORMAT_LEPTONICA},
  {0, "MM\0*", 4, FORMAT_LEPTONICA},
  {8, "WEBP", 4, FORMAT_LEPTONICA},
  {0, "P1", 2, FORMAT_LEPTONICA},
  {0, "P2", 2, FORMAT_LEPTONICA},
  {0, "P3", 2, FORMAT_LEPTONICA},
  {0, "P4", 2, FORMAT_LEPTONICA},
  {0, "P5", 2, FORMAT_LEPTONICA},
  {0, "P6", 2, FORMAT_LEPTONICA},
  {0, "%PDF-", 5, FORMAT_PDF},
  {0, "GIF8", 4, FORMAT_UNSUPPORTED},
  {0, "\0\0\0\x0cjP  ", 8, FORMAT_UNSUPPORTED},
  {0, "\xff\x4f\xff\x51", 4, FORMAT_UNSUPPORTED},
  {0, "\0\0\0\x0cJXL ", 8, FORMAT_UNSUPPORTED},
  {0, "\xff\x0a", 2, FORMAT_UNSUPPORTED},
  {4, "ftyp", 4, FORMAT_UNSUPPORTED},
  {0, "8BPS", 4, FORMAT_UNSUPPORTED},
  {0, "\0\0\1\0", 4, FORMAT_UNSUPPORTED},
  {0, "<svg", 4, FORMAT_UNSUPPORTED},
};

static gboolean
identify (const guint8 * data, gsize size, Format * format)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (signatures); i++) {
    if (size >= signatures[i].offset + signatures[i].length
        && memcmp (data + signatures[i].offset, signatures[i].magic,
            signatures[i].length) == 0) {
      *format = signatures[i].format;
      return TRUE;
    }
  }
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

void
picture_free (GrayPicture * picture)
{
  g_free (picture->pixels);
  g_free (picture);
}

/* (transfer full) @pix, of any depth. */
static GrayPicture *
copy_pix (PIX * pix)
{
  PIX *opaque = NULL, *gray = NULL;
  GrayPicture *picture = NULL;

  opaque = pixRemoveAlpha (pix);
  if (opaque != NULL)
    gray = pixConvertTo8 (opaque, 0);
  if (gray != NULL)
    picture = picture_new (pixGetWidth (gray), pixGetHeight (gray));
  if (picture != NULL) {
    gint y;

    /* Leptonica keeps bytes in the order of 32-bit words of the machine. */
    pixEndianByteSwap (gray);
    for (y = 0; y < picture->height; y++)
      memcpy (picture->pixels + y * picture->stride,
          pixGetData (gray) + (gsize) y * pixGetWpl (gray), picture->width);
  }
  pixDestroy (&gray);
  pixDestroy (&opaque);
  pixDestroy (&pix);
  return picture;
}

static GrayPicture *
decode_leptonica (const guint8 * data, gsize size, guint max_side,
    Refusal * refusal)
{
  l_int32 format, width, height, depth, samples, has_colormap;
  PIX *pix;

  *refusal = REFUSAL_NO_IMAGE;
  /* It would write what it dislikes about each upload to stderr. */
  setMsgSeverity (L_SEVERITY_NONE);
  if (pixReadHeaderMem
      (data, size, &format, &width, &height, &depth, &samples,
          &has_colormap) != 0 || width <= 0 || height <= 0)
    return NULL;
  if ((guint) width > max_side || (guint) height > max_side) {
    *refusal = REFUSAL_MAX_LEN;
    return NULL;
  }
  pix = pixReadMem (data, size);
  if (pix == NULL)
    return NULL;
  if (pixGetWidth (pix) != width || pixGetHeight (pix) != height) {
    pixDestroy (&pix);
    return NULL;
  }
  return copy_pix (pix);
}

GrayPicture *
picture_decode (GBytes * bytes, guint max_side, Refusal * refusal)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Format format;

  *refusal = REFUSAL_NO_IMAGE;
  if (!identify (data, size, &format))
    return NULL;
  switch (format) {
    case FORMAT_JPEG:
      return picture_decode_jpeg (bytes, max_side, refusal);
    case FORMAT_PNG:
      return picture_decode_png (bytes, max_side, refusal);
    case FORMAT_LEPTONICA:
      return decode_leptonica (data, size, max_side, refusal);
    case FORMAT_PDF:
      *refusal = picture_count_pdf_pages (bytes) > LIMIT_PDF_PAGES
          ? REFUSAL_MAX_PAGES : REFUSAL_FORMAT;
      return NULL;
    case FORMAT_UNSUPPORTED:
      break;
  }
  *refusal = REFUSAL_FORMAT;
  return NULL;
}
