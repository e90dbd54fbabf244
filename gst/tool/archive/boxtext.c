/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/boxtext.h"

#include <string.h>

#include "json/document.h"
#include "json/reader.h"

/* Corners and numbers, and the object around them. */
static const KocrJsonLimits limits = {
  .max_bytes = 1024,
  .max_depth = 3,
  .max_values = 14,
  .max_digits = 15,
};

gboolean
box_text_parse (const gchar * json, gdouble box[8])
{
  g_autofree gchar *text = NULL;
  g_autoptr (JsonParser) parser = NULL;
  KocrJsonProblem problem;
  JsonObject *object;

  if (!json)
    return FALSE;
  text = g_strconcat ("{\"box\":", json, "}", NULL);
  object = kocr_json_load (text, strlen (text), &limits, &parser, &problem);
  return object && kocr_json_node_box (json_object_get_member (object, "box"),
      box);
}
