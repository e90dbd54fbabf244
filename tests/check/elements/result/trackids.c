/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Track ids: requests are tracked in the order of samples where they may
 * wait, and at once where they may not.
 */
#include "result/trackids.h"
#include "result/sample.h"
#include "../../patience.h"

#define MAX_SAMPLES 8

typedef struct
{
  KocrTrackIds *tracks;
  KocrRequest *requests[MAX_SAMPLES];
  guint n_requests;
  guint64 last_track;           /* that was given before */
  GString *published;           /* serials, in the order of publishing */
} Fixture;

static guint64 take_track (void);

static void
note_published (KocrRequest * request, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_true (kocr_sample_is_published (request));
  g_string_append_printf (f->published, "%u", (guint) request->asked.serial);
}

static void
setup (Fixture * f, gconstpointer ordered)
{
  f->published = g_string_new (NULL);
  f->last_track = take_track ();
  f->tracks = kocr_track_ids_new ("ocr", note_published, f);
  kocr_track_ids_set_ordered (f->tracks, ordered != NULL);
}

static void
teardown (Fixture * f, gconstpointer ordered)
{
  for (guint i = 0; i < f->n_requests; i++)
    kocr_request_unref (f->requests[i]);
  kocr_track_ids_free (f->tracks);
  g_string_free (f->published, TRUE);
}

/* Samples a second apart. */
static void
add_samples (Fixture * f, guint n)
{
  for (guint i = 0; i < n; i++) {
    const KocrAsked asked = {.serial = f->n_requests };
    const KocrSampleTimes times = {.moment = f->n_requests * GST_SECOND };
    KocrRequest *request = kocr_sample_new (&asked, &times);

    f->requests[f->n_requests++] = request;
    kocr_track_ids_add (f->tracks, request);
  }
}

/* @way: how far below its first place. */
static GstKakaoOcrResult *
create_moved_result (const gchar *text, gdouble way)
{
  GstKakaoOcrRegion region = { (gchar *)text, NULL,
    { 10, 10 + way, 110, 10 + way, 110, 40 + way, 10, 40 + way }, 1, 0 };

  return gst_kakao_ocr_result_new (0, 320, 240, &region, 1, FALSE, 0);
}

static GstKakaoOcrResult *
create_result (const gchar *text)
{
  return create_moved_result (text, 0);
}

/* @result: (nullable) (transfer full): none, it failed. */
static void
settle (Fixture * f, guint i, GstKakaoOcrResult * result)
{
  f->requests[i]->outcome.result = result;
  g_atomic_int_set (&f->requests[i]->settled, 1);
  kocr_track_ids_update (f->tracks);
}

/* 0: none; else counted from the first one of this test. */
static guint64
get_track (Fixture * f, guint i)
{
  guint64 track = gst_kakao_ocr_result_get_region (
      kocr_sample_of (f->requests[i])->tracked, 0)
                      ->track;

  return track == 0 ? 0 : track - f->last_track;
}

static guint64
take_track (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrResult) result = create_result ("caption");
  g_autoptr (GstKakaoOcrResult) tracked =
      gst_kakao_ocr_text_tracker_push (tracker, result, 0);

  return gst_kakao_ocr_result_get_region (tracked, 0)->track;
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
  g_assert_null (kocr_sample_of (f->requests[2])->tracked);
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
  g_assert_nonnull (kocr_sample_of (f->requests[1])->tracked);
  g_assert_true (kocr_sample_of (f->requests[1])->tracked
                 == kocr_sample_of (f->requests[0])->tracked);
}

static void
settle_moved (Fixture *f, guint i, GstKakaoOcrResult *result, gdouble way)
{
  const KocrTextMove move
      = { .x = 5, .y = 5, .width = 110, .height = 40, .dy = way };

  f->requests[i]->outcome.moves
      = g_array_new (FALSE, FALSE, sizeof (KocrTextMove));
  g_array_append_val (f->requests[i]->outcome.moves, move);
  settle (f, i, gst_kakao_ocr_result_ref (result));
}

