/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/sample.h"

static void
sample_clear (gpointer request)
{
  KocrSample *self = kocr_sample_of (request);

  g_clear_pointer (&self->tracked, gst_kakao_ocr_result_unref);
}

KocrRequest *
kocr_sample_new (const KocrAsked * asked, const KocrSampleTimes * times)
{
  KocrRequest *request = kocr_request_new_sized (asked, sizeof (KocrSample),
      sample_clear);

  if (times)
    kocr_sample_of (request)->times = *times;
  return request;
}

KocrSample *
kocr_sample_of (const KocrRequest * request)
{
  return (KocrSample *) request;
}

void
kocr_sample_publish (KocrRequest * request, GstKakaoOcrResult * tracked)
{
  KocrSample *self = kocr_sample_of (request);

  self->tracked = tracked;
  g_atomic_int_set (&self->published, 1);
}

gboolean
kocr_sample_is_published (const KocrRequest * request)
{
  return g_atomic_int_get (&kocr_sample_of (request)->published);
}
