/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sample: a frame that is recognised, as the element knows it: the engine's
 * request, and what only the element has to do with. Whoever has a request of
 * the element's has its sample.
 */
#pragma once

#include "request.h"

/* When it is shown, beyond what the engine needs. */
typedef struct
{
  GstClockTime duration, running_time;
  GstClockTime moment;          /* running time, but of frames that have none,
                                 * or one that is astray: where they came */
} KocrSampleTimes;

typedef struct
{
  KocrRequest request;          /* counts the references */
  KocrSampleTimes times;        /* never changes */
  GstKakaoOcrResult *tracked;   /* result with the tracks of its regions */
  gint published;               /* atomic: once it is 1, tracked may be read by
                                 * anyone */
} KocrSample;

/* @asked, @times: (nullable). */
KocrRequest *kocr_sample_new (const KocrAsked * asked,
    const KocrSampleTimes * times);
KocrSample *kocr_sample_of (const KocrRequest * request);
/* Takes @tracked: (nullable). Once, of a request that is settled. */
void kocr_sample_publish (KocrRequest * request, GstKakaoOcrResult * tracked);
/* Whether @request is published, and tracked may be read. */
gboolean kocr_sample_is_published (const KocrRequest * request);
