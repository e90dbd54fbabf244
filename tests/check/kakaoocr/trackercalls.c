/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text tracker, call by call: the numbers that it gives, what it is told by
 * others, what it tells of open tracks, and what hostile results cost it.
 */
#include <string.h>

#include "../testrows.h"
#include "trackedtext.h"

static void
describe_finished (GString * out, GstKakaoOcrTextTracker * tracker)
{
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    g_autofree gchar *json = gst_kakao_ocr_text_track_to_json (track, NULL);

    g_string_append_printf (out, "%s\n", json);
    gst_kakao_ocr_text_track_free (track);
  }
}

/* A second tracker is told of the same results, with their tracks. */
static void
tracks_that_are_given_are_kept (void)
{
  static const gchar *samples[] = { "score 1@100,600", "score 1@100,600",
    "score 1@100,600", "score 2@100,600", "score 2@100,600",
    "score 2@100,600", "score 2@100,600", "score 2@100,600",
    "score 2@100,600|more@100,100", "more@100,100", "more@100,100"
  };
  g_autoptr (GstKakaoOcrTextTracker) one = gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrTextTracker) two = gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) of_one = g_string_new (NULL);
  g_autoptr (GString) of_two = g_string_new (NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GstKakaoOcrResult) result = create_result (samples[i]);
    g_autoptr (GstKakaoOcrResult) tracked =
        gst_kakao_ocr_text_tracker_push (one, result, i * GST_SECOND);
    g_autoptr (GstKakaoOcrResult) again =
        gst_kakao_ocr_text_tracker_push (two, tracked, i * GST_SECOND);

    g_assert_true (again == tracked);
  }
  gst_kakao_ocr_text_tracker_finish (one, i * GST_SECOND);
  gst_kakao_ocr_text_tracker_finish (two, i * GST_SECOND);
  describe_finished (of_one, one);
  describe_finished (of_two, two);
  g_assert_cmpstr (of_one->str, ==, of_two->str);
}

static guint64
track_one (GstKakaoOcrTextTracker * tracker, const gchar * sample)
{
  g_autoptr (GstKakaoOcrResult) result = create_result (sample);
  g_autoptr (GstKakaoOcrResult) tracked =
      gst_kakao_ocr_text_tracker_push (tracker, result, GST_CLOCK_TIME_NONE);

  return gst_kakao_ocr_result_get_region (tracked, 0)->track;
}

static void
no_two_trackers_give_the_same_number (void)
{
  g_autoptr (GstKakaoOcrTextTracker) one = gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrTextTracker) two = gst_kakao_ocr_text_tracker_new ();
  guint64 first = track_one (one, "hello@100,600");

  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (track_one (two, "hello@100,600"), ==, first + 1);
  g_assert_cmpuint (track_one (one, "goodbye@100,100"), ==, first + 2);
}

/* Of two kakaoocr in a pipeline each has its own. */
static void
a_track_tells_whose_it_is (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrResult) result = create_result ("hello@100,600");
  g_autoptr (GstKakaoOcrResult) tracked = NULL;
  GstKakaoOcrTextTrack *track;

  gst_kakao_ocr_result_set_producer (result, "kakaoocr7");
  tracked = gst_kakao_ocr_text_tracker_push (tracker, result, 0);
  gst_kakao_ocr_text_tracker_finish (tracker, GST_SECOND);
  track = gst_kakao_ocr_text_tracker_pop (tracker);
  g_assert_nonnull (track);
  g_assert_cmpstr (track->producer, ==, "kakaoocr7");
  gst_kakao_ocr_text_track_free (track);
}

/* Numbers of another process are not ours to give. */
static void
a_number_that_was_given_is_not_given_again (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  guint64 next = track_one (tracker, "hello@100,600") + 1;
  GstKakaoOcrRegion region = { (gchar *) "other", NULL,
    {100, 100, 200, 100, 200, 130, 100, 130}, 1, next
  };
  g_autoptr (GstKakaoOcrResult) given =
      gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, &region, 1, FALSE,
      0);

  gst_kakao_ocr_result_unref (gst_kakao_ocr_text_tracker_push (tracker, given,
          GST_CLOCK_TIME_NONE));
  g_assert_cmpuint (track_one (tracker, "another@100,300"), ==, next + 1);
}

/* A second at a time, as a producer with tracks of its own tells it. */
typedef struct
{
  GstKakaoOcrTextTracker *producer, *tracker;
  guint64 track;                /* of the last one's text */
} Retold;

