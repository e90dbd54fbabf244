/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Joined text: the texts of several regions as one string, with the region that
 * each byte comes from. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#define KOCR_JOINED_TEXT_NO_REGION G_MAXUINT

typedef struct
{
  GString *text;
  GArray *regions; /* of each byte; NO_REGION: a separator */
} KocrJoinedText;

void kocr_joined_text_init (KocrJoinedText * self);
void kocr_joined_text_clear (KocrJoinedText * self);

void kocr_joined_text_append (
    KocrJoinedText *self, const gchar *text, gsize length, guint region);
/* The words of a line of @result, with blanks between. */
void kocr_joined_text_append_line (
    KocrJoinedText *self, GstKakaoOcrResult *result, guint line);
/* Appends at most @most bytes of @line: its last ones when it is the @first of
 * several, else its first ones, so that what is searched is what is near where
 * the two are joined. */
void kocr_joined_text_append_end (KocrJoinedText *self,
    const KocrJoinedText *line, gboolean first, gsize most);
/* Appends @from without the blanks between its digits. FALSE: it had none. */
gboolean kocr_joined_text_join_digits (
    KocrJoinedText *self, const KocrJoinedText *from);
