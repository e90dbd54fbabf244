/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a run leaves beside the files that the pipeline itself writes: a PNG of
 * each text, the contact sheet, and the list of texts.
 *
 * It listens to elements of readpipeline.h by their names: the appsinks `crops`
 * and `thumbnails` (BGRx) and `tracks` (NDJSON), and the queue `news`, which it
 * lets only those frames into that show a new text.
 */
#pragma once

#include <gst/gst.h>

#include "archive/videorecord.h"
#include "read/readproducts.h"

typedef struct _Outputs Outputs;

/* Makes what is missing of @dir; pictures of an earlier run go. NULL with an
 * error when that cannot be done. */
Outputs *outputs_new (GstElement * pipeline, const gchar * dir,
    ReadProducts products, GError ** error);
void outputs_free (Outputs * outputs);

/* When the pipeline has stopped: writes contact-sheet.png. Returns what is in
 * the folder then, and with an error what could not be written is not of it. */
ReadProducts outputs_finish (
    Outputs *outputs, const gchar *title, GError **error);
/* Instead, where nothing was read: takes out what the run has begun, the
 * pipeline's files too, and the folders that it made. */
void outputs_discard (Outputs *outputs);

/* When the pipeline has stopped: what was read, in the order of starts. */
const VideoRecord *outputs_get_texts (const Outputs * outputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outputs, outputs_free)
