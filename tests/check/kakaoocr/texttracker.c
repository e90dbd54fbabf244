/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/kakaoocr/kakaoocr.h>

#define FRAME_WIDTH 1280
#define FRAME_HEIGHT 720

/* A character of the tests is a square, upright and black on white. */
#define LETTER_WIDTH 20.0
#define LETTER_HEIGHT 30.0

/* --- Samples and tracks as text --- */

/* @line: "text@x,y". Takes nothing; the text is a copy. */
static void
region_init (GstKakaoOcrRegion * region, const gchar * line)
{
  const gchar *at = strrchr (line, '@');
  gdouble x, y, width;
  gchar *end;

  g_assert_nonnull (at);
  x = g_ascii_strtod (at + 1, &end);
  y = g_ascii_strtod (end + 1, NULL);
  memset (region, 0, sizeof (*region));
  region->text = g_strndup (line, at - line);
  region->page = 1;
  width = LETTER_WIDTH * g_utf8_strlen (region->text, -1);
  region->box[0] = region->box[6] = x;
  region->box[2] = region->box[4] = x + width;
  region->box[1] = region->box[3] = y;
  region->box[5] = region->box[7] = y + LETTER_HEIGHT;
}

/* @sample: lines "text@x,y|text@x,y|…". */
static GstKakaoOcrResult *
create_result (const gchar * sample)
{
  g_auto (GStrv) lines = g_strsplit (sample, "|", -1);
  guint i, n = *sample ? g_strv_length (lines) : 0;
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  GstKakaoOcrResult *result;

  for (i = 0; i < n; i++)
    region_init (&regions[i], lines[i]);
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions, n,
      FALSE, 0);
  for (i = 0; i < n; i++)
    g_free (regions[i].text);
  return result;
}

static void
append_ids (GString * ids, GstKakaoOcrResult * result)
{
  guint i, n = gst_kakao_ocr_result_get_n_regions (result);

  if (ids->len > 0)
    g_string_append_c (ids, ' ');
  for (i = 0; i < n; i++)
    g_string_append_printf (ids, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "",
        gst_kakao_ocr_result_get_region (result, i)->track);
  if (n == 0)
    g_string_append_c (ids, '-');
}

static void
append_finished (GString * out, GstKakaoOcrTextTracker * tracker)
{
  static const gchar *states[] = { "open", "gone", "changed", "cut" };
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    g_string_append_printf (out, "%s%" G_GUINT64_FORMAT " %s %g-%g x%"
        G_GUINT64_FORMAT " %s", out->len > 0 ? "\n" : "", track->id,
        track->text, (gdouble) track->start / GST_SECOND,
        (gdouble) track->end / GST_SECOND, track->n_samples,
        states[track->state]);
    if (track->previous)
      g_string_append_printf (out, " after %" G_GUINT64_FORMAT,
          track->previous);
    gst_kakao_ocr_text_track_free (track);
  }
}

/* --- Tables --- */

/* A sample a second: its lines; "=": the picture was the same; "!": what
 * follows has nothing to do with what was before; "#9 …": it was at second 9 and
 * comes now. After the last one the stream ends, half a second later. */
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
};

static GstClockTime
push_sample (GstKakaoOcrTextTracker * tracker, const gchar * sample,
    GstClockTime time, GString * ids)
{
  g_autoptr (GstKakaoOcrResult) result = NULL, tracked = NULL;

  if (g_str_equal (sample, "=")) {
    gst_kakao_ocr_text_tracker_extend (tracker, time);
    return time;
  }
  if (g_str_equal (sample, "!")) {
    gst_kakao_ocr_text_tracker_finish (tracker, GST_CLOCK_TIME_NONE);
    return time;
  }
  if (*sample == '#') {
    time = g_ascii_digit_value (sample[1]) * GST_SECOND;
    sample += 3;
  }
  result = create_result (sample);
  tracked = gst_kakao_ocr_text_tracker_push (tracker, result, time);
  append_ids (ids, tracked);
  return time;
}

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

/* --- Flicker --- */

static const gchar *const letters[] = {
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  "가나다라마바사아자차카타파하각난닫랄맘법섯응잊찾컥튼풀휴오늘의날씨는맑음미세먼지보통내일서울부산"
      "대구인천광주원세종제주특보속뉴스경제사회문화정치국제"
};

/* How characters are misread. */
typedef enum
{
  MISREAD_ONE_ANYWHERE,         /* in 20 % of the samples one, any */
  MISREAD_ONE_FIXED,            /* in 20 % of the samples the same one as the
                                 * same other one */
  MISREAD_EACH                  /* each with 20 % by itself */
} Misreading;

#define FLICKER 0.2
#define N_CAPTIONS 400
#define MIN_CHARS 4
#define MAX_CHARS 16
#define MIN_SAMPLES 3
#define MAX_SAMPLES 12

typedef struct
{
  const gchar *name;
  guint script;
  Misreading misreading;
  /* Least part of the captions in tenths of a percent. */
  guint min_one_track, min_right_text;
} Simulation;

static const Simulation simulations[] = {
  {"one_anywhere/latin", 0, MISREAD_ONE_ANYWHERE, 1000, 990},
  {"one_anywhere/hangul", 1, MISREAD_ONE_ANYWHERE, 1000, 990},
  {"one_fixed/latin", 0, MISREAD_ONE_FIXED, 950, 930},
  {"one_fixed/hangul", 1, MISREAD_ONE_FIXED, 990, 930},
  {"each/latin", 0, MISREAD_EACH, 900, 600},
  {"each/hangul", 1, MISREAD_EACH, 900, 600},
};

