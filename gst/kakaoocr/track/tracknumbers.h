/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Track numbers: those of a tracker's tracks, which no other tracker of the
 * process has.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 last_given;           /* the largest that came with a line */
} KocrTrackNumbers;

/* @given, if it is one, else a new one. Lines that come with a number of this
 * process have one that is taken; those of another process must not meet one of
 * ours here. */
guint64 kocr_track_numbers_take (KocrTrackNumbers * self, guint64 given);
