/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/readproducts.h"

#include <gio/gio.h>

#include "media/mediapipeline.h"

const ReadProduct read_products[READ_PRODUCT_COUNT] = {
  {READ_ANNOTATED, "mkv", "annotated.mkv", "the video with its text drawn"},
  {READ_JSONL, "jsonl", "text.jsonl", "a line for each picture that was read"},
  {READ_VTT, "vtt", "text.vtt", "the texts as subtitles"},
  {READ_CROPS, "crops", "crops/", "a picture of each text"},
  {READ_SHEET, "sheet", "contact-sheet.png", "all of it at a glance"},
};

static ReadProducts
find_product (const gchar * name)
{
  for (guint i = 0; i < READ_PRODUCT_COUNT; i++)
    if (g_str_equal (read_products[i].name, name))
      return read_products[i].product;
  return 0;
}

ReadProducts
read_products_parse (const gchar * only, GError ** error)
{
  g_auto (GStrv) names = g_strsplit (only, ",", -1);
  ReadProducts products = 0;

  for (gchar ** name = names; *name; name++) {
    ReadProducts product = find_product (g_strstrip (*name));

    if (!product) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "--only has no “%s”: it takes mkv, jsonl, vtt, crops and sheet, "
          "with commas between them", *name);
      return 0;
    }
    products |= product;
  }
  if (!products)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--only names nothing");
  return products;
}

gboolean
read_products_spare (ReadProducts products, const gchar * source,
    const gchar * dir, GError ** error)
{
  for (guint i = 0; i < READ_PRODUCT_COUNT; i++) {
    g_autofree gchar *path = g_build_filename (dir, read_products[i].path,
        NULL);

    if ((products & read_products[i].product)
        && media_is_same_file (source, path)) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
          "it would be written over: choose another folder with --out");
      return FALSE;
    }
  }
  return TRUE;
}