/* It says the same, and is followed to where it is misread. */
static void
what_has_moved_since_it_was_read_is_where_it_is_now (
    Fixture *f, gconstpointer ordered)
{
  g_autoptr (GstKakaoOcrResult) result = create_result ("caption");
  const GstKakaoOcrResult *tracked;

  add_samples (f, 5);
  settle (f, 0, gst_kakao_ocr_result_ref (result));
  settle_moved (f, 1, result, 2);
  g_assert_true (kocr_sample_of (f->requests[1])->tracked
                 == kocr_sample_of (f->requests[0])->tracked);
  settle_moved (f, 2, result, 60);
  settle_moved (f, 3, result, 120);
  settle (f, 4, create_moved_result ("captian", 180));
  for (guint i = 2; i < 4; i++) {
    tracked = kocr_sample_of (f->requests[i])->tracked;
    g_assert_cmpfloat (gst_kakao_ocr_result_get_region (tracked, 0)->box[1],
        ==, 10 + 60 * (i - 1));
    g_assert_cmpuint (get_track (f, i), ==, 1);
  }
  g_assert_cmpuint (get_track (f, 4), ==, 1);
}

static void
what_has_moved_and_come_back_is_where_it_was_read (
    Fixture *f, gconstpointer ordered)
{
  g_autoptr (GstKakaoOcrResult) result = create_result ("caption");
  static const gdouble ways[] = { 0, 60, 0 };

  add_samples (f, G_N_ELEMENTS (ways) + 1);
  settle (f, 0, gst_kakao_ocr_result_ref (result));
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    const GstKakaoOcrResult *tracked;

    settle_moved (f, i + 1, result, ways[i]);
    tracked = kocr_sample_of (f->requests[i + 1])->tracked;
    g_assert_cmpfloat (gst_kakao_ocr_result_get_region (tracked, 0)->box[1],
        ==, 10 + ways[i]);
    g_assert_cmpuint (get_track (f, i + 1), ==, 1);
  }
}

/* Of a dash it is not seen that it moved. */
static void
a_line_moves_as_one (Fixture *f, gconstpointer ordered)
{
  GstKakaoOcrRegion regions[]
      = { { (gchar *)"-", NULL, { 10, 10, 20, 10, 20, 40, 10, 40 }, 1, 0 },
          { (gchar *)"one", NULL, { 30, 10, 80, 10, 80, 40, 30, 40 }, 1, 0 },
          { (gchar *)"two", NULL, { 90, 10, 140, 10, 140, 40, 90, 40 }, 1, 0 } };
  const KocrTextMove moves[]
      = { { .x = 10, .y = 10, .width = 10, .height = 30 },
          { .x = 30, .y = 10, .width = 50, .height = 30, .dx = 60 },
          { .x = 90, .y = 10, .width = 50, .height = 30, .dx = 61 } };
  GstKakaoOcrResult *result = gst_kakao_ocr_result_new (
      0, 320, 240, regions, G_N_ELEMENTS (regions), FALSE, 0);
  GArray *told = g_array_new (FALSE, FALSE, sizeof (KocrTextMove));

  g_array_append_vals (told, moves, G_N_ELEMENTS (moves));
  add_samples (f, 2);
  settle (f, 0, gst_kakao_ocr_result_ref (result));
  f->requests[1]->outcome.moves = told;
  settle (f, 1, result);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    g_assert_cmpfloat (gst_kakao_ocr_result_get_region (
                           kocr_sample_of (f->requests[1])->tracked, i)
                           ->box[0],
        ==, regions[i].box[0] + 60);
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
  g_assert_true (kocr_sample_of (f->requests[2])->tracked
                 == kocr_sample_of (f->requests[1])->tracked);
  g_assert_true (kocr_sample_of (f->requests[0])->tracked
                 != kocr_sample_of (f->requests[1])->tracked);
}

static void
tracks_end_where_all_is_forgotten (Fixture * f, gconstpointer ordered)
{
  add_samples (f, 2);
  kocr_track_ids_forget (f->tracks);
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
  kocr_track_ids_forget (f->tracks);
  add_samples (f, 1);
  settle (f, 1, create_result ("caption"));
  settle (f, 0, create_result ("caption"));
  g_assert_cmpuint (get_track (f, 1), ==, 1);
  g_assert_cmpuint (get_track (f, 0), ==, 0);
}

