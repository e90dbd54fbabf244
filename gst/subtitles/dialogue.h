/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Dialogue: lines of two speakers, one below the other, of which a dash is
 * before one at least. They are read together, so that a cue shows all that
 * stands of them, and another one begins when one of them goes or comes.
 *
 * Pure.
 */
#pragma once

#include "subtitles/entries.h"

typedef enum
{
  KOCR_DIALOGUE_NONE,           /* the first entry is of none, or all of it goes
                                 * together */
  KOCR_DIALOGUE_OPEN,           /* that is not known yet */
  KOCR_DIALOGUE_CHANGES
} KocrDialogueState;

/* A dialogue from the start of the first entry to its next change. */
typedef struct
{
  GPtrArray *speakers;          /* of KocrCueEntry: those that stand */
  GstClockTime end;
  GstClockTime next;            /* when those that stay go on: with what comes */
} KocrDialogue;

/* @dialogue: (out): where it CHANGES; its speakers are to be freed. */
KocrDialogueState kocr_dialogue_find (const GPtrArray *entries,
    const KocrCueLimits *limits, KocrDialogue *dialogue);
