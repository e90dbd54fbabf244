/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/metatransform/"

/* What the elements of GStreamer make of the meta: it is right behind them, or
 * it is not there. */

static const gchar *texts[] = { "one", "two", NULL };

#define CAPS(format, width, height) "video/x-raw,format=" format ",width=" \
    #width ",height=" #height ",framerate=25/1"

typedef enum
{
  ABSENT,
  KEPT,
  KEPT_OR_ABSENT                /* whether it is copied, versions differ in */
} Fate;

typedef struct
{
  const gchar *name;
  const gchar *launch;
  const gchar *caps;
  Fate fate;
  gdouble x_scale, y_scale;     /* of the boxes, where it is kept */
  gint width, height;           /* of the frame behind the element */
} Row;

/* videoflip is told by video-direction: 1.22.0 forgets its method. */
static const Row rows[] = {
  {"queue", "queue", CAPS ("I420", 320, 240), KEPT, 1, 1, 320, 240},
  {"identity", "identity", CAPS ("I420", 320, 240), KEPT, 1, 1, 320, 240},
  {"videoconvert", "videoconvert ! capsfilter caps=video/x-raw,format=BGRA",
      CAPS ("I420", 320, 240), KEPT, 1, 1, 320, 240},
  {"videorate", "videorate ! capsfilter caps=video/x-raw,framerate=50/1",
      CAPS ("I420", 320, 240), KEPT, 1, 1, 320, 240},
  {"writable_copy", "timeoverlay", CAPS ("I420", 320, 240), KEPT, 1, 1, 320,
      240},
  {"videobalance", "videobalance brightness=0.2", CAPS ("I420", 320, 240),
      KEPT, 1, 1, 320, 240},
  {"videoscale_up",
        "videoscale ! capsfilter caps=video/x-raw,width=640,height=480",
      CAPS ("I420", 320, 240), KEPT, 2, 2, 640, 480},
  {"videoscale_odd",
        "videoscale ! capsfilter caps=video/x-raw,width=133,height=100,"
        "pixel-aspect-ratio=1/1", CAPS ("I420", 320, 240), KEPT, 133 / 320.0,
      100 / 240.0, 133, 100},
  {"videoscale_by_pixel_aspect",
        "videoscale ! capsfilter caps=video/x-raw,width=160,"
        "height=240,pixel-aspect-ratio=2/1", CAPS ("I420", 320, 240), KEPT,
      0.5, 1, 160, 240},
  {"videoscale_anamorphic_in",
        "videoscale ! capsfilter caps=video/x-raw,width=640,"
        "height=240,pixel-aspect-ratio=1/1",
        CAPS ("I420", 320, 240) ",pixel-aspect-ratio=2/1", KEPT, 2, 1, 640,
      240},
  {"videoscale_borders_beside",
      "videoscale ! capsfilter caps=video/x-raw,width=400,"
        "height=240,pixel-aspect-ratio=1/1", CAPS ("I420", 320, 240), ABSENT},
  {"videoscale_borders_above",
      "videoscale ! capsfilter caps=video/x-raw,width=320,"
        "height=300,pixel-aspect-ratio=1/1", CAPS ("I420", 320, 240), ABSENT},
  {"videoscale_thin_borders",
      "videoscale ! capsfilter caps=video/x-raw,width=324,"
        "height=240,pixel-aspect-ratio=1/1", CAPS ("I420", 320, 240), ABSENT},
  {"videoconvertscale",
        "videoconvertscale ! capsfilter caps=video/x-raw,format=RGB,"
        "width=640,height=480", CAPS ("I420", 320, 240), KEPT, 2, 2, 640,
      480},
  {"videoconvertscale_borders",
        "videoconvertscale ! capsfilter caps=video/x-raw,"
        "width=400,height=240,pixel-aspect-ratio=1/1",
      CAPS ("I420", 320, 240), ABSENT},
  {"videocrop", "videocrop left=8 top=6", CAPS ("I420", 320, 240), ABSENT},
  {"videobox_border", "videobox left=-8 top=-6", CAPS ("I420", 320, 240),
      ABSENT},
  {"videobox_crop", "videobox left=8 top=6", CAPS ("I420", 320, 240), ABSENT},
  {"videoflip_rotated", "videoflip video-direction=90r",
      CAPS ("I420", 320, 240), ABSENT},
  {"videoflip_mirrored", "videoflip video-direction=horiz",
      CAPS ("I420", 320, 240), ABSENT},
  {"videoflip_square", "videoflip video-direction=90l",
      CAPS ("I420", 240, 240), ABSENT},
  {"rotate", "rotate angle=0.3", CAPS ("BGRA", 320, 240), ABSENT},
  {"perspective", "perspective", CAPS ("BGRA", 320, 240), ABSENT},
  {"mirror", "mirror", CAPS ("BGRx", 320, 240), ABSENT},
  {"coloreffects", "coloreffects preset=sepia", CAPS ("BGRA", 320, 240), KEPT,
      1, 1, 320, 240},
  {"gamma", "gamma gamma=1.4", CAPS ("I420", 320, 240), KEPT, 1, 1, 320,
      240},
  {"deinterlace", "deinterlace mode=interlaced",
        CAPS ("I420", 320, 240) ",interlace-mode=interleaved",
      KEPT_OR_ABSENT, 1, 1, 320, 240},
};

