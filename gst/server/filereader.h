/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What an uploaded file is answered: it is checked, decoded (a PDF page by
 * page), read by an engine or answered by a replay. From any thread.
 */
#pragma once

#include "engines/enginepool.h"
#include "http/answer.h"

typedef struct
{
  guint max_side;
  guint64 max_pixels;
  guint max_regions;            /* of a page; 0: no limit */
  guint read_seconds;           /* after which a page is given up */
  EnginePool *engines;          /* NULL: @replay */
  GBytes *replay;
} FileReader;

/* The main loop must run for `read_seconds` to hold; @cancellable is cancelled
 * then. */
Answer *file_reader_read (const FileReader * self, GBytes * file,
    GCancellable * cancellable);
