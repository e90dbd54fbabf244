/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Edges: what was seen of texts between samples, and when they came and went.
 */
#pragma once

#include <gst/gst.h>
#include "textedge.h"

typedef struct
{
  GArray *told;                 /* in the order in which it was told */
  guint n_old;                  /* of that, before the newest sample */
} KocrEdges;

void kocr_edges_init (KocrEdges *self);
void kocr_edges_clear (KocrEdges *self);
void kocr_edges_forget (KocrEdges *self);

/* @time: of what has one. The oldest is forgotten when there are a thousand. */
void kocr_edges_tell (KocrEdges *self, guint64 track, GstKakaoOcrTextEdge edge,
    GstClockTime time);
/* That sample is over: what is told from now on is told of the next one. */
void kocr_edges_end_sample (KocrEdges *self);

/* What was told of @track for the next sample is of @other, which it had become
 * before. */
void kocr_edges_pass_on (KocrEdges *self, guint64 track, guint64 other);

/* Whether @edge, which has no time, was told of @track for the next sample. */
gboolean kocr_edges_was_told_new (
    const KocrEdges *self, guint64 track, GstKakaoOcrTextEdge edge);
/* When @edge was told to have been, for the next sample, after @after, up to
 * @until; or NONE. It may be before the newest one, which showed a text that was
 * fading. */
GstClockTime kocr_edges_find_new (const KocrEdges *self, guint64 track,
    GstKakaoOcrTextEdge edge, GstClockTime after, GstClockTime until);

/* Whether @track passed when any sample showed it. */
gboolean kocr_edges_has_passed (const KocrEdges *self, guint64 track);
/* Whether @track was told to have changed after @after, up to @until. */
gboolean kocr_edges_has_changed (const KocrEdges *self, guint64 track,
    GstClockTime after, GstClockTime until);
/* When it changed: as it was told, or half way. */
GstClockTime kocr_edges_find_change (const KocrEdges *self, guint64 track,
    GstClockTime after, GstClockTime until);
