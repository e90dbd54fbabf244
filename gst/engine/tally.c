/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tally.h"

static void
add_parts (KocrTally * self, const KocrRequest * request)
{
  kocr_latencies_add (&self->latencies,
      (request->completed - request->taken) * GST_USECOND);
  if (request->encoded == 0 || request->sent == 0)
    return;
  kocr_latencies_add (&self->encode,
      (request->encoded - request->taken) * GST_USECOND);
  kocr_latencies_add (&self->queue,
      (request->sent - request->encoded) * GST_USECOND);
  kocr_latencies_add (&self->service,
      (request->completed - request->sent) * GST_USECOND);
}

void
kocr_tally_add (KocrTally * self, const KocrRequest * request)
{
  self->submitted += request->attempts;
  self->retried += request->retried;
  self->throttled += request->throttled;
  self->bytes_sent += request->bytes_sent;
  if (g_error_matches (request->error, KOCR_ERROR, KOCR_ERROR_CANCELLED)) {
    self->cancelled++;
  } else if (request->likeness == KOCR_PICTURE_UNCHANGED) {
    self->unchanged++;
  } else if (!request->result) {
    self->failed++;
  } else if (request->likeness == KOCR_PICTURE_REMEMBERED) {
    self->remembered++;
  } else {
    self->recognized++;
    self->regions += gst_kakao_ocr_result_get_n_regions (request->result);
    self->regions_dropped += request->regions_dropped;
    add_parts (self, request);
  }
}
