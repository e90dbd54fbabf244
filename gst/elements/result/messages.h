/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The bus messages of `kakaoocr`.
 */
#pragma once

#include "request.h"

/* (transfer full): the result of a published request that has one, in the
 * pixels of what is shown of its frame. */
GstKakaoOcrResult *kocr_ocr_message_shown_result (const KocrRequest * request);
/* "kakaoocr-result" for such a request, and that result. */
GstMessage *kocr_ocr_message_new_result (GstObject * source,
    const KocrRequest * request, GstKakaoOcrResult * result);

/* "kakaoocr-stats"; takes @stats. */
GstMessage *kocr_ocr_message_new_stats (GstObject *source, GstStructure *stats);

typedef struct
{
  const GError *error;
  guint http_status;            /* 0: none */
  const gchar *code;            /* nullable: the service's */
  guint64 frames_lost;
  GstClockTime resume_pts;      /* NONE: does not apply */
  gboolean asked;               /* the service was, or should have been */
} KocrOcrProblem;

/* WARNING or ERROR with its details; @type is one of the two. */
GstMessage *kocr_ocr_message_new_problem (
    GstObject *source, GstMessageType type, const KocrOcrProblem *problem);

/* WARNING that the service is back. */
GstMessage *kocr_ocr_message_new_recovered (GstObject * source,
    guint64 frames_lost);
