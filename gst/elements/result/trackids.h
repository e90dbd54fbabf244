/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Track ids: gives each result the text tracks of its regions, and
 * publishes its request: from then on frames, messages and signals tell of it,
 * so all of them tell the same tracks.
 *
 * Requests are settled in any order. Where each frame has its own result they
 * are tracked and published in the order of their samples; where a frame does
 * not wait, at once, and a result that a newer one overtook gets the tracks
 * that fit.
 */
#pragma once

#include "result/framehistory.h"
#include "request.h"

typedef struct _KocrTrackIds KocrTrackIds;

/* @request was published; from the thread that settled it or another one, one
 * at a time and in the order in which they were tracked.  It may add samples
 * and forget, but not update. */
typedef void (*KocrTrackIdsFunc) (KocrRequest * request, gpointer user_data);

/* @producer: (nullable): whose results they are. */
KocrTrackIds *kocr_track_ids_new (const gchar * producer,
    KocrTrackIdsFunc published, gpointer user_data);
void kocr_track_ids_free (KocrTrackIds * self);

/* Before the first sample; FALSE until then. */
void kocr_track_ids_set_ordered (KocrTrackIds * self, gboolean ordered);

/* (transfer none): knows when texts came and went between two samples. Before
 * the first one. */
void kocr_track_ids_set_history (KocrTrackIds *self, KocrFrameHistory *history);

/* To be called in the order of the samples, before they can be settled. */
void kocr_track_ids_add (KocrTrackIds * self, KocrRequest * request);
/* A request was settled. From any thread. */
void kocr_track_ids_update (KocrTrackIds * self);
/* What is added from now on has nothing to do with what was before: tracks do
 * not go on. */
void kocr_track_ids_forget (KocrTrackIds * self);
