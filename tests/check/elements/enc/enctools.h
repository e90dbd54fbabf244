/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pipelines that recognise a clip of captions without looking at it, and files
 * as ffmpeg reads them.
 */
#pragma once

#include "encharness.h"

/* A folder of the test's own, and files in it. (transfer full) */
gchar *enc_folder_new (void);
gchar *enc_folder_get_path (const gchar * folder, const gchar * name);
/* With all that is in it; takes @folder. */
void enc_folder_remove (gchar * folder);

/* FALSE: it is not installed, and the test is skipped. */
gboolean enc_has_element (const gchar * name);

/* "videotestsrc at 25 a second, as long as the clip ! @rest": its frames carry
 * the results of @clip, unless that is NULL. */
GstElement *enc_pipeline_new (const EncClip * clip, GstClockTime duration,
    const gchar * rest, ...) G_GNUC_PRINTF (3, 4);
/* Ends and frees the pipeline. */
void enc_pipeline_free (GstElement * pipeline);
/* PAUSED, until it prerolled. */
void enc_pipeline_preroll (GstElement * pipeline);
/* PLAYING, until EOS. */
void enc_pipeline_play (GstElement * pipeline);

/* The subtitles of the file at @path, written by ffmpeg as @format ("srt",
 * "webvtt") with @codec ("copy", "text"). It must have nothing to complain about. NULL: there is no ffmpeg,
 * and the test is skipped. (transfer full) (nullable) */
gchar *enc_run_ffmpeg (const gchar * path, const gchar * codec,
    const gchar * format);
