/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "readqueue.h"

#include <poll.h>

#include "bounds.h"
#include "testpicture.h"

static FileReader replaying;

static ReadQueue *
queue_new_replaying (guint n_threads)
{
  return read_queue_new (&replaying, n_threads);
}

static void
wait_for (ReadJob * job)
{
  struct pollfd fd = { read_job_get_fd (job), POLLIN, 0 };

  g_assert_cmpint (poll (&fd, 1, 60000), ==, 1);
}

static void
each_job_gets_its_own_answer (void)
{
  ReadQueue *queue = queue_new_replaying (3);
  g_autoptr (GBytes) good = test_picture_new (32, 32, IFF_PNG);
  g_autoptr (GBytes) bad = g_bytes_new_static ("x", 1);
  ReadJob *submitted[32];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (submitted); i++)
    submitted[i] = read_queue_submit (queue, i % 3 ? good : bad);
  for (i = 0; i < G_N_ELEMENTS (submitted); i++) {
    g_autoptr (Answer) answer = NULL;

    wait_for (submitted[i]);
    answer = read_job_take_answer (submitted[i]);
    g_assert_cmpuint (answer->status, ==, i % 3 ? 200 : 400);
    read_job_release (submitted[i]);
  }
  read_queue_free (queue);
}

static void
the_queue_is_bounded_and_who_leaves_frees_a_place (void)
{
  ReadQueue *queue = queue_new_replaying (0);
  g_autoptr (GBytes) picture = test_picture_new (32, 32, IFF_PNG);
  ReadJob *waiting[LIMIT_WAITING];
  guint i;

  for (i = 0; i < LIMIT_WAITING; i++) {
    waiting[i] = read_queue_submit (queue, picture);
    g_assert_nonnull (waiting[i]);
  }
  g_assert_null (read_queue_submit (queue, picture));
  read_job_release (waiting[LIMIT_WAITING / 2]);
  waiting[LIMIT_WAITING / 2] = read_queue_submit (queue, picture);
  g_assert_nonnull (waiting[LIMIT_WAITING / 2]);
  g_assert_null (read_queue_submit (queue, picture));
  for (i = 0; i < LIMIT_WAITING; i++)
    read_job_release (waiting[i]);
  read_queue_free (queue);
}

static void
a_job_may_be_left_at_any_time (void)
{
  ReadQueue *queue = queue_new_replaying (2);
  g_autoptr (GBytes) picture = test_picture_new (256, 256, IFF_PNG);
  guint i;

  for (i = 0; i < 200; i++) {
    ReadJob *job = read_queue_submit (queue, picture);

    if (job != NULL)
      read_job_release (job);
  }
  read_queue_free (queue);
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
  g_test_add_func ("/readqueue/each_job_gets_its_own_answer",
      each_job_gets_its_own_answer);
  g_test_add_func ("/readqueue/the_queue_is_bounded_and_who_leaves_frees_a_place",
      the_queue_is_bounded_and_who_leaves_frees_a_place);
  g_test_add_func ("/readqueue/a_job_may_be_left_at_any_time",
      a_job_may_be_left_at_any_time);
  result = g_test_run ();
  g_bytes_unref (replaying.replay);
  return result;
}
