/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client's clock: the monotonic one, unless a test runs it faster, so that
 * ten minutes of an outage pass in seconds. Microseconds. Any thread.
 */
#pragma once

#include <glib.h>

gint64 kocr_clock_now (void);
/* For g_source_set_ready_time(): when @time is on the system's clock;
 * G_MAXINT64 is never, -1. */
gint64 kocr_clock_to_ready_time (gint64 time);
/* For tests, before any client lives. 1 is the system's clock. */
void kocr_clock_set_speed (guint speed);
