/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Page reader: the recognizer of Korean and English that the tests of a program
 * read their pictures with.
 */
#pragma once

#include "reading/recognizer.h"

extern Recognizer *page_reader;

/* Before the tests are added. Aborts where there are no models. */
void page_reader_init (int *argc, char ***argv);
/* Runs them; what main() returns. */
int page_reader_run (void);

/* Abort when the picture cannot be read. */
GPtrArray *page_reader_read_words (const GrayPicture *picture);
gchar *page_reader_read_text (const GrayPicture *picture);

/* All words, with a blank between them. */
gchar *page_text (const GPtrArray *words);
