/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Measure: what something costs beside a peer that does the same or less, in
 * the same run, taken in turns; and a row that says so. Figures hold between
 * the two, not from one machine to another.
 *
 * A row is a line of JSON on stdout. A benchmark prints its rows and exits with
 * measure_finish(): 1 when one of them missed what it is held to. tests/bench/run
 * makes a table of the rows of all of them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS typedef enum
{
  MEASURE_UNHELD,               /* for information */
  MEASURE_RATIO,                /* value / peer_value */
  MEASURE_EXCESS,               /* value - peer_value */
  MEASURE_VALUE                 /* value itself */
} MeasureHeld;

typedef struct
{
  const gchar *group;           /* what is measured ... */
  const gchar *name;            /* ... and on what */
  gdouble value;
  const gchar *unit;
  const gchar *peer;            /* nullable */
  gdouble peer_value;
  MeasureHeld held;
  gdouble limit;
  gboolean at_least;            /* the limit is a lower one */
} MeasureRow;

/* Prints @row; whether it is inside its limit. */
gboolean measure_report (const MeasureRow * row);
/* The status to exit with. */
int measure_finish (void);

/* CPU time so far, of all threads of the process or of this one, ms. */
gdouble measure_process_ms (void);
gdouble measure_thread_ms (void);

typedef void (*MeasureFunc) (gpointer data);

/* Runs both in turns, and twice before it counts: the median CPU time of each
 * in ms. @peer, @peer_ms: nullable. */
void measure_pair (MeasureFunc subject, MeasureFunc peer, gpointer data,
    guint rounds, gdouble * subject_ms, gdouble * peer_ms);

/* Of @n values, which it sorts. */
gdouble measure_median (gdouble * values, guint n);
