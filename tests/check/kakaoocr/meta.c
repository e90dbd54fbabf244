/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>
#include <gst/video/video.h>

#include "makeresult.h"

static const gchar *texts[] = { "one", "two", NULL };

typedef struct
{
  GstKakaoOcrResult *result;
  GstBuffer *buffer;
  GstKakaoOcrMeta *meta;
} Fixture;

static void
setup (Fixture * f, gconstpointer data)
{
  f->result = make_result (320, 240, texts);
  f->buffer = gst_buffer_new_allocate (NULL, 320 * 240 * 4, NULL);
  f->meta = gst_buffer_add_kakao_ocr_meta (f->buffer, f->result);
}

static void
teardown (Fixture * f, gconstpointer data)
{
  gst_buffer_unref (f->buffer);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (f->result), ==, 1);
  gst_kakao_ocr_result_unref (f->result);
}

static void
assert_box_at (GstKakaoOcrMeta * meta, guint i, gdouble dx, gdouble dy)
{
  gdouble expected[GST_KAKAO_OCR_BOX_LEN], box[GST_KAKAO_OCR_BOX_LEN];
  guint c;

  make_box (i, expected);
  for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
    expected[c] += dx;
    expected[c + 1] += dy;
  }
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, i, box));
  assert_boxes_near (box, expected, 0.0);
}

static void
move_all (GstKakaoOcrMeta * meta, gdouble dx, gdouble dy, const gboolean * lost)
{
  gdouble boxes[2 * GST_KAKAO_OCR_BOX_LEN];
  guint c;

  make_box (0, boxes);
  make_box (1, boxes + GST_KAKAO_OCR_BOX_LEN);
  for (c = 0; c < G_N_ELEMENTS (boxes); c += 2) {
    boxes[c] += dx;
    boxes[c + 1] += dy;
  }
  gst_kakao_ocr_meta_set_boxes (meta, boxes, lost);
}

static void
a_new_meta_says_what_the_result_says (Fixture * f, gconstpointer data)
{
  g_autoptr (GstKakaoOcrResult) same = NULL;
  gint width, height;

  g_assert_true (f->meta->result == f->result);
  g_assert_true (gst_buffer_get_kakao_ocr_meta (f->buffer) == f->meta);
  assert_box_at (f->meta, 0, 0, 0);
  assert_box_at (f->meta, 1, 0, 0);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (f->meta, 1), ==, 2);
  gst_kakao_ocr_meta_get_frame_size (f->meta, &width, &height);
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 240);
  same = gst_kakao_ocr_meta_dup_result (f->meta);
  g_assert_true (same == f->result);
}

static void
a_copy_of_the_result_tells_of_its_gaps (void)
{
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 320, 240, NULL, 0, FALSE, 0);
  g_autoptr (GstKakaoOcrResult) cropped = NULL;
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstVideoCropMeta *crop;
  gint x, y, width, height;

  gst_kakao_ocr_result_set_regions_dropped (result, 3);
  gst_kakao_ocr_result_add_unread (result, 0, 200, 320, 40);
  gst_kakao_ocr_result_add_unread (result, 5, 5, 0, 40);
  crop = gst_buffer_add_video_crop_meta (buffer);
  crop->x = 20;
  crop->y = 10;
  crop->width = crop->height = 200;
  cropped = gst_kakao_ocr_meta_dup_result (gst_buffer_add_kakao_ocr_meta
      (buffer, result));
  g_assert_cmpuint (gst_kakao_ocr_result_get_regions_dropped (cropped), ==, 3);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_unread (cropped), ==, 1);
  gst_kakao_ocr_result_get_unread (cropped, 0, &x, &y, &width, &height);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 190);
  g_assert_cmpint (width, ==, 200);
  g_assert_cmpint (height, ==, 10);
}

static void
a_buffer_without_meta_has_none (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();

  g_assert_null (gst_buffer_get_kakao_ocr_meta (buffer));
  g_assert_null (gst_buffer_get_kakao_ocr_meta_by_producer (buffer, 0));
}

static void
the_meta_depends_on_size_and_orientation (void)
{
  GType api = GST_KAKAO_OCR_META_API_TYPE;

  g_assert_true (gst_meta_api_type_has_tag (api,
          g_quark_from_string (GST_META_TAG_VIDEO_STR)));
  g_assert_true (gst_meta_api_type_has_tag (api,
          g_quark_from_string (GST_META_TAG_VIDEO_SIZE_STR)));
  g_assert_true (gst_meta_api_type_has_tag (api,
          g_quark_from_string (GST_META_TAG_VIDEO_ORIENTATION_STR)));
}

