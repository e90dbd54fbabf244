/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tells when a stream stands still. A thread of its own, since the stream's is
 * the one that does not come; it is made when it is first needed.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _StallWatch StallWatch;

/* Called with no lock held. Who takes the lock of the stream then asks
 * stall_watch_is_over() whether a frame came in the meantime. */
typedef void (*StallWatchFunc) (gpointer data);

StallWatch *stall_watch_new (StallWatchFunc func, gpointer data);
/* Waits for a call that is under way. */
void stall_watch_free (StallWatch * watch);

/* Calls func when neither this nor stall_watch_stop() is called within
 * patience, measured on the monotonic clock. Costs a frame next to nothing. */
void stall_watch_start (StallWatch * watch, GstClockTime patience);
void stall_watch_stop (StallWatch * watch);

/* When patience was over, waits for it once more. */
void stall_watch_restart (StallWatch * watch);

/* Whether patience is over, with nothing started or stopped since. */
gboolean stall_watch_is_over (StallWatch * watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallWatch, stall_watch_free)

G_END_DECLS
