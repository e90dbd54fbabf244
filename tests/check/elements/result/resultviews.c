/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result views: rows of two results, and what frames between them show.
 */
#include "common/resultidentity.h"
#include "result/resultviews.h"

#include <stdlib.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/resultviews/"

/* Texts are "track:text", moments "track@frame" ("-": it stayed). Frames count
 * from 0, that of the first result, to 10, that of the second one; "|" is where
 * what they show becomes another one. */
typedef struct
{
  const gchar *name, *before, *after, *moments, *shown;
} Row;

static const Row rows[] = {
  {"nothing_is_told", "1:A", "1:A 2:B", "", "0 A"},
  {"what_stayed_is_no_moment", "1:A", "1:A", "1@-", "0 A"},
  {"a_text_comes", "1:A", "1:A 2:B", "2@4", "0 A|4 A B"},
  {"where_none_was", "", "1:A", "1@7", "0|7 A"},
  {"a_text_goes", "1:A 2:B", "1:A", "2@4", "0 A B|4 A"},
  {"the_last_one", "1:A", "", "1@6", "0 A|6"},
  {"one_takes_the_place_of_another", "1:A", "2:B", "1@5 2@5", "0 A|5 B"},
  {"after_a_while", "1:A", "2:B", "1@3 2@6", "0 A|3|6 B"},
  {"or_before_that_goes", "1:A", "2:B", "1@6 2@3", "0 A|3 B A|6 B"},
  {"a_text_changes", "1:9", "1:10", "1@5", "0 9|5 10"},
  {"one_later_than_another", "1:9 2:x", "1:10 2:y", "1@3 2@6",
      "0 9 x|3 10 x|6 10 y"},
  {"what_is_not_told_stays_until_it_is_read", "1:A 2:B", "3:C", "1@4",
      "0 A B|4 B"},
  {"and_comes_when_it_is", "1:A", "2:B 3:C", "1@4 2@4", "0 A|4 B"},
  {"order_is_that_of_the_later_one", "1:A 2:B", "3:C 1:A", "2@4 3@4",
      "0 A B|4 C A"},
  {"what_nobody_could_read_is_there_until_it_went", "1:A", "2:B",
      "1@- 1@2 2@8", "0 A|2|8 B"},
  {"if_that_is_known", "1:A", "2:B", "1@- 2@8", "0 A|8 B A"},
  {"words_without_a_track_stay", "0:A 1:B", "0:C", "1@4", "0 A B|4 A"},
  {"words_of_a_line_go_together", "1:A 1:B 2:C", "2:C", "1@4",
      "0 A B C|4 C"},
};

static GstKakaoOcrResult *
new_result (const gchar * texts, guint frame, gint width)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, TRUE,
      sizeof (GstKakaoOcrRegion));
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);

  for (guint i = 0; words[i]; i++) {
    gdouble x = 100.0 * i;
    GstKakaoOcrRegion region = {.box = {x, 0, x + 50, 0, x + 50, 20, x, 20} };

    if (!*words[i])
      continue;
    region.track = strtoull (words[i], NULL, 10);
    region.text = strchr (words[i], ':') + 1;
    g_array_append_val (regions, region);
  }
  return gst_kakao_ocr_result_new (frame * GST_SECOND, width, 100,
      (GstKakaoOcrRegion *) regions->data, regions->len, FALSE, 0);
}

/* @backwards: frame 10 is the first result's. */
static void
add_moments (GstKakaoOcrResult * result, const gchar * moments,
    gboolean backwards)
{
  g_auto (GStrv) all = g_strsplit (moments, " ", -1);

  for (guint i = 0; all[i]; i++) {
    const gchar *at = strchr (all[i], '@');
    guint frame;

    if (!at)
      continue;
    frame = strtoull (at + 1, NULL, 10);
    gst_kakao_ocr_result_add_edge (result, strtoull (all[i], NULL, 10),
        GST_KAKAO_OCR_TEXT_EDGE_CHANGED, at[1] == '-' ? GST_CLOCK_TIME_NONE :
        (backwards ? 10 - frame : frame) * GST_SECOND);
  }
}

