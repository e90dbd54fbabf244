/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pieces of the results on frames that may become pictures of their own,
 * the lines or every region, and whose text track was not there before.
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

typedef struct
{
  GstKakaoOcrResult *result;    /* its regions (a line has several) where they
                                 * are on the frame, with their track */
  guint64 track;
  gboolean is_new;              /* its track was not there before */
} CropPiece;

/* Whether the picture of @meta was sampled again and found to be the same since
 * the last call. */
gboolean crop_selection_is_renewed (CropSelection * self,
    const GstKakaoOcrMeta * meta);

/* The lines, or with @every the regions. @renewed: of a result that was asked
 * about before; NULL when it came without tracks, by which its pieces would be
 * known again. (transfer full) (nullable) (element-type CropPiece) */
GPtrArray *crop_selection_take (CropSelection * self,
    const GstKakaoOcrMeta * meta, gboolean every, gboolean renewed);

/* What follows has nothing to do with what was before: times begin anew. */
void crop_selection_break (CropSelection * self);

/* Forgets all: after a flush the same lines count as new. */
void crop_selection_clear (CropSelection * self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CropSelection, crop_selection_free)

G_END_DECLS
