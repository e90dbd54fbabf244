/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Turn: pixels as an orientation tag wants them shown.
 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Where a pixel of what is turned comes from: x and y change places first, then
 * each may be counted from the other end. */
typedef struct
{
  gboolean swap, flip_x, flip_y;
} KocrTurn;

/* @method: what GstVideoOrientationMethod says is to be done to a picture; none
 * for what is no such thing. */
void kocr_turn_init (KocrTurn *self, GstVideoOrientationMethod method);
gboolean kocr_turn_is_none (const KocrTurn *self);

/* The direct format that pixels of @format, a direct one, can be turned in. */
GstVideoFormat kocr_turn_format (GstVideoFormat format);
/* Fills @out, of the size that @in has when it is turned; both of such a
 * format. */
void kocr_turn_pixels (
    const KocrTurn *self, GstVideoFrame *out, const GstVideoFrame *in);

G_END_DECLS