static GstBuffer *
make_buffer (const gchar * caps_string, GstKakaoOcrResult ** result)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (caps_string);
  GstVideoInfo info;
  GstBuffer *buffer;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 25;
  *result = make_result (info.width, info.height, texts);
  gst_buffer_add_kakao_ocr_meta (buffer, *result);
  return buffer;
}

/* From 1.28 these elements tell of crops, borders and flips, and the meta may
 * follow them. Before, it must not be there. */
static void
assert_absent (GstBuffer * buffer)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  if (minor < 28)
    g_assert_null (meta);
}

static void
assert_kept (GstBuffer * buffer, const Row * row, GstKakaoOcrResult * result)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  guint i, c;
  gint width, height;

  g_assert_nonnull (meta);
  g_assert_true (meta->result == result);
  gst_kakao_ocr_meta_get_frame_size (meta, &width, &height);
  g_assert_cmpint (width, ==, row->width);
  g_assert_cmpint (height, ==, row->height);
  for (i = 0; texts[i]; i++) {
    gdouble box[GST_KAKAO_OCR_BOX_LEN], expected[GST_KAKAO_OCR_BOX_LEN];

    make_box (i, expected);
    for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
      expected[c] *= row->x_scale;
      expected[c + 1] *= row->y_scale;
    }
    g_assert_true (gst_kakao_ocr_meta_get_box (meta, i, box));
    assert_boxes_near (box, expected, 0.01);
    g_assert_cmpuint (gst_kakao_ocr_meta_get_track (meta, i), ==, i + 1);
  }
}

static gboolean
has_elements_of (const gchar * launch)
{
  g_autofree gchar *name = g_strndup (launch, strcspn (launch, " "));
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  if (factory == NULL)
    g_test_skip_printf ("there is no element %s here", name);
  return factory != NULL;
}

static void
is_right_behind_element (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  GstHarness *harness;

  if (!has_elements_of (row->launch))
    return;
  harness = gst_harness_new_parse (row->launch);
  gst_harness_set_src_caps_str (harness, row->caps);
  g_assert_cmpint (gst_harness_push (harness, make_buffer (row->caps,
              &result)), ==, GST_FLOW_OK);
  gst_harness_push_event (harness, gst_event_new_eos ());
  buffer = gst_harness_pull (harness);
  g_assert_nonnull (buffer);
  if (row->fate == ABSENT)
    assert_absent (buffer);
  else if (row->fate == KEPT || gst_buffer_get_kakao_ocr_meta (buffer))
    assert_kept (buffer, row, result);
  g_clear_pointer (&buffer, gst_buffer_unref);
  gst_harness_teardown (harness);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 1);
}

static void
is_absent_behind_a_compositor (void)
{
  static const gchar *caps = CAPS ("I420", 320, 240);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  GstHarness *harness;

  if (!has_elements_of ("compositor"))
    return;
  harness = gst_harness_new_with_padnames ("compositor", "sink_0", "src");
  gst_harness_set_src_caps_str (harness, caps);
  gst_harness_push (harness, make_buffer (caps, &result));
  gst_harness_push_event (harness, gst_event_new_eos ());
  buffer = gst_harness_pull (harness);
  g_assert_nonnull (buffer);
  assert_absent (buffer);
  gst_harness_teardown (harness);
}

/* Both branches read one buffer; the one that writes gets its own. */
static void
branches_of_a_tee_do_not_disturb_each_other (void)
{
  static const gchar *caps = CAPS ("I420", 320, 240);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  GstBuffer *first = make_buffer (caps, &result);
  GstBuffer *second = gst_buffer_ref (first);
  static const guint64 tracks[] = { 70, 71 };

  second = gst_buffer_make_writable (second);
  g_assert_true (second != first);
  gst_kakao_ocr_meta_set_tracks (gst_buffer_get_kakao_ocr_meta (second),
      tracks);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (gst_buffer_get_kakao_ocr_meta
          (first), 0), ==, 1);
  gst_buffer_unref (first);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (gst_buffer_get_kakao_ocr_meta
          (second), 0), ==, 70);
  gst_buffer_unref (second);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 1);
}

