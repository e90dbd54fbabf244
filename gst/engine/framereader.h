/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame reader: maps a frame once and has its picture encoded.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/* The picture of @buffer for @request, or NULL with a KOCR_ERROR_PICTURE that
 * names the converter to insert when the memory cannot be mapped. */
KocrPicture *kocr_frame_read (const KocrRequest * request, GstBuffer * buffer,
    KocrPictureEncoder * encoder, GError ** error);

G_END_DECLS
