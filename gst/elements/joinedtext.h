/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Joined text: the texts of several regions as one, that still knows whose each
 * of its bytes is. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

G_BEGIN_DECLS

#define JOINED_TEXT_NOBODY G_MAXUINT

typedef struct
{
  GString *text;
  GArray *owners;               /* of each byte the region, or NOBODY */
} JoinedText;

void joined_text_init (JoinedText * self);
void joined_text_clear (JoinedText * self);

void joined_text_append (JoinedText * self, const gchar * text, gsize length,
    guint owner);
/* The words of a line of @result, with blanks between. */
void joined_text_append_line (JoinedText * self, GstKakaoOcrResult * result,
    guint line);
/* At @most so many bytes of @line, where it meets others: of the @first its
 * end, of those that follow their beginnings. */
void joined_text_append_seam (JoinedText * self, const JoinedText * line,
    gboolean first, gsize most);
/* Appends @from without the blanks between its digits; whether it had any. */
gboolean joined_text_squeeze (JoinedText * self, const JoinedText * from);

G_END_DECLS
