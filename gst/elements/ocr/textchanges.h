/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: when the texts of a result came, and those of the one before it
 * went, by the frames that were seen in between.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include "ocr/framehistory.h"

/* Two samples, and what the frames between them looked like. */
typedef struct
{
  guint64 from, to;
  KocrFrameHistory *history;
  GstClockTimeDiff to_moment;   /* from time stamps to the tracker's times */
} KocrTextInterval;

/* What became of a text: see gst_kakao_ocr_result_get_edge(). */
typedef struct
{
  guint64 track;
  GstClockTime pts;
} KocrTextEdge;

/* Tells @tracker, before what sample to showed is pushed, which of the texts of
 * @before, the result of sample from, were seen to go or change, which to stay,
 * and which were there for no time that anyone reads in; and of those that only
 * @earlier has: (nullable), the result before that one. Returns what is to be told
 * to others of those that stayed or were there for no time: (transfer full)
 * (element-type KocrTextEdge). */
GArray *kocr_text_changes_tell (GstKakaoOcrTextTracker * tracker,
    const GstKakaoOcrResult * before, const GstKakaoOcrResult * earlier,
    const KocrTextInterval * interval);

/* @result (transfer full), of sample to, with the edges between it and @before,
 * of sample from, and what the tracker was @told: (transfer full). Both have
 * their tracks. */
GstKakaoOcrResult *kocr_text_changes_add (GstKakaoOcrResult * result,
    const GstKakaoOcrResult * before, const GArray * told,
    const KocrTextInterval * interval);
