/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The words of a picture, or of a document's pages, in the shape of the
 * vendor's guide.
 */
#pragma once

#include "http/answer.h"

/* A picture, or a page of a document. */
typedef struct
{
  GPtrArray *words;             /* of KocrAnswerWord */
  gint width, height;
  guint n_unread;               /* lines, as Recognizer has them */
} ReadPage;

void read_page_clear (ReadPage * page);

/* A refusal when a page has more than @max_regions (0: no limit). */
Answer *page_answer_new (const ReadPage * pages, guint n_pages,
    guint max_regions);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReadPage, read_page_clear)
