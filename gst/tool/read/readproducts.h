/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What `kakaoocr read` may leave in its folder, by the names of --only.
 */
#pragma once

#include <glib.h>

typedef enum
{
  READ_ANNOTATED = 1 << 0,
  READ_JSONL = 1 << 1,
  READ_VTT = 1 << 2,
  READ_CROPS = 1 << 3,
  READ_SHEET = 1 << 4,
  READ_EVERYTHING = (1 << 5) - 1
} ReadProducts;

typedef struct
{
  ReadProducts product;
  const gchar *name;            /* of --only */
  const gchar *path;            /* in the folder; a folder of its own ends in / */
  const gchar *what;
} ReadProduct;

/* READ_PRODUCT_COUNT of them. */
#define READ_PRODUCT_COUNT 5
extern const ReadProduct read_products[READ_PRODUCT_COUNT];

/* Parses "jsonl,vtt"; 0 with an error that lists the names. */
ReadProducts read_products_parse (const gchar * only, GError ** error);

/* FALSE with an error when @source, a file or a URI, is what would be written
 * in @dir: nothing is ever written over its input. */
gboolean read_products_spare (ReadProducts products, const gchar * source,
    const gchar * dir, GError ** error);
