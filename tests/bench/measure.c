/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static gboolean missed;

static gdouble
get_figure (const MeasureRow * row)
{
  switch (row->held) {
    case MEASURE_RATIO:
      return row->value / row->peer_value;
    case MEASURE_EXCESS:
      return row->value - row->peer_value;
    default:
      return row->value;
  }
}

gboolean
measure_report (const MeasureRow * row)
{
  static const gchar *const held[] = { "", "ratio", "excess", "value" };
  gdouble figure = get_figure (row);
  gboolean good = row->held == MEASURE_UNHELD
      || (row->at_least ? figure >= row->limit : figure <= row->limit);

  printf ("{\"group\":\"%s\",\"name\":\"%s\",\"value\":%.6g,\"unit\":\"%s\"",
      row->group, row->name, row->value, row->unit);
  if (row->peer)
    printf (",\"peer\":\"%s\",\"peer_value\":%.6g", row->peer, row->peer_value);
  if (row->peer_value > 0)
    printf (",\"ratio\":%.4g", row->value / row->peer_value);
  if (row->held != MEASURE_UNHELD)
    printf (",\"held\":\"%s\",\"figure\":%.4g,\"limit\":%g,\"at_least\":%s",
        held[row->held], figure, row->limit, row->at_least ? "true" : "false");
  printf (",\"good\":%s}\n", good ? "true" : "false");
  fflush (stdout);
  missed |= !good;
  return good;
}

int
measure_finish (void)
{
  return missed;
}

static gdouble
get_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

gdouble
measure_process_ms (void)
{
  return get_ms (CLOCK_PROCESS_CPUTIME_ID);
}

gdouble
measure_thread_ms (void)
{
  return get_ms (CLOCK_THREAD_CPUTIME_ID);
}

static int
compare (const void *a, const void *b)
{
  gdouble d = *(const gdouble *) a - *(const gdouble *) b;

  return (d > 0) - (d < 0);
}

gdouble
measure_median (gdouble * values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

void
measure_pair (MeasureFunc subject, MeasureFunc peer, gpointer data,
    guint rounds, gdouble * subject_ms, gdouble * peer_ms)
{
  g_autofree gdouble *ours = g_new (gdouble, rounds);
  g_autofree gdouble *theirs = g_new (gdouble, rounds);

  for (gint i = -2; i < (gint) rounds; i++) {
    gdouble start = measure_process_ms (), middle, end;

    subject (data);
    middle = measure_process_ms ();
    if (peer)
      peer (data);
    end = measure_process_ms ();
    if (i >= 0) {
      ours[i] = middle - start;
      theirs[i] = end - middle;
    }
  }
  *subject_ms = measure_median (ours, rounds);
  if (peer_ms)
    *peer_ms = measure_median (theirs, rounds);
}
