/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Word gaps: whether there is a blank between two letters, where one of them is
 * Hangul.  The reader puts blanks into 강남대로 where syllables stand a little
 * apart, and leaves that of 뭐 해 out, whatever room is there.  Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Joins what no blank parts in @crop, in which @self was read, and parts what
 * one does. */
void word_gaps_mend (LineReading *self, const LineCrop *crop);
