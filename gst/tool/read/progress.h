/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How far a video is read: on a terminal one line that changes, with the speed
 * and the time left; elsewhere, where it is asked for, a line now and then.
 */
#pragma once

#include <gst/gst.h>

typedef struct _Progress Progress;

/* @pipeline: is asked for its position, in the default main context.
 * @always: tell also where there is no terminal. */
Progress *progress_new (GstElement * pipeline, gboolean always);
void progress_free (Progress * self);
void progress_count_picture (Progress * self);
guint progress_get_pictures (const Progress * self);
/* Before anything else is printed: what stands on the line goes. */
void progress_clear_line (Progress * self);
/* The last time: stays where it is. */
void progress_finish (Progress * self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Progress, progress_free)
