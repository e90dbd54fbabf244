/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/readingrun.h"

#include "track/differences.h"
#include "track/sampletimes.h"

static void
put_by_clear (KocrPutBy *reading)
{
  g_free (reading->chars);
}

void
kocr_reading_run_init (KocrReadingRun *self)
{
  self->readings = g_array_new (FALSE, FALSE, sizeof (KocrPutBy));
  g_array_set_clear_func (self->readings, (GDestroyNotify) put_by_clear);
  self->changes = g_array_new (FALSE, FALSE, sizeof (KocrDifference));
}

void
kocr_reading_run_clear (KocrReadingRun *self)
{
  g_array_unref (self->readings);
  g_array_unref (self->changes);
}

void
kocr_reading_run_begin (KocrReadingRun *self, const GArray *found,
    KocrLook look, gboolean moved)
{
  if (self->readings->len > 0)
    return;
  g_array_append_vals (self->changes, found->data, found->len);
  self->look = look;
  self->moved = moved;
}

void
kocr_reading_run_add (KocrReadingRun *self, const gunichar *chars,
    guint n_chars, GstClockTime time)
{
  KocrPutBy reading
      = { g_memdup2 (chars, n_chars * sizeof (gunichar)), n_chars, time };

  g_array_append_val (self->readings, reading);
}

void
kocr_reading_run_see (KocrReadingRun *self, GstClockTime time)
{
  self->last_seen = time;
  self->n_samples++;
}

const KocrPutBy *
kocr_reading_run_get_last (const KocrReadingRun *self)
{
  if (self->readings->len == 0)
    return NULL;
  return &g_array_index (self->readings, KocrPutBy, self->readings->len - 1);
}

void
kocr_reading_run_retract (KocrReadingRun *self, GstClockTime time)
{
  kocr_time_retract (&self->last_seen, time);
  for (guint i = 0; i < self->readings->len; i++)
    kocr_time_retract (
        &g_array_index (self->readings, KocrPutBy, i).time, time);
}

void
kocr_reading_run_move (KocrReadingRun *self, KocrConsensus *text)
{
  for (guint i = 0; i < self->readings->len; i++) {
    const KocrPutBy *reading = &g_array_index (self->readings, KocrPutBy, i);

    kocr_consensus_add (text, reading->chars, reading->n_chars);
  }
  self->n_samples = 0;
  g_array_set_size (self->readings, 0);
  g_array_set_size (self->changes, 0);
}
