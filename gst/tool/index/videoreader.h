/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Video reader: one video through kakaoocr, into a record.  From any thread;
 * readers of one process share the service and its limits.
 */
#pragma once

#include <gio/gio.h>

#include "archive/videorecord.h"
#include "media/ocroptions.h"

typedef enum
{
  READING_DONE,                 /* @video's state tells how it went */
  READING_STOPPED,              /* @cancellable: nothing is to be kept */
  READING_NO_SERVICE            /* no other video would be read, either */
} ReadingResult;

typedef struct
{
  const OcrOptions *options;
  gboolean keyframes;           /* decode key frames alone */
  gboolean crops;               /* keep a picture of each text */
} VideoReaderSettings;

/* What kakaoocr counted. */
typedef struct
{
  guint64 samples, requests, bytes;
} ReadingCost;

/* Fills in what @video, which has its path, does not know yet. With an error
 * the state is not INDEXED, and @video->error says why.
 * @cost: (out) (nullable) */
ReadingResult video_reader_read (const VideoReaderSettings * settings,
    VideoRecord * video, ReadingCost * cost, GCancellable * cancellable);

/* FALSE with an error that names the option that is wrong. */
gboolean video_reader_check (const VideoReaderSettings * settings,
    GError ** error);
