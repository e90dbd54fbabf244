/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Live pipelines for a set time, to which everything happens that may: faults
 * and outages of the service, changes of caps and properties, seeks, pauses,
 * restarts. Each second a line of CSV tells what the process uses and how long
 * frames took; now and then all streams stand, which tells what is kept. What
 * happens comes from a seed; when the threads do their part does not.
 *
 * Exits with 1 after an ERROR, a critical, a live picture that stood still, a
 * frame dropped in latest, sums that do not add up, or growth.
 */
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <gst/gst.h>

#include "../check/stopwatch.h"
#include "processusage.h"
#include "soakstream.h"

/* Seconds. */
#define LONGEST_QUIET 3.0       /* between two actions on a stream */
#define N_IDLES 12              /* the streams stand as often in a run ... */
#define SHORTEST_RUN 15         /* ... but run so long in between ... */
#define IDLE_TIME 5             /* ... and stand so long: what ends in threads
                                 * has ended by then */

/* What may be more at the last standstill than at an early one. Resident is also
 * what malloc cannot give back: pages of which a small piece is in use, between
 * those that were free after a peak of hundreds of MB. */
#define MAX_MORE_HEAP_KB 1024
#define MAX_MORE_RSS_KB 8192
/* Frames are mapped and given back one by one. Else malloc raises this by
 * itself, and keeps up to twice as much for each thread. */
#define MMAP_THRESHOLD (64 * 1024)
#define MAX_MORE_FDS 2
#define MAX_MORE_THREADS 4

typedef struct
{
  GMainLoop *loop;
  GRand *random;
  SoakServices *services;
  SoakStream **streams;
  guint n_streams;
  FILE *csv;
  gint64 start, end, next_change;
  gint64 looked;                /* when problems were looked for */
  gboolean idle;
  gboolean failed;
  ProcessUsage early, last;     /* at standstills */
  guint n_idles;
  SoakCounts counts;
  SoakFrames frames;
  guint64 n_frames, n_dropped;
  guint n_outages, n_crashes, n_hangs;
  gint64 slowest_pass[SOAK_N_TIMINGS];
} Soak;

static gint
compare_passes (gconstpointer a, gconstpointer b)
{
  gint64 d = *(const gint64 *) a - *(const gint64 *) b;

  return (d > 0) - (d < 0);
}

/* The pass time in us that the part @share of the frames stayed below. */
static gint64
get_quantile (const GArray * sorted, gdouble share)
{
  return sorted->len == 0 ? 0
      : g_array_index (sorted, gint64, (guint) ((sorted->len - 1) * share));
}

static gdouble
get_seconds (Soak * self)
{
  return (g_get_monotonic_time () - self->start) / 1e6;
}

static void
write_header (Soak * self)
{
  fputs ("time_s,idle,rss_kb,heap_kb,fds,threads,cpu_ms,frames,dropped,actions,"
      "outages,crashes,hangs,warnings", self->csv);
  for (guint i = 0; i < SOAK_N_TIMINGS; i++) {
    const gchar *names[] = { "latest", "aligned", "exact" };

    fprintf (self->csv, ",%s_p50_us,%s_p99_us,%s_max_us", names[i], names[i],
        names[i]);
  }
  fputc ('\n', self->csv);
}

static void
write_line (Soak * self, const ProcessUsage * usage)
{
  fprintf (self->csv, "%.1f,%d,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
      ",%u,%u,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
      ",%" G_GUINT64_FORMAT ",%u,%u,%u,%" G_GUINT64_FORMAT, get_seconds (self),
      self->idle, usage->rss_kb, usage->heap_kb, usage->n_fds, usage->n_threads,
      usage->cpu_ms, self->n_frames, self->n_dropped, self->counts.n_actions,
      self->n_outages, self->n_crashes, self->n_hangs, self->counts.n_warnings);
  for (guint i = 0; i < SOAK_N_TIMINGS; i++) {
    GArray *passes = self->frames.passes[i];

    fprintf (self->csv, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
        ",%" G_GINT64_FORMAT, get_quantile (passes, 0.5),
        get_quantile (passes, 0.99), get_quantile (passes, 1));
  }
  fputc ('\n', self->csv);
  fflush (self->csv);
}

