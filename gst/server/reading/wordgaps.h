/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Word gaps: whether there is a blank between two letters.  The reader puts blanks
 * into 강남대로 where syllables stand a little apart, and leaves those of 뭐 해 and A
 * reporter out, whatever room is there.  Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Joins what no blank parts in @crop, in which @self was read, and parts what
 * one does. */
void word_gaps_mend (LineReading *self, const LineCrop *crop);
