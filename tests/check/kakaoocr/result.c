/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/result/"

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

/* One that tells all that a result can tell. */
static GstKakaoOcrResult *
make_full_result (void)
{
  static const gchar *texts[] = { "a", "b", NULL };
  GstKakaoOcrResult *result = make_result (320, 240, texts);

  gst_kakao_ocr_result_set_times (result, 5, 7);
  gst_kakao_ocr_result_set_producer (result, "kakaoocr3");
  gst_kakao_ocr_result_set_regions_dropped (result, 2);
  gst_kakao_ocr_result_add_unread (result, 10, 200, 300, 40);
  gst_kakao_ocr_result_add_edge (
      result, 9, GST_KAKAO_OCR_TEXT_EDGE_CHANGED, 4);
  return result;
}

static void
assert_unread (const GstKakaoOcrResult * result, gint x, gint y, gint width,
    gint height)
{
  gint got[4];
  const gint expected[] = { x, y, width, height };

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_unread (result), ==, 1);
  gst_kakao_ocr_result_get_unread (result, 0, &got[0], &got[1], &got[2],
      &got[3]);
  g_assert_cmpmem (got, sizeof got, expected, sizeof expected);
}

static void
assert_tells_the_same (GstKakaoOcrResult * result)
{
  guint64 track;
  GstClockTime pts;

  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (result), ==, 5);
  g_assert_cmpuint (gst_kakao_ocr_result_get_latency (result), ==, 7);
  g_assert_cmpstr (gst_kakao_ocr_result_get_producer (result), ==,
      "kakaoocr3");
  g_assert_cmpuint (gst_kakao_ocr_result_get_regions_dropped (result), ==, 2);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_edges (result), ==, 1);
  g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 0, &track, &pts), ==,
      GST_KAKAO_OCR_TEXT_EDGE_CHANGED);
  g_assert_cmpuint (track, ==, 9);
  g_assert_cmpuint (pts, ==, 4);
}

static void
a_copy_tells_the_same (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_full_result ();
  g_autoptr (GstKakaoOcrResult) copy = gst_kakao_ocr_result_copy (result);

  g_assert_true (copy != result);
  assert_results_equal (result, copy);
  assert_tells_the_same (copy);
  assert_unread (copy, 10, 200, 300, 40);
}

static void
a_copy_with_other_regions_tells_all_else (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_full_result ();
  g_autoptr (GstKakaoOcrResult) none =
      gst_kakao_ocr_result_copy_with (result, NULL, 0);
  g_autoptr (GstKakaoOcrResult) one = gst_kakao_ocr_result_copy_with (result,
      gst_kakao_ocr_result_get_region (result, 1), 1);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (none), ==, 0);
  assert_tells_the_same (none);
  g_assert_cmpstr (gst_kakao_ocr_result_get_text (one), ==, "b");
  assert_tells_the_same (one);
  assert_unread (one, 10, 200, 300, 40);
}

/* Of a frame of 100 x 60, whose text is at 10,20 - 30,28. */
static const struct
{
  GstVideoOrientationMethod orientation;
  gint width;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  gint unread[4];
} turns[] = {
  { GST_VIDEO_ORIENTATION_IDENTITY, 100, { 10, 20, 30, 20, 30, 28, 10, 28 },
      { 0, 0, 40, 10 } },
  { GST_VIDEO_ORIENTATION_90R, 60, { 40, 10, 40, 30, 32, 30, 32, 10 },
      { 50, 0, 10, 40 } },
  { GST_VIDEO_ORIENTATION_180, 100, { 90, 40, 70, 40, 70, 32, 90, 32 },
      { 60, 50, 40, 10 } },
  { GST_VIDEO_ORIENTATION_90L, 60, { 20, 90, 20, 70, 28, 70, 28, 90 },
      { 0, 60, 10, 40 } },
  /* In a mirror the box goes clockwise all the same. */
  { GST_VIDEO_ORIENTATION_HORIZ, 100, { 70, 20, 90, 20, 90, 28, 70, 28 },
      { 60, 0, 40, 10 } },
  { GST_VIDEO_ORIENTATION_VERT, 100, { 30, 40, 10, 40, 10, 32, 30, 32 },
      { 0, 50, 40, 10 } },
  { GST_VIDEO_ORIENTATION_UL_LR, 60, { 20, 30, 20, 10, 28, 10, 28, 30 },
      { 0, 0, 10, 40 } },
  { GST_VIDEO_ORIENTATION_UR_LL, 60, { 40, 70, 40, 90, 32, 90, 32, 70 },
      { 50, 60, 10, 40 } },
};

