/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ffmpeg, which makes files as other programs do.
 */
#pragma once

#include <glib.h>

/* Runs it with words that end in NULL. FALSE: it is not there, and the test is
 * skipped, or it failed, and so has the test if it @must not. */
gboolean ffmpeg_run (gboolean must, const gchar *const *words);

#define ffmpeg_make(...)                                                       \
  ffmpeg_run (TRUE, (const gchar *const[]){ __VA_ARGS__ })
/* May fail, as what not all of its versions know. */
#define ffmpeg_try(...)                                                        \
  ffmpeg_run (FALSE, (const gchar *const[]){ __VA_ARGS__ })
