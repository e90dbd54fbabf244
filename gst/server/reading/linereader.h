/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads one line of text by Tesseract. One thread at a time.
 */
#pragma once

#include "textline.h"

G_BEGIN_DECLS

typedef struct _LineReader LineReader;

/* @languages: Tesseract codes joined by '+'. NULL with @error. */
LineReader *line_reader_new (const gchar * languages, GError ** error);
void line_reader_free (LineReader * self);

typedef struct
{
  gchar *text;                  /* UTF-8, not empty */
  gdouble confidence;           /* 0..100 */
  guint n_characters;
  gdouble box[8];               /* as RecognizedWord.box */
} ReadWord;

typedef struct
{
  GPtrArray *words;             /* of ReadWord, from left to right */
  gdouble confidence;           /* 0..100, the mean of the characters' */
  guint n_characters;
  gdouble logit;                /* log odds that there is text */
} LineReading;

/* Returns (transfer full) what the line says, perhaps nothing. A line that
 * reads badly is tried again from other crops, and the best is returned. */
LineReading *line_reader_read (LineReader * self, const Pyramid * pyramid,
    const TextLine * line);
void line_reading_free (LineReading * self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineReader, line_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineReading, line_reading_free)

G_END_DECLS
