/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One text on its way from a frame to a picture: where it is cut out, and what
 * it is in the picture.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "crop/rectification.h"

typedef struct
{
  GstKakaoOcrResult *result;    /* the text in the picture's pixels */
  KocrRectification rectification;
} KocrTextCrop;

/* @piece: the text with its regions, as kocr_crop_selection_take() gives it;
 * @rectify: turn it upright; @padding: pixels to add around; < 0: a tenth of
 * the text's height. FALSE when nothing of it is on @frame. */
gboolean kocr_text_crop_init (KocrTextCrop *self,
    const GstKakaoOcrResult *piece, const GstVideoFrame *frame,
    gboolean rectify, gint padding);

/* The picture, of @info, with the times of @frame; NULL when GStreamer cannot
 * convert that part of it, or there is no memory. */
GstBuffer *kocr_text_crop_render (const KocrTextCrop * self,
    const GstVideoFrame * frame, const GstVideoInfo * info);

void kocr_text_crop_clear (KocrTextCrop * self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KocrTextCrop, kocr_text_crop_clear)
