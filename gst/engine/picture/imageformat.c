/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/imageformat.h"

#include "picture/jpegstrips.h"
#include "picture/pngwriter.h"

/* libjpeg's own limit. */
#define JPEG_LONGEST_SIDE 65500

static gpointer
jpeg_new (void)
{
  return kocr_jpeg_strips_new ();
}

static void
jpeg_free (gpointer writer)
{
  kocr_jpeg_strips_free (writer);
}

static gboolean
jpeg_write (gpointer writer, const GstVideoFrame * pixels, guint quality,
    KocrMultipart * body, gdouble * part, GError ** error)
{
  return kocr_jpeg_strips_write (writer, pixels, quality, body, part, error);
}

static gboolean
png_write (gpointer writer, const GstVideoFrame * pixels, guint quality,
    KocrMultipart * body, gdouble * part, GError ** error)
{
  return kocr_png_write (pixels, body, part, error);
}

const GEnumValue kocr_image_format_values[] = {
  {KOCR_IMAGE_JPEG, "JPEG", "jpeg"},
  {KOCR_IMAGE_PNG, "PNG, lossless and slow", "png"},
  {0, NULL, NULL}
};

static const KocrImageFormatInfo infos[] = {
  [KOCR_IMAGE_JPEG] = {
      "frame.jpg", "image/jpeg", JPEG_LONGEST_SIDE, TRUE,
      jpeg_new, jpeg_free, jpeg_write},
  [KOCR_IMAGE_PNG] = {
      "frame.png", "image/png", G_MAXINT, FALSE, NULL, NULL, png_write},
};

G_STATIC_ASSERT (G_N_ELEMENTS (infos) == KOCR_N_IMAGE_FORMATS);
G_STATIC_ASSERT (G_N_ELEMENTS (kocr_image_format_values)
    == KOCR_N_IMAGE_FORMATS + 1);

const KocrImageFormatInfo *
kocr_image_format_get_info (KocrImageFormat format)
{
  return &infos[format];
}

gboolean
kocr_image_format_find_other (KocrImageFormat * format, guint tried)
{
  for (guint i = 1; i < KOCR_N_IMAGE_FORMATS; i++) {
    KocrImageFormat other = (*format + i) % KOCR_N_IMAGE_FORMATS;

    if (!(tried & KOCR_IMAGE_FORMAT_BIT (other))) {
      *format = other;
      return TRUE;
    }
  }
  return FALSE;
}
