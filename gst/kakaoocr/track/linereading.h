/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line reading: what a reading of a line means for the track that it is of: more
 * of its text, or another one.
 */
#pragma once

#include "track/linetrack.h"

/* What a reading means for a track. */
typedef enum
{
  KOCR_READING_SAME,            /* it is one of its text, as far as is known */
  KOCR_READING_CHANGED,         /* the text has changed for good: the run of
                                 * readings that ends with this one is of
                                 * another text */
  KOCR_READING_PASSED           /* the run before this one was of another text,
                                 * and this one is not of the first */
} KocrReading;

/* @sample showed it as @line. Unless the reading is the SAME, which it always
 * is for lines that came with their tracks, the run must be split off; after
 * PASSED the reading is to be told to what was split off. */
KocrReading kocr_line_track_read (KocrLineTrack * track,
    const KocrLine * line, const KocrSample * sample);
