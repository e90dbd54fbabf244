/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which texts a pattern means, and that telling takes no time.
 */
#include "common/boundedregex.h"
#include "mask/textpattern.h"

#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/textpattern/"

#define MAX_WORDS 6

/* (nullable) */
static KocrTextPattern *
create_pattern (const gchar * pattern, GError ** error)
{
  g_autoptr (GRegex) regex = kocr_bounded_regex_new (pattern, error);

  return regex ? kocr_text_pattern_new (regex) : NULL;
}

/* Words of 20 pixels a letter, on lines by newlines. */
static GstKakaoOcrResult *
create_result (const gchar * text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  GstKakaoOcrRegion regions[4 * MAX_WORDS] = { {NULL,}, };
  guint i, j, n = 0;
  GstKakaoOcrResult *result;

  for (i = 0; lines[i]; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 0);
    gdouble x = 10.0, y = 20.0 + 60.0 * i;

    for (j = 0; words[j]; j++, n++) {
      gdouble end = x + 20.0 * g_utf8_strlen (words[j], -1);
      const gdouble box[8] = { x, y, end, y, end, y + 30, x, y + 30 };

      g_assert_cmpuint (n, <, G_N_ELEMENTS (regions));
      memcpy (regions[n].box, box, sizeof (box));
      regions[n].text = g_strdup (words[j]);
      x = end + 10.0;
    }
  }
  result = gst_kakao_ocr_result_new (0, 1920, 1080, regions, n, FALSE, 0);
  for (i = 0; i < n; i++)
    g_free (regions[i].text);
  return result;
}

static gchar *
describe (GstKakaoOcrResult *result, const gboolean *matching)
{
  GString *words = g_string_new (NULL);
  guint i;

  for (i = 0; i < gst_kakao_ocr_result_get_n_regions (result); i++) {
    if (matching[i])
      g_string_append_printf (words, "%s%s", words->len ? " " : "",
          gst_kakao_ocr_result_get_region (result, i)->text);
  }
  return g_string_free (words, FALSE);
}

static void
means_what_matches (void)
{
  static const struct
  {
    const gchar *pattern, *text, *matching;
  } cases[] = {
    {"secret", "a secret word", "secret"},
    {"^a", "a secret area", "a area"},
    {"(?i)SECRET", "no secret", "secret"},
    {"\\d{3}-\\d{4}-\\d{4}", "Call 010-1234-5678 now", "010-1234-5678"},
    {"[가-힣]+님", "김철수님 안녕하세요", "김철수님"},
    {"\\p{Hangul}", "서울 Seoul 2026", "서울"},
    /* Across the words of a line, and not beyond. */
    {"\\d{4} \\d{4} \\d{4} \\d{4}", "No 1234 5678 9012 3456 ok",
        "1234 5678 9012 3456"},
    {"1234 5678", "1234 x\n5678", ""},
    {"b c", "a b c d\nb c", "b c b c"},
    {"^No 1", "No 1234 5", "No 1234"},
    /* Over its end. */
    {"1234 5678", "1234\n5678", "1234 5678"},
    {"\\d{3}-\\d{4}-\\d{4}", "Call 010-1234-\n5678 now", "010-1234- 5678"},
    {"(\\d{4} ){3}\\d{4}", "No 4111 1111\n1111 1112 ok",
        "4111 1111 1111 1112"},
    {"[A-Z]{2}-[0-9]{3}-[0-9]{3}", "of AB-\n123-\n456 end", "AB- 123- 456"},
    {"\\w+@example\\.org", "to ann.lee@\nexample.org now",
        "ann.lee@ example.org"},
    {"one two", "one\nx\ntwo", ""},
    /* Without the blanks of digits, and only these. */
    {"\\d{16}", "No 4111 1111 1111 1112 ok", "4111 1111 1111 1112"},
    {"\\d{16}", "4111 1111\n1111 1112", "4111 1111 1111 1112"},
    {"\\d{8}", "1234 x 5678", ""},
    {"ab", "a b", ""},
    /* All that do not say so. */
    {"^(?!OK$)", "OK bad", "bad"},
    {"x*", "all of it", "all of it"},
    {"<b>|&amp;|%s", "<b> &amp; %s plain", "<b> &amp; %s"},
    {"nothing", "else", ""},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (KocrTextPattern) pattern
        = create_pattern (cases[i].pattern, &error);
    g_autoptr (GstKakaoOcrResult) result = create_result (cases[i].text);
    g_autofree gchar *matching = NULL;

    g_assert_no_error (error);
    matching = describe (result, kocr_text_pattern_match (pattern, result));
    g_test_message ("%s", cases[i].pattern);
    g_assert_cmpstr (matching, ==, cases[i].matching);
  }
}

/* Two texts of 30 pixels' height, the second one moved by so much from the end
 * of the first. */
static GstKakaoOcrResult *
create_pair (gdouble x, gdouble y, gdouble height, gdouble angle)
{
  gdouble from[2][4] = { {0, 0, 100, 30}, {100 + x, y, 200 + x, y + height} };
  GstKakaoOcrRegion regions[2] = { {(gchar *) "4111",}, {(gchar *) "2222",} };
  guint i, j;

  for (i = 0; i < 2; i++) {
    const gdouble corners[8] = { from[i][0], from[i][1], from[i][2],
      from[i][1], from[i][2], from[i][3], from[i][0], from[i][3]
    };

    for (j = 0; j < 4; j++) {
      regions[i].box[2 * j] = 500 + corners[2 * j] * cos (angle) -
          corners[2 * j + 1] * sin (angle);
      regions[i].box[2 * j + 1] = 500 + corners[2 * j] * sin (angle) +
          corners[2 * j + 1] * cos (angle);
    }
  }
  return gst_kakao_ocr_result_new (0, 1920, 1080, regions, 2, FALSE, 0);
}

