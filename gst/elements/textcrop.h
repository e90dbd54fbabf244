/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One text on its way from a frame to a picture: where it is cut out, and what
 * it is in the picture.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "rectification.h"

G_BEGIN_DECLS

typedef struct
{
  GstKakaoOcrResult *result;    /* the text in the picture's pixels */
  Rectification rectification;
} TextCrop;

/* @piece: the text with its regions, as crop_selection_take() gives it;
 * @rectify: turn it upright; @padding: pixels to add around; < 0: a tenth of the
 * text's height. FALSE when nothing of it is on @frame. */
gboolean text_crop_init (TextCrop * self, const GstKakaoOcrResult * piece,
    const GstVideoFrame * frame, gboolean rectify, gint padding);

/* The picture, of @info, with the times of @frame; NULL when GStreamer cannot
 * convert that part of it, or there is no memory. */
GstBuffer *text_crop_render (const TextCrop * self,
    const GstVideoFrame * frame, const GstVideoInfo * info);

void text_crop_clear (TextCrop * self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TextCrop, text_crop_clear)

G_END_DECLS
