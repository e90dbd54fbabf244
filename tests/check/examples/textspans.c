/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Lines seen over time to texts with spans, by tables.
 */
#include "textspans.h"

#include <string.h>

#define MAX_PICTURES 6
#define END 100

typedef struct
{
  const gchar *name;
  const gchar *pictures[MAX_PICTURES];  /* at 0, 10, 20 …; lines apart by | */
  const gchar *expected;
} Case;

static const Case cases[] = {
  {"no_text", {"", ""}, ""},
  {"a_text_ends_with_the_first_picture_without_it",
      {"", "hello", "hello", "", ""}, "10-30 hello\n"},
  {"a_text_that_stays_ends_with_the_video", {"hello"}, "0-100 hello\n"},
  {"other_texts_are_apart", {"hello", "goodbye"},
      "0-10 hello\n10-100 goodbye\n"},
  {"two_lines_at_once", {"one line|another text", "another text", ""},
      "0-10 one line\n0-20 another text\n"},
  {"the_most_frequent_reading_stands",
      {"he1lo world", "hello world", "hello world", ""}, "0-30 hello world\n"},
  {"blanks_and_marks_do_not_tell_texts_apart", {"서울 역", "서울역.",
              "서울 역"},
      "0-100 서울 역\n"},
  {"one_picture_may_miss_it", {"hello", "", "hello", ""}, "0-30 hello\n"},
  {"after_two_it_is_another_time", {"hello", "", "", "hello"},
      "0-10 hello\n30-100 hello\n"},
  {"the_same_text_in_two_places", {"exit|exit", "exit|exit", ""},
      "0-20 exit\n0-20 exit\n"},
  {"texts_of_marks_alone_are_compared_as_they_are", {"→", "←"},
      "0-10 →\n10-100 ←\n"},
};

static void
append_span (const gchar * text, guint64 start, guint64 end, gpointer data)
{
  g_string_append_printf (data, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT
      " %s\n", start, end, text);
}

static void
spans_are_as_seen (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TextSpans) spans = text_spans_new ();
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < MAX_PICTURES && row->pictures[i]; i++) {
    g_auto (GStrv) lines = g_strsplit (row->pictures[i], "|", -1);

    text_spans_add (spans, 10 * i, (const gchar * const *) lines);
  }
  text_spans_foreach (spans, END, append_span, told);
  g_assert_cmpstr (told->str, ==, row->expected);
}

static void
a_long_line_is_compared_in_part (void)
{
  g_autoptr (TextSpans) spans = text_spans_new ();
  g_autofree gchar *text = g_strnfill (100000, 'x');
  const gchar *lines[] = { text, NULL };
  g_autoptr (GString) told = g_string_new (NULL);

  text_spans_add (spans, 0, lines);
  text_spans_add (spans, 10, lines);
  text_spans_foreach (spans, END, append_span, told);
  g_assert_true (g_str_has_prefix (told->str, "0-100 x"));
  g_assert_cmpuint (strlen (told->str), <, 110000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path = g_strdup_printf ("/textspans/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], spans_are_as_seen);
  }
  g_test_add_func ("/textspans/a_long_line_is_compared_in_part",
      a_long_line_is_compared_in_part);
  return g_test_run ();
}