static gboolean
scale (GstBuffer * from, const gchar * in_caps, const gchar * out_caps,
    GstBuffer * to)
{
  g_autoptr (GstCaps) in = gst_caps_from_string (in_caps);
  g_autoptr (GstCaps) out = gst_caps_from_string (out_caps);
  GstVideoInfo in_info, out_info;
  GstVideoMetaTransform transform = { &in_info, &out_info };
  GstMeta *meta = (GstMeta *) gst_buffer_get_kakao_ocr_meta (from);

  gst_video_info_from_caps (&in_info, in);
  gst_video_info_from_caps (&out_info, out);
  return meta->info->transform_func (to, meta, from,
      gst_video_meta_transform_scale_get_quark (), &transform);
}

typedef struct
{
  const gchar *in, *out;
  gboolean kept;
} Ratio;

static void
scaling_needs_aspect_ratios_that_agree_within_a_pixel (void)
{
  static const Ratio ratios[] = {
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 1280, 720), TRUE},
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 853, 480), TRUE},
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 854, 480), TRUE},
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 855, 480), FALSE},
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 852, 480), FALSE},
    {CAPS ("I420", 1920, 1080), CAPS ("I420", 640, 480), FALSE},
    {CAPS ("I420", 1080, 1920), CAPS ("I420", 480, 854), TRUE},
    {CAPS ("I420", 1080, 1920), CAPS ("I420", 480, 856), FALSE},
    {CAPS ("I420", 720, 576) ",pixel-aspect-ratio=16/15",
        CAPS ("I420", 768, 576), TRUE},
    {CAPS ("I420", 720, 576) ",pixel-aspect-ratio=16/15",
        CAPS ("I420", 720, 576), FALSE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (ratios); i++) {
    g_autoptr (GstKakaoOcrResult) result = NULL;
    g_autoptr (GstBuffer) from = make_buffer (ratios[i].in, &result);
    g_autoptr (GstBuffer) to = gst_buffer_new ();

    g_test_message ("%s to %s", ratios[i].in, ratios[i].out);
    g_assert_cmpint (scale (from, ratios[i].in, ratios[i].out, to), ==,
        ratios[i].kept);
    g_assert_cmpint (gst_buffer_get_kakao_ocr_meta (to) != NULL, ==,
        ratios[i].kept);
  }
}

static void
scaling_drops_what_it_cannot_place (void)
{
  static const gchar *in = CAPS ("I420", 320, 240);
  static const gchar *out = CAPS ("I420", 640, 480);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) from = make_buffer (in, &result);
  g_autoptr (GstBuffer) to = gst_buffer_new ();
  GstVideoCropMeta *crop;

  /* The caps are not those of the frame that the boxes are measured in. */
  g_assert_false (scale (from, out, in, to));
  g_assert_true (scale (from, in, out, to));
  crop = gst_buffer_add_video_crop_meta (from);
  crop->x = crop->y = 0;
  crop->width = 320;
  crop->height = 240;
  g_assert_false (scale (from, in, out, to));
}

static void
an_unknown_transform_drops (void)
{
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) from = make_buffer (CAPS ("I420", 320, 240), &result);
  g_autoptr (GstBuffer) to = gst_buffer_new ();
  GstMeta *meta = (GstMeta *) gst_buffer_get_kakao_ocr_meta (from);

  g_assert_false (meta->info->transform_func (to, meta, from,
          g_quark_from_static_string ("gst-some-later-transform"), NULL));
  g_assert_null (gst_buffer_get_kakao_ocr_meta (to));
}

static void
what_differs_is_scaled_too (void)
{
  static const gboolean lost[] = { TRUE, FALSE };
  static const gchar *in = CAPS ("I420", 320, 240);
  static const gchar *out = CAPS ("I420", 640, 480);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) from = make_buffer (in, &result);
  g_autoptr (GstBuffer) to = gst_buffer_new ();
  gdouble boxes[2 * GST_KAKAO_OCR_BOX_LEN] = { 0 };
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  GstKakaoOcrMeta *meta;

  boxes[GST_KAKAO_OCR_BOX_LEN] = 3.25;
  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (from), boxes,
      lost);
  g_assert_true (scale (from, in, out, to));
  meta = gst_buffer_get_kakao_ocr_meta (to);
  g_assert_false (gst_kakao_ocr_meta_get_box (meta, 0, box));
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 1, box));
  g_assert_cmpfloat (box[0], ==, 6.5);
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/metatransform/",
        rows[i].fate == ABSENT ? "is_absent_behind/" : "is_right_behind/",
        rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], is_right_behind_element);
  }
  ADD (is_absent_behind_a_compositor);
  ADD (branches_of_a_tee_do_not_disturb_each_other);
  ADD (scaling_needs_aspect_ratios_that_agree_within_a_pixel);
  ADD (scaling_drops_what_it_cannot_place);
  ADD (an_unknown_transform_drops);
  ADD (what_differs_is_scaled_too);
  return g_test_run ();
}
