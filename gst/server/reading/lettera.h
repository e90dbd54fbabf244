/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Letter A: among Hangul it is read as ㅅ, AI as 시 and with confidence, and one
 * that stands alone as ^.  Its bar encloses ground, which neither of them does.
 * Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Makes AI of each 시, and A of each lone ^, of @self that has the bar in @crop, in
 * which they were read.  @letters and @edges as word_edges_find_letters() finds
 * them. */
void letters_a_restore (LineReading *self, const LineCrop *crop,
    const GArray *letters, const GArray *edges);
