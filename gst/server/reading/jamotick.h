/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Jamo tick: the short stroke over ㅊ, without which it is ㅈ.  It is a tenth of
 * the letter's height, and the reader passes over it now and then: 초 is read as
 * 조, with confidence.  Whether it is there tells the ink.  Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Syllables of @self that begin with ㅈ and have the tick in @crop, in which they
 * were read, begin with ㅊ from now on. */
void jamo_ticks_restore (LineReading *self, const LineCrop *crop);
