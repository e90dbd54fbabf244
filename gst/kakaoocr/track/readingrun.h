/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading run: readings of a line that differ from its text in the same way,
 * put by until what follows tells whether they are of another one
 * (track/evidence.h). Pure.
 */
#pragma once

#include <gst/gst.h>

#include "track/consensus.h"

typedef struct
{
  gunichar *chars;
  guint n_chars;
  GstClockTime time;
} KocrPutBy;

typedef struct
{
  GArray *readings;             /* of KocrPutBy */
  GArray *changes;              /* of KocrDifference: what all of them have in
                                 * common */
  gboolean seen;                /* the strokes changed with the first one */
  GstClockTime last_seen;       /* by samples that were not read, too */
  guint64 n_samples;
} KocrReadingRun;

void kocr_reading_run_init (KocrReadingRun *self);
void kocr_reading_run_clear (KocrReadingRun *self);

/* @found: of KocrDifference; those of the first one are the run's. @seen: whether
 * the strokes changed with it. */
void kocr_reading_run_begin (KocrReadingRun *self, const GArray *found,
    gboolean seen);
void kocr_reading_run_add (KocrReadingRun *self, const gunichar *chars,
    guint n_chars, GstClockTime time);
/* It was there in one more sample. */
void kocr_reading_run_see (KocrReadingRun *self, GstClockTime time);

/* NULL: there is none. */
const KocrPutBy *kocr_reading_run_get_last (const KocrReadingRun *self);

/* Samples after @time were not when they said. */
void kocr_reading_run_retract (KocrReadingRun *self, GstClockTime time);

/* Ends it: its readings are of @text. */
void kocr_reading_run_move (KocrReadingRun *self, KocrConsensus *text);
