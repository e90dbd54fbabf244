/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a result gets onto a buffer.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "ocr/carriedresult.h"
#include "ocr/settings.h"

G_BEGIN_DECLS

/* Takes @buffer and returns it, or a shallow copy, with the metas of @carried
 * that @attach names in place of those @producer put there before. */
GstBuffer *kocr_result_attach (GstBuffer * buffer, const KocrCarried * carried,
    KocrAttach attach, guint producer);

G_END_DECLS