static void
take_frames (Soak * self)
{
  self->frames.n_dropped = 0;
  for (guint i = 0; i < SOAK_N_TIMINGS; i++)
    g_array_set_size (self->frames.passes[i], 0);
  for (guint i = 0; i < self->n_streams; i++)
    soak_stream_take_frames (self->streams[i], &self->frames);
  for (guint i = 0; i < SOAK_N_TIMINGS; i++) {
    GArray *passes = self->frames.passes[i];

    g_array_sort (passes, compare_passes);
    self->slowest_pass[i] =
        MAX (self->slowest_pass[i], get_quantile (passes, 1));
    self->n_frames += passes->len;
  }
  self->n_dropped += self->frames.n_dropped;
}

/* All streams stand, or start again. */
static void
change_idle (Soak * self)
{
  gint64 run = MAX ((self->end - self->start) / N_IDLES,
      (SHORTEST_RUN + IDLE_TIME) * G_USEC_PER_SEC);

  self->idle = !self->idle;
  for (guint i = 0; i < self->n_streams; i++)
    (self->idle ? soak_stream_stop : soak_stream_start) (self->streams[i]);
  self->next_change = g_get_monotonic_time ()
      + (self->idle ? IDLE_TIME * G_USEC_PER_SEC
      : run - IDLE_TIME * G_USEC_PER_SEC);
}

static void
note_idle (Soak * self)
{
  malloc_trim (0);
  process_usage_read (&self->last);
  /* The first third is warm-up. */
  if (self->n_idles++ <= N_IDLES / 3)
    self->early = self->last;
}

static void
look_for_problems (Soak * self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 passed = (gint64) ((now - self->looked) / stopwatch_measure_load ());

  self->looked = now;
  for (guint i = 0; i < self->n_streams; i++) {
    g_autofree gchar *problem =
        soak_stream_dup_problem (self->streams[i], passed);

    if (problem) {
      fprintf (stderr, "%.1f s: %s\n", get_seconds (self), problem);
      self->failed = TRUE;
      g_main_loop_quit (self->loop);
    }
  }
}

static gboolean
each_second (gpointer data)
{
  Soak *self = data;
  gint64 now = g_get_monotonic_time ();
  gboolean change = now >= self->next_change;
  ProcessUsage usage;

  if (change && self->idle)
    note_idle (self);
  take_frames (self);
  soak_services_count (self->services, &self->n_outages, &self->n_crashes,
      &self->n_hangs);
  process_usage_read (&usage);
  write_line (self, &usage);
  if (change && self->idle && now >= self->end)
    g_main_loop_quit (self->loop);
  else if (change)
    change_idle (self);

  look_for_problems (self);
  return G_SOURCE_CONTINUE;
}

static gboolean act_on_stream (gpointer data);

static void
schedule (Soak * self, gdouble seconds, GSourceFunc function, gpointer data)
{
  g_timeout_add ((guint) (seconds * 1000), function, data);
}

