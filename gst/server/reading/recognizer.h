/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What reads a picture: the seam between the service (HTTP, limits, statuses)
 * and its engines (Tesseract behind the text-line detector, a program).
 */
#pragma once

#include <gio/gio.h>

#include "graypicture.h"
#include "json/answerword.h"

/* An engine instance serves one thread at a time; a job thread makes its own
 * (TessBaseAPI is not shared between threads). */
typedef struct _Recognizer Recognizer;
typedef struct
{
  /* Returns (transfer full) an array of KocrAnswerWord in reading order, or
   * NULL with @error: G_IO_ERROR_CANCELLED within a second of @cancellable
   * (nullable). Where there are more than @max_words (0: no limit) it need not
   * read on. */
  GPtrArray *(*read) (Recognizer * self, const GrayPicture * picture,
      guint max_words, GCancellable * cancellable, GError ** error);
  /* NULL, or like read(): of a JPEG or PNG as it was sent. */
  GPtrArray *(*read_file) (Recognizer * self, GBytes * file,
      GCancellable * cancellable, GError ** error);
  void (*free) (Recognizer * self);
} RecognizerClass;

struct _Recognizer
{
  const RecognizerClass *klass;
  guint n_unread;               /* lines of the picture that was read last which
                                 * are text, and say nothing in the languages
                                 * that are read */
};

static inline GPtrArray *
recognizer_read (Recognizer *self, const GrayPicture *picture, guint max_words,
    GCancellable *cancellable, GError **error)
{
  return self->klass->read (self, picture, max_words, cancellable, error);
}

/* Only where the class has it. */
static inline GPtrArray *
recognizer_read_file (Recognizer *self, GBytes *file,
    GCancellable *cancellable, GError **error)
{
  return self->klass->read_file (self, file, cancellable, error);
}

static inline void
recognizer_free (Recognizer *self)
{
  if (self)
    self->klass->free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recognizer, recognizer_free)
