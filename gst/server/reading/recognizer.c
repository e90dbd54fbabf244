/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/recognizer.h"

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
