/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Archive: videos and their texts, put in and taken out by the record.  One
 * video is one transaction: it is there with all of its texts, or as it was.
 */
#pragma once

#include "archive/database.h"
#include "archive/videorecord.h"

/* A file as the archive knows it. */
typedef struct
{
  gint64 id;
  guint64 size;
  gint64 mtime;
  gchar *sha256;
  VideoState state;
  gchar *error;
} KnownVideo;

void known_video_clear (KnownVideo * self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KnownVideo, known_video_clear)

/* By its path: TRUE and @known (out), FALSE without an error: it is new. */
gboolean archive_find (Database * database, const gchar * path,
    KnownVideo * known, GError ** error);
/* By what is in it, under another path: (out) (nullable) (transfer full): that
 * path. FALSE with an error. */
gboolean archive_find_content (Database * database, const gchar * sha256,
    gchar ** path, GError ** error);

/* Puts @video in, in the place of what was under its path. */
gboolean archive_put (Database * database, const VideoRecord * video,
    GError ** error);
/* The same file, touched: only its time changed. */
gboolean archive_touch (Database * database, gint64 id, gint64 mtime,
    GError ** error);
/* The same file under another name. */
gboolean archive_move (Database * database, const gchar * from,
    const VideoRecord * to, GError ** error);
/* Takes out those whose file is gone; @n_removed: (out). */
gboolean archive_prune (Database * database, guint * n_removed,
    GError ** error);