static void
a_copy_carries_the_same_result (Fixture * f, gconstpointer data)
{
  g_autoptr (GstBuffer) copy = NULL;
  GstKakaoOcrMeta *meta;
  guint producer = gst_kakao_ocr_meta_new_producer ();

  gst_kakao_ocr_meta_set_producer (f->meta, producer);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (f->meta), ==,
      gst_kakao_ocr_result_get_pts (f->meta->result));
  gst_kakao_ocr_meta_set_last_seen (f->meta, 9 * GST_SECOND);
  copy = gst_buffer_copy (f->buffer);
  meta = gst_buffer_get_kakao_ocr_meta (copy);
  g_assert_nonnull (meta);
  g_assert_true (meta != f->meta);
  g_assert_true (meta->result == f->result);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_producer (meta), ==, producer);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), ==,
      9 * GST_SECOND);
  assert_box_at (meta, 1, 0, 0);
}

static void
a_copy_of_a_part_of_the_memory_carries_nothing (Fixture * f, gconstpointer data)
{
  g_autoptr (GstBuffer) part =
      gst_buffer_copy_region (f->buffer, GST_BUFFER_COPY_ALL, 4, 100);
  g_autoptr (GstBuffer) whole =
      gst_buffer_copy_region (f->buffer, GST_BUFFER_COPY_ALL, 0, -1);

  g_assert_null (gst_buffer_get_kakao_ocr_meta (part));
  g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (whole));
}

static void
moving_one_buffer_leaves_others_alone (Fixture * f, gconstpointer data)
{
  g_autoptr (GstBuffer) before = gst_buffer_copy (f->buffer);
  g_autoptr (GstBuffer) after = NULL;

  move_all (f->meta, 5, 7.5, NULL);
  after = gst_buffer_copy (f->buffer);
  move_all (gst_buffer_get_kakao_ocr_meta (after), 50, 0, NULL);

  assert_box_at (gst_buffer_get_kakao_ocr_meta (before), 1, 0, 0);
  assert_box_at (f->meta, 1, 5, 7.5);
  assert_box_at (gst_buffer_get_kakao_ocr_meta (after), 1, 50, 0);
}

static void
tracks_differ_a_buffer (Fixture * f, gconstpointer data)
{
  static const guint64 tracks[] = { 70, G_MAXUINT64 };
  g_autoptr (GstBuffer) before = gst_buffer_copy (f->buffer);

  move_all (f->meta, 5, 0, NULL);
  gst_kakao_ocr_meta_set_tracks (f->meta, tracks);
  assert_box_at (f->meta, 0, 5, 0);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (f->meta, 0), ==, 70);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (f->meta, 1), ==, G_MAXUINT64);
  move_all (f->meta, 6, 0, NULL);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (f->meta, 0), ==, 70);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track
      (gst_buffer_get_kakao_ocr_meta (before), 0), ==, 1);
}

static void
a_lost_region_is_told_and_left_out (Fixture * f, gconstpointer data)
{
  static const gboolean lost[] = { TRUE, FALSE };
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  g_autoptr (GstKakaoOcrResult) seen = NULL;
  const GstKakaoOcrRegion *region;

  move_all (f->meta, 5, 0, lost);
  g_assert_false (gst_kakao_ocr_meta_get_box (f->meta, 0, box));
  g_assert_cmpfloat (box[0], ==, 15);
  assert_box_at (f->meta, 1, 5, 0);

  seen = gst_kakao_ocr_meta_dup_result (f->meta);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (seen), ==, 1);
  region = gst_kakao_ocr_result_get_region (seen, 0);
  g_assert_cmpstr (region->text, ==, "two");
  g_assert_cmpfloat (region->box[0], ==, 16);
  g_assert_cmpuint (region->track, ==, 2);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (seen), ==,
      gst_kakao_ocr_result_get_pts (f->result));

  move_all (f->meta, 6, 0, NULL);
  assert_box_at (f->meta, 0, 6, 0);
}

static void
a_box_that_is_none_is_lost (Fixture * f, gconstpointer data)
{
  static const gdouble bad[] = { NAN, INFINITY, 1e300 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (bad); i++) {
    gdouble boxes[2 * GST_KAKAO_OCR_BOX_LEN] = { 0 };
    gdouble box[GST_KAKAO_OCR_BOX_LEN], last[GST_KAKAO_OCR_BOX_LEN];
    g_autoptr (GstKakaoOcrResult) seen = NULL;

    boxes[3] = bad[i];
    gst_kakao_ocr_meta_set_boxes (f->meta, boxes, NULL);
    g_assert_false (gst_kakao_ocr_meta_get_box (f->meta, 0, box));
    make_box (0, last);
    assert_boxes_near (box, last, 0.0);
    g_assert_true (gst_kakao_ocr_meta_get_box (f->meta, 1, box));
    seen = gst_kakao_ocr_meta_dup_result (f->meta);
    g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (seen), ==, 1);
  }
}

