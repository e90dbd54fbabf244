/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Joined text: the texts of several regions as one, that still knows whose each
 * of its bytes is. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

G_BEGIN_DECLS

#define KOCR_JOINED_TEXT_NOBODY G_MAXUINT

typedef struct
{
  GString *text;
  GArray *owners;               /* of each byte the region, or NOBODY */
} KocrJoinedText;

void kocr_joined_text_init (KocrJoinedText * self);
void kocr_joined_text_clear (KocrJoinedText * self);

void kocr_joined_text_append (
    KocrJoinedText *self, const gchar *text, gsize length, guint owner);
/* The words of a line of @result, with blanks between. */
void kocr_joined_text_append_line (
    KocrJoinedText *self, GstKakaoOcrResult *result, guint line);
/* At @most so many bytes of @line, where it meets others: of the @first its
 * end, of those that follow their beginnings. */
void kocr_joined_text_append_seam (KocrJoinedText *self,
    const KocrJoinedText *line, gboolean first, gsize most);
/* Appends @from without the blanks between its digits; whether it had any. */
gboolean kocr_joined_text_squeeze (
    KocrJoinedText *self, const KocrJoinedText *from);

G_END_DECLS
