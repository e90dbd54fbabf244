/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "trackedtext.h"

/* --- Tables --- */

/* A sample a second, as push_sample() takes it. After the last one the stream
 * ends, half a second later. */
typedef struct
{
  const gchar *name;
  const gchar *samples[16];
  const gchar *ids;             /* of the regions of each result */
  const gchar *tracks;
} Table;

static const Table tables[] = {
  {"one_caption_from_half_way_to_half_way",
        {"", "hello@100,600", "hello@100,600", "", "", NULL},
      "- 1 1 - -", "1 hello 0.5-2.5 x2 gone"},
  {"a_caption_up_to_the_end",
        {"hello@100,600", "hello@100,600", NULL},
      "1 1", "1 hello 0-1.5 x2 cut"},
  {"one_missed_sample_is_no_end",
        {"hello@100,600", "", "hello@100,600", "", "", NULL},
      "1 - 1 - -", "1 hello 0-2.5 x2 gone"},
  {"the_end_is_right_when_it_does_not_come_back",
        {"hello@100,600", "hello@100,600", "", "", NULL},
      "1 1 - -", "1 hello 0-1.5 x2 gone"},
  {"a_missed_line_is_over_at_the_end",
        {"hello@100,600", "hello@100,600", "", NULL},
      "1 1 -", "1 hello 0-1.5 x2 gone"},
  {"the_same_text_again_is_another_track",
        {"hello@100,600", "", "", "hello@100,600", NULL},
      "1 - - 2", "1 hello 0-0.5 x1 gone\n2 hello 2.5-3.5 x1 cut"},
  {"an_unchanged_picture_goes_on",
        {"", "hello@100,600", "=", "=", "", "", NULL},
      "- 1 - -", "1 hello 0.5-3.5 x3 gone"},
  {"an_unchanged_picture_without_it_ends_it",
        {"hello@100,600", "", "=", "=", NULL},
      "1 -", "1 hello 0-0.5 x1 gone"},
  {"two_at_once",
        {"one two@100,600|above@100,100", "above@100,100|one two@100,600",
            "one two@100,600", "one two@100,600", NULL},
      "2,1 1,2 2 2", "1 above 0-1.5 x2 gone\n2 one two 0-3.5 x4 cut"},
  {"another_text_takes_its_place",
        {"hello@100,600", "hello@100,600", "goodbye@100,600",
            "goodbye@100,600", NULL},
      "1 1 2 2", "1 hello 0-1.5 x2 changed\n"
        "2 goodbye 1.5-3.5 x2 cut after 1"},
  {"one_sample_of_rubbish_at_its_place",
        {"hello@100,600", "hello@100,600", "~~~~~@100,600", "hello@100,600",
            "hello@100,600", NULL},
      "1 1 2 1 1", "1 hello 0-4.5 x4 cut"},
  {"one_sample_of_rubbish_before_the_end",
        {"hello@100,600", "hello@100,600", "~~~~~@100,600", "hello@100,600",
            NULL},
      "1 1 2 1", "1 hello 0-3.5 x3 cut"},
  {"a_moving_caption",
        {"hello@100,600", "hello@300,600", "hello@500,600", "hello@700,600",
            NULL},
      "1 1 1 1", "1 hello 0-3.5 x4 cut"},
  {"credits_roll_by_a_line_a_sample",
        {"Assistant 1@100,300|Assistant 2@100,340",
              "Assistant 1@100,260|Assistant 2@100,300|Assistant 3@100,340",
              "Assistant 2@100,260|Assistant 3@100,300|Assistant 4@100,340",
            NULL},
      "1,2 1,2,3 2,3,4", NULL},
  {"lines_swap_places",
        {"north wind@100,100|south sea@100,600",
            "north wind@100,600|south sea@100,100", NULL},
      "1,2 1,2", NULL},
  {"identical_texts_at_two_places",
        {"EXIT@100,100|EXIT@900,100", "EXIT@900,100|EXIT@100,100",
            "EXIT@100,100", "EXIT@100,100", NULL},
      "1,2 2,1 1 1", "2 EXIT 0-1.5 x2 gone\n1 EXIT 0-3.5 x4 cut"},
  {"a_break_ends_all_and_numbers_go_on",
        {"hello@100,600", "!", "hello@100,600", NULL},
      "1 2", "1 hello 0-0 x1 cut\n2 hello 2-2.5 x1 cut"},
  {"a_line_in_pieces_is_one_track",
        {"north wind and sun@100,600", "north wind and sun@100,600",
              "north wind@100,600|and sun@320,600",
            "north wind and sun@100,600", NULL},
      "1 1 1,1 1", "1 north wind and sun 0-3.5 x4 cut"},

  /* A character that differs. */
  {"one_misread_character",
        {"hello@100,600", "hello@100,600", "hcllo@100,600", "hello@100,600",
            NULL},
      "1 1 1 1", "1 hello 0-3.5 x4 cut"},
  {"the_first_reading_was_wrong",
        {"hcllo@100,600", "hello@100,600", "hello@100,600", NULL},
      "1 1 1", "1 hello 0-2.5 x3 cut"},
  {"a_right_text_that_no_sample_had",
        {"hcllo world@100,600", "hello wor1d@100,600", "helio world@100,600",
            "heIIo world@100,600", "hcllo wor1d@100,600", NULL},
      "1 1 1 1 1", "1 hello world 0-4.5 x5 cut"},
  {"changed_by_one_character_for_good",
        {"score 1@100,600", "score 1@100,600", "score 1@100,600",
              "score 2@100,600", "score 2@100,600", "score 2@100,600",
            "score 2@100,600", "score 2@100,600", "score 2@100,600", NULL},
      "1 1 1 1 1 1 1 2 2", "1 score 1 0-2.5 x3 changed\n"
        "2 score 2 2.5-8.5 x6 cut after 1"},
  {"changed_by_one_character_for_two_samples",
        {"score 1@100,600", "score 1@100,600", "score 2@100,600",
            "score 2@100,600", "", "", NULL},
      "1 1 1 1 - -", "1 score 1 0-1.5 x2 changed\n"
        "2 score 2 1.5-3.5 x2 gone after 1"},
  {"changed_by_one_character_again_and_again",
        {"score 1@100,600", "score 1@100,600", "score 2@100,600",
              "score 2@100,600", "score 3@100,600", "score 3@100,600",
            "score 4@100,600", "score 4@100,600", NULL},
      "1 1 1 1 2 2 3 3", "1 score 1 0-1.5 x2 changed\n"
        "2 score 2 1.5-3.5 x2 changed after 1\n"
        "3 score 3 3.5-5.5 x2 changed after 2\n"
        "4 score 4 5.5-7.5 x2 cut after 3"},
  {"several_characters_are_believed_sooner",
        {"오늘의 날씨는 맑음@100,600",
              "오늘의 날씨는 맑음@100,600",
              "내일의 날씨는 흐림@100,600",
              "내일의 날씨는 흐림@100,600",
            NULL},
      "1 1 1 2", NULL},
  {"a_clock",
        {"12:34:51@100,600", "12:34:52@100,600", "12:34:53@100,600",
            "12:34:54@100,600", "12:34:55@100,600", "12:34:56@100,600", NULL},
      "1 1 1 2 3 4", NULL},

  {"a_counter_gains_a_digit",
        {"Lap 7@100,600", "Lap 8@100,600", "Lap 9@100,600", "Lap 10@100,600",
            "Lap 11@100,600", NULL},
      "1 1 1 2 3", NULL},

  /* Pictures that are not read again while they stand. */
  {"what_scrolled_and_stands_is_where_it_stands",
        {"hello@100,600", "hello@300,600", "=", "=", "=", "=", "=",
            "hello@300,600|more@100,100", NULL},
      "1 1 1,2", NULL},
  {"another_name_under_the_same_title",
        {"홍길동 기자@100,600", "=", "=", "김철수 기자@100,600", "=", "=",
            NULL},
      "1 2", "1 홍길동 기자 0-2.5 x3 changed\n"
        "2 김철수 기자 2.5-5.5 x3 cut after 1"},
  {"a_digit_that_stood_changes",
        {"Step 1@100,600", "=", "Step 2@100,600", "=", "Step 3@100,600", "=",
            NULL},
      "1 2 3", "1 Step 1 0-1.5 x2 changed\n"
        "2 Step 2 1.5-3.5 x2 changed after 1\n"
        "3 Step 3 3.5-5.5 x2 cut after 2"},
  {"a_number_loses_its_end_and_stands",
        {"Page 10@100,600", "=", "Page 1@100,600", "=", "=", NULL},
      "1 1", "1 Page 10 0-1.5 x2 changed\n"
        "2 Page 1 1.5-4.5 x3 cut after 1"},
  {"a_number_loses_a_digit_and_stands",
        {"100 %@100,600", "=", "10 %@100,600", "=", "=", "", "", NULL},
      "1 1 - -", "1 100 % 0-1.5 x2 changed\n"
        "2 10 % 1.5-4.5 x3 gone after 1"},
  {"a_counter_gains_a_digit_and_stands",
        {"Lap 9@100,600", "=", "Lap 10@100,600", "=", NULL},
      "1 2", "1 Lap 9 0-1.5 x2 changed\n2 Lap 10 1.5-3.5 x2 cut after 1"},
  {"a_number_that_goes_on_is_another",
        {"Page 1@100,600", "=", "Page 10@100,600", "=", NULL},
      "1 2", "1 Page 1 0-1.5 x2 changed\n2 Page 10 1.5-3.5 x2 cut after 1"},
  {"what_looks_alike_may_be_misread_though_it_stood",
        {"hello@100,600", "=", "hcllo@100,600", "=", "hello@100,600", "=",
            NULL},
      "1 1 1", "1 hello 0-5.5 x6 cut"},
  {"a_mark_more_or_less_is_no_other_text",
        {"hello.@100,600", "=", "hello@100,600", "hello.@100,600", NULL},
      "1 1 1", "1 hello. 0-3.5 x4 cut"},
  {"the_same_again_after_a_picture_without_it",
        {"네. 그렇습니다@100,600", "=", "", "=", "네. 그렇습니다@100,600",
            NULL},
      "1 - 2", NULL},

  /* Texts that grow and fade. */
  {"a_text_written_word_by_word_is_one",
        {"안녕@100,600", "안녕하세요@100,600", "안녕하세요 여러분@100,600",
            "=", NULL},
      "1 1 1", "1 안녕하세요 여러분 0-3.5 x4 cut"},
  {"a_text_written_word_by_word_with_pauses_is_one",
        {"we@100,600", "=", "we are@100,600", "=", "we are here@100,600",
            "=", "=", NULL},
      "1 1 1", "1 we are here 0-6.5 x7 cut"},
  {"a_text_written_while_each_picture_is_read_is_one",
        {"we@100,600", "we@100,600", "we@100,600", "we are here@100,600",
            "we are here@100,600", "we are here@100,600",
            "we are here@100,600", NULL},
      "1 1 1 1 1 1 1", "1 we are here 0-6.5 x7 cut"},
  {"a_fragment_before_it_has_faded_in_is_of_it",
        {"hello wor@100,600", "hello world@100,600", "=", NULL},
      "1 1", "1 hello world 0-2.5 x3 cut"},
  {"a_fragment_while_it_fades_out_is_of_it",
        {"hello world@100,600", "=", "=", "hello wor@100,600", "", "", NULL},
      "1 1 - -", "1 hello world 0-3.5 x4 gone"},

  /* Out of order. */
  {"late_results_join",
        {"hello@100,600", "#3 hello@100,600", "#1 hello@100,600",
            "#2 hello@100,600", "#4 hello@100,600", NULL},
      "1 1 1 1 1", "1 hello 0-4.5 x5 cut"},
  {"what_only_a_late_result_shows_is_over",
        {"", "#3 ", "#1 hello@100,600", "#2 hello@100,600", "#4 ", NULL},
      "- - 1 1 -", NULL},
  {"a_late_result_joins_what_is_over",
        {"hello@100,600", "", "", "", "#1 hello@100,600", NULL},
      "1 - - - 1", "1 hello 0-0.5 x1 gone"},

  /* Times that jump. */
  {"an_outlier_ends_nothing",
        {"hello@100,600", "hello@100,600", "#37600 hello@100,600",
            "hello@100,600", "", "", NULL},
      "1 1 1 1 - -", "1 hello 0-3.5 x4 gone"},
  {"nor_do_several",
        {"hello@100,600", "#37600 hello@100,600", "#37601 hello@100,600",
            "hello@100,600", "", "", NULL},
      "1 1 1 1 - -", "1 hello 0-3.5 x4 gone"},
  {"an_outlier_that_is_unchanged_ends_nothing",
        {"hello@100,600", "#37600 hello@100,600", "=", "", "", NULL},
      "1 1 - -", "1 hello 0-2.5 x3 gone"},
  {"what_an_outlier_missed_was_missed_once",
        {"hello@100,600", "hello@100,600", "#37600 ", "hello@100,600",
            "hello@100,600", NULL},
      "1 1 - 1 1", "1 hello 0-4.5 x4 cut"},
  {"what_an_outlier_showed_first_begins_there",
        {"", "#37600 hello@100,600", "hello@100,600", "hello@100,600", NULL},
      "- 1 1 1", "1 hello 0-3.5 x3 cut"},
  {"what_comes_after_an_outlier_has_its_time",
        {"hello@100,600", "#37600 hello@100,600", "goodbye@100,600",
            "goodbye@100,600", "", "", NULL},
      "1 1 2 2 - -", "1 hello 0-1 x2 changed\n"
        "2 goodbye 1-3.5 x2 gone after 1"},
  {"time_that_falls_back_ends_all",
        {"#100 hello@100,600", "#101 hello@100,600", "#0 hello@100,600",
            "hello@100,600", NULL},
      "1 1 2 2", "1 hello 100-101 x2 cut\n2 hello 0-3.5 x2 cut"},

  /* Frames of another size. */
  {"a_caption_stands_while_the_size_changes",
        {"hello@900,600", "hello@900,600", "/2 hello@900,600",
            "/4 hello@900,600", "hello@900,600", NULL},
      "1 1 1 1 1", "1 hello 0-4.5 x5 cut"},
  {"a_misread_one_too",
        {"hello@900,600", "hello@900,600", "/3 heiio@900,600",
            "hello@900,600", NULL},
      "1 1 1 1", "1 hello 0-3.5 x4 cut"},
  {"one_that_moves_too",
        {"hello@100,600", "hello@300,600", "/2 hallo@500,600",
            "hello@700,600", NULL},
      "1 1 1 1", "1 hello 0-3.5 x4 cut"},
  {"another_caption_takes_its_place_in_another_size",
        {"hello@900,600", "hello@900,600", "/2 goodbye@900,600",
            "/2 goodbye@900,600", NULL},
      "1 1 2 2", "1 hello 0-1.5 x2 changed\n"
        "2 goodbye 1.5-3.5 x2 cut after 1"},

  {"what_moves_goes_on_when_it_says_another_thing",
        {"city@0,600", "city@200,600", "park@400,600", "pazk@600,600",
            "park@800,600", NULL},
      "1 1 2 2 2", "1 city 0-1.5 x2 changed\n"
        "2 park 1.5-4.5 x3 cut after 1"},
};

