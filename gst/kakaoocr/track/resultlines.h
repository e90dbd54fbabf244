/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result lines: a result as lines for the tracker, and their tracks put on its
 * regions.
 */
#pragma once

#include "result.h"

/* The lines of @result as a tracker compares them: an array of
 * KocrLine, up to 512 of them. */
GArray *kocr_result_lines_read (GstKakaoOcrResult * result);

/* @result with the tracks that @lines have found; regions that have one keep
 * it. (transfer full) */
GstKakaoOcrResult *kocr_result_lines_apply (
    GstKakaoOcrResult *result, GArray *lines);
