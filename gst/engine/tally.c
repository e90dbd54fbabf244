/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tally.h"

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
    kocr_latencies_add (&self->latencies,
        (request->completed - request->taken) * GST_USECOND);
  }
}
