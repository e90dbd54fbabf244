/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Shown texts: all that a result shows of each of its tracks. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct
{
  guint64 track;
  GString *text;
  GArray *words; /* of KocrWordBox */
  gdouble left, top, right, bottom;
} KocrShownText;

typedef struct
{
  gdouble corners[GST_KAKAO_OCR_BOX_LEN];
} KocrWordBox;

/* (transfer full) (element-type KocrShownText) */
GArray *kocr_shown_texts_list (const GstKakaoOcrResult *result);
/* NULL: there is none. */
KocrShownText *kocr_shown_texts_find (GArray *all, guint64 track);
/* Appends to @all what @result shows of tracks that are not in it. */
void kocr_shown_texts_add_missed (GArray *all, const GstKakaoOcrResult *result);

/* Corners of all that is shown of one track, and of @other: (nullable), which a
 * text that lost its end is part of. */
void kocr_shown_text_get_box (
    const KocrShownText *self, const KocrShownText *other, gdouble box[8]);
/* Whether nothing of @others stands where it begins. */
gboolean kocr_shown_text_begins_alone (
    const KocrShownText *self, GArray *others);
/* Whether it lies in the line of @whole, and within it. */
gboolean kocr_shown_text_is_part_of (
    const KocrShownText *self, const KocrShownText *whole);
