/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Jamo tick: the short stroke over ㅊ, without which it is ㅈ, and the two beside
 * ㅑ and ㅕ, of which ㅏ and ㅓ have one.  They are a tenth of the letter's height,
 * and the reader passes over one now and then, or sees one twice: 초 is read as 조,
 * and 머 as 며, with confidence.  How many there are tells the ink.  Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Syllables of @self that begin with ㅈ and have the tick in @crop, in which they
 * were read, begin with ㅊ from now on; of ㅑ and ㅕ with one tick ㅏ and ㅓ are
 * made, of as many bytes.  @letters and @edges as word_edges_find_letters() finds
 * them. */
void jamo_ticks_mend (LineReading *self, const LineCrop *crop,
    const GArray *letters, const GArray *edges);
