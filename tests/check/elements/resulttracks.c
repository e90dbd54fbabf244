/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result tracks: requests are tracked in the order of samples where they may
 * wait, and at once where they may not.
 */
#include "resulttracks.h"

#define MAX_SAMPLES 8

typedef struct
{
  ResultTracks *tracks;
  KocrRequest *requests[MAX_SAMPLES];
  guint n_requests;
  GString *published;           /* serials, in the order of publishing */
} Fixture;

static void
note_published (KocrRequest * request, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_true (kocr_request_is_published (request));
  g_string_append_printf (f->published, "%u", (guint) request->serial);
}

static void
setup (Fixture * f, gconstpointer ordered)
{
  f->published = g_string_new (NULL);
  f->tracks = result_tracks_new (note_published, f);
  result_tracks_set_ordered (f->tracks, ordered != NULL);
}

static void
teardown (Fixture * f, gconstpointer ordered)
{
  for (guint i = 0; i < f->n_requests; i++)
    kocr_request_unref (f->requests[i]);
  result_tracks_free (f->tracks);
  g_string_free (f->published, TRUE);
}

/* Samples a second apart. */
static void
add_samples (Fixture * f, guint n)
{
  for (guint i = 0; i < n; i++) {
    KocrRequest *request = kocr_request_new ();

    request->serial = f->n_requests;
    request->running_time = f->n_requests * GST_SECOND;
    f->requests[f->n_requests++] = request;
    result_tracks_add (f->tracks, request);
  }
}

static GstKakaoOcrResult *
create_result (const gchar * text)
{
  GstKakaoOcrRegion region = { (gchar *) text, NULL,
    {10, 10, 110, 10, 110, 40, 10, 40}, 1, 0
  };

  return gst_kakao_ocr_result_new (0, 320, 240, &region, 1, FALSE, 0);
}

/* @result: (nullable) (transfer full): none, it failed. */
static void
settle (Fixture * f, guint i, GstKakaoOcrResult * result)
{
  f->requests[i]->result = result;
  g_atomic_int_set (&f->requests[i]->settled, 1);
  result_tracks_update (f->tracks);
}

static guint64
get_track (Fixture * f, guint i)
{
  return gst_kakao_ocr_result_get_region (f->requests[i]->tracked, 0)->track;
}

static void
where_frames_wait_samples_are_tracked_in_order (Fixture * f,
    gconstpointer ordered)
{
  add_samples (f, 4);
  settle (f, 3, create_result ("fourth"));
  settle (f, 1, create_result ("another"));
  g_assert_cmpstr (f->published->str, ==, "");
  settle (f, 0, create_result ("caption"));
  g_assert_cmpstr (f->published->str, ==, "01");
  settle (f, 2, NULL);
  g_assert_cmpstr (f->published->str, ==, "0123");
  g_assert_cmpuint (get_track (f, 0), ==, 1);
  g_assert_cmpuint (get_track (f, 1), ==, 2);
  g_assert_null (f->requests[2]->tracked);
  g_assert_cmpuint (get_track (f, 3), ==, 3);
}

static void
where_they_do_not_what_is_late_gets_the_tracks_that_fit (Fixture * f,
    gconstpointer ordered)
{
  add_samples (f, 4);
  settle (f, 2, create_result ("caption"));
  settle (f, 0, create_result ("caption"));
  settle (f, 1, create_result ("another"));
  settle (f, 3, create_result ("caption"));
  g_assert_cmpstr (f->published->str, ==, "2013");
  g_assert_cmpuint (get_track (f, 2), ==, 1);
  g_assert_cmpuint (get_track (f, 0), ==, 1);
  g_assert_cmpuint (get_track (f, 1), >, 1);
  g_assert_cmpuint (get_track (f, 3), ==, 1);
}

/* The engine gives an unchanged sample the result of the one it is like. */
static void
an_unchanged_sample_has_the_same_result (Fixture * f, gconstpointer ordered)
{
  GstKakaoOcrResult *result = create_result ("caption");

  add_samples (f, 2);
  settle (f, 0, gst_kakao_ocr_result_ref (result));
  settle (f, 1, result);
  g_assert_nonnull (f->requests[1]->tracked);
  g_assert_true (f->requests[1]->tracked == f->requests[0]->tracked);
}

static void
a_late_result_makes_an_unchanged_one_no_news (Fixture * f,
    gconstpointer ordered)
{
  GstKakaoOcrResult *result = create_result ("caption");

  add_samples (f, 3);
  settle (f, 1, gst_kakao_ocr_result_ref (result));
  settle (f, 0, create_result ("another"));
  settle (f, 2, result);
  g_assert_true (f->requests[2]->tracked == f->requests[1]->tracked);
  g_assert_true (f->requests[0]->tracked != f->requests[1]->tracked);
}

