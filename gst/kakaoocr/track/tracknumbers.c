/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/tracknumbers.h"

/* Numbers beyond are told apart by no reader of JSON. */
#define MAX_GIVEN (G_GUINT64_CONSTANT (1) << 52)

/* The next number of the process, larger than @least. */
static guint64
take_next (guint64 least)
{
  static GMutex lock;
  static guint64 last;
  guint64 number;

  g_mutex_lock (&lock);
  last = MAX (last, least) + 1;
  number = last;
  g_mutex_unlock (&lock);
  return number;
}

guint64
kocr_track_numbers_take (KocrTrackNumbers * self, guint64 given)
{
  if (given == 0)
    return take_next (self->last_given);
  if (given < MAX_GIVEN)
    self->last_given = MAX (self->last_given, given);
  return given;
}
