/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * File list: from what a command was given to the files that may be videos.
 *
 * A folder is walked to its end in the order of names.  What is in it counts by
 * its content, as GStreamer finds types; a file whose name alone says that it is
 * a video is listed, too, so that a broken one is told and not passed over.  A
 * file that is named counts whatever it is.
 */
#pragma once

#include <glib.h>

/* Called for each word that cannot be used. */
typedef void (*FileListProblem) (const gchar * name, const gchar * what,
    gpointer user_data);

/* @words: files, folders, and `-` for names on stdin, one a line; the end of
 * them is NULL. Returns absolute paths, each once. (transfer full) */
GPtrArray *file_list_expand (gchar ** words, FileListProblem problem,
    gpointer user_data);
