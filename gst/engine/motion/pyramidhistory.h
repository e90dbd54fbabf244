/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pyramid history: the small pictures since the oldest sample that has no
 * answer yet, so that its regions can be followed to the present once it has.
 *
 * It holds a bounded number of bytes: where many frames have passed, it keeps
 * those that divide the time evenly, and samples in any case.
 */
#pragma once

#include "frame/lumapyramid.h"

typedef struct _KocrPyramidHistory KocrPyramidHistory;

KocrPyramidHistory *kocr_pyramid_history_new (void);
void kocr_pyramid_history_free (KocrPyramidHistory * self);

/* Adds the newest picture, of frame number @frame and of sample @serial (0: of
 * none). One that comes before any sample is not kept. */
void kocr_pyramid_history_add (KocrPyramidHistory * self,
    KocrLumaPyramid * picture, guint64 frame, guint64 serial);
/* Whether there is a sample that has no answer yet. */
gboolean kocr_pyramid_history_is_open (const KocrPyramidHistory * self);
/* Sample @serial is done with. */
void kocr_pyramid_history_release (KocrPyramidHistory * self, guint64 serial);
void kocr_pyramid_history_clear (KocrPyramidHistory * self);

gboolean kocr_pyramid_history_has_sample (const KocrPyramidHistory * self,
    guint64 serial);
/* The picture of sample @serial, with its @frame: (out); (transfer full)
 * (nullable). */
KocrLumaPyramid *kocr_pyramid_history_get_sample (
    const KocrPyramidHistory *self, guint64 serial, guint64 *frame);
/* The last picture up to @most frames after @frame (inout), or the next after
 * that; (transfer full), NULL at the end. */
KocrLumaPyramid *kocr_pyramid_history_get_next (const KocrPyramidHistory * self,
    guint most, guint64 * frame);