static void
means_numbers_that_are_split (void)
{
  static const struct
  {
    gdouble x, y, height;
    gboolean matching;
  } cases[] = {
    {10, 0, 30, TRUE},          /* a blank */
    {200, 2, 28, TRUE},         /* a gap in its row */
    {900, 0, 30, FALSE},
    {-200, 40, 30, TRUE},       /* below, at the beginning, and further left */
    {-100, 70, 30, TRUE},
    {-280, 40, 30, FALSE},
    {-100, 110, 30, FALSE},
    {-100, 45, 80, FALSE},      /* of another size */
    {-100, -40, 30, FALSE},     /* above */
  };
  static const gdouble angles[] = { 0.0, 0.5, -1.5, 3.0 };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (j = 0; j < G_N_ELEMENTS (angles); j++) {
      g_autoptr (KocrTextPattern) pattern
          = create_pattern ("4111 ?2222", NULL);
      g_autoptr (GstKakaoOcrResult) result = create_pair (cases[i].x,
          cases[i].y, cases[i].height, angles[j]);
      const gboolean *matching = kocr_text_pattern_match (pattern, result);

      g_test_message ("%u, %g", i, angles[j]);
      g_assert_cmpint (matching[0], ==, cases[i].matching);
      g_assert_cmpint (matching[1], ==, cases[i].matching);
    }
  }
}

/* However many lines of it there are. */
static void
bounds_pages_of_what_never_ends (void)
{
  g_autoptr (KocrTextPattern) pattern = create_pattern ("(a+)+$", NULL);
  g_autofree gchar *letters = g_strnfill (1000, 'a');
  GString *text = g_string_new (NULL);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  const gboolean *matching;
  guint i;

  for (i = 0; i < 4 * MAX_WORDS; i++)
    g_string_append_printf (text, "%s%s!", i ? "\n" : "", letters);
  result = create_result (text->str);
  g_string_free (text, TRUE);
  matching = kocr_text_pattern_match (pattern, result);
  for (i = 0; i < 4 * MAX_WORDS; i++)
    g_assert_true (matching[i]);
}

static void
refuses_a_wrong_pattern_and_tells_where (void)
{
  static const gchar *patterns[] = { "(a", "[a", "a{2,1}", "\\", "*a", "(?<n" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (create_pattern (patterns[i], &error));
    g_assert_true (error && error->domain == G_REGEX_ERROR);
    g_assert_nonnull (strstr (error->message, patterns[i]));
    g_assert_null (strstr (error->message, "LIMIT"));
  }
}

/* What would take longer than the universe matches, soon. */
static void
bounds_patterns_that_never_end (void)
{
  static const gchar *patterns[]
      = { "(a+)+$", "(a|aa)+$", "(.*)*[xy]", "(?:a?){40}a{40}[bc]",
          "^(([a-z])+.)+[A-Z]$", "(*LIMIT_MATCH=4000000000)(a+)+$" };
  g_autofree gchar *letters = g_strnfill (2000, 'a');
  g_autofree gchar *text = g_strconcat (letters, "!", NULL);
  g_autoptr (GstKakaoOcrResult) result = create_result (text);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (KocrTextPattern) pattern
        = create_pattern (patterns[i], NULL);

    g_assert_nonnull (pattern);
    g_assert_true (kocr_text_pattern_match (pattern, result)[0]);
  }
}

static void
means_texts_that_are_too_long_to_tell (void)
{
  g_autofree gchar *book = g_strnfill (16384, 'b');
  g_autofree gchar *text = g_strconcat ("short\n", book, NULL);
  g_autoptr (GstKakaoOcrResult) result = create_result (text);
  g_autoptr (KocrTextPattern) pattern = create_pattern ("x", NULL);
  const gboolean *matching = kocr_text_pattern_match (pattern, result);

  g_assert_false (matching[0]);
  g_assert_true (matching[1]);
}

static void
remembers_results_until_it_forgets (void)
{
  g_autoptr (KocrTextPattern) pattern = create_pattern ("b", NULL);
  GstKakaoOcrResult *results[9];
  const gboolean *matching;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (results); i++) {
    results[i] = create_result (i % 2 ? "a b" : "b a");
    g_assert_cmpint (
        kocr_text_pattern_match (pattern, results[i])[0], ==, !(i % 2));
  }
  matching = kocr_text_pattern_match (pattern, results[8]);
  g_assert_true (kocr_text_pattern_match (pattern, results[7]) != matching);
  g_assert_true (kocr_text_pattern_match (pattern, results[8]) == matching);

  kocr_text_pattern_drop_results (pattern);
  for (i = 0; i < G_N_ELEMENTS (results); i++) {
    g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (results[i]), ==, 1);
    gst_kakao_ocr_result_unref (results[i]);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (means_what_matches);
  ADD (means_numbers_that_are_split);
  ADD (bounds_pages_of_what_never_ends);
  ADD (refuses_a_wrong_pattern_and_tells_where);
  ADD (bounds_patterns_that_never_end);
  ADD (means_texts_that_are_too_long_to_tell);
  ADD (remembers_results_until_it_forgets);
  return g_test_run ();
}
