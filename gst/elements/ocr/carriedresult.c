/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/carriedresult.h"

#include "common/lateresult.h"

struct _KocrCarriedResult
{
  GMutex lock;

  /* lock */
  GstKakaoOcrResult *result;    /* of sample serial; NULL: none, or its time is
                                 * over */
  KocrMotion *motion;           /* (nullable) of it */
  guint64 of, serial;           /* the sample that brought it, and the newest
                                 * that shows it */
  guint64 forgotten;            /* samples up to it are of another picture */
  GstClockTime last_seen;       /* PTS of sample serial */
  GstClockTime since;           /* running time of the first frame that carried
                                 * result; NONE: none did yet */
};

KocrCarriedResult *
kocr_carried_result_new (void)
{
  KocrCarriedResult *self = g_new0 (KocrCarriedResult, 1);

  self->since = GST_CLOCK_TIME_NONE;
  g_mutex_init (&self->lock);
  return self;
}

static void
clear (KocrCarriedResult * self)
{
  g_clear_pointer (&self->result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&self->motion, kocr_motion_unref);
}

void
kocr_carried_result_free (KocrCarriedResult * self)
{
  clear (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gboolean
kocr_carried_result_offer (KocrCarriedResult * self, guint64 serial,
    GstKakaoOcrResult * result, KocrMotion * motion)
{
  gboolean newest;

  g_mutex_lock (&self->lock);
  newest = serial >= self->serial;
  if (newest && serial > self->forgotten) {
    clear (self);
    self->result = gst_kakao_ocr_result_ref (result);
    self->motion = motion ? kocr_motion_ref (motion) : NULL;
    self->of = self->serial = serial;
    self->last_seen = gst_kakao_ocr_result_get_pts (result);
    self->since = GST_CLOCK_TIME_NONE;
  }
  g_mutex_unlock (&self->lock);
  return newest;
}

void
kocr_carried_result_renew (KocrCarriedResult *self, guint64 of, guint64 serial,
    GstKakaoOcrResult *result, GstClockTime last_seen, KocrMotion *motion)
{
  g_mutex_lock (&self->lock);
  if (of == self->of && of > self->forgotten && serial > self->serial) {
    clear (self);
    self->result = gst_kakao_ocr_result_ref (result);
    self->motion = motion ? kocr_motion_ref (motion) : NULL;
    self->serial = serial;
    self->last_seen = last_seen;
    self->since = GST_CLOCK_TIME_NONE;
  }
  g_mutex_unlock (&self->lock);
}

void
kocr_carried_result_get (KocrCarriedResult * self, GstClockTime running_time,
    GstClockTime lifetime, KocrCarried * carried)
{
  *carried = (KocrCarried) { .last_seen = GST_CLOCK_TIME_NONE };
  g_mutex_lock (&self->lock);
  if (self->result) {
    if (!GST_CLOCK_TIME_IS_VALID (running_time))
      running_time = g_get_monotonic_time () * GST_USECOND;
    if (!GST_CLOCK_TIME_IS_VALID (self->since))
      self->since = running_time;
    if (running_time < self->since || running_time - self->since < lifetime) {
      carried->result = gst_kakao_ocr_result_ref (self->result);
      carried->motion = self->motion ? kocr_motion_ref (self->motion) : NULL;
      carried->last_seen = self->last_seen;
      carried->serial = self->serial;
    } else {
      clear (self);
    }
  }
  g_mutex_unlock (&self->lock);
}

void
kocr_carried_clear (KocrCarried * carried)
{
  g_clear_pointer (&carried->result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&carried->motion, kocr_motion_unref);
}

static void
bring_up_to_date (GstKakaoOcrMeta * meta, const KocrCarried * carried)
{
  if (GST_CLOCK_TIME_IS_VALID (carried->last_seen))
    gst_kakao_ocr_meta_set_last_seen (meta, carried->last_seen);
  if (carried->motion && kocr_motion_has_moved (carried->motion))
    gst_kakao_ocr_meta_set_boxes (meta, kocr_motion_get_boxes (carried->motion),
        kocr_motion_get_lost (carried->motion));
  else if (carried->boxes)
    gst_kakao_ocr_meta_set_boxes (meta, carried->boxes, carried->lost);
}

GstBuffer *
kocr_carried_attach (const KocrCarried * carried, GstBuffer * buffer,
    KocrAttach attach, guint producer)
{
  GstKakaoOcrMeta *meta =
      gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);

  if (meta) {
    buffer = gst_buffer_make_writable (buffer);
    meta = gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);
    gst_buffer_remove_meta (buffer, &meta->meta);
  }
  if (!carried->result || !attach)
    return buffer;

  buffer = gst_buffer_make_writable (buffer);
  meta = gst_buffer_add_kakao_ocr_meta (buffer, carried->result);
  gst_kakao_ocr_meta_set_producer (meta, producer);
  bring_up_to_date (meta, carried);
  if (attach & KOCR_ATTACH_ROI)
    gst_kakao_ocr_meta_add_rois (meta);
  if (attach & KOCR_ATTACH_ANALYTICS)
    gst_kakao_ocr_meta_add_analytics (meta);
  if (!(attach & KOCR_ATTACH_OCR))
    gst_buffer_remove_meta (buffer, &meta->meta);
  return buffer;
}

GstEvent *
kocr_carried_to_event (
    const KocrCarried *carried, GstClockTime duration, guint producer)
{
  GstBuffer *frame = gst_buffer_new ();

  GST_BUFFER_PTS (frame) = carried->last_seen;
  GST_BUFFER_DURATION (frame) = duration;
  return kocr_late_result_event_new (
      kocr_carried_attach (carried, frame, KOCR_ATTACH_OCR, producer));
}

void
kocr_carried_result_forget (KocrCarriedResult * self, guint64 serial)
{
  g_mutex_lock (&self->lock);
  self->forgotten = serial;
  clear (self);
  g_mutex_unlock (&self->lock);
}