/* What another thread does while a result is told. */

/* For what must not happen. */
#define SHORT_PATIENCE (20 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  Fixture *f;
  GThread *other;
  GMutex lock;
  GCond cond;
  gboolean done;                /* lock */
} Meanwhile;

static void
set_up_meanwhile (Meanwhile * self, Fixture * f, KocrTrackIdsFunc published)
{
  *self = (Meanwhile) {
  .f = f};
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  kocr_track_ids_free (f->tracks);
  f->tracks = kocr_track_ids_new ("ocr", published, self);
}

static void
tear_down_meanwhile (Meanwhile * self)
{
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
}

static void
finish_meanwhile (Meanwhile * self)
{
  g_mutex_lock (&self->lock);
  self->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* Starts @other and waits until it is done. */
static gboolean
do_meanwhile (Meanwhile * self, GThreadFunc other, gint64 patience)
{
  gint64 end = g_get_monotonic_time () + patience;
  gboolean done;

  self->other = g_thread_new ("other", other, self);
  g_mutex_lock (&self->lock);
  while (!self->done && g_cond_wait_until (&self->cond, &self->lock, end));
  done = self->done;
  g_mutex_unlock (&self->lock);
  return done;
}

static gpointer
settle_second (gpointer data)
{
  settle (((Meanwhile *) data)->f, 1, create_result ("caption"));
  return NULL;
}

static void
note_while_settling (KocrRequest * request, gpointer user_data)
{
  Meanwhile *meanwhile = user_data;

  if (request->asked.serial == 0)
    g_assert_false (do_meanwhile (meanwhile, settle_second, SHORT_PATIENCE));
  else
    finish_meanwhile (meanwhile);
  note_published (request, meanwhile->f);
}

static void
what_is_settled_meanwhile_is_told_after_it (Fixture * f, gconstpointer ordered)
{
  Meanwhile meanwhile;

  set_up_meanwhile (&meanwhile, f, note_while_settling);
  add_samples (f, 2);
  settle (f, 0, create_result ("caption"));
  g_thread_join (meanwhile.other);
  g_assert_cmpstr (f->published->str, ==, "01");
  tear_down_meanwhile (&meanwhile);
}

static gpointer
add_another (gpointer data)
{
  Meanwhile *meanwhile = data;

  add_samples (meanwhile->f, 1);
  finish_meanwhile (meanwhile);
  return NULL;
}

static void
note_while_adding (KocrRequest * request, gpointer user_data)
{
  Meanwhile *meanwhile = user_data;

  g_assert_true (do_meanwhile (meanwhile, add_another, PATIENCE / GST_USECOND));
  g_thread_join (meanwhile->other);
  note_published (request, meanwhile->f);
}

static void
a_sample_does_not_wait_for_what_is_told (Fixture * f, gconstpointer ordered)
{
  Meanwhile meanwhile;

  set_up_meanwhile (&meanwhile, f, note_while_adding);
  add_samples (f, 1);
  settle (f, 0, create_result ("caption"));
  g_assert_cmpstr (f->published->str, ==, "0");
  g_assert_cmpuint (f->n_requests, ==, 2);
  tear_down_meanwhile (&meanwhile);
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
  ADD (ORDERED, what_has_moved_since_it_was_read_is_where_it_is_now);
  ADD (ORDERED, what_has_moved_and_come_back_is_where_it_was_read);
  ADD (ORDERED, a_line_moves_as_one);
  ADD (NULL, a_late_result_makes_an_unchanged_one_no_news);
  ADD (ORDERED, tracks_end_where_all_is_forgotten);
  ADD (NULL, what_comes_from_before_that_has_no_track);
  ADD (NULL, what_is_settled_meanwhile_is_told_after_it);
  ADD (NULL, a_sample_does_not_wait_for_what_is_told);
  return g_test_run ();
}
