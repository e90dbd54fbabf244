/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether what is known of a frame's text was read in that very frame. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

G_BEGIN_DECLS

/* TRUE when @buffer has results, and each was read in its picture, or in one
 * that the change gate took for the same, and tells of all text.
 * @reason: (out) (nullable): why the frame may show text that is not known of,
 * which is so after the change gate as well. */
gboolean kocr_own_result_check (GstBuffer * buffer, const gchar ** reason);

G_END_DECLS
