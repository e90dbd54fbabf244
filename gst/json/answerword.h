/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Answer word: one entry of a page's `results` in an answer of the General OCR
 * API: what our services write is what is read of any.
 */
#pragma once

#include "json/writer.h"

#include <json-glib/json-glib.h>

typedef struct
{
  gchar *text;                  /* UTF-8 */
  gchar **words;                /* as they were answered, of which text is
                                 * joined with nothing between, as the guide
                                 * has it; NULL: text is the one */
  gdouble box[8];               /* in pixels of the picture: top left, top
                                 * right, bottom right and bottom left of the
                                 * text as x0, y0 … x3, y3, y downwards; it
                                 * follows a rotated line */
} KocrAnswerWord;

KocrAnswerWord *kocr_answer_word_new (const gchar *text, const gdouble box[8]);
void kocr_answer_word_free (KocrAnswerWord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrAnswerWord, kocr_answer_word_free)

/* As an object in an array. */
void kocr_answer_word_write (
    const KocrAnswerWord *self, KocrJsonWriter *writer);

/* (transfer full). NULL: @problem says what is wrong, as half a sentence. */
KocrAnswerWord *kocr_answer_word_read (JsonNode *node, const gchar **problem);
