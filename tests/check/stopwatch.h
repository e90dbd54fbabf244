/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stopwatch: how long something takes on a machine that does nothing else.
 *
 * A limit on a stop or a flush is to find code that waits for what it should
 * not; a machine under load, which takes the processor away for as long, is no
 * such code. So the time is measured with the load beside it: what a piece of
 * work of known length takes on the clock, before and after; and, since others may
 * have come and gone in between, what were waiting for each processor in the last
 * minute. The time is divided by the greatest. What must take some time of its own,
 * and no more, gets so much room: stopwatch_get_room().
 */
#pragma once

#include <glib.h>
#include <stdlib.h>
#include <time.h>

/* Processor time, us: some turns of a scheduler that others keep busy. */
#define STOPWATCH_WORK 8000

typedef struct
{
  gint64 start;
  gdouble load;                 /* 1: none */
} Stopwatch;

static inline gint64
stopwatch_get_cpu (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000;
}

static inline gdouble
stopwatch_get_average_load (void)
{
  gdouble average;

  return getloadavg (&average, 1) == 1 ? average / g_get_num_processors () : 1;
}

static inline gdouble
stopwatch_measure_load (void)
{
  gint64 wall = g_get_monotonic_time (), cpu = stopwatch_get_cpu (), worked;

  do
    worked = stopwatch_get_cpu () - cpu;
  while (worked < STOPWATCH_WORK);
  return MAX (MAX (1, stopwatch_get_average_load ()),
      (gdouble) (g_get_monotonic_time () - wall) / worked);
}

static inline Stopwatch
stopwatch_start (void)
{
  gdouble load = stopwatch_measure_load ();

  return (Stopwatch) {
  g_get_monotonic_time (), load};
}

/* Microseconds since the start, but for the load. */
static inline gint64
stopwatch_stop (const Stopwatch * self)
{
  gint64 elapsed = g_get_monotonic_time () - self->start;

  return (gint64) (elapsed / MAX (self->load, stopwatch_measure_load ()));
}

/* @room as this machine needs it now. */
static inline gint64
stopwatch_get_room (gint64 room)
{
  return (gint64) (room * stopwatch_measure_load ());
}
