/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Motion: where the regions of a result are in the pictures after the one they
 * were found in.
 *
 * Each region has points of its own, most of them on its letters, that are
 * found again in each picture (motion/lkpoint.h); the similarity that most of
 * them agree on moves the box.  Every ten frames or so new points are picked
 * where the box is by then, and those that do not lead back to where they came
 * from are dropped: without new ones a zoom or a turn ends it soon, and with
 * new ones in each frame the errors add up.
 *
 * A region is lost when too few of its points agree: covered, gone with a cut,
 * or out of the frame.  It comes back only if its own points are found again
 * within a few frames (a flash, a hand in between); it never drifts.  A region
 * without corners goes along with the nearest one that has some and is about as
 * near as the next word or line, or stays.
 *
 * Pure; one thread at a time.  What it takes (1080p, five regions): 0.1 ms a
 * frame, a result's first points 0.3 ms.
 */
#pragma once

#include "frame/lumapyramid.h"

typedef struct _KocrMotion KocrMotion;

/* @picture is of frame number @frame; @boxes: (array length=8*n): corners in
 * its pixels. Refcounted. */
KocrMotion *kocr_motion_new (KocrLumaPyramid * picture, guint64 frame,
    const gdouble * boxes, guint n);
KocrMotion *kocr_motion_ref (KocrMotion * self);
void kocr_motion_unref (KocrMotion * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrMotion, kocr_motion_unref)

/* Goes on to @picture of the same size, of frame number @frame: up to 15 frames
 * at a time, fewer where motion is fast and has just begun. */
void kocr_motion_follow (KocrMotion * self, KocrLumaPyramid * picture,
    guint64 frame);

/* Whether there is anything left to follow. */
gboolean kocr_motion_is_over (const KocrMotion * self);
/* Whether a region is elsewhere than it was found, or lost. */
gboolean kocr_motion_has_moved (const KocrMotion * self);

/* Where the regions are now, in pixels of the frame: (array length=8*n), and
 * which of them are lost, (array length=n); valid until the next call of
 * kocr_motion_follow(). */
const gdouble *kocr_motion_get_boxes (const KocrMotion * self);
const gboolean *kocr_motion_get_lost (const KocrMotion * self);
