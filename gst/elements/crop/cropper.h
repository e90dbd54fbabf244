/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Cropper: from the frames of a video to the pictures of their texts, each at
 * once or as the best of several sights.
 *
 * Not thread-safe: who calls holds the stream lock.
 */
#pragma once

#include <gst/video/video.h>

#include "common/sparsestream.h"
#include "crop/settings.h"

typedef struct _KocrCropper KocrCropper;

/* @element, of which messages are, @out, where pictures go, and @info, what
 * frames are at the time, outlive the cropper. */
KocrCropper *kocr_cropper_new (
    GstElement *element, KocrSparseStream *out, const GstVideoInfo *info);
void kocr_cropper_free (KocrCropper *self);
/* As before any frame. */
void kocr_cropper_clear (KocrCropper *self);

/* Pushes the pictures that @frame brings or ends the wait for. */
GstFlowReturn kocr_cropper_take (
    KocrCropper *self, GstBuffer *frame, const KocrCropSettings *settings);
/* Pushes what still waits for a better sight. What follows has nothing to do
 * with what was before: times begin anew. */
void kocr_cropper_finish (KocrCropper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrCropper, kocr_cropper_free)
