/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From a file, a URI or a camera to a pipeline of one's own: its video goes into
 * one of its elements, its sound along into its muxer.
 */
#pragma once

#include <gst/gst.h>

typedef enum
{
  MEDIA_DECODED,                /* raw video; sound encoded anew as Opus */
  MEDIA_AS_IT_IS                /* both as they are stored */
} MediaForm;

/* @source: a file, a URI or /dev/videoN; @description: as for gst-launch, with
 * elements `video`, which takes the first video, and `mux`, which takes the
 * sound (may be missing, as may the sound). (transfer full) */
GstElement *media_pipeline_new (const gchar * source,
    const gchar * description, MediaForm form, GError ** error);

/* Why it ended with @error, for who only knows the file; @lasting: (out)
 * (optional): that it is for what is in the file, and will not be otherwise.
 * (transfer full) */
gchar *media_pipeline_describe_error (GstElement *pipeline,
    const GError *error, gboolean *lasting);

/* Whether @source goes on by itself: a camera, RTSP. */
gboolean media_is_live (const gchar * source);
/* How @source is told of: a URI without user, password and query, which may be
 * secrets. (transfer full) */
gchar *media_get_display_name (const gchar * source);
/* The last part of it, as a title. (transfer full) */
gchar *media_get_title (const gchar * source);
/* Whether @path, if it exists, is the file that @source, a file or a URI, is,
 * by whatever name. */
gboolean media_is_same_file (const gchar * source, const gchar * path);

/* Sets a string of the element of that name. */
void media_pipeline_set (GstElement * pipeline, const gchar * element,
    const gchar * property, const gchar * value);

/* Runs to the end; prints warnings. FALSE when it was an error, which was
 * printed. */
gboolean media_pipeline_run (GstElement * pipeline);
