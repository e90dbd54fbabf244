/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The texts of a video with the time span in which each was seen, as kakaoocrenc
 * tells of them (granularity=track).
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 id;
  gchar *text;                  /* nothing in it steers a terminal */
  GstClockTime start, end;
} Track;

typedef struct _TrackList TrackList;

TrackList *track_list_new (void);
void track_list_free (TrackList * list);

/* Takes a line of NDJSON of @length bytes; one that is no track is left. */
void track_list_add (TrackList * list, const gchar * line, gsize length);

/* In the order of their start. */
guint track_list_get_n (const TrackList * list);
const Track *track_list_get (const TrackList * list, guint i);

/* (nullable) */
const Track *track_list_find (const TrackList * list, guint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrackList, track_list_free)

G_END_DECLS
