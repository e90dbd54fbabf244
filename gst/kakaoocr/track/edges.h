/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Edges: when a text came and when it went, between two samples.
 */
#pragma once

#include <gst/gst.h>

/* Moments between two samples at which the text of a track is known to have
 * come, gone or changed. */
typedef struct
{
  GArray *told;                 /* in the order in which they were told */
  guint n_old;                  /* of them, before the newest sample */
  GArray *steady;               /* tracks that were seen to stay, up to the next
                                 * sample */
} KocrEdges;

void kocr_edges_init (KocrEdges * self);
void kocr_edges_clear (KocrEdges * self);
void kocr_edges_forget (KocrEdges * self);

/* The oldest is forgotten when there are a thousand. */
void kocr_edges_tell (KocrEdges * self, guint64 track, GstClockTime time);

/* @track was seen to stay as it is up to the next sample. */
void kocr_edges_tell_steady (KocrEdges * self, guint64 track);
gboolean kocr_edges_is_steady (const KocrEdges * self, guint64 track);
/* That sample is over: what is told from now on is told of the next one. */
void kocr_edges_end_sample (KocrEdges * self);

/* What was told of @track for the next sample, after @after, up to @until; or
 * NONE. It may be before the newest one, which showed a text that was fading. */
GstClockTime kocr_edges_find_new (const KocrEdges * self, guint64 track,
    GstClockTime after, GstClockTime until);

/* Whether it was told that something became of @track after @after, up to
 * @until. */
gboolean kocr_edges_was_told (const KocrEdges * self, guint64 track,
    GstClockTime after, GstClockTime until);

/* Whether it was told that @track went at @time, when it was seen. */
gboolean kocr_edges_has_passed (const KocrEdges * self, guint64 track,
    GstClockTime time);

/* When something became of @track after @after, up to @until: as it was told,
 * or half way. */
GstClockTime kocr_edges_find (const KocrEdges * self, guint64 track,
    GstClockTime after, GstClockTime until);
