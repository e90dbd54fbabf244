/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: when the texts of a result came, and those of the one before it
 * went, by the frames that were seen in between.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include "ocr/framehistory.h"

G_BEGIN_DECLS

/* @result (transfer full), of sample @serial, with the edges between it and
 * @before, of sample @serial_before: (transfer full). Both have their tracks.
 */
GstKakaoOcrResult *kocr_text_changes_add (GstKakaoOcrResult * result,
    guint64 serial, const GstKakaoOcrResult * before, guint64 serial_before,
    KocrFrameHistory * history);

G_END_DECLS
