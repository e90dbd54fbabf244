/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a run leaves beside the files that the pipeline itself writes: a PNG of
 * each text, the contact sheet, and the list of texts.
 *
 * It listens to elements of the pipeline by their names: the appsinks `crops`
 * and `thumbnails` (BGRx) and `tracks` (NDJSON), and the queue `news`, which it
 * lets only those frames into that show a new text.
 */
#pragma once

#include "tracklist.h"

G_BEGIN_DECLS

typedef struct _Outputs Outputs;

/* Makes what is missing of @dir; pictures of an earlier run go. */
Outputs *outputs_new (GstElement * pipeline, const gchar * dir);
void outputs_free (Outputs * outputs);

/* When the pipeline has stopped: writes contact-sheet.png. */
gboolean outputs_finish (Outputs * outputs, const gchar * title);

const TrackList *outputs_get_tracks (const Outputs * outputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outputs, outputs_free)

G_END_DECLS
