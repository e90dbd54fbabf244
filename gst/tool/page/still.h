/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One picture of a video, at a time of it, for who cannot play the file.
 */
#pragma once

#include <gst/gst.h>

/* Upright, as JPEG. Takes as long as it is to decode from the key frame before,
 * within a bound. (transfer full); NULL with an error. */
GBytes *still_make (const gchar *path, GstClockTime time, GError **error);
