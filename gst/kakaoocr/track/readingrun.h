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

/* What was seen of a line's picture between two samples. */
typedef enum
{
  KOCR_LOOK_UNKNOWN,
  KOCR_LOOK_UNCLEAR,            /* nobody can tell: its ground changed, too */
  KOCR_LOOK_SAME,
  KOCR_LOOK_CHANGED
} KocrLook;

typedef struct
{
  GArray *readings;             /* of KocrPutBy */
  GArray *changes;              /* of KocrDifference: what all of them have in
                                 * common */
  KocrLook look;                /* of the picture that the first one is of */
  gboolean moved;               /* the line had, since it was read before that */
  GstClockTime last_seen;       /* by samples that were not read, too */
  guint64 n_samples;
} KocrReadingRun;

void kocr_reading_run_init (KocrReadingRun *self);
void kocr_reading_run_clear (KocrReadingRun *self);

/* @found: of KocrDifference; those of the first one are the run's, and so is its
 * @look and whether it @moved. */
void kocr_reading_run_begin (KocrReadingRun *self, const GArray *found,
    KocrLook look, gboolean moved);
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
