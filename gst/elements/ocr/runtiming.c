/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/runtiming.h"

#include "common/liveness.h"

void
kocr_run_timing_init (KocrRunTiming *self, const KocrOcrSettings *settings)
{
  self->wanted = settings->timing;
  self->timeout = settings->client.timeout;
}

KocrTiming
kocr_run_timing_get (KocrRunTiming *self)
{
  return g_atomic_int_get (&self->timing);
}

gboolean
kocr_run_timing_holds_frames (KocrRunTiming *self)
{
  KocrTiming timing = kocr_run_timing_get (self);

  return timing == KOCR_TIMING_ALIGNED || timing == KOCR_TIMING_EXACT;
}

gboolean
kocr_run_timing_find (KocrRunTiming *self, GstPad *sinkpad, KocrTiming *timing)
{
  if (kocr_run_timing_get (self) != KOCR_TIMING_AUTO)
    return FALSE;
  self->is_live = kocr_liveness_find (sinkpad) != KOCR_LIVENESS_NOT_LIVE;
  *timing = self->wanted;
  if (*timing == KOCR_TIMING_AUTO)
    *timing = self->is_live ? KOCR_TIMING_LATEST : KOCR_TIMING_EXACT;
  return TRUE;
}

void
kocr_run_timing_set (KocrRunTiming *self, KocrTiming timing)
{
  g_atomic_int_set (&self->timing, timing);
}

gint64
kocr_run_timing_get_end (
    KocrRunTiming *self, const KocrFrameSettings *settings)
{
  gboolean bounded = self->is_live
      || kocr_run_timing_get (self) == KOCR_TIMING_ALIGNED;
  GstClockTime budget
      = bounded ? MIN (self->timeout, settings->latency) : self->timeout;

  return g_get_monotonic_time () + (gint64) (budget / GST_USECOND);
}
