/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "makeresult.h"

static const gchar *texts[] = { "초미세먼지", "CarService", NULL };

static void
a_result_tells_what_it_was_made_of (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  const GstKakaoOcrRegion *region;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];

  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (result), ==, 5 * GST_SECOND);
  g_assert_cmpint (gst_kakao_ocr_result_get_width (result), ==, 1280);
  g_assert_cmpint (gst_kakao_ocr_result_get_height (result), ==, 720);
  g_assert_false (gst_kakao_ocr_result_get_truncated (result));
  g_assert_cmpuint (gst_kakao_ocr_result_get_latency (result), ==,
      40 * GST_MSECOND);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 2);
  region = gst_kakao_ocr_result_get_region (result, 1);
  g_assert_cmpstr (region->text, ==, "CarService");
  g_assert_cmpstr (region->words[0], ==, "CarService");
  g_assert_null (region->words[1]);
  make_box (1, box);
  assert_boxes_near (region->box, box, 0.0);
  g_assert_cmpuint (region->page, ==, 1);
  g_assert_cmpuint (region->track, ==, 2);
}

static void
a_result_keeps_its_own_copy (void)
{
  gchar text[] = "abc";
  GstKakaoOcrRegion region = {.text = text };
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 4, 4, &region, 1, TRUE, 0);

  text[0] = 'X';
  g_assert_cmpstr (gst_kakao_ocr_result_get_region (result, 0)->text, ==,
      "abc");
}

static void
a_region_without_words_has_none_rather_than_null (void)
{
  GstKakaoOcrRegion region = {.text = (gchar *) "abc" };
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 4, 4, &region, 1, TRUE, 0);
  gchar **words = gst_kakao_ocr_result_get_region (result, 0)->words;

  g_assert_nonnull (words);
  g_assert_null (words[0]);
}

static void
a_frame_without_text_has_an_empty_text (void)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (GST_CLOCK_TIME_NONE, 1, 1, NULL, 0, FALSE, GST_CLOCK_TIME_NONE);
  g_auto (GStrv) lines = gst_kakao_ocr_result_get_lines (result);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 0);
  g_assert_cmpstr (gst_kakao_ocr_result_get_text (result), ==, "");
  g_assert_null (lines[0]);
}

static void
the_text_is_worked_out_once (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  const gchar *text = gst_kakao_ocr_result_get_text (result);

  g_assert_true (text == gst_kakao_ocr_result_get_text (result));
}

static gpointer
read_text (gpointer result)
{
  return (gpointer) gst_kakao_ocr_result_get_text (result);
}

static void
many_threads_read_one_text (void)
{
  guint round, i;

  for (round = 0; round < 50; round++) {
    g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
    GThread *threads[4];
    gpointer first = NULL;

    for (i = 0; i < G_N_ELEMENTS (threads); i++)
      threads[i] = g_thread_new ("reader", read_text, result);
    for (i = 0; i < G_N_ELEMENTS (threads); i++) {
      gpointer text = g_thread_join (threads[i]);

      g_assert_true (first == NULL || first == text);
      first = text;
    }
  }
}

static void
note_end (gpointer ended, GstMiniObject * object)
{
  *(gboolean *) ended = TRUE;
}

static void
the_last_reference_frees (void)
{
  GstKakaoOcrResult *result = make_result (1280, 720, texts);
  gboolean ended = FALSE;

  gst_mini_object_weak_ref (GST_MINI_OBJECT_CAST (result), note_end, &ended);
  g_assert_true (gst_kakao_ocr_result_ref (result) == result);
  gst_kakao_ocr_result_unref (result);
  g_assert_false (ended);
  gst_kakao_ocr_result_unref (result);
  g_assert_true (ended);
}

static void
a_value_holds_a_reference (void)
{
  GstKakaoOcrResult *result = make_result (1280, 720, texts);
  GstStructure *structure = gst_structure_new ("s", "result",
      GST_TYPE_KAKAO_OCR_RESULT, result, NULL);
  GstKakaoOcrResult *held = NULL;
  gboolean ended = FALSE;

  gst_mini_object_weak_ref (GST_MINI_OBJECT_CAST (result), note_end, &ended);
  gst_kakao_ocr_result_unref (result);
  gst_structure_get (structure, "result", GST_TYPE_KAKAO_OCR_RESULT, &held,
      NULL);
  g_assert_true (held == result);
  gst_kakao_ocr_result_unref (held);
  gst_structure_free (structure);
  g_assert_true (ended);
}

static void
a_region_is_copied_deeply (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  const GstKakaoOcrRegion *region = gst_kakao_ocr_result_get_region (result, 0);
  g_autoptr (GstKakaoOcrRegion) copy =
      g_boxed_copy (GST_TYPE_KAKAO_OCR_REGION, region);

  g_assert_true (copy->text != region->text);
  g_assert_true (copy->words != region->words);
  g_assert_cmpstr (copy->text, ==, region->text);
  g_assert_cmpstrv (copy->words, region->words);
  assert_boxes_near (copy->box, region->box, 0.0);
}

typedef struct
{
  const gchar *name;
  const gchar *text;
  const gchar *word;
  gdouble corner;
  gint width, height;
} Refused;

/* What a caller must not pass, each with everything else as it should be. */
static const Refused refused[] = {
  {"no_text", NULL, "a", 0.0, 4, 4},
  {"text_not_utf8", "\xff", "a", 0.0, 4, 4},
  {"word_not_utf8", "a", "\xc0\x80", 0.0, 4, 4},
  {"nan", "a", "a", NAN, 4, 4},
  {"infinity", "a", "a", -INFINITY, 4, 4},
  {"far_away", "a", "a", 2.0 * GST_KAKAO_OCR_MAX_COORDINATE, 4, 4},
  {"no_width", "a", "a", 0.0, 0, 4},
  {"negative_height", "a", "a", 0.0, 4, -1},
};

static void
refuses (gconstpointer data)
{
  const Refused *row = data;
  gchar *words[] = { (gchar *) row->word, NULL };
  GstKakaoOcrRegion region = {.text = (gchar *) row->text,.words = words };

  region.box[5] = row->corner;
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_failed ();
    g_test_trap_assert_stderr ("*CRITICAL*gst_kakao_ocr_result_new*");
    return;
  }
  gst_kakao_ocr_result_new (0, row->width, row->height, &region, 1, FALSE, 0);
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/kakaoocr/result/" #name, name)
  ADD (a_result_tells_what_it_was_made_of);
  ADD (a_result_keeps_its_own_copy);
  ADD (a_region_without_words_has_none_rather_than_null);
  ADD (a_frame_without_text_has_an_empty_text);
  ADD (the_text_is_worked_out_once);
  ADD (many_threads_read_one_text);
  ADD (the_last_reference_frees);
  ADD (a_value_holds_a_reference);
  ADD (a_region_is_copied_deeply);
  for (i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree gchar *path =
        g_strconcat ("/kakaoocr/result/refuses_", refused[i].name, NULL);

    g_test_add_data_func (path, &refused[i], refuses);
  }
  return g_test_run ();
}
