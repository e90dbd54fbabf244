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
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

/* @known: of the producer of @meta. */
gboolean kocr_result_identity_matches (const GstKakaoOcrResult * known,
    const GstKakaoOcrMeta * meta);
