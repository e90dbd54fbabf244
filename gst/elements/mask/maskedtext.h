/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Masked text: what of a frame's texts is to be hidden, and whether it is still
 * hidden in the next frame. Pure.
 */
#pragma once

#include "mask/textpattern.h"

G_BEGIN_DECLS

typedef struct
{
  gdouble box[GST_KAKAO_OCR_BOX_LEN];   /* pixels of the mapped frame */
  gchar *text;
} KocrMaskedText;

/* An array of KocrMaskedText that owns them. */
GArray *kocr_masked_texts_new (void);

/* Those of all results on @buffer, with @pattern (nullable) the ones that it
 * means. A region that was lost may still be where it was last, or where it was
 * read: it is there twice. */
GArray *kocr_masked_texts_gather (GstBuffer *buffer, KocrTextPattern *pattern);

/* For each of @texts whether what it hid is hidden by @others, those of the
 * frame beside it: the same text stands near, or their masks cover its place.
 * (transfer full) (array length=texts->len) */
gboolean *kocr_masked_texts_find (const GArray * texts, const GArray * others);

G_END_DECLS
