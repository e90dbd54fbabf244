/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What one line says, word by word.
 */
#pragma once

#include <glib.h>
#include <tesseract/capi.h>

#include "crops/linecrop.h"

typedef struct
{
  guint n_bytes;       /* of the word's text */
  gdouble confidence;  /* 0..100 */
  gdouble left, right; /* columns of the crop */
} ReadLetter;

typedef struct
{
  gchar *text;                  /* UTF-8, not empty */
  gdouble confidence;           /* 0..100 */
  guint n_characters;
  gdouble left, right;          /* columns of the crop */
  gdouble box[8];               /* as KocrAnswerWord.box */
  GArray *letters;              /* of ReadLetter, those of the text as the
                                 * engine saw them; or NULL */
} ReadWord;

void read_word_free (ReadWord * self);
/* Is it spelt right, and @other not? A little sureness is enough then. */
gboolean read_word_is_spelt_better (
    const ReadWord *self, const ReadWord *other);

typedef struct
{
  GPtrArray *words;             /* of ReadWord, from left to right */
  gdouble confidence;           /* 0..100, the mean of the characters' */
  guint n_characters;
  gdouble logit;                /* log odds that this is what is written */
  gdouble unlikeness;           /* of its ink, as line_ink_unlikeness() */
  gboolean lacks_marks;         /* they were blanked in its crop */
} LineReading;

/* Takes the words that @engine, having recognised the crop, found. */
LineReading *line_reading_new (TessBaseAPI * engine);
void line_reading_free (LineReading * self);

/* Makes one word of all, from column @left of the crop to @right: what is
 * written from top to bottom. */
void line_reading_join (LineReading * self, gdouble left, gdouble right);

/* Whether any word that was read with at most @confidence has letters or
 * digits, but none of @script. */
gboolean line_reading_has_foreign_words (const LineReading * self,
    GUnicodeScript script, gdouble confidence);

/* Takes from @other, a reading of the same crop, the words without letters of
 * @script that it reads with more confidence; all of them, with their places,
 * where no word of @self has letters of @script. */
void line_reading_improve (LineReading * self, LineReading * other,
    GUnicodeScript script);

/* Another text for a word, which no engine's letters bear out. */
void line_reading_rename (
    LineReading *self, guint i, const gchar *text, gdouble confidence);

/* Puts a copy of @word before the @i-th. */
void line_reading_insert (LineReading *self, guint i, const ReadWord *word);

void line_reading_remove (LineReading *self, guint i);

/* Log odds that it is text, by how surely it was read and what the finder made of
 * the line. */
gdouble line_reading_prospect (const LineReading *self, const TextLine *line);

/* Once the words stay as they are: places them in the picture and judges, as
 * kocr_text_line_judge does before it is read, whether it is text. */
void line_reading_finish (LineReading * self, const LineCrop * crop,
    const TextLine * line);

/* Removes the @i-th word of a line that is finished, since another one has it: what
 * is left has to be text by itself. */
void line_reading_withdraw (LineReading *self, guint i);

/* Does @self read better than @other, of the same line? */
gboolean line_reading_is_better (const LineReading * self,
    const LineReading * other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineReading, line_reading_free)
