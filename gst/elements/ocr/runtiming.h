/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Run timing: whether frames of a run wait for results, as it was asked for or
 * as upstream is live, and how long its end waits for what is in flight.
 */
#pragma once

#include "ocr/settings.h"

typedef struct
{
  KocrTiming wanted;
  GstClockTime timeout;         /* of a request */
  gint timing;                  /* KocrTiming, atomic: set once; AUTO before */
  gboolean is_live;             /* streaming thread: upstream is */
} KocrRunTiming;

void kocr_run_timing_init (
    KocrRunTiming *self, const KocrOcrSettings *settings);

/* Any thread. AUTO until it is found. */
KocrTiming kocr_run_timing_get (KocrRunTiming *self);
/* Whether frames wait for results. */
gboolean kocr_run_timing_holds_frames (KocrRunTiming *self);

/* Streaming thread. FALSE: it was found before. */
gboolean kocr_run_timing_find (KocrRunTiming *self, GstPad *sinkpad,
    KocrTiming *timing);
/* From then on it is @timing. */
void kocr_run_timing_set (KocrRunTiming *self, KocrTiming timing);

/* Until when (monotonic, us) the end of the frames may wait for requests: no
 * longer than a live picture's budget, or than they themselves may take. */
gint64 kocr_run_timing_get_end (
    KocrRunTiming *self, const KocrFrameSettings *settings);
