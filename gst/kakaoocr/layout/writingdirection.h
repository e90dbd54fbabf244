/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Writing direction: the order in which the words of a line are read that stand
 * there from left to right.
 */
#pragma once

#include "result.h"

/* Puts @words, the @n regions of a line from left to right, in the order in which
 * they are read: from right to left where most letters are written so; words of
 * other letters that stand side by side there are read from left to right. */
void kocr_writing_direction_sort (
    guint *words, guint n, const GstKakaoOcrRegion *regions);