static void
a_turned_result_tells_what_is_shown (void)
{
  GstKakaoOcrRegion regions[]
      = { { .text = (gchar *)"a", .box = { 10, 20, 30, 20, 30, 28, 10, 28 } },
          /* Beyond all that a box may be, once it is turned. */
          { .text = (gchar *)"b",
              .box = { -GST_KAKAO_OCR_MAX_COORDINATE,
                  -GST_KAKAO_OCR_MAX_COORDINATE } } };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    g_autoptr (GstKakaoOcrResult) result
        = gst_kakao_ocr_result_new (7, 100, 60, regions, 2, TRUE, 8);
    g_autoptr (GstKakaoOcrResult) copy = NULL, turned = NULL;
    gint unread[4];

    gst_kakao_ocr_result_set_orientation (result, turns[i].orientation);
    gst_kakao_ocr_result_add_unread (result, 0, 0, 40, 10);
    copy = gst_kakao_ocr_result_copy (result);
    turned = gst_kakao_ocr_result_turn (copy);
    g_assert_cmpint (
        gst_kakao_ocr_result_get_width (turned), ==, turns[i].width);
    g_assert_cmpint (
        gst_kakao_ocr_result_get_height (turned), ==, 160 - turns[i].width);
    g_assert_cmpint (gst_kakao_ocr_result_get_orientation (turned), ==,
        GST_VIDEO_ORIENTATION_IDENTITY);
    assert_boxes_near (
        gst_kakao_ocr_result_get_region (turned, 0)->box, turns[i].box, 0.0);
    gst_kakao_ocr_result_get_unread (
        turned, 0, &unread[0], &unread[1], &unread[2], &unread[3]);
    g_assert_cmpmem (unread, sizeof unread, turns[i].unread, sizeof unread);
    g_assert_cmpuint (gst_kakao_ocr_result_get_pts (turned), ==, 7);
    g_assert_true (gst_kakao_ocr_result_get_truncated (turned));
  }
}

static void
a_crop_counts_from_its_own_corner (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_full_result ();
  g_autoptr (GstKakaoOcrResult) cropped =
      gst_kakao_ocr_result_crop (result, 20, 10, 200, 195);
  g_autoptr (GstKakaoOcrResult) far_away =
      gst_kakao_ocr_result_crop (result, G_MAXINT, 0, 8, 8);
  gdouble box[GST_KAKAO_OCR_BOX_LEN];

  make_box (1, box);
  for (guint c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
    box[c] -= 20;
    box[c + 1] -= 10;
  }
  g_assert_cmpint (gst_kakao_ocr_result_get_width (cropped), ==, 200);
  g_assert_cmpint (gst_kakao_ocr_result_get_height (cropped), ==, 195);
  assert_boxes_near (gst_kakao_ocr_result_get_region (cropped, 1)->box, box,
      0);
  assert_tells_the_same (cropped);
  assert_unread (cropped, 0, 190, 200, 5);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_unread (far_away), ==, 0);
}

static void
a_region_becomes_a_structure (void)
{
  gchar *words[] = { (gchar *) "a", (gchar *) "b", NULL };
  GstKakaoOcrRegion region = {
    .text = (gchar *)"ab", .words = words, .page = 2, .track = G_MAXUINT64
  };
  g_autoptr (GstStructure) structure = NULL;
  const GValue *box;
  const gchar *text;
  guint page;
  guint64 track;

  make_box (0, region.box);
  structure = gst_kakao_ocr_region_to_structure (&region);
  g_assert_cmpint (gst_structure_n_fields (structure), ==, 4);
  g_assert_true (gst_structure_get (structure, "text", G_TYPE_STRING, &text,
          "page", G_TYPE_UINT, &page, "track", G_TYPE_UINT64, &track, NULL));
  g_assert_cmpstr (text, ==, "ab");
  g_assert_cmpuint (page, ==, 2);
  g_assert_cmpuint (track, ==, G_MAXUINT64);
  g_free ((gchar *) text);
  box = gst_structure_get_value (structure, "box");
  g_assert_cmpuint (gst_value_array_get_size (box), ==, GST_KAKAO_OCR_BOX_LEN);
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    g_assert_cmpfloat (g_value_get_double (gst_value_array_get_value (box, i)),
        ==, region.box[i]);
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
  GstKakaoOcrRegion region = { .text = (gchar *)row->text, .words = words };

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
  ADD (a_result_tells_what_it_was_made_of);
  ADD (a_result_keeps_its_own_copy);
  ADD (a_region_without_words_has_none_rather_than_null);
  ADD (a_frame_without_text_has_an_empty_text);
  ADD (the_text_is_worked_out_once);
  ADD (many_threads_read_one_text);
  ADD (the_last_reference_frees);
  ADD (a_value_holds_a_reference);
  ADD (a_region_is_copied_deeply);
  ADD (a_copy_tells_the_same);
  ADD (a_copy_with_other_regions_tells_all_else);
  ADD (a_turned_result_tells_what_is_shown);
  ADD (a_crop_counts_from_its_own_corner);
  ADD (a_region_becomes_a_structure);
  for (i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree gchar *path =
        g_strconcat ("/kakaoocr/result/refuses_", refused[i].name, NULL);

    g_test_add_data_func (path, &refused[i], refuses);
  }
  return g_test_run ();
}
