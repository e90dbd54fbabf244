/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words of two scripts: API in API를, which the model of a script reads badly,
 * and which a model of the other reads when it sees nothing else.
 */
#pragma once

#include "reading/linereading.h"

/* Letters of a word, none of them of the reading's script. */
typedef struct
{
  guint word;
  gsize start, end;    /* bytes of its text */
  gdouble left, right; /* columns of the crop */
  gdouble confidence;  /* 0..100, of the worst letter */
} ForeignStretch;

/* Returns (transfer full) an array of ForeignStretch: what is in doubt of the
 * words of @self that are partly in @script. */
GArray *mixed_words_find (const LineReading *self, GUnicodeScript script);

/* Puts what @other says in the place of @stretch, if it was read with more
 * confidence. Of several stretches the last comes first. */
void mixed_words_replace (
    LineReading *self, const ForeignStretch *stretch, const LineReading *other);
