/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Run stats: what a run came to, counted, as the property `stats` shows it.
 *
 * Any thread.  Its lock is a leaf.
 */
#pragma once

#include "engine.h"
#include "ocr/settings.h"

typedef struct _KocrRunStats KocrRunStats;

typedef enum
{
  KOCR_COUNT_FRAMES,
  KOCR_COUNT_SAMPLED,
  KOCR_COUNT_SETTLED,           /* of them; in whatever way */
  KOCR_COUNT_FAILED,            /* of the settled: what was cancelled did not */
  KOCR_COUNT_UNREADABLE,        /* of the failed: the engine knows nothing of
                                 * them */
  KOCR_COUNT_SKIPPED,
  KOCR_COUNT_LATE,
  KOCR_N_COUNTS
} KocrCount;

KocrRunStats *kocr_run_stats_new (void);
void kocr_run_stats_free (KocrRunStats * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrRunStats, kocr_run_stats_free)

void kocr_run_stats_add (KocrRunStats * self, KocrCount count);
guint64 kocr_run_stats_get (KocrRunStats * self, KocrCount count);
/* A sample is settled, in whatever way; @failed: without a result. */
void kocr_run_stats_note_settled (KocrRunStats * self, gboolean failed);
/* Samples that failed; @unsettled: and those that have no answer yet. */
guint64 kocr_run_stats_get_lost (KocrRunStats * self, gboolean unsettled);
/* A frame carries the result of @request for the first time. */
void kocr_run_stats_note_carried (KocrRunStats * self,
    const KocrRequest * request);
void kocr_run_stats_set_last_error (KocrRunStats * self,
    const GError * error);

/* (transfer full). @engine: all 0 before a run. */
GstStructure *kocr_run_stats_to_structure (KocrRunStats * self,
    const KocrEngineStats * engine, KocrTiming timing);
