/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * OCR stats: what a run came to, as the property `stats` shows it.
 */
#pragma once

#include "engine.h"
#include "ocr/settings.h"

G_BEGIN_DECLS

/* All 0: no run yet. */
typedef struct
{
  guint64 frames, sampled, skipped, late;
  guint64 unreadable;           /* failed before they came to the engine */
  KocrLatencies carry;          /* from a result to the frame that carries it */
  KocrEngineStats engine;
  KocrTiming timing;
  const gchar *last_error;      /* nullable */
} KocrOcrStats;

GstStructure *kocr_ocr_stats_to_structure (const KocrOcrStats * self);

G_END_DECLS
