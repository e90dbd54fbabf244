/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A process that stops and starts for months: PLAYING -> NULL again and again
 * while the service stalls, 400 times or, by `-m slow`, 10,000 times.
 */
#include "../check/sanitized.h"
#include "stall.h"
#include "usage.h"

#define MIB (1024 * 1024.0)
#define N_CYCLES 400
#define N_CYCLES_SLOW 10000
/* What the process makes once and keeps. */
#define N_WARM 40
#define STOP_TIME (500 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)
/* Of the heap: a hundred bytes a stop would be more, by the 10,000. */
#define MAX_HEAP_GROWTH (1024 * 1024)
/* Of resident memory, for stacks of threads that are gone, which glibc keeps, and
 * for pages that are free but in part. */
#define MAX_GROWTH (8 * 1024 * 1024)
/* Threads that GLib's pools keep or end as they like. */
#define MAX_POOLED 6

static const gchar *timings[] = { "latest", "aligned", "exact" };

/* Those that the upload is not among: its pictures would take hours. */
#define N_PHASES STALL_IN_THE_UPLOAD

static void
stops_are_quick_and_leave_nothing (void)
{
  guint n_cycles = g_test_slow ()? N_CYCLES_SLOW : N_CYCLES;
  GstElement *pipelines[G_N_ELEMENTS (timings)];
  gint64 longest = 0, sum = 0;
  Usage before, after;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (timings); i++)
    pipelines[i] = stall_pipeline_new (timings[i]);
  for (i = 0; i < n_cycles; i++) {
    gint64 elapsed;

    if (i == N_WARM)
      usage_measure (&before);
    elapsed = stall_cycle (pipelines[i % G_N_ELEMENTS (timings)],
        i / G_N_ELEMENTS (timings) % N_PHASES);
    longest = MAX (longest, elapsed);
    sum += elapsed;
  }
  usage_measure (&after);
  for (i = 0; i < G_N_ELEMENTS (timings); i++)
    gst_object_unref (pipelines[i]);

  g_test_message ("%u stops: %.1f ms each, at most %.1f ms; files %u to %u, "
      "threads %u to %u, heap %.2f to %.2f MiB, "
      "resident %.1f to %.1f MiB", n_cycles,
      sum / 1000.0 / n_cycles, longest / 1000.0, before.files, after.files,
      before.threads, after.threads, before.heap / MIB, after.heap / MIB,
      before.memory / MIB, after.memory / MIB);
  g_assert_cmpint (longest, <, STOP_TIME);
  g_assert_cmpuint (after.files, <=, before.files);
  g_assert_cmpuint (after.threads, <=, before.threads + MAX_POOLED);
  g_assert_cmpuint (after.heap, <=, before.heap + MAX_HEAP_GROWTH);
  g_assert_cmpuint (after.memory, <=, before.memory + MAX_GROWTH);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/endurance/stops_are_quick_and_leave_nothing",
      stops_are_quick_and_leave_nothing);
  return g_test_run ();
}
