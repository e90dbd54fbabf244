/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jobs.h"

#include <poll.h>

#include "bounds.h"
#include "testpicture.h"

static Reader replaying;

static Jobs *
jobs_new_replaying (guint n_threads)
{
  return jobs_new (&replaying, n_threads);
}

static void
wait_for (Job * job)
{
  struct pollfd fd = { job_get_fd (job), POLLIN, 0 };

  g_assert_cmpint (poll (&fd, 1, 60000), ==, 1);
}

static void
each_job_gets_its_own_answer (void)
{
  Jobs *jobs = jobs_new_replaying (3);
  g_autoptr (GBytes) good = test_picture_new (32, 32, IFF_PNG);
  g_autoptr (GBytes) bad = g_bytes_new_static ("x", 1);
  Job *submitted[32];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (submitted); i++)
    submitted[i] = jobs_submit (jobs, i % 3 ? good : bad);
  for (i = 0; i < G_N_ELEMENTS (submitted); i++) {
    g_autoptr (Answer) answer = NULL;

    wait_for (submitted[i]);
    answer = job_take_answer (submitted[i]);
    g_assert_cmpuint (answer->status, ==, i % 3 ? 200 : 400);
    job_release (submitted[i]);
  }
  jobs_free (jobs);
}

static void
the_queue_is_bounded_and_who_leaves_frees_a_place (void)
{
  Jobs *jobs = jobs_new_replaying (0);
  g_autoptr (GBytes) picture = test_picture_new (32, 32, IFF_PNG);
  Job *waiting[LIMIT_WAITING];
  guint i;

  for (i = 0; i < LIMIT_WAITING; i++) {
    waiting[i] = jobs_submit (jobs, picture);
    g_assert_nonnull (waiting[i]);
  }
  g_assert_null (jobs_submit (jobs, picture));
  job_release (waiting[LIMIT_WAITING / 2]);
  waiting[LIMIT_WAITING / 2] = jobs_submit (jobs, picture);
  g_assert_nonnull (waiting[LIMIT_WAITING / 2]);
  g_assert_null (jobs_submit (jobs, picture));
  for (i = 0; i < LIMIT_WAITING; i++)
    job_release (waiting[i]);
  jobs_free (jobs);
}

static void
a_job_may_be_left_at_any_time (void)
{
  Jobs *jobs = jobs_new_replaying (2);
  g_autoptr (GBytes) picture = test_picture_new (256, 256, IFF_PNG);
  guint i;

  for (i = 0; i < 200; i++) {
    Job *job = jobs_submit (jobs, picture);

    if (job != NULL)
      job_release (job);
  }
  jobs_free (jobs);
}

int
main (int argc, char **argv)
{
  gint result;

  g_test_init (&argc, &argv, NULL);
  replaying.max_side = LIMIT_SIDE;
  replaying.max_pixels = LIMIT_PIXELS;
  replaying.read_seconds = 60;
  replaying.replay = g_bytes_new_static ("{}", 2);
  g_test_add_func ("/jobs/each_job_gets_its_own_answer",
      each_job_gets_its_own_answer);
  g_test_add_func ("/jobs/the_queue_is_bounded_and_who_leaves_frees_a_place",
      the_queue_is_bounded_and_who_leaves_frees_a_place);
  g_test_add_func ("/jobs/a_job_may_be_left_at_any_time",
      a_job_may_be_left_at_any_time);
  result = g_test_run ();
  g_bytes_unref (replaying.replay);
  return result;
}
