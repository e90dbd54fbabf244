/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Block match: where a part of one picture is in another, to the pixel, by
 * trying all places around a guess on the coarsest level of the pyramid, and
 * the nearest ones on the finer levels.
 *
 * For what moves further than Lucas and Kanade's steps reach, at first sight or
 * after a jerk.  Likeness is the correlation of the pixels, so that brightness
 * may change.  Costs about 60 us.
 */
#pragma once

#include "frame/lumapyramid.h"
#include "motion/similarity.h"

/* Looks in @to for what @from shows inside of the bounds of @quad (pixels of
 * first levels). @shift: (inout) a guess of how far it went, which may be off
 * by 24 pixels in each direction, then the best place. FALSE: there is none,
 * and @shift stays. */
gboolean kocr_block_match (const KocrLumaPyramid * from,
    const KocrPoint quad[4], const KocrLumaPyramid * to, KocrPoint * shift);
