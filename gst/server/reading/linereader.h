/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads one line of text by Tesseract. One thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "reading/linereading.h"

typedef struct _LineReader LineReader;

/* @languages: Tesseract codes joined by '+'; @tessdata: the folder of their
 * models, NULL for the system's. NULL with @error. */
LineReader *line_reader_new (const gchar * languages, const gchar * tessdata,
    GError ** error);
void line_reader_free (LineReader * self);

/* Is there a model for columns of writing? */
gboolean line_reader_has_columns (LineReader * self);
/* From here on, lines are columns that were turned to the left. */
void line_reader_set_columns (LineReader * self, gboolean columns);

/* Returns (transfer full) what the line says, perhaps nothing. A line that
 * reads badly is tried again from other crops, and the best is returned. NULL
 * with @error: Tesseract failed, or @cancellable (nullable) was cancelled. */
LineReading *line_reader_read (LineReader * self, const ColourPlanes * planes,
    const TextLine * line, GCancellable * cancellable, GError ** error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineReader, line_reader_free)
