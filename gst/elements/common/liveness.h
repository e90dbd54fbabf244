/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Liveness: whether upstream is live, also where nobody answers.
 *
 * Who joins or selects streams (concat, input-selector) answers a LATENCY query
 * for all of them or not at all, and a stream whose turn has not come gives no
 * answer while its file is not typed or its source has no caps. Its sources
 * know from their making what they are. Who has its sources in pipelines of its own
 * (splitmuxsrc) answers whether one can seek.
 */
#pragma once

#include <gst/gst.h>

typedef enum
{
  KOCR_LIVENESS_UNKNOWN,
  KOCR_LIVENESS_NOT_LIVE,
  KOCR_LIVENESS_LIVE
} KocrLiveness;

/* What upstream of @sinkpad says; unanswered, whether any source of the whole
 * pipeline is live; where there is none that tells, not live if one can seek, else
 * unknown.
 *
 * What unknown is taken for is the caller's: whichever does less harm when it
 * is wrong. kakaoocr takes it for live, since a live picture that waits for
 * results stands still, while a file that does not wait is only read less
 * well. kakaoocrenc takes it for not live, since it then waits longer for a
 * frame before it lets text come late, and a file's cues stay whole. */
KocrLiveness kocr_liveness_find (GstPad *sinkpad);
