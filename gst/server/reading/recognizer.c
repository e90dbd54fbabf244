/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/recognizer.h"

#include <string.h>

/* A word at @box; see RecognizedWord for the order of its corners. */
RecognizedWord *
recognized_word_new (const gchar * text, const gdouble box[8])
{
  RecognizedWord *word = g_new0 (RecognizedWord, 1);

  word->text = g_strdup (text);
  memcpy (word->box, box, sizeof word->box);
  return word;
}

void
recognized_word_free (RecognizedWord * word)
{
  if (!word)
    return;
  g_free (word->text);
  g_free (word);
}

GPtrArray *
recognizer_read (Recognizer * self, const GrayPicture * picture,
    guint max_words, GCancellable * cancellable, GError ** error)
{
  return self->klass->read (self, picture, max_words, cancellable, error);
}

GPtrArray *
recognizer_read_file (Recognizer * self, GBytes * file,
    GCancellable * cancellable, GError ** error)
{
  return self->klass->read_file (self, file, cancellable, error);
}

void
recognizer_free (Recognizer * self)
{
  if (self)
    self->klass->free (self);
}
