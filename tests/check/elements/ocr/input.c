/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: any format and size, and the part of a frame that is sent.
 */
#include <string.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"

#define TESTS "/kakaoocr/input/"

static void
set_video_caps (GstHarness * h, GstVideoInfo * info, GstVideoFormat format,
    guint width, guint height)
{
  gst_video_info_set_format (info, format, width, height);
  info->fps_n = 25;
  info->fps_d = 1;
  gst_harness_set_src_caps (h, gst_video_info_to_caps (info));
}

static void
assert_recognized (GstHarness * h, const GstVideoInfo * info)
{
  GstBuffer *buffer;

  g_assert_cmpint (gst_harness_push (h, test_frame_new_full (0, info)), ==,
      GST_FLOW_OK);
  buffer = gst_harness_pull (h);
  if (!gst_buffer_get_kakao_ocr_meta (buffer))
    g_error ("no result on %s %ux%u", info->finfo->name, info->width,
        info->height);
  gst_buffer_unref (buffer);
}

static void
every_raw_format_and_size_is_read (void)
{
  static const guint sizes[][2] = { {1, 1}, {65, 49}, {4099, 17} };
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  guint n_formats;
  const GstVideoFormat *formats = gst_video_formats_raw (&n_formats);

  held_service_open (service);
  for (guint i = 0; i < n_formats; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++) {
      GstVideoInfo info;

      set_video_caps (h, &info, formats[i], sizes[j][0], sizes[j][1]);
      assert_recognized (h, &info);
    }
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_large_frame_is_sent_at_max_dimension (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 max-dimension=160");
  GstVideoInfo info;
  GstKakaoOcrMeta *meta;
  GstBuffer *buffer;
  gdouble box[8];

  held_service_open (service);
  set_video_caps (h, &info, GST_VIDEO_FORMAT_I420, 640, 480);
  gst_harness_push (h, test_frame_new_full (0, &info));
  buffer = gst_harness_pull (h);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_cmpstr (gst_kakao_ocr_result_get_region (meta->result, 1)->text,
      ==, "160x120");
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
  g_assert_cmpfloat_with_epsilon (box[0], 4 * 8, 0.01);
  g_assert_cmpfloat_with_epsilon (box[1], 4 * 4, 0.01);
  gst_buffer_unref (buffer);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Region. */

static void
assert_sent (GstHarness * h, guint id, const gchar * size, gdouble x, gdouble y)
{
  GstBuffer *buffer;
  GstKakaoOcrMeta *meta;
  gdouble box[8];

  ocr_harness_push (h, id);
  buffer = gst_harness_pull (h);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_nonnull (meta);
  g_assert_cmpstr (gst_kakao_ocr_result_get_region (meta->result, 1)->text,
      ==, size);
  gst_kakao_ocr_meta_get_box (meta, 0, box);
  g_assert_cmpfloat_with_epsilon (box[0], x, 0.01);
  g_assert_cmpfloat_with_epsilon (box[1], y, 0.01);
  gst_buffer_unref (buffer);
}

static void
only_the_region_and_its_margin_are_sent (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 region=<0,0,40,24>");

  held_service_open (service);
  assert_sent (h, 0, "48x32", 8, 4);
  gst_util_set_object_arg (G_OBJECT (h->element), "region", "<0,0,50,30>");
  assert_sent (h, 1, "58x38", 8, 4);
  gst_util_set_object_arg (G_OBJECT (h->element), "region", "<>");
  assert_sent (h, 2, "64x48", 8, 4);
  gst_util_set_object_arg (G_OBJECT (h->element), "region",
      "<0.0,0.0,0.5,0.5>");
  assert_sent (h, 3, "40x32", 8, 4);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_region_is_clipped_to_the_frame (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 region=<20,4,1000,1000>");

  held_service_open (service);
  assert_sent (h, 0, "56x48", 16, 4);
  ocr_harness_free (h);
  held_service_free (service);
}

/* The service tells of two texts, at 8,4 - 24,12 and at 8,16 - 40,24 of what it
 * gets. */
static void
what_stands_in_the_margin_is_left_out (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 region=<0,15,64,33>");
  GstKakaoOcrMeta *meta;
  GstBuffer *buffer;
  gdouble box[8];

  held_service_open (service);
  ocr_harness_push (h, 0);
  buffer = gst_harness_pull (h);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_nonnull (meta);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (meta->result), ==, 1);
  gst_kakao_ocr_meta_get_box (meta, 0, box);
  g_assert_cmpfloat_with_epsilon (box[1], 6 + 16, 0.01);
  g_assert_cmpuint (ocr_get_stat (h->element, "regions-dropped"), ==, 0);
  gst_buffer_unref (buffer);
  ocr_harness_free (h);
  held_service_free (service);
}

static const gchar *const no_regions[] = {
  "region=<1,2,3>", "region=<1,2,3,4,5>", "region=<1>", "region=<1,2,0,4>",
  "region=<-1,2,3,4>", "region=<0.0,0.5,1.5,1.0>", "region=<a,b,c,d>",
  "mask=<1,2,3,4>", "mask=<<1,2,3>>", "mask=<<1,2,3,4>,<1,2,3,0>>",
};

static void
a_region_that_is_none_is_an_error_at_the_start (gconstpointer data)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_without_caps (held_service_get_url (service),
      "timing=exact interval=0");
  const gchar *setting = data;
  g_autofree gchar *name = g_strndup (setting, strcspn (setting, "="));

  gst_element_set_state (h->element, GST_STATE_READY);
  ocr_set_properties (h->element, setting);
  g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PAUSED), ==,
      GST_STATE_CHANGE_FAILURE);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR, name));
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_region_that_is_none_never_becomes_the_whole_frame (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 region=<0,0,40,24>");

  gst_util_set_object_arg (G_OBJECT (h->element), "region", "<1,2,3>");
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "region"));
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
rectangles_are_told_as_they_were_set (void)
{
  static const struct
  {
    const gchar *name, *set, *told;
  } rows[] = {
    {"region", "<1,2,3,4>", "< (int)1, (int)2, (int)3, (int)4 >"},
    {"region", "<0.0,0.5,1.0,0.25>",
        "< (double)0, (double)0.5, (double)1, (double)0.25 >"},
    {"mask", "<<1,2,3,4>>", "< (array)< (int)1, (int)2, (int)3, (int)4 > >"},
  };
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *text = NULL;
    GValue value = G_VALUE_INIT;

    gst_util_set_object_arg (G_OBJECT (element), rows[i].name, rows[i].set);
    g_value_init (&value, GST_TYPE_ARRAY);
    g_object_get_property (G_OBJECT (element), rows[i].name, &value);
    text = gst_value_serialize (&value);
    g_assert_cmpstr (text, ==, rows[i].told);
    g_value_unset (&value);
  }
  gst_object_unref (element);
}

