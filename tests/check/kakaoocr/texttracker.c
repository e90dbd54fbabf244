/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text tracker: which tracks the texts of some samples make, in tables.
 */
#include "../testrows.h"
#include "trackedtable.h"
#include "trackedtext.h"

static const TrackedTable tables[] = {
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
  {"found_too_high_in_one_sample_it_is_missed_there",
        {"hello there@100,600", "hello there@100,600",
            "hellothcre all@60,585,80", "hello there@100,600", NULL},
      "1 1 1 1", "1 hello there 0-3.5 x3 cut"},
  {"so_is_one_that_moves",
        {"hello there@700,600", "hello there@600,600",
            "hallothere@500,585,80", "hello there@400,600", NULL},
      "1 1 1 1", "1 hello there 0-3.5 x3 cut"},
  {"what_stays_so_high_is_another_text",
        {"hello there@100,600", "hello there@100,600",
            "hello there all@60,585,80", "hello there all@60,585,80",
            "hello there all@60,585,80", NULL},
      "1 1 1 2 2", NULL},
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
  {"half_of_the_readings_lost_a_mark_at_the_end",
        {"hello there@100,600", "hello there.@100,600", NULL},
      "1 1", "1 hello there. 0-1.5 x2 cut"},
  {"or_at_the_beginning",
        {"hello there@100,600", "- hello there@80,600", NULL},
      "1 1", "1 - hello there 0-1.5 x2 cut"},
  {"most_of_them_have_none",
        {"hello there@100,600", "hello there@100,600", "hello there.@100,600",
            NULL},
      "1 1 1", "1 hello there 0-2.5 x3 cut"},
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
      "1 1 1 1 1 1", "1 12:34:51–12:34:56 0-5.5 x6 cut"},
  {"a_clock_whose_values_are_seen_to_change",
        {"10:09:58@100,600", "^1-0.6 10:09:59@100,600",
            "^1-1.6 10:10:00@100,600", "^1-2.6 10:10:01@100,600", NULL},
      "1 1 1 1", "1 10:09:58–10:10:01 0-3.5 x4 cut"},
  {"a_clock_that_is_misread_and_stands",
        {"전반 12:51@100,600", "전반 12:52@100,600", "전반 12:53@100,600",
            "전반 12:84@100,600", "전반 12:55@100,600", "=", "=",
            "전반 12:58@100,600", NULL},
      "1 1 1 1 1 1", "1 전반 12:51–12:58 0-7.5 x8 cut"},
  {"a_time_code_with_a_fraction",
        {"00:00:01.680@100,600", "00:00:02.720@100,600",
            "00:00:03.680@100,600", "", "", NULL},
      "1 1 1 - -", "1 00:00:01.680–00:00:03.680 0-2.5 x3 gone"},
  {"a_countdown_clock",
        {"1:01@100,600", "1:00@100,600", "0:59@100,600", "0:58@100,600", NULL},
      "1 1 1 1", "1 1:01–0:58 0-3.5 x4 cut"},
  {"a_time_code_with_frames",
        {"10:00:57:12@100,600", "10:00:58:02@100,600", "10:00:58:24@100,600",
            "10:01:00:00@100,600", NULL},
      "1 1 1 1", "1 10:00:57:12–10:01:00:00 0-3.5 x4 cut"},
  {"frames_that_are_counted",
        {"Frame 0120@100,600", "Frame 0144@100,600", "Frame 0168@100,600",
            "Frame 0I92@100,600", "Frame 0216@100,600", NULL},
      "1 1 1 1 1", "1 Frame 0120–0216 0-4.5 x5 cut"},
  {"numbers_that_stand_count_nothing",
        {"Bus 120@100,600", "=", "Bus 149@100,600", "=", "Bus 178@100,600", "=",
            NULL},
      NULL, "1 Bus 120 0-1.5 x2 changed\n"
        "2 Bus 149 1.5-3.5 x2 changed after 1\n"
        "3 Bus 178 3.5-5.5 x2 cut after 2"},
  {"a_score_is_no_clock",
        {"21:18@100,600", "=", "21:19@100,600", "=", "21:20@100,600", "=",
            NULL},
      "1 1 2", "1 21:18 0-1.5 x2 changed\n"
        "2 21:19 1.5-3.5 x2 changed after 1\n"
        "3 21:20 3.5-5.5 x2 cut after 2"},

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
  {"a_title_that_is_a_line_of_the_next_page_is_another",
        {"All the results@100,100,56|of spring@100,300",
            "of autumn@100,100,56|All the results@100,300,40", NULL},
      "1,2 3,4", "1 All the results 0-0.5 x1 changed\n"
        "2 of spring 0-0.5 x1 changed\n3 of autumn 0.5-1.5 x1 cut after 1\n"
        "4 All the results 0.5-1.5 x1 cut after 2"},
  {"what_moved_and_stands_lost_no_word",
        {"leave before sunrise@100,600", "leave before sunrise@100,540",
            "leave before sun@100,480", "=", "=", NULL},
      "1 1 1", "1 leave before sunrise 0-4.5 x5 cut"},
  {"a_counter_gains_a_digit_and_stands",
        {"Lap 9@100,600", "=", "Lap 10@100,600", "=", NULL},
      "1 2", "1 Lap 9 0-1.5 x2 changed\n2 Lap 10 1.5-3.5 x2 cut after 1"},
  {"one_that_counts_on_to_more_or_fewer_digits_has_changed",
        {"10초 후@100,600", "9초 후@110,600", "8초 후@110,600",
            "8초 후@110,600", NULL},
      "1 2 2 2", "1 10초 후 0-0.5 x1 changed\n"
        "2 8초 후 0.5-3.5 x3 cut after 1"},
  {"a_word_more_or_less_is_no_number",
        {"Lap@100,600", "Lap 1@100,600", "Lap 1@100,600", NULL},
      "1 1 1", NULL},
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
  {"a_cursor_stands_where_a_text_is_written",
        {"we are_@100,600", "=", "we are here_@100,600", "=",
            "we are here,@100,600", "=", "=", NULL},
      "1 1 1", "1 we are here, 0-6.5 x7 cut"},
  {"also_where_it_is_read_as_a_letter",
        {"we arel@100,600", "=", "we are here@100,600", "=", "=", NULL},
      "1 1", "1 we are here 0-4.5 x5 cut"},
  {"it_makes_a_row_of_small_letters_twice_as_high",
        {"we saw@100,593,38", "we saw@100,593,38", "WE saw@100,600,17",
            "we saw@100,593,38", NULL},
      "1 1 1 1", "1 we saw 0-3.5 x4 cut"},
  {"where_it_is_read_as_a_letter_behind_a_mark_no_text_changed",
        {"we are here.\"\"i@100,600", "=", "we are here.\"\"\"@100,600", "=",
            "we are here.\"\"i@100,600", NULL},
      "1 1 1", NULL},
  {"and_is_no_letter_of_it",
        {"we are_@100,600", "=", "we are@100,600", "=", "=", NULL},
      "1 1", "1 we are 0-4.5 x5 cut"},
  {"a_fragment_before_it_has_faded_in_is_of_it",
        {"hello wor@100,600", "hello world@100,600", "=", NULL},
      "1 1", "1 hello world 0-2.5 x3 cut"},
  {"marks_where_a_line_then_is_were_the_first_of_it",
        {"", "-@130,600", "hello there@100,600", "hello there@100,600", NULL},
      "- 1 2 2", "2 hello there 0.5-3.5 x2 cut"},
  {"marks_that_were_seen_to_go_were_not",
        {"......@200,600", "^1-0.6 hello there@100,600", "hello there@100,600",
            NULL},
      "1 2 2", "1 ...... 0-0.6 x1 changed\n2 hello there 0.6-2.5 x2 cut after 1"},
  {"marks_that_stood_were_not",
        {"-@130,600", "-@130,600", "hello there@100,600",
            "hello there@100,600", NULL},
      "1 1 2 2", "1 - 0-1.5 x2 changed\n2 hello there 1.5-3.5 x2 cut after 1"},
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
};

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

#define TESTS "/kakaoocr/texttracker/"

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  tracked_tables_add (TESTS, tables, G_N_ELEMENTS (tables));
  ADD_ROWS (a_track_tells_how_sure_it_is_and_whether_it_moved, share_cases);
  return g_test_run ();
}
