/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Masked text: which of a frame's texts are to be hidden, and whether the frame
 * beside it hides them as well. Pure.
 */
#pragma once

#include "mask/textpattern.h"

typedef struct
{
  gdouble box[GST_KAKAO_OCR_BOX_LEN];   /* pixels of the mapped frame */
  gchar *text;
} KocrMaskedText;

/* An array of KocrMaskedText that owns them. */
GArray *kocr_masked_texts_new (void);

/* Those of all results on @buffer that @pattern (nullable: all) matches. A
 * region that motion lost is there twice, since it may still be where it was
 * last or where it was read. */
GArray *kocr_masked_texts_gather (GstBuffer *buffer, KocrTextPattern *pattern);

/* For each of @texts whether @others, those of the frame before or after, hide
 * it as well: the same text is near, or their masks cover its place. (transfer
 * full) (array length=texts->len) */
gboolean *kocr_masked_texts_find (const GArray * texts, const GArray * others);
