/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Query: texts of an archive that have what somebody looks for.
 *
 * The words of a query are parts of the text, in any order; upper and lower
 * case are one.  Those of three letters and more (a syllable of Hangul is two
 * or three) are found by the index, others among what that leaves, or alone by
 * a look at each text.  Texts with the whole query as it stands come first, and
 * are looked for first; among equals the one of which the query is most.  A
 * fuzzy query takes what has some of the query's trigrams, of which those are
 * looked for that few texts have, and orders it by how much of the query stands
 * in it.
 */
#pragma once

#include <gst/gst.h>

#include "archive/database.h"
#include "json/writer.h"

typedef struct
{
  const gchar *text;
  gboolean fuzzy;
  GstClockTime from, to;        /* seen in this span of the video; NONE: open */
  const gchar *glob;            /* of paths; nullable */
  gint64 video;                 /* its id; 0: all */
  guint limit;
} Query;

typedef struct
{
  gint64 id;                    /* of the row */
  gint64 video, track;
  gchar *path, *text, *box;     /* box: JSON, nullable */
  GstClockTime start, end;
  gboolean has_crop;
  gdouble score;                /* 0…1: 1 has the query as it stands */
} Hit;

/* (element-type Hit) (transfer full), best first; NULL with an error. An empty
 * query has no hits. */
GPtrArray *query_run (Database * database, const Query * query,
    GError ** error);

/* Adds video, track, start, end, text, box and score to the object that is
 * open. */
void hit_add_members (const Hit * hit, KocrJsonWriter * writer);
