/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pageanswer.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "../testrows.h"
#include "bounds.h"
#include "reading/recognizer.h"

#define TESTS "/pageanswer/"

static GPtrArray *
words_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_answer_word_free);
}

static void
add_word (GPtrArray * words, const gchar * text, gdouble x0, gdouble y0,
    gdouble x1, gdouble y1)
{
  const gdouble box[8] = { x0, y0, x1, y0, x1, y1, x0, y1 };

  g_ptr_array_add (words, kocr_answer_word_new (text, box));
}

static Answer *
answer_new_words (GPtrArray * words, gint width, gint height,
    guint max_regions)
{
  const ReadPage page = { words, width, height };

  return page_answer_new (&page, 1, max_regions);
}

static gchar *
take_body (Answer * answer)
{
  gchar *body = g_strndup (g_bytes_get_data (answer->body, NULL),
      g_bytes_get_size (answer->body));

  answer_free (answer);
  return body;
}

static void
words_are_written_as_the_guide_shows (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  g_autofree gchar *body = NULL;

  add_word (words, "초미세먼지", 67, 20, 308, 91);
  add_word (words, "Car\"Service\\", 150.5, 289.6, 227.4, 293);
  body = take_body (answer_new_words (words, 1000, 1000, LIMIT_REGIONS));
  g_assert_cmpstr (body, ==, "{\"responses\":[{\"page\":1,\"results\":["
      "{\"box\":[[67,20],[308,20],[308,91],[67,91]],"
      "\"recognized_word\":[\"초미세먼지\"]},"
      "{\"box\":[[151,290],[227,290],[227,293],[151,293]],"
      "\"recognized_word\":[\"Car\\\"Service\\\\\"]}]}]}");
}

static void
no_text_is_an_empty_page (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  g_autofree gchar *body = take_body (answer_new_words (words, 10, 10,
          LIMIT_REGIONS));

  g_assert_cmpstr (body, ==, "{\"responses\":[{\"page\":1,\"results\":[]}]}");
}

static void
corners_stay_in_the_picture (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  g_autofree gchar *body = NULL;

  add_word (words, "a", -3.7, NAN, 640.6, INFINITY);
  body = take_body (answer_new_words (words, 640, 480, LIMIT_REGIONS));
  g_assert_nonnull (strstr (body, "[[0,0],[640,0],[640,0],[0,0]]"));
}

static void
text_that_is_not_utf8_is_made_so (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree gchar *body = NULL;

  add_word (words, "a\xff" "b\n", 0, 0, 1, 1);
  body = take_body (answer_new_words (words, 10, 10, LIMIT_REGIONS));
  g_assert_true (g_utf8_validate (body, -1, NULL));
  json_parser_load_from_data (parser, body, -1, &error);
  g_assert_no_error (error);
}

static void
lines_that_were_not_read_are_counted (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  const ReadPage pages[] = { { words, 10, 10, 2 }, { words, 10, 10, 1 } };
  g_autoptr (Answer) answer = page_answer_new (pages, 2, LIMIT_REGIONS);

  g_assert_cmpuint (answer->n_unread, ==, 3);
}

static void
a_hundred_regions_are_the_most (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  guint i;

  for (i = 0; i <= LIMIT_REGIONS; i++) {
    g_autoptr (Answer) answer = answer_new_words (words, 10, 10,
        LIMIT_REGIONS);

    g_assert_cmpuint (words->len, ==, i);
    g_assert_cmpuint (answer->status, ==, 200);
    add_word (words, "a", 0, 0, 1, 1);
  }
  {
    g_autoptr (Answer) answer = answer_new_words (words, 10, 10,
        LIMIT_REGIONS);
    g_autofree gchar *body = NULL;

    g_assert_cmpuint (answer->status, ==, 405);
    body = take_body (g_steal_pointer (&answer));
    g_assert_true (g_str_has_prefix (body, "{\"code\":\"TOO_MANY_BOXES\","));
  }
}

static void
without_a_limit_all_regions_are_told (void)
{
  g_autoptr (GPtrArray) words = words_new ();
  g_autoptr (Answer) answer = NULL;
  guint i;

  for (i = 0; i < 500; i++)
    add_word (words, "a", 0, 0, 1, 1);
  answer = answer_new_words (words, 10, 10, 0);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
pages_are_numbered_and_each_has_its_limit (void)
{
  g_autoptr (GPtrArray) one = words_new (), none = words_new ();
  const ReadPage pages[] = { {one, 10, 10}, {none, 10, 10}, {one, 20, 20} };
  g_autofree gchar *body = NULL;

  add_word (one, "a", 0, 0, 15, 15);
  body = take_body (page_answer_new (pages, 3, 1));
  g_assert_cmpstr (body, ==, "{\"responses\":["
      "{\"page\":1,\"results\":[{\"box\":[[0,0],[10,0],[10,10],[0,10]],"
      "\"recognized_word\":[\"a\"]}]},"
      "{\"page\":2,\"results\":[]},"
      "{\"page\":3,\"results\":[{\"box\":[[0,0],[15,0],[15,15],[0,15]],"
      "\"recognized_word\":[\"a\"]}]}]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (words_are_written_as_the_guide_shows);
  ADD (no_text_is_an_empty_page);
  ADD (corners_stay_in_the_picture);
  ADD (text_that_is_not_utf8_is_made_so);
  ADD (lines_that_were_not_read_are_counted);
  ADD (a_hundred_regions_are_the_most);
  ADD (without_a_limit_all_regions_are_told);
  ADD (pages_are_numbered_and_each_has_its_limit);
  return g_test_run ();
}