static void
check_table (gconstpointer data)
{
  const Table *table = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL), tracks = g_string_new (NULL);
  guint i;

  for (i = 0; table->samples[i]; i++) {
    push_sample (tracker, table->samples[i], i * GST_SECOND, ids);
    append_finished (tracks, tracker);
  }
  gst_kakao_ocr_text_tracker_finish (tracker, i * GST_SECOND - GST_SECOND / 2);
  append_finished (tracks, tracker);
  g_test_message ("%s\n%s", ids->str, tracks->str);
  g_assert_cmpstr (ids->str, ==, table->ids);
  if (table->tracks)
    g_assert_cmpstr (tracks->str, ==, table->tracks);
}

/* An element behind another one, which is told the tracks, comes to the same
 * texts and times. */
static void
check_followed (gconstpointer data)
{
  const Table *table = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrTextTracker) follower =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GString) followed = g_string_new (NULL);
  g_autoptr (GArray) told = told_new ();
  guint i;

  for (i = 0; table->samples[i]; i++)
    push_and_note (tracker, table->samples[i], i * GST_SECOND, ids, told);
  tell_again (follower, told);
  gst_kakao_ocr_text_tracker_finish (tracker, i * GST_SECOND - GST_SECOND / 2);
  gst_kakao_ocr_text_tracker_finish (follower,
      i * GST_SECOND - GST_SECOND / 2);
  append_texts (texts, tracker);
  append_texts (followed, follower);
  g_assert_cmpstr (followed->str, ==, texts->str);
}