static void
tracks_end_where_all_is_forgotten (Fixture * f, gconstpointer ordered)
{
  add_samples (f, 2);
  result_tracks_forget (f->tracks);
  add_samples (f, 1);
  settle (f, 0, create_result ("caption"));
  settle (f, 1, create_result ("caption"));
  settle (f, 2, create_result ("caption"));
  g_assert_cmpuint (get_track (f, 0), ==, 1);
  g_assert_cmpuint (get_track (f, 1), ==, 1);
  g_assert_cmpuint (get_track (f, 2), ==, 2);
}

static void
what_comes_from_before_that_has_no_track (Fixture * f, gconstpointer ordered)
{
  add_samples (f, 1);
  result_tracks_forget (f->tracks);
  add_samples (f, 1);
  settle (f, 1, create_result ("caption"));
  settle (f, 0, create_result ("caption"));
  g_assert_cmpuint (get_track (f, 1), ==, 1);
  g_assert_cmpuint (get_track (f, 0), ==, 0);
}

/* Two samples that are settled by two threads at about the same time. */

#define PATIENCE (20 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  Fixture *f;
  GThread *other;
  GMutex lock;
  GCond cond;
  gboolean overtaken;           /* lock */
} Race;

static gpointer
settle_second (gpointer data)
{
  settle (((Race *) data)->f, 1, create_result ("caption"));
  return NULL;
}

/* Leaves the second one time to be told while the first one is. */
static void
note_slowly (KocrRequest * request, gpointer user_data)
{
  Race *race = user_data;
  gint64 end = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&race->lock);
  if (request->serial == 0) {
    race->other = g_thread_new ("other", settle_second, race);
    while (!race->overtaken
        && g_cond_wait_until (&race->cond, &race->lock, end));
  } else {
    race->overtaken = TRUE;
    g_cond_signal (&race->cond);
  }
  note_published (request, race->f);
  g_mutex_unlock (&race->lock);
}

static void
what_is_settled_meanwhile_is_told_after_it (Fixture * f, gconstpointer ordered)
{
  Race race = {.f = f };

  g_mutex_init (&race.lock);
  g_cond_init (&race.cond);
  result_tracks_free (f->tracks);
  f->tracks = result_tracks_new (note_slowly, &race);
  add_samples (f, 2);
  settle (f, 0, create_result ("caption"));
  g_thread_join (race.other);
  g_assert_cmpstr (f->published->str, ==, "01");
  g_cond_clear (&race.cond);
  g_mutex_clear (&race.lock);
}

/* A picture that is sampled while a result is told. */

/* Only what is broken takes so long. */
#define ADDING_PATIENCE (10 * G_TIME_SPAN_SECOND)

typedef struct
{
  Fixture *f;
  GMutex lock;
  GCond cond;
  gboolean added;               /* lock */
} Addition;

static gpointer
add_another (gpointer data)
{
  Addition *addition = data;

  add_samples (addition->f, 1);
  g_mutex_lock (&addition->lock);
  addition->added = TRUE;
  g_cond_signal (&addition->cond);
  g_mutex_unlock (&addition->lock);
  return NULL;
}

static void
note_when_added (KocrRequest * request, gpointer user_data)
{
  Addition *addition = user_data;
  gint64 end = g_get_monotonic_time () + ADDING_PATIENCE;
  GThread *streaming = g_thread_new ("streaming", add_another, addition);

  g_mutex_lock (&addition->lock);
  while (!addition->added)
    g_assert_true (g_cond_wait_until (&addition->cond, &addition->lock, end));
  g_mutex_unlock (&addition->lock);
  g_thread_join (streaming);
  note_published (request, addition->f);
}

static void
a_sample_does_not_wait_for_what_is_told (Fixture * f, gconstpointer ordered)
{
  Addition addition = {.f = f };

  g_mutex_init (&addition.lock);
  g_cond_init (&addition.cond);
  result_tracks_free (f->tracks);
  f->tracks = result_tracks_new (note_when_added, &addition);
  add_samples (f, 1);
  settle (f, 0, create_result ("caption"));
  g_assert_cmpstr (f->published->str, ==, "0");
  g_assert_cmpuint (f->n_requests, ==, 2);
  g_cond_clear (&addition.cond);
  g_mutex_clear (&addition.lock);
}

#define ORDERED ((gconstpointer) 1)
#define ADD(ordered, test) \
  g_test_add ("/resulttracks/" #test, Fixture, ordered, setup, test, teardown)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (ORDERED, where_frames_wait_samples_are_tracked_in_order);
  ADD (NULL, where_they_do_not_what_is_late_gets_the_tracks_that_fit);
  ADD (ORDERED, an_unchanged_sample_has_the_same_result);
  ADD (NULL, a_late_result_makes_an_unchanged_one_no_news);
  ADD (ORDERED, tracks_end_where_all_is_forgotten);
  ADD (NULL, what_comes_from_before_that_has_no_track);
  ADD (NULL, what_is_settled_meanwhile_is_told_after_it);
  ADD (NULL, a_sample_does_not_wait_for_what_is_told);
  return g_test_run ();
}
