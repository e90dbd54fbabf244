/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether a frame carries a result that is known already.
 *
 * Within a process a result is known by its address, as all frames share it.
 * Who keeps a reference to it is safe from another one at the same place.
 *
 * Behind another process (a meta without a producer) each frame has a result of
 * its own, in which the regions are where they are on that frame and those that
 * are out of sight are missing. There a result is known by what stays: when its
 * picture was taken, how long it took, and the texts and tracks.
 *
 * A view is what a frame shows that lies between two that were read: put together of
 * their results, and no reading of its own.  Who tells of each result once passes
 * views over: the frames that were read have all that they say.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

/* @known: of the producer of @meta. */
gboolean kocr_result_identity_matches (const GstKakaoOcrResult * known,
    const GstKakaoOcrMeta * meta);

/* Nobody else has a reference to it yet. */
void kocr_result_mark_view (GstKakaoOcrResult * result);
gboolean kocr_result_is_view (const GstKakaoOcrResult * result);
