/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Region paths: where the regions of two results are on the frames between them.
 *
 * A line that both show moves evenly from where the one has it to where the other
 * has it: what rolls, runs or pans does, within a fraction of a second. One that
 * only one of them shows, without a moment at which it came or went, goes the way of
 * the nearest one that both show.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct _KocrRegionPaths KocrRegionPaths;

/* Both have their tracks, and frames of one size. Gets references. */
KocrRegionPaths *kocr_region_paths_new (
    GstKakaoOcrResult *before, GstKakaoOcrResult *after);
void kocr_region_paths_free (KocrRegionPaths *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrRegionPaths, kocr_region_paths_free)

/* Where the regions of @shown, which are of the one or the other result, are at
 * @part of the way from the first to the second: (array length=8*n), and which of
 * them are outside of the frame; valid until the next call. FALSE: where they are in
 * @shown. */
gboolean kocr_region_paths_place (KocrRegionPaths *self,
    GstKakaoOcrResult *shown, gdouble part, const gdouble **boxes,
    const gboolean **lost);
