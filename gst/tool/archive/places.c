/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/places.h"

#include <math.h>
#include <string.h>

#include "json/document.h"
#include "json/reader.h"

/* Pixels within which a box stands where it stood: readings differ by as
 * much. */
#define STILL 1.0
/* A text that crosses the picture for hours. */
#define MAX_PLACES 20000

static gboolean
is_there (const Place *place, const gdouble box[8])
{
  for (guint i = 0; i < 8; i++)
    if (fabs (place->box[i] - box[i]) > STILL)
      return FALSE;
  return TRUE;
}

void
places_add (GArray *places, GstClockTime time, const gdouble box[8])
{
  const Place *last = places->len > 0
                          ? &g_array_index (places, Place, places->len - 1)
                          : NULL;
  Place place = { .time = time };

  if (places->len >= MAX_PLACES
      || (last && (time <= last->time || is_there (last, box))))
    return;
  /* A tenth of a pixel is more than was measured. */
  for (guint i = 0; i < 8; i++)
    place.box[i] = rint (10.0 * box[i]) / 10.0;
  g_array_append_val (places, place);
}

void
places_write (KocrJsonWriter *writer, const gchar *name, const GArray *places)
{
  if (!places) {
    kocr_json_add_null (writer, name);
    return;
  }
  kocr_json_open (writer, name, '[');
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);

    kocr_json_open (writer, NULL, '[');
    kocr_json_add_int64 (writer, NULL, place->time);
    kocr_json_add_box (writer, NULL, place->box);
    kocr_json_close (writer, ']');
  }
  kocr_json_close (writer, ']');
}

static gboolean
read_place (JsonNode *node, Place *place)
{
  JsonArray *pair = kocr_json_node_array (node);

  return pair && json_array_get_length (pair) == 2
         && kocr_json_node_integer (json_array_get_element (pair, 0), 0,
             GST_CLOCK_TIME_NONE, &place->time)
         && GST_CLOCK_TIME_IS_VALID (place->time)
         && kocr_json_node_box (json_array_get_element (pair, 1), place->box);
}

GArray *
places_read (JsonNode *node)
{
  JsonArray *array = kocr_json_node_array (node);
  guint n = array ? json_array_get_length (array) : 0;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < MIN (n, MAX_PLACES); i++) {
    Place place;

    if (!read_place (json_array_get_element (array, i), &place))
      return NULL;
    g_array_append_val (places, place);
  }
  return places->len > 0 ? g_steal_pointer (&places) : NULL;
}

GArray *
places_parse (const gchar *json)
{
  /* Ten numbers a place, and the brackets around them. */
  static const KocrJsonLimits limits = {
    .max_bytes = 200 * MAX_PLACES,
    .max_depth = 6,
    .max_values = 16 * MAX_PLACES,
    .max_digits = 18,
  };
  g_autofree gchar *text = NULL;
  g_autoptr (JsonParser) parser = NULL;
  KocrJsonProblem problem;
  JsonObject *object;

  if (!json)
    return NULL;
  text = g_strconcat ("{\"places\":", json, "}", NULL);
  object = kocr_json_load (text, strlen (text), &limits, &parser, &problem);
  return object ? places_read (json_object_get_member (object, "places"))
                : NULL;
}
