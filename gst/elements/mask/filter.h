/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask filter: the private element in kakaoocroverlay that changes pixels.  It
 * makes recognised text unreadable, or blanks the whole frame when it cannot
 * know where its text is.
 *
 * A frame to be masked that cannot be is an ERROR and never passes; one that
 * others hold is copied. While there is nothing to mask, frames pass as they
 * are. With a hold, frames wait for what is read in those that follow, and so
 * do the events between them.
 */
#pragma once

#include "mask/framemask.h"

#define KOCR_TYPE_MASK_FILTER (kocr_mask_filter_get_type ())
G_DECLARE_FINAL_TYPE (
    KocrMaskFilter, kocr_mask_filter, KOCR, MASK_FILTER, GstElement)

/* From the next frame on. Takes a reference to the pattern. */
void kocr_mask_filter_configure (
    KocrMaskFilter *self, const KocrMaskSettings *settings);

/* Whether the frame that was passed on last was blanked; from the thread that
 * it was passed on in. */
gboolean kocr_mask_filter_is_blanked (KocrMaskFilter * self);
