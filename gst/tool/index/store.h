/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Store: where what was read is kept: an archive's file, or a folder with one
 * file of lines a video, for `kakaoocr merge` to take in.  From any thread.
 */
#pragma once

#include "archive/videorecord.h"

typedef enum
{
  STORE_NEW,                    /* not there, changed, or to be tried again */
  STORE_KNOWN,                  /* nothing is to be done */
  STORE_KNOWN_BROKEN            /* unchanged since it could not be read */
} StoreAnswer;

typedef struct _Store Store;

/* NULL with an error. */
Store *store_new_archive (const gchar * path, GError ** error);
Store *store_new_folder (const gchar * path, GError ** error);
void store_free (Store * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_free)

/* @video: has its path; gets its file's size and time, its digest when that had
 * to be known, and, of one that is known as broken, the error.  A file that was
 * only touched or renamed is put right in the store and known. */
StoreAnswer store_ask (Store * self, VideoRecord * video, GError ** error);
gboolean store_put (Store * self, VideoRecord * video, GError ** error);
/* Takes out what is there no more. */
gboolean store_prune (Store * self, guint * n_removed, GError ** error);
