/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tells when a stream stands still. A thread of its own, since the stream's is
 * the one that does not come; it is made when it is first needed.
 */
#pragma once

#include <gst/gst.h>

typedef struct _KocrStallWatch KocrStallWatch;

/* Called with no lock held. Who takes the lock of the stream then asks
 * kocr_stall_watch_is_over() whether a frame came in the meantime. */
typedef void (*KocrStallWatchFunc) (gpointer data);

KocrStallWatch *kocr_stall_watch_new (KocrStallWatchFunc func, gpointer data);
/* Waits for a call that is under way. */
void kocr_stall_watch_free (KocrStallWatch * watch);

/* Calls func when neither this nor kocr_stall_watch_stop() is called within
 * patience, measured on the monotonic clock. Costs a frame next to nothing. */
void kocr_stall_watch_start (KocrStallWatch * watch, GstClockTime patience);
void kocr_stall_watch_stop (KocrStallWatch * watch);

/* When patience was over, waits for it once more. */
void kocr_stall_watch_restart (KocrStallWatch * watch);

/* Whether patience is over, with nothing started or stopped since. */
gboolean kocr_stall_watch_is_over (KocrStallWatch * watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrStallWatch, kocr_stall_watch_free)
