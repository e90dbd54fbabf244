/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a result gets onto a buffer.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "ocrsettings.h"

G_BEGIN_DECLS

/* Takes @buffer and returns it, or a shallow copy, with the metas of @result
 * that @attach names in place of those @producer put there before. @result:
 * (nullable): none. @last_seen: PTS of the newest sample that showed it. */
GstBuffer *result_attach (GstBuffer * buffer, GstKakaoOcrResult * result,
    GstClockTime last_seen, GstKakaoOcrAttach attach, guint producer);

G_END_DECLS
