/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The values of a JSON text by the type that is expected. FALSE or NULL: @node
 * is NULL, as for a member that is not there, or of another type.
 */
#pragma once

#include <json-glib/json-glib.h>

/* Beyond it not every integer has a double of its own. */
#define KOCR_JSON_MAX_INTEGER (G_GUINT64_CONSTANT (1) << 53)

JsonObject *kocr_json_node_object (JsonNode * node);
JsonArray *kocr_json_node_array (JsonNode * node);
const gchar *kocr_json_node_text (JsonNode * node);
gboolean kocr_json_node_boolean (JsonNode * node, gboolean * value);

/* Finite, with a fraction or without. */
gboolean kocr_json_node_number (JsonNode * node, gdouble * value);

/* An integer from @min to KOCR_JSON_MAX_INTEGER, or null, which is @unknown. */
gboolean kocr_json_node_integer (JsonNode * node, guint64 min, guint64 unknown,
    guint64 * value);

/* Texts alone. (transfer full) (array zero-terminated=1) */
gchar **kocr_json_node_texts (JsonNode * node);

/* Four corners, each a pair of finite numbers. */
gboolean kocr_json_node_box (JsonNode * node, gdouble box[8]);
