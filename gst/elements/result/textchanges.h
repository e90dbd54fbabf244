/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: when the texts of a result came, and those of the one before it
 * went, by the frames that were seen in between.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include "motion/framestretch.h"

/* What became of a text from one sample to the next. */
typedef struct
{
  guint64 track;
  KocrTextLook look;            /* by which it stayed, or not */
  gboolean passed;              /* it was no text: see PASSED */
  GstClockTime went;            /* the first frame without it, if it is gone, and
                                 * also if it stayed but so faintly that it may not
                                 * be read; NONE: it is not known */
  GstClockTime became;          /* the first frame with what is in its place now;
                                 * NONE: it is not known, or that with which it
                                 * went */
  GstClockTime leapt;           /* the first frame in which it seems to be
                                 * elsewhere, all at once: without it, if no
                                 * text is read there that is it; NONE: it does
                                 * not */
} KocrTextFate;

/* Finds what became of the texts of @before, the result of the first sample of
 * @stretch, and of those that only @earlier has: (nullable), what was there before
 * that one, as far as it may be there still; and tells @tracker, before it is given what the second sample showed.
 * @to_moment: from time stamps to the tracker's times. (transfer full)
 * (element-type KocrTextFate) */
GArray *kocr_text_changes_tell (GstKakaoOcrTextTracker * tracker,
    const GstKakaoOcrResult * before, const GstKakaoOcrResult * earlier,
    const KocrFrameStretch * stretch, GstClockTimeDiff to_moment);

/* What may be there though the result behind @before does not show it: @before, and,
 * of @earlier: (nullable), what it had not and stayed by @fates: (nullable).
 * (transfer full) */
GstKakaoOcrResult *kocr_text_changes_keep (const GstKakaoOcrResult * before,
    const GstKakaoOcrResult * earlier, const GArray * fates);

/* @result (transfer full), of the second sample, with the edges between it and
 * @before, of which texts the @fates are: (transfer full). Both have their
 * tracks. */
GstKakaoOcrResult *kocr_text_changes_add (GstKakaoOcrResult * result,
    const GstKakaoOcrResult * before, const GArray * fates,
    const KocrFrameStretch * stretch);
