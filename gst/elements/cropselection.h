/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which pieces of the results on frames become pictures of their own: the lines
 * whose text track was not there before, or every region.
 *
 * Results without tracks are followed by a tracker of its own, one for each
 * producer. Not thread-safe: the streaming thread's own.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

G_BEGIN_DECLS

typedef struct _CropSelection CropSelection;

CropSelection *crop_selection_new (void);
void crop_selection_free (CropSelection * self);

/* Of a result that was not asked about before: one result a piece, with its
 * regions (a line has several) where they are on the frame of @meta and with
 * their tracks. (transfer full) (element-type GstKakaoOcrResult) */
GPtrArray *crop_selection_take (CropSelection * self,
    const GstKakaoOcrMeta * meta, gboolean every);

/* What follows has nothing to do with what was before: times begin anew. */
void crop_selection_break (CropSelection * self);

/* Forgets all: after a flush the same lines count as new. */
void crop_selection_clear (CropSelection * self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CropSelection, crop_selection_free)

G_END_DECLS
