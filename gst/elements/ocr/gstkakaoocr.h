/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: the element.  Everything a user needs to know stands in the SECTION
 * of ocr/gstkakaoocr.c; the stream through its pads is in ocr/stream.c.
 */
#pragma once

#include "ocr/framesampler.h"
#include "ocr/outputtask.h"

G_BEGIN_DECLS

#define GST_TYPE_KAKAO_OCR (gst_kakao_ocr_get_type ())
G_DECLARE_FINAL_TYPE (GstKakaoOcr, gst_kakao_ocr, GST, KAKAO_OCR, GstElement)

struct _GstKakaoOcr
{
  GstElement parent;

  GstPad *sinkpad, *srcpad;
  guint producer;               /* tells our metas from others' */
  KocrOutputTask *output;           /* of aligned and exact */

  /* Locks are taken in this order: stream, run, object. */

  /* Held by a flush, which no stream lock keeps from a stop at the same time.
   */
  GMutex run_lock;

  /* Object lock. */
  KocrOcrSettings settings;
  gboolean recognize;           /* the next frame is due by all means */
  GstStructure *last_stats;     /* of the run that ended; never NULL */
  KocrRecognition *run;         /* changes between READY and PAUSED only, under
                                 * all locks: who holds one keeps it */

  /* Stream lock. */
  KocrFrameSampler sampler;
  gboolean live;                /* upstream is */
  gboolean may_copy;            /* frames, to system memory */
  KocrRequest *newest;          /* aligned and exact: the newest sample */
  GstBuffer *held;              /* exact, (nullable): the newest frame, which is
                                 * new and a sample if it is the last one */
  guint64 seen;                 /* latest: the newest sample that a frame told
                                 * of */
};

/* Under the object lock, copied. */
void gst_kakao_ocr_get_frame_settings (GstKakaoOcr * self,
    KocrFrameSettings * settings);

G_END_DECLS