static void
tell_moment (Retold *self, guint64 track, GstClockTime time)
{
  gst_kakao_ocr_text_tracker_tell_edge (
      self->tracker, track, GST_KAKAO_OCR_TEXT_EDGE_CAME, time);
  gst_kakao_ocr_text_tracker_tell_edge (
      self->tracker, track, GST_KAKAO_OCR_TEXT_EDGE_CHANGED, time);
}

static void
retell (Retold * self, const gchar * sample, guint second)
{
  g_autoptr (GstKakaoOcrResult) result = create_result (sample);
  g_autoptr (GstKakaoOcrResult) tracked =
      gst_kakao_ocr_text_tracker_push (self->producer, result,
      second * GST_SECOND);

  if (gst_kakao_ocr_result_get_n_regions (tracked) > 0)
    self->track = gst_kakao_ocr_result_get_region (tracked, 0)->track;
  tell_moment (self, self->track, second * GST_SECOND - GST_SECOND / 4);
  tell_moment (self, self->track + 1000, second * GST_SECOND - GST_SECOND / 8);
  gst_kakao_ocr_result_unref (gst_kakao_ocr_text_tracker_push (self->tracker,
          tracked, second * GST_SECOND));
}

/* Times that lie elsewhere than between the samples that matter, and those of
 * others, say nothing. */
static void
edges_that_are_told_are_where_tracks_begin_and_end (void)
{
  g_autoptr (GstKakaoOcrTextTracker) producer =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  Retold retold = { producer, tracker, 0 };
  g_autoptr (GstKakaoOcrTextTrack) track = NULL;

  retell (&retold, "", 0);
  retell (&retold, "hello@100,600", 1);
  retell (&retold, "hello@100,600", 2);
  retell (&retold, "", 3);
  retell (&retold, "", 4);
  track = gst_kakao_ocr_text_tracker_pop (tracker);
  g_assert_cmpstr (track->text, ==, "hello");
  g_assert_cmpuint (track->start, ==, GST_SECOND * 3 / 4);
  g_assert_cmpuint (track->end, ==, GST_SECOND * 11 / 4);
}

static void
open_tracks_are_told_as_they_are (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GstKakaoOcrTextTrack) track = NULL;

  push_sample (tracker, "one two@100,600", GST_SECOND, ids);
  push_sample (tracker, "one two@100,600|above@100,100", 2 * GST_SECOND, ids);
  g_assert_cmpuint (gst_kakao_ocr_text_tracker_get_n_open (tracker), ==, 2);
  track = gst_kakao_ocr_text_tracker_get_open (tracker, 0);
  g_assert_cmpstr (track->text, ==, "one two");
  g_assert_cmpint (track->state, ==, GST_KAKAO_OCR_TEXT_TRACK_OPEN);
  g_assert_cmpuint (track->start, ==, GST_SECOND);
  g_assert_cmpuint (track->last_seen, ==, 2 * GST_SECOND);
  g_assert_cmpfloat (track->box[0], ==, 100.0);
  g_assert_cmpint (track->width, ==, FRAME_WIDTH);
  g_assert_null (gst_kakao_ocr_text_tracker_pop (tracker));
}

/* While a change is not certain, nothing is said that would have to be taken
 * back. */
static void
what_was_told_of_an_open_track_stays_true (void)
{
  static const gchar *samples[] = { "score 1@100,600", "score 1@100,600",
    "score 2@100,600", "score 2@100,600", "score 2@100,600",
    "score 2@100,600", "score 2@100,600", "score 3@100,600"
  };
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  GstClockTime told_end = 0;
  guint64 first = 0, told = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GstKakaoOcrTextTrack) open = NULL, finished = NULL;

    push_sample (tracker, samples[i], i * GST_SECOND, ids);
    finished = gst_kakao_ocr_text_tracker_pop (tracker);
    if (finished) {
      g_assert_cmpuint (finished->id, ==, told);
      g_assert_cmpuint (finished->end, >=, told_end);
    }
    open = gst_kakao_ocr_text_tracker_get_open (tracker, 0);
    g_assert_cmpuint (open->start, >=, open->id == told ? 0 : told_end);
    first = i == 0 ? open->id : first;
    told = open->id;
    told_end = open->last_seen;
  }
  g_assert_cmpuint (told, ==, first + 1);
}

/* --- Hostile results --- */

#define MANY_REGIONS 2048
#define LONG_TEXT (16 * 1024)