/* --- What others do --- */

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
retell (Retold * self, const gchar * sample, guint second)
{
  g_autoptr (GstKakaoOcrResult) result = create_result (sample);
  g_autoptr (GstKakaoOcrResult) tracked =
      gst_kakao_ocr_text_tracker_push (self->producer, result,
      second * GST_SECOND);

  if (gst_kakao_ocr_result_get_n_regions (tracked) > 0)
    self->track = gst_kakao_ocr_result_get_region (tracked, 0)->track;
  gst_kakao_ocr_text_tracker_tell_edge (self->tracker, self->track,
      second * GST_SECOND - GST_SECOND / 4);
  gst_kakao_ocr_text_tracker_tell_edge (self->tracker, self->track + 1000,
      second * GST_SECOND - GST_SECOND / 8);
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

typedef struct
{
  const gchar *name;
  const gchar *samples[8];
  gdouble agreement;            /* of the first track that is over */
  gboolean moving;
} ShareCase;

static const ShareCase share_cases[] = {
  {"one", {"hello@100,100"}, 1.0, FALSE},
  {"all", {"hello@100,100", "hello@100,100"}, 1.0, FALSE},
  {"three-of-four", {"hello@100,100", "hello@100,100", "hellc@100,100",
          "hello@100,100"}, 0.75, FALSE},
  {"an-unchanged-picture-reads-the-same", {"hello@100,100", "=", "=",
          "hellc@100,100"}, 0.75, FALSE},
  {"shakes", {"hello@100,100", "hello@120,100", "hello@100,110"}, 1.0, FALSE},
  {"moves", {"hello there@500,100", "hello there@470,100",
          "hello there@440,100"}, 1.0, TRUE},
  {"moves-and-stands", {"hello there@500,100", "hello there@470,100",
          "hello there@440,100", "=", "="}, 1.0, TRUE},
  {"in-a-smaller-frame", {"hello there@500,300", "/2 hello there@500,300",
          "hello there@500,300"}, 1.0, FALSE},
};

static void
a_track_tells_how_sure_it_is_and_whether_it_moved (gconstpointer data)
{
  const ShareCase *row = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GstKakaoOcrTextTrack) track = NULL;

  for (guint i = 0; row->samples[i]; i++)
    push_sample (tracker, row->samples[i], i * GST_SECOND, ids);
  gst_kakao_ocr_text_tracker_finish (tracker, GST_CLOCK_TIME_NONE);
  track = gst_kakao_ocr_text_tracker_pop (tracker);
  g_assert_cmpfloat_with_epsilon (track->agreement, row->agreement, 1e-9);
  g_assert_true (track->moving == row->moving);
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree gchar *name =
        g_strconcat ("/kakaoocr/texttracker/", tables[i].name, NULL);

    g_autofree gchar *followed = g_strconcat (name, "/followed", NULL);

    g_test_add_data_func (name, &tables[i], check_table);
    g_test_add_data_func (followed, &tables[i], check_followed);
  }
  for (i = 0; i < G_N_ELEMENTS (share_cases); i++) {
    g_autofree gchar *name = g_strconcat ("/kakaoocr/texttracker/"
        "a_track_tells_how_sure_it_is_and_whether_it_moved/",
        share_cases[i].name, NULL);

    g_test_add_data_func (name, &share_cases[i],
        a_track_tells_how_sure_it_is_and_whether_it_moved);
  }
#define ADD(name) g_test_add_func ("/kakaoocr/texttracker/" #name, name)
  ADD (tracks_that_are_given_are_kept);
  ADD (no_two_trackers_give_the_same_number);
  ADD (a_number_that_was_given_is_not_given_again);
  ADD (edges_that_are_told_are_where_tracks_begin_and_end);
  ADD (open_tracks_are_told_as_they_are);
  ADD (what_was_told_of_an_open_track_stays_true);
  ADD (work_is_bounded);
  ADD (a_text_of_16_kib_is_tracked);
  ADD (hours_of_captions_need_no_more_than_minutes);
  return g_test_run ();
}
