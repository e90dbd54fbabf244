/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text tracker: what was seen between two samples.
 */
#include "trackedtable.h"
#include "trackedtext.h"

static const TrackedTable tables[] = {
  {"what_slid_in_and_stands_came_when_it_was_seen_to",
        {"above@300,100", "^2:0.8 above@300,100|hello@0,600",
            "above@300,100|hello@60,600", "=", NULL},
      "1 1,2 1,2", "1 above 0-3.5 x4 cut\n2 hello 0.8-3.5 x3 cut"},
  {"what_was_seen_to_go_is_over_at_once",
        {"네. 그렇습니다@100,600", "^1:0.6 ", "네. 그렇습니다@100,600", NULL},
      "1 - 2", "1 네. 그렇습니다 0-0.6 x1 gone\n"
        "2 네. 그렇습니다 1.5-2.5 x1 cut"},
  {"what_was_missed_while_it_stayed_goes_on",
        {"hello@100,600", "^1 ", "hello@100,600", NULL},
      "1 - 1", "1 hello 0-2.5 x2 cut"},
  {"what_passed_when_it_was_read_was_ground",
        {"", "ly@100,600", "^1:1 ^1:1.1 ", "", NULL},
      "- 1 - -", ""},
  {"so_was_what_passed_when_the_picture_was_the_same",
        {"", "ly@100,600", "=", "^1:2 ", "", NULL},
      "- 1 - -", ""},
  {"what_stayed_and_was_read_once_was_ground",
        {"", "Lf@100,600", "^1 ", "^1 ", "", NULL},
      "- 1 - - -", ""},
  {"what_was_read_again_was_none",
        {"", "Lf@100,600", "^1 ", "^1 Lf@100,600", "", "", NULL},
      "- 1 - 1 - -", "1 Lf 0.5-3.5 x2 gone"},
  {"a_word_that_passed_was_one",
        {"", "exit@100,600", "^1:1 ^1:1.1 ", "", NULL},
      "- 1 - -", "1 exit 0.5-1.1 x1 gone"},
  {"one_that_moves_on_was_too",
        {"", "exit@100,600", "^1:1 ", "", NULL},
      "- 1 - -", "1 exit 0.5-1.5 x1 gone"},
  {"so_was_what_was_read_twice",
        {"", "ly@100,600", "^1:1 ly@100,600", "^1:2 ", "", NULL},
      "- 1 1 - -", "1 ly 0.5-2.5 x2 gone"},
  {"a_title_that_goes_on_otherwise",
        {"Chapter Two@100,600", "^1:0.6 Chapter Three@100,600", NULL},
      "1 2", "1 Chapter Two 0-0.6 x1 changed\n"
        "2 Chapter Three 0.6-1.5 x1 cut after 1"},
  {"a_title_that_goes_on_and_was_misread",
        {"저음에는@100,600", "^1:0.6 처음에는 아무도@100,600", NULL},
      "1 1", "1 처음에는 아무도 0-1.5 x2 cut"},
  {"one_letter_that_is_another_is_another_text",
        {"cat on@100,600", "^1:0.6 rat on it@100,600", NULL},
      "1 2", "1 cat on 0-0.6 x1 changed\n"
        "2 rat on it 0.6-1.5 x1 cut after 1"},
  {"what_stayed_is_one_text_whatever_is_read_of_it",
        {"hello there@100,600", "^1 xxxxx yyyyy@100,600",
            "^1 hello there@100,600", NULL},
      "1 1 1", "1 hello there 0-2.5 x3 cut"},
  {"a_piece_of_what_stayed_tells_nothing",
        {"hello there@100,600", "^1 zz@100,600", "^1 zz@100,600", NULL},
      "1 1 1", "1 hello there 0-2.5 x3 cut"},
  {"pieces_are_of_the_line_that_they_become",
        {"", "qo@100,600|06 harbour@240,600", "^1 ^2 all of the harbour@100,600",
            "^1 all of the harbour@100,600", NULL},
      "- 1,2 2 2", "2 all of the harbour 0.5-3.5 x3 cut"},
  {"a_piece_that_was_missed_is_too",
        {"", "qo@100,600|06 harbour@240,600", "06 harbour@240,600",
            "^1 ^2 all of the harbour@100,600", NULL},
      "- 1,2 2 2", "2 all of the harbour 0.5-3.5 x3 cut"},
  {"what_was_not_seen_to_stay_is_another_text",
        {"hello there@100,600", "xxxxx yyyyy@100,600", "xxxxx yyyyy@100,600",
            NULL},
      "1 2 2", NULL},
  {"a_text_that_was_fading_when_it_was_read_last",
        {"hello@100,600", "hello@100,600", "^1:0.7 ", NULL},
      "1 1 -", "1 hello 0-0.7 x2 gone"},
  {"a_text_that_was_coming_when_it_was_read_first",
        {"", "hello@100,600", "^1 ^1:1.4 hello@100,600", NULL},
      "- 1 1", "1 hello 1.4-2.5 x2 cut"},
  {"a_text_that_was_coming_and_misread",
        {"", "hcl@100,600", "^1 ^1:1.4 hello@100,600", NULL},
      "- 1 1", "1 hello 1.4-2.5 x2 cut"},
  {"its_marks_were_read_all_the_same",
        {"", "- hello.@100,600", "^1 ^1:1.4 hello@100,600", NULL},
      "- 1 1", "1 - hello. 1.4-2.5 x2 cut"},
  {"what_was_seen_to_stay_however_it_is_read",
        {"hello@100,600", "hello@100,600", "^1 MO@100,600", "^1:2.6 ", NULL},
      "1 1 1 -", "1 hello 0-2.6 x3 gone"},
  {"a_line_whose_first_letter_was_not_read",
        {"above@100,100", "above@100,100",
            "^2:0.6 above@100,100|hello@100,600", NULL},
      "1 1 1,2", "1 above 0-2.5 x3 cut\n2 hello 0.6-2.5 x1 cut"},
  {"a_digit_that_was_seen_to_change",
        {"3초 후@100,600", "^1:0.6 2초 후@100,600", "^2:1.6 1초 후@100,600",
            "^3:2.6 ", NULL},
      "1 2 3 -", "1 3초 후 0-0.6 x1 changed\n"
        "2 2초 후 0.6-1.6 x1 changed after 1\n"
        "3 1초 후 1.6-2.6 x1 gone after 2"},
  {"an_end_that_was_seen_to_go",
        {"Page 10@100,600", "^1:0.6 Page 1@100,600", "=", NULL},
      "1 2", "1 Page 10 0-0.6 x1 changed\n2 Page 1 0.6-2.5 x2 cut after 1"},
  {"what_looks_alike_and_stands_since_the_strokes_changed_is_another_text",
        {"나는 간다@100,600", "=", "^1:1.6 너는 간다@100,600", "=", "^1:3.6 ",
            NULL},
      "1 1 -", "1 나는 간다 0-1.6 x2 changed\n"
        "2 너는 간다 1.6-3.6 x2 gone after 1"},
  {"what_looks_alike_is_misread_though_something_changed",
        {"hello@100,600", "^1:0.6 hcllo@100,600", "hello@100,600", NULL},
      "1 1 1", "1 hello 0-2.5 x3 cut"},
  {"what_stayed_while_it_fades_is_misread",
        {"비가 내리겠습니다@100,600", "=", "^1 바가 네리렀슴놈나@100,600",
            "^1:2.3 ", NULL},
      "1 1 -", "1 비가 내리겠습니다 0-2.3 x3 gone"},
  {"a_digit_counts_though_its_strokes_are_alike",
        {"Step 5@100,600", "=", "^1 Step 6@100,600", "=", NULL},
      "1 2", "1 Step 5 0-1.5 x2 changed\n2 Step 6 1.5-3.5 x2 cut after 1"},
};

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  tracked_tables_add (
      "/kakaoocr/trackedges/", tables, G_N_ELEMENTS (tables));
  return g_test_run ();
}
