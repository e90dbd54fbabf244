/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Image formats that a picture may be sent in: all that is known of each, in
 * one table.
 */
#pragma once

#include <gst/video/video.h>
#include "picture/multipart.h"

/* The order in which one is tried after another is refused. */
typedef enum
{
  KOCR_IMAGE_JPEG,
  KOCR_IMAGE_PNG,
  KOCR_N_IMAGE_FORMATS
} KocrImageFormat;

/* A set with one bit a format: that of @format, and of all. */
#define KOCR_IMAGE_FORMAT_BIT(format) (1u << (format))
#define KOCR_ALL_IMAGE_FORMATS \
  (KOCR_IMAGE_FORMAT_BIT (KOCR_N_IMAGE_FORMATS) - 1)

typedef struct
{
  const gchar *filename, *media_type;
  guint longest_side;           /* that it can have, pixels */
  gboolean has_quality;         /* a lower one takes fewer bytes */

  /* What writes it, for one thread at a time; nullable: nothing is kept. */
  gpointer (*writer_new) (void);
  void (*writer_free) (gpointer writer);
  /* Appends @pixels, in a direct format, to @body. FALSE: either @body is full,
   * which its state tells, with *@part of the rows written, or @error is set.
   */
  gboolean (*write) (gpointer writer, const GstVideoFrame * pixels,
      guint quality, KocrMultipart * body, gdouble * part, GError ** error);
} KocrImageFormatInfo;

const KocrImageFormatInfo *kocr_image_format_get_info (KocrImageFormat format);
/* The next one that is not in @tried; FALSE: all are. */
gboolean kocr_image_format_find_other (KocrImageFormat * format, guint tried);

/* As a property has them; ends with 0, NULL. */
extern const GEnumValue kocr_image_format_values[];
