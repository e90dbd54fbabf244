/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is known of a video: its file, how it was read, and its texts.  Made by
 * reading it, or from the lines of a results file; kept in the archive.
 */
#pragma once

#include <gst/gst.h>

#include "archive/places.h"

typedef enum
{
  VIDEO_INDEXED,                /* read to its end */
  VIDEO_BROKEN,                 /* cannot be read; what came before is kept */
  VIDEO_FAILED                  /* not its own fault: read again next time */
} VideoState;

typedef struct
{
  guint64 track;
  gchar *text;
  GstClockTime start, end;
  guint64 samples;
  gdouble agreement;            /* below 0: unknown */
  gint moving;                  /* below 0: unknown */
  gchar *box;                   /* JSON; nullable */
  GArray *places;               /* of Place; nullable: it stands still */
  GBytes *crop;                 /* JPEG; nullable */
} TrackRecord;

typedef struct
{
  gchar *path;                  /* absolute */
  guint64 size;
  gint64 mtime;                 /* ns since 1970 */
  gchar *sha256;                /* nullable: not computed yet */
  GstClockTime duration;
  gint width, height;           /* upright; 0: unknown */
  gchar *orientation;           /* of the tag; nullable */
  VideoState state;
  gchar *error;                 /* nullable */
  gint64 indexed;               /* ns since 1970 */
  GPtrArray *tracks;            /* of TrackRecord */
  GHashTable *by_id;            /* guint64 of a track → TrackRecord, which
                                 * @tracks owns */
} VideoRecord;

VideoRecord *video_record_new (const gchar * path);
void video_record_free (VideoRecord * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VideoRecord, video_record_free)

const gchar *video_state_get_name (VideoState state);
/* What is no name of one is a failed one. */
VideoState video_state_from_name (const gchar * name);

/* Takes a line of kakaoocrenc's tracks; one that is none is left. */
void video_record_add_track_line (VideoRecord * self, const gchar * line,
    gsize length);
/* Gives the track of that id its picture, before or after it is added. */
void video_record_add_crop (VideoRecord * self, guint64 track,
    GBytes * crop);
/* And where it was at @time, which is after those that it was told. */
void video_record_add_place (
    VideoRecord *self, guint64 track, GstClockTime time, const gdouble box[8]);
/* (nullable) */
TrackRecord *video_record_find_track (const VideoRecord * self,
    guint64 track);
/* Pictures of tracks that never came are dropped, and places of those that
 * stand still. */
void video_record_finish (VideoRecord * self);

/* The record as lines of JSON: the video, then its tracks. (transfer full) */
gchar *video_record_to_lines (const VideoRecord * self);
/* NULL with an error. */
VideoRecord *video_record_from_lines (const gchar * lines, GError ** error);
