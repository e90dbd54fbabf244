/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame reader: maps a frame to be read.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/* Maps @buffer as @request's info says.  FALSE: a KOCR_ERROR_PICTURE that names
 * the converter to insert when the memory cannot be mapped. */
gboolean kocr_frame_map (GstVideoFrame * frame, const KocrRequest * request,
    GstBuffer * buffer, GError ** error);

G_END_DECLS
