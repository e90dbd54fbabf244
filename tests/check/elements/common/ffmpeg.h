/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ffmpeg, which makes files as other programs do.
 */
#pragma once

#include <glib.h>

/* Runs it with words that end in NULL. FALSE: it is not there, and the test is
 * skipped, or it failed, and so has the test. */
gboolean ffmpeg_make (const gchar *first, ...) G_GNUC_NULL_TERMINATED;
/* May fail, as what not all of its versions know. */
gboolean ffmpeg_try (const gchar *first, ...) G_GNUC_NULL_TERMINATED;