static gunichar
random_letter (GRand * rand, guint script)
{
  guint n = g_utf8_strlen (letters[script], -1);

  return g_utf8_get_char (g_utf8_offset_to_pointer (letters[script],
          g_rand_int_range (rand, 0, n)));
}

/* In Hangul another final, vowel or initial; in Latin any other letter. */
static gunichar
misread (GRand * rand, guint script, gunichar c)
{
  static const guint steps[] = { 1, 28, 588 };
  gunichar other;

  if (script == 1)
    return 0xac00 + (c - 0xac00 + steps[g_rand_int_range (rand, 0, 3)]) % 11172;
  do {
    other = random_letter (rand, script);
  } while (other == c);
  return other;
}

typedef struct
{
  const Simulation *simulation;
  GRand *rand;
  gunichar text[MAX_CHARS];
  guint n_chars;
  guint fixed;
  gunichar fixed_as;
} Caption;

static void
caption_init (Caption * caption)
{
  guint i, script = caption->simulation->script;

  caption->n_chars = g_rand_int_range (caption->rand, MIN_CHARS, MAX_CHARS + 1);
  for (i = 0; i < caption->n_chars; i++)
    caption->text[i] = random_letter (caption->rand, script);
  caption->fixed = g_rand_int_range (caption->rand, 0, caption->n_chars);
  caption->fixed_as = misread (caption->rand, script,
      caption->text[caption->fixed]);
}

static gchar *
read_caption (const Caption * caption)
{
  const Simulation *simulation = caption->simulation;
  gunichar read[MAX_CHARS];
  guint i, at = caption->fixed;

  memcpy (read, caption->text, sizeof (read));
  if (simulation->misreading == MISREAD_EACH) {
    for (i = 0; i < caption->n_chars; i++) {
      if (g_rand_double (caption->rand) < FLICKER)
        read[i] = misread (caption->rand, simulation->script, read[i]);
    }
  } else if (g_rand_double (caption->rand) < FLICKER) {
    if (simulation->misreading == MISREAD_ONE_ANYWHERE)
      at = g_rand_int_range (caption->rand, 0, caption->n_chars);
    read[at] = simulation->misreading == MISREAD_ONE_FIXED ?
        caption->fixed_as : misread (caption->rand, simulation->script,
        read[at]);
  }
  return g_ucs4_to_utf8 (read, caption->n_chars, NULL, NULL, NULL);
}

/* Shows @caption for a while, then nothing; counts its tracks. */
static guint
show_caption (const Caption * caption, GstKakaoOcrTextTracker * tracker,
    GstClockTime * time, gboolean * right)
{
  g_autofree gchar *text = g_ucs4_to_utf8 (caption->text, caption->n_chars,
      NULL, NULL, NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  guint i, n = g_rand_int_range (caption->rand, MIN_SAMPLES, MAX_SAMPLES + 1);
  guint n_tracks = 0;
  GstKakaoOcrTextTrack *track;

  *right = FALSE;
  for (i = 0; i < n + 2; i++) {
    g_autofree gchar *read = read_caption (caption);
    g_autofree gchar *sample = g_strconcat (read, "@100,600", NULL);

    *time = push_sample (tracker, i < n ? sample : "", *time + GST_SECOND, ids);
  }
  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    n_tracks++;
    *right |= g_str_equal (track->text, text);
    gst_kakao_ocr_text_track_free (track);
  }
  return n_tracks;
}

static void
flicker_is_one_track_with_the_right_text (gconstpointer data)
{
  Caption caption = { data, g_rand_new_with_seed (20261122), };
  const Simulation *simulation = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  guint i, n_one = 0, n_right = 0;
  GstClockTime time = 0;

  for (i = 0; i < N_CAPTIONS; i++) {
    gboolean right;

    caption_init (&caption);
    if (show_caption (&caption, tracker, &time, &right) == 1)
      n_one++;
    n_right += right;
  }
  g_test_message ("%u captions: %u one track, %u right text", N_CAPTIONS,
      n_one, n_right);
  g_rand_free (caption.rand);
  g_assert_cmpuint (1000 * n_one, >=, simulation->min_one_track * N_CAPTIONS);
  g_assert_cmpuint (1000 * n_right, >=,
      simulation->min_right_text * N_CAPTIONS);
}

/* --- What others do --- */

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
  append_finished (of_one, one);
  append_finished (of_two, two);
  g_assert_cmpstr (of_one->str, ==, of_two->str);
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
  guint64 told = 0;
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
    told = open->id;
    told_end = open->last_seen;
  }
  g_assert_cmpuint (told, ==, 2);
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

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree gchar *name =
        g_strconcat ("/kakaoocr/texttracker/", tables[i].name, NULL);

    g_test_add_data_func (name, &tables[i], check_table);
  }
  for (i = 0; i < G_N_ELEMENTS (simulations); i++) {
    g_autofree gchar *name = g_strconcat ("/kakaoocr/texttracker/flicker/",
        simulations[i].name, NULL);

    g_test_add_data_func (name, &simulations[i],
        flicker_is_one_track_with_the_right_text);
  }
#define ADD(name) g_test_add_func ("/kakaoocr/texttracker/" #name, name)
  ADD (tracks_that_are_given_are_kept);
  ADD (open_tracks_are_told_as_they_are);
  ADD (what_was_told_of_an_open_track_stays_true);
  ADD (work_is_bounded);
  ADD (a_text_of_16_kib_is_tracked);
  ADD (hours_of_captions_need_no_more_than_minutes);
  return g_test_run ();
}