/* Everything lies on everything, and nothing is said twice. */
static void
work_is_bounded (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint sample, i, c;

  for (sample = 0; sample < 4; sample++) {
    g_autofree GstKakaoOcrRegion *regions =
        g_new0 (GstKakaoOcrRegion, MANY_REGIONS);
    g_autoptr (GstKakaoOcrResult) result = NULL, tracked = NULL;
    gsize length = sample % 2 ? 400 : 12;

    for (i = 0; i < MANY_REGIONS; i++) {
      gchar *text = g_malloc (length + 1);

      for (c = 0; c < length; c++)
        text[c] = 'a' + g_rand_int_range (rand, 0, 26);
      text[length] = '\0';
      regions[i].text = text;
      regions[i].box[2] = regions[i].box[4] = 600.0;
      regions[i].box[5] = regions[i].box[7] = 40.0;
    }
    result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions,
        MANY_REGIONS, FALSE, 0);
    tracked = gst_kakao_ocr_text_tracker_push (tracker, result,
        sample * GST_SECOND);
    g_assert_cmpuint (gst_kakao_ocr_text_tracker_get_n_open (tracker), <=,
        MANY_REGIONS);
    for (i = 0; i < MANY_REGIONS; i++)
      g_free (regions[i].text);
  }
}

static void
a_text_of_16_kib_is_tracked (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autofree gchar *text = g_strnfill (LONG_TEXT, 'x');
  g_autofree gchar *sample = g_strconcat (text, "@0,100", NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GstKakaoOcrTextTrack) track = NULL;
  guint i;

  for (i = 0; i < 5; i++) {
    sample[i] = 'y';
    push_sample (tracker, sample, i * GST_SECOND, ids);
    sample[i] = 'x';
  }
  g_assert_cmpstr (ids->str, ==, "1 1 1 1 1");
  track = gst_kakao_ocr_text_tracker_get_open (tracker, 0);
  g_assert_cmpuint (strlen (track->text), ==, LONG_TEXT);
}

/* Ages of live: what is kept does not grow. */
static void
hours_of_captions_need_no_more_than_minutes (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  guint second;

  for (second = 0; second < 8 * 60 * 60; second++) {
    g_autofree gchar *sample = g_strdup_printf ("LIVE@1100,20|%u@100,600",
        second / 4 * 7919);
    g_autoptr (GString) ids = g_string_new (NULL);
    GstKakaoOcrTextTrack *track;

    push_sample (tracker, sample, second * GST_SECOND, ids);
    g_assert_cmpuint (gst_kakao_ocr_text_tracker_get_n_open (tracker), <=, 3);
    while ((track = gst_kakao_ocr_text_tracker_pop (tracker)))
      gst_kakao_ocr_text_track_free (track);
  }
  gst_kakao_ocr_text_tracker_finish (tracker, GST_CLOCK_TIME_NONE);
}

/* A clock is read twice where samples are nearer to each other than its values. */
static void
a_clock_may_be_read_twice_a_value (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; i < 10; i++) {
    GstClockTime time = i * 520 * GST_MSECOND;
    g_autofree gchar *sample = g_strdup_printf (
        "45:%02u@100,600", (guint) (12 + time / GST_SECOND));

    push_sample (tracker, sample, time, ids);
  }
  g_assert_cmpstr (ids->str, ==, "1 1 1 1 1 1 1 1 1 1");
  gst_kakao_ocr_text_tracker_finish (tracker, 5 * GST_SECOND);
  append_texts (texts, tracker);
  g_assert_cmpstr (texts->str, ==, "45:12–45:16 0-5 x10\n");
}

#define TESTS "/kakaoocr/trackercalls/"

/* Words that are read from right to left have one box as well. */
static void
the_box_of_a_line_has_all_its_words (void)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker = gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GstKakaoOcrTextTrack) track = NULL;

  push_sample (tracker, "עולם@200,100|שלום@300,100", 0, ids);
  gst_kakao_ocr_text_tracker_finish (tracker, GST_SECOND);
  track = gst_kakao_ocr_text_tracker_pop (tracker);
  g_assert_cmpstr (track->text, ==, "שלום עולם");
  g_assert_cmpfloat (track->box[0], ==, 200);
  g_assert_cmpfloat (track->box[2], ==, 380);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (tracks_that_are_given_are_kept);
  ADD (no_two_trackers_give_the_same_number);
  ADD (a_track_tells_whose_it_is);
  ADD (a_number_that_was_given_is_not_given_again);
  ADD (edges_that_are_told_are_where_tracks_begin_and_end);
  ADD (open_tracks_are_told_as_they_are);
  ADD (what_was_told_of_an_open_track_stays_true);
  ADD (a_clock_may_be_read_twice_a_value);
  ADD (work_is_bounded);
  ADD (a_text_of_16_kib_is_tracked);
  ADD (hours_of_captions_need_no_more_than_minutes);
  ADD (the_box_of_a_line_has_all_its_words);
  return g_test_run ();
}
