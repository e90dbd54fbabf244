/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Finds the lines of text in a picture: light on dark and dark on light, of
 * any size and tilted up to 26 degrees, without knowing any letter.
 *
 * On each level of the pyramid strokes become components, components that
 * look like letters and stand together become lines, and a linear decision
 * on what the letters of a line have in common tells text from texture.
 * Tesseract's own layout analysis expects a page: in a frame it misses small
 * and light text and takes texture for words.
 */
#pragma once

#include "standingline.h"
#include "textfinder.h"
#include "textline.h"

/* Log odds of candidates that are worth reading: a likelihood of 0.03 for a
 * short one. The decision was fitted to drawn frames; lines of a photograph
 * seen from the side, faint or blurred are far less likely by it and still read
 * right, which a few letters of texture do too seldom to be worth their time. */
#define LINE_FINDER_MIN_LOGIT -5.0
#define LINE_FINDER_MIN_LOGIT_SHORT -3.5
#define LINE_FINDER_SHORT_GLYPHS 4

typedef struct
{
  gdouble min_logit;            /* what is less likely text is left out */
  gboolean skip_light, skip_dark;       /* of its polarity nothing is sought */
  GArray *standing;             /* of StandingLine, what stands so is added */
  GPtrArray *figures;           /* of TextLine, transfer full: what may be a
                                 * figure in the row of a line is added */
  KocrFindingCancelled is_cancelled;    /* may be NULL */
  gpointer user_data;
} LineSearch;

/* Returns (transfer full) an array of TextLine, the likeliest first, or NULL
 * when it was cancelled. Finds of the same line in both polarities may both
 * be among them: which is right shows when they are read. */
GPtrArray *kocr_line_finder_find (const Pyramid * pyramid,
    const LineSearch * search);
