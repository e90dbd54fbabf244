/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Carried result: the newest result, for frames to carry until a newer one
 * comes or its time is over.
 *
 * Results come in any order and from any thread; the serial number of its
 * sample says which is newer.  A sample whose picture had not changed renews the
 * one of the sample that it was compared with.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "motion/motion.h"
#include "ocr/settings.h"

typedef struct _KocrCarriedResult KocrCarriedResult;

KocrCarriedResult *kocr_carried_result_new (void);
void kocr_carried_result_free (KocrCarriedResult * self);

/* Carries @result, of sample @serial, from now on. @motion: (nullable) of its
 * regions since. FALSE: the result of a newer sample overtook it. */
gboolean kocr_carried_result_offer (KocrCarriedResult * self, guint64 serial,
    GstKakaoOcrResult * result, KocrMotion * motion);

/* Sample @serial, taken at @last_seen (PTS), shows what sample @of showed: if
 * it is the result of @of that is carried, its lifetime begins anew, also when
 * it was over, as @result, which is the same or has its regions where they are
 * in @serial. @motion: (nullable) of these since @serial. */
void kocr_carried_result_renew (KocrCarriedResult *self, guint64 of,
    guint64 serial, GstKakaoOcrResult *result, GstClockTime last_seen,
    KocrMotion *motion);

/* What a frame carries. */
typedef struct
{
  GstKakaoOcrResult *result;    /* nullable: nothing */
  KocrMotion *motion;           /* nullable: where its regions are by now; the
                                 * streaming thread's own */
  const gdouble *boxes;         /* nullable, not owned: where they are, without a
                                 * motion: as for gst_kakao_ocr_meta_set_boxes() */
  const gboolean *lost;         /* likewise */
  GstClockTime last_seen;       /* PTS of the newest sample that showed it */
  guint64 serial;               /* of that one */
} KocrCarried;

/* The result for a frame at @running_time (NONE: now), as long as it lives:
 * @lifetime from the first frame that carried it. @carried: (out), to be
 * cleared. */
void kocr_carried_result_get (KocrCarriedResult *self,
    GstClockTime running_time, GstClockTime lifetime, KocrCarried *carried);
void kocr_carried_clear (KocrCarried * carried);

/* Takes @buffer and returns it, or a shallow copy, with the metas of @carried
 * that @attach names in place of those @producer put there before. */
GstBuffer *kocr_carried_attach (const KocrCarried * carried,
    GstBuffer * buffer, KocrAttach attach, guint producer);

/* What is left to be carried when no frame follows, as an event. @duration: of
 * the frame that was recognised. (transfer full) */
GstEvent *kocr_carried_to_event (
    const KocrCarried *carried, GstClockTime duration, guint producer);

/* A new frame of reference: what was read in samples up to @serial is not
 * carried. */
void kocr_carried_result_forget (KocrCarriedResult * self, guint64 serial);
