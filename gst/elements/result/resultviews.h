/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result views: what frames show that lie between two samples.
 *
 * A result tells with which frames its texts came, and those of the result
 * before it went.  A frame before such a moment shows the one, a frame from it on
 * the other; so each stretch between two moments has a view: regions of both
 * results, for whoever asks what stands on the frame.
 *
 * Not thread-safe: the views are the output task's own.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct _KocrResultViews KocrResultViews;

/* Between the frames of @before and @after, by the moments that @after tells:
 * both have their tracks. Gets references. */
KocrResultViews *kocr_result_views_new (
    GstKakaoOcrResult *before, GstKakaoOcrResult *after);
void kocr_result_views_free (KocrResultViews *self);

gboolean kocr_result_views_are_of (const KocrResultViews *self,
    const GstKakaoOcrResult *before, const GstKakaoOcrResult *after);

/* What a frame at @pts shows: @before itself until the first moment. (transfer
 * none) until the next call. Fast for frames in their order. */
GstKakaoOcrResult *kocr_result_views_get (
    KocrResultViews *self, GstClockTime pts);

/* Where the regions of that are at @part of the way from the one sample to the other,
 * as kocr_region_paths_place() has it; both stay as they are where that is where they
 * were read. */
void kocr_result_views_place (KocrResultViews *self, gdouble part,
    const gdouble **boxes, const gboolean **lost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrResultViews, kocr_result_views_free)
