/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream through `kakaoocr`: its pads, frames, events and queries.
 */
#pragma once

#include "ocr/gstkakaoocr.h"

G_BEGIN_DECLS

void kocr_ocr_stream_add_pad_templates (GstElementClass * klass);
/* Makes and adds the pads. */
void kocr_ocr_stream_add_pads (GstKakaoOcr * self);
/* A run begins: nothing is known of the stream yet. */
void kocr_ocr_stream_reset (GstKakaoOcr * self);

G_END_DECLS