static gchar *
list_texts (const GstKakaoOcrResult * result)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < gst_kakao_ocr_result_get_n_regions (result); i++)
    g_string_append_printf (texts, " %s",
        gst_kakao_ocr_result_get_region (result, i)->text);
  return g_string_free (texts, FALSE);
}

static gchar *
list_shown (KocrResultViews * views, const GstKakaoOcrResult * before,
    gboolean backwards)
{
  GString *shown = g_string_new (NULL);
  g_autoptr (GstKakaoOcrResult) last = NULL;

  for (guint frame = 0; frame < 10; frame++) {
    GstKakaoOcrResult *view = kocr_result_views_get (views,
        (backwards ? 10 - frame : frame) * GST_SECOND);
    g_autofree gchar *texts = list_texts (view);

    g_assert_true (kocr_result_is_view (view) == (view != before));
    if (view != last)
      g_string_append_printf (shown, "%s%u%s", frame > 0 ? "|" : "", frame,
          texts);
    g_clear_pointer (&last, gst_kakao_ocr_result_unref);
    last = gst_kakao_ocr_result_ref (view);
  }
  return g_string_free (shown, FALSE);
}

static void
check (const Row * row, gboolean backwards)
{
  g_autoptr (GstKakaoOcrResult) before = new_result (row->before,
      backwards ? 10 : 0, 800);
  g_autoptr (GstKakaoOcrResult) after = new_result (row->after,
      backwards ? 0 : 10, 800);
  g_autoptr (KocrResultViews) views = NULL;
  g_autofree gchar *shown = NULL;

  add_moments (after, row->moments, backwards);
  views = kocr_result_views_new (before, after);
  g_assert_true (kocr_result_views_are_of (views, before, after));
  g_assert_false (kocr_result_views_are_of (views, after, before));
  shown = list_shown (views, before, backwards);
  g_assert_cmpstr (shown, ==, row->shown);
}

static void
shown_as_in_row (gconstpointer data)
{
  check (data, FALSE);
}

static void
backwards_as_in_row (gconstpointer data)
{
  check (data, TRUE);
}

/* Although the later result, of @width, tells moments before @pts. */
static void
assert_shows_before (gint width, GstClockTime pts)
{
  g_autoptr (GstKakaoOcrResult) before = new_result ("1:A", 0, 800);
  g_autoptr (GstKakaoOcrResult) after = new_result ("2:B", 10, width);
  g_autoptr (KocrResultViews) views = NULL;

  add_moments (after, "1@3 2@3", FALSE);
  views = kocr_result_views_new (before, after);
  g_assert_true (kocr_result_views_get (views, pts) == before);
}

/* Places in one say nothing of places in the other. */
static void
pictures_of_two_sizes_have_none (void)
{
  assert_shows_before (640, 5 * GST_SECOND);
}

static void
a_frame_without_a_time_shows_what_was_read_last (void)
{
  assert_shows_before (800, GST_CLOCK_TIME_NONE);
}

/* The sample that a view is by is known by its time. */
static void
a_view_is_of_the_sample_that_it_shows_the_newest_text_of (void)
{
  g_autoptr (GstKakaoOcrResult) before = new_result ("1:A", 0, 800);
  g_autoptr (GstKakaoOcrResult) after = new_result ("2:B", 10, 800);
  g_autoptr (KocrResultViews) views = NULL;

  add_moments (after, "1@3 2@6", FALSE);
  views = kocr_result_views_new (before, after);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (kocr_result_views_get (views,
              4 * GST_SECOND)), ==, 0);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (kocr_result_views_get (views,
              6 * GST_SECOND)), ==, 10 * GST_SECOND);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD_ROWS (shown_as_in_row, rows);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *name = g_strconcat (rows[i].name, "/backwards", NULL);

    ADD_ROW (backwards_as_in_row, name, &rows[i]);
  }
  ADD (pictures_of_two_sizes_have_none);
  ADD (a_frame_without_a_time_shows_what_was_read_last);
  ADD (a_view_is_of_the_sample_that_it_shows_the_newest_text_of);
  return g_test_run ();
}