static void
a_region_outside_is_warned_of_once (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 region=<64,0,10,10>");

  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "region"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Not before the frames that still wait, which would be lost. */
static void
a_region_outside_is_an_error_in_its_turn_in_exact (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0");
  GstStructure *details;
  guint64 resume_pts, lost;

  ocr_harness_push (h, 0);
  ocr_set_properties (h->element, "region=<0,48,10,10>");
  ocr_harness_push (h, 1);
  held_service_wait (service, 1);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ERROR));
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  details = ocr_harness_wait_problem (h, GST_MESSAGE_ERROR, "region");
  g_assert_true (gst_structure_get (details, "resume-pts", G_TYPE_UINT64,
          &resume_pts, "frames-lost", G_TYPE_UINT64, &lost, NULL));
  g_assert_cmpuint (resume_pts, ==, TEST_FRAME_DURATION);
  g_assert_cmpuint (lost, ==, 1);
  gst_structure_free (details);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 2);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), ==, 1);
  g_assert_cmpint (gst_harness_push (h, test_frame_new (2)), ==,
      GST_FLOW_ERROR);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Formats that cannot be read. */

#define TILED "video/x-raw(memory:DMABuf),format=DMA_DRM,width=64,height=48," \
    "framerate=25/1,drm-format=(string)NV12:0x0100000000000001"

static void
a_format_that_is_not_linear_passes_with_one_warning (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_without_caps (held_service_get_url (service),
      "timing=latest interval=0");

  gst_harness_set_src_caps_str (h, TILED);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "converter"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (every_raw_format_and_size_is_read);
  ADD (a_large_frame_is_sent_at_max_dimension);
  ADD (only_the_region_and_its_margin_are_sent);
  ADD (a_region_is_clipped_to_the_frame);
  ADD (what_stands_in_the_margin_is_left_out);
  for (guint i = 0; i < G_N_ELEMENTS (no_regions); i++) {
    g_autofree gchar *path = g_strdup_printf ("/kakaoocr/input/"
        "a_region_that_is_none_is_an_error_at_the_start/%u", i);

    g_test_add_data_func (path, no_regions[i],
        a_region_that_is_none_is_an_error_at_the_start);
  }
  ADD (a_region_that_is_none_never_becomes_the_whole_frame);
  ADD (rectangles_are_told_as_they_were_set);
  ADD (a_region_outside_is_warned_of_once);
  ADD (a_region_outside_is_an_error_in_its_turn_in_exact);
  ADD (a_format_that_is_not_linear_passes_with_one_warning);
  return g_test_run ();
}
