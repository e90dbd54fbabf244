/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What stands on the screen from one change to the next: cues of all texts that
 * are there, one right after the other and none over another, as a subtitle
 * track in a file that knows one text at a time (MP4) must have them.
 */
#pragma once

#include "subtitles/entries.h"
#include "subtitles/cue.h"

/* The next cue, or NULL when none is known to its end; takes what it shows out
 * of @entries. */
KocrSubtitleCue *kocr_cue_screen_pop (
    GPtrArray *entries, const KocrCueLimits *limits);
