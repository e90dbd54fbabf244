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

typedef struct _KocrCropSelection KocrCropSelection;

KocrCropSelection *kocr_crop_selection_new (void);
void kocr_crop_selection_free (KocrCropSelection * self);

typedef struct
{
  GstKakaoOcrResult *result;    /* its regions (a line has several) where they
                                 * are on the frame, with their track */
  guint64 track;
  gboolean is_new;              /* its track was not there before */
} KocrCropPiece;

/* Whether the picture of @meta was sampled again and found to be the same since
 * the last call. */
gboolean kocr_crop_selection_is_renewed (KocrCropSelection * self,
    const GstKakaoOcrMeta * meta);

/* The lines, or with @every the regions. @renewed: of a result that was asked
 * about before; NULL when it came without tracks, by which its pieces would be
 * known again. (transfer full) (nullable) (element-type KocrCropPiece) */
GPtrArray *kocr_crop_selection_take (KocrCropSelection * self,
    const GstKakaoOcrMeta * meta, gboolean every, gboolean renewed);

/* What follows has nothing to do with what was before: times begin anew. */
void kocr_crop_selection_break (KocrCropSelection * self);

/* Forgets all: after a flush the same lines count as new. */
void kocr_crop_selection_clear (KocrCropSelection * self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrCropSelection, kocr_crop_selection_free)
