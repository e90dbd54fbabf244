/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where a text that moves was, and when: what its box is drawn by over a video
 * that plays.
 */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

#include "json/writer.h"

typedef struct
{
  GstClockTime time;
  gdouble box[8];
} Place;

/* To @places, unless it is where the last one is, or before it. */
void places_add (GArray *places, GstClockTime time, const gdouble box[8]);

/* [[time,[[x,y]×4]],…]; NULL is null. */
void places_write (
    KocrJsonWriter *writer, const gchar *name, const GArray *places);
/* (transfer full) (element-type Place) (nullable) each: it is none. */
GArray *places_read (JsonNode *node);
GArray *places_parse (const gchar *json);
