/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the page asks an archive for, as answers of HTTP:
 *
 *   api/videos              {"videos": [{"id", "name", "duration", "width",
 *                           "height", "state", "error", "indexed", "tracks"}]},
 *                           newest first
 *   api/videos/ID           one of them, "tracks" an array of {"id", "track",
 *                           "text", "start", "end", "box", "crop": bool,
 *                           "moving", "places": [[time, box]] where it moves}
 *   api/videos/ID/text.vtt  the same as WebVTT
 *   api/search?q=…          {"hits": [{"id", "video", "name", "track", "text",
 *                           "start", "end", "box", "score", "crop": bool}]};
 *                           fuzzy=1, limit=N
 *   media/ID                the video's file
 *   crops/ID                the picture of a track, by its "id"
 *   frames/ID               the video's picture with it, JPEG
 *
 * Times are ns, boxes [[x,y]×4]; what is unknown is null.
 */
#pragma once

#include <libsoup/soup.h>

#include "archive/database.h"
#include "page/pagestills.h"

typedef struct
{
  Database *database;
  PageStills *stills;
} PageSource;

/* Answers what is asked for at @path, without its first slash; FALSE: it is none
 * of these. @query: (nullable) */
gboolean page_api_answer (const PageSource *source, SoupServerMessage *message,
    const gchar *path, GHashTable *query);