static gboolean
act_on_stream (gpointer data)
{
  Soak *self = data;

  if (!self->idle)
    soak_stream_act (self->streams[g_rand_int_range (self->random, 0,
                self->n_streams)]);
  schedule (self, g_rand_double_range (self->random, 0.05,
          LONGEST_QUIET / self->n_streams), act_on_stream, self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_within (const gchar * what, guint64 early, guint64 last, guint64 most)
{
  gboolean good = last <= early + most;

  printf ("%-20s %8" G_GUINT64_FORMAT " early, %8" G_GUINT64_FORMAT
      " at the end%s\n", what, early, last, good ? "" : "   GROWS");
  return good;
}

static gboolean
report (Soak * self)
{
  gboolean good = self->n_dropped == 0;

  printf ("%" G_GUINT64_FORMAT " frames, %" G_GUINT64_FORMAT
      " dropped in latest%s\n", self->n_frames, self->n_dropped,
      good ? "" : "   DROPS");
  printf ("%" G_GUINT64_FORMAT " actions: %" G_GUINT64_FORMAT " restarts, %"
      G_GUINT64_FORMAT " seeks, %" G_GUINT64_FORMAT " caps; "
      "%u outages, %u crashes, %u hangs; %" G_GUINT64_FORMAT " warnings\n",
      self->counts.n_actions, self->counts.n_restarts, self->counts.n_seeks,
      self->counts.n_caps, self->n_outages, self->n_crashes,
      self->n_hangs,
      self->counts.n_warnings);
  printf ("%" G_GUINT64_FORMAT " samples recognized, %" G_GUINT64_FORMAT
      " failed\n", self->counts.n_recognized, self->counts.n_failed);
  printf
      ("slowest: a pass in latest %.1f ms, in aligned %.1f ms, an action %.1f"
      " s (%s)\n", self->slowest_pass[SOAK_LATEST] / 1e3,
      self->slowest_pass[SOAK_ALIGNED] / 1e3, self->counts.slowest_action,
      self->counts.slowest_name);
  good &=
      is_within ("allocated kB", self->early.heap_kb, self->last.heap_kb,
      MAX_MORE_HEAP_KB);
  good &=
      is_within ("resident kB", self->early.rss_kb, self->last.rss_kb,
      MAX_MORE_RSS_KB);
  good &=
      is_within ("descriptors", self->early.n_fds, self->last.n_fds,
      MAX_MORE_FDS);
  good &=
      is_within ("threads", self->early.n_threads, self->last.n_threads,
      MAX_MORE_THREADS);
  return good;
}

static gboolean
run (Soak * self, const gchar * broken_program, gdouble minutes)
{
  gboolean good;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->services = soak_services_new (broken_program,
      g_rand_int (self->random));
  self->n_streams = soak_stream_get_n_kinds ();
  self->streams = g_new (SoakStream *, self->n_streams);
  for (guint i = 0; i < SOAK_N_TIMINGS; i++)
    self->frames.passes[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->n_streams; i++)
    self->streams[i] = soak_stream_new (i, self->random, self->services,
        &self->counts);
  write_header (self);
  self->start = self->looked = g_get_monotonic_time ();
  self->end = self->start + (gint64) (minutes * 60 * G_USEC_PER_SEC);
  self->idle = TRUE;
  change_idle (self);
  g_timeout_add_seconds (1, each_second, self);
  schedule (self, 1, act_on_stream, self);
  g_main_loop_run (self->loop);

  good = report (self) && !self->failed;
  for (guint i = 0; i < self->n_streams; i++)
    soak_stream_free (self->streams[i]);
  for (guint i = 0; i < SOAK_N_TIMINGS; i++)
    g_array_unref (self->frames.passes[i]);
  g_free (self->streams);
  soak_services_free (self->services);
  g_main_loop_unref (self->loop);
  return good;
}

int
main (int argc, char **argv)
{
  gdouble minutes = 60;
  gint64 seed = -1;
  g_autofree gchar *broken_program = NULL;
  g_autofree gchar *csv = NULL;
  const GOptionEntry entries[] = {
    {"minutes", 0, 0, G_OPTION_ARG_DOUBLE, &minutes,
        "How long (60)", "N"},
    {"seed", 0, 0, G_OPTION_ARG_INT64, &seed,
        "What happens; without it another each time", "N"},
    {"csv", 0, 0, G_OPTION_ARG_FILENAME, &csv,
        "Where the curve is written (soak.csv)", "FILE"},
    {"broken-service", 0, 0, G_OPTION_ARG_FILENAME, &broken_program,
        "The program broken-service", "FILE"},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Soak self = { NULL };
  gboolean good;

  mallopt (M_MMAP_THRESHOLD, MMAP_THRESHOLD);
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  gst_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || !broken_program) {
    fprintf (stderr, "%s\n", error ? error->message : "no broken-service");
    return 2;
  }
  if (seed < 0)
    seed = g_random_int ();
  printf ("seed %" G_GINT64_FORMAT ", %g minutes\n", seed, minutes);
  fflush (stdout);
  self.random = g_rand_new_with_seed (seed);
  self.csv = fopen (csv ? csv : "soak.csv", "w");
  if (!self.csv) {
    perror (csv);
    return 2;
  }
  good = run (&self, broken_program, minutes);
  fclose (self.csv);
  g_rand_free (self.random);
  return good ? 0 : 1;
}
