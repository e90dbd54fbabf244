/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Spelling: which of two readings of a word is one that is written, as Hunspell's
 * dictionaries have it where they are installed. It decides between what was
 * read; no word is ever taken from a dictionary. Any thread.
 */
#pragma once

#include <glib.h>

/* Is @other, of the same script and about as long, a word, and @text none? FALSE
 * where no dictionary knows. */
gboolean spelling_prefers (const gchar *other, const gchar *text);

/* Is @text no word of its script? FALSE where no dictionary knows. */
gboolean spelling_rejects (const gchar *text);
