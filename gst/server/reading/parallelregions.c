/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/parallelregions.h"

#include <dlfcn.h>
#include <glib.h>

/* Allowed but one thread, as by OMP_THREAD_LIMIT=1, GCC's OpenMP makes a team of it
 * all the same and wakes nobody by a system call, 5,000 times a frame: a seventh of
 * all reading. These stand in its place in this process: the thread that asks does
 * the work itself. */
#define EXPORTED __attribute__ ((visibility ("default")))

EXPORTED void GOMP_parallel (void (*work) (gpointer), gpointer data,
    guint n_threads, guint flags);
EXPORTED void GOMP_parallel_sections (void (*work) (gpointer), gpointer data,
    guint n_threads, guint n_sections, guint flags);
EXPORTED guint GOMP_sections_next (void);
EXPORTED void GOMP_sections_end_nowait (void);

/* Of the sections that a thread is in: how many there are, and the last begun. */
static _Thread_local guint n_sections_all, section;

void
GOMP_parallel (void (*work) (gpointer), gpointer data, guint n_threads,
    guint flags)
{
  work (data);
}

void
GOMP_parallel_sections (void (*work) (gpointer), gpointer data, guint n_threads,
    guint n_sections, guint flags)
{
  guint outer_all = n_sections_all, outer = section;

  n_sections_all = n_sections;
  section = 0;
  work (data);
  n_sections_all = outer_all;
  section = outer;
}

/* 0: there are no more. */
guint
GOMP_sections_next (void)
{
  return section < n_sections_all ? ++section : 0;
}

void
GOMP_sections_end_nowait (void)
{
}

void
parallel_regions_forbid (void)
{
  void (*set_max_active_levels) (int)
      = (void (*) (int))dlsym (RTLD_DEFAULT, "omp_set_max_active_levels");

  if (set_max_active_levels)
    set_max_active_levels (0);
}