static void
a_crop_meta_is_taken_off (Fixture * f, gconstpointer data)
{
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (f->buffer);
  g_autoptr (GstKakaoOcrResult) seen = NULL;
  g_autoptr (GstBuffer) copy = NULL;
  gint width, height;

  crop->x = 8;
  crop->y = 6;
  crop->width = 300;
  crop->height = 200;
  assert_box_at (f->meta, 1, -8, -6);
  gst_kakao_ocr_meta_get_frame_size (f->meta, &width, &height);
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 200);
  seen = gst_kakao_ocr_meta_dup_result (f->meta);
  g_assert_cmpint (gst_kakao_ocr_result_get_width (seen), ==, 300);
  g_assert_cmpfloat (gst_kakao_ocr_result_get_region (seen, 0)->box[1], ==, 14);

  /* A copy looks at its own crop. */
  copy = gst_buffer_copy (f->buffer);
  gst_buffer_get_video_crop_meta (copy)->x = 10;
  assert_box_at (gst_buffer_get_kakao_ocr_meta (copy), 1, -10, -6);
  assert_box_at (f->meta, 1, -8, -6);
}

static void
each_producer_finds_its_own (Fixture * f, gconstpointer data)
{
  guint a = gst_kakao_ocr_meta_new_producer ();
  guint b = gst_kakao_ocr_meta_new_producer ();
  GstKakaoOcrMeta *other = gst_buffer_add_kakao_ocr_meta (f->buffer, f->result);

  g_assert_cmpuint (a, !=, 0);
  g_assert_cmpuint (a, !=, b);
  gst_kakao_ocr_meta_set_producer (f->meta, a);
  gst_kakao_ocr_meta_set_producer (other, b);
  g_assert_true (gst_buffer_get_kakao_ocr_meta_by_producer (f->buffer, a) ==
      f->meta);
  g_assert_true (gst_buffer_get_kakao_ocr_meta_by_producer (f->buffer, b) ==
      other);
  g_assert_null (gst_buffer_get_kakao_ocr_meta_by_producer (f->buffer, b + 1));
  gst_buffer_remove_meta (f->buffer, (GstMeta *) f->meta);
  g_assert_null (gst_buffer_get_kakao_ocr_meta_by_producer (f->buffer, a));
  g_assert_true (gst_buffer_get_kakao_ocr_meta (f->buffer) == other);
}

static void
adding_costs_the_same_for_any_number_of_regions (void)
{
  enum
  { ROUNDS = 20000 };
  const gchar **many = g_new0 (const gchar *, 1001);
  static const gchar *none[] = { NULL };
  GstKakaoOcrResult *results[2];
  gint64 least[2] = { G_MAXINT64, G_MAXINT64 };
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  guint i, k, round;

  for (i = 0; i < 1000; i++)
    many[i] = "text";
  results[0] = make_result (320, 240, none);
  results[1] = make_result (320, 240, many);
  for (round = 0; round < 7; round++) {
    for (k = 0; k < 2; k++) {
      gint64 start = g_get_monotonic_time ();

      for (i = 0; i < ROUNDS; i++) {
        GstKakaoOcrMeta *meta =
            gst_buffer_add_kakao_ocr_meta (buffer, results[k]);

        gst_buffer_remove_meta (buffer, (GstMeta *) meta);
      }
      least[k] = MIN (least[k], g_get_monotonic_time () - start);
    }
  }
  g_test_message ("add and remove: %.3f us with none, %.3f us with 1,000",
      least[0] / (gdouble) ROUNDS, least[1] / (gdouble) ROUNDS);
  g_assert_cmpint (least[1], <, 4 * least[0] + 1000);
  gst_kakao_ocr_result_unref (results[0]);
  gst_kakao_ocr_result_unref (results[1]);
  g_free (many);
}

static void
a_setter_refuses_a_buffer_that_is_not_writable (void)
{
  static const gchar *one[] = { "one", NULL };
  static const guint64 tracks[] = { 1 };
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = NULL, shared = NULL;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_failed ();
    g_test_trap_assert_stderr ("*CRITICAL*gst_buffer_is_writable*");
    return;
  }
  result = make_result (320, 240, one);
  buffer = gst_buffer_new ();
  gst_buffer_add_kakao_ocr_meta (buffer, result);
  shared = gst_buffer_ref (buffer);
  gst_kakao_ocr_meta_set_tracks (gst_buffer_get_kakao_ocr_meta (buffer),
      tracks);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/kakaoocr/meta/" #name, Fixture, NULL, setup, \
    name, teardown)
#define ADD_BARE(name) g_test_add_func ("/kakaoocr/meta/" #name, name)
  ADD (a_new_meta_says_what_the_result_says);
  ADD_BARE (a_copy_of_the_result_tells_of_its_gaps);
  ADD_BARE (a_buffer_without_meta_has_none);
  ADD_BARE (the_meta_depends_on_size_and_orientation);
  ADD (a_copy_carries_the_same_result);
  ADD (a_copy_of_a_part_of_the_memory_carries_nothing);
  ADD (moving_one_buffer_leaves_others_alone);
  ADD (tracks_differ_a_buffer);
  ADD (a_lost_region_is_told_and_left_out);
  ADD (a_box_that_is_none_is_lost);
  ADD (a_crop_meta_is_taken_off);
  ADD (each_producer_finds_its_own);
  ADD_BARE (adding_costs_the_same_for_any_number_of_regions);
  ADD_BARE (a_setter_refuses_a_buffer_that_is_not_writable);
  return g_test_run ();
}
