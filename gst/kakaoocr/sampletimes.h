/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* When the newest samples were, in the order of their times. */
typedef struct
{
  GArray *times;                /* of GstClockTime */
} GstKakaoOcrSampleTimes;

/* How many are remembered: more than a service has requests in flight. */
#define GST_KAKAO_OCR_TIMES_REMEMBERED 64

void gst_kakao_ocr_sample_times_init (GstKakaoOcrSampleTimes * self);
void gst_kakao_ocr_sample_times_clear (GstKakaoOcrSampleTimes * self);
void gst_kakao_ocr_sample_times_forget (GstKakaoOcrSampleTimes * self);

void gst_kakao_ocr_sample_times_add (GstKakaoOcrSampleTimes * self,
    GstClockTime time);

/* NONE: there is none. */
GstClockTime gst_kakao_ocr_sample_times_get_newest (const
    GstKakaoOcrSampleTimes * self);
/* Whether a sample at @time is not the newest. */
gboolean gst_kakao_ocr_sample_times_is_late (const GstKakaoOcrSampleTimes *
    self, GstClockTime time);
/* The samples before and after @time, as far as they are known. */
void gst_kakao_ocr_sample_times_find (const GstKakaoOcrSampleTimes * self,
    GstClockTime time, GstClockTime * before, GstClockTime * after);

typedef enum
{
  GST_KAKAO_OCR_TIMES_GO_ON,
  GST_KAKAO_OCR_TIMES_WERE_ASTRAY,      /* those after it, which are dropped:
                                         * @newest is that of those before */
  GST_KAKAO_OCR_TIMES_FELL_BACK
} GstKakaoOcrTimesVerdict;

/* What a sample at @time says of those that are known. @newest: (out) */
GstKakaoOcrTimesVerdict gst_kakao_ocr_sample_times_mend (
    GstKakaoOcrSampleTimes * self, GstClockTime time, GstClockTime * newest);

G_END_DECLS
