/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text that kakaoocroverlay hid is read again, by the service that found it,
 * after all that is left of it was brought to full contrast.
 */
#include <string.h>

#include "overlayharness.h"

#define TEXT "Call 010-1234-5678&#10;고객센터 안내 전화"
#define PATIENCE (60 * GST_SECOND)
#define FRAME_CAPS "width=640,height=360,framerate=25/1"
#define WIDTH 640
#define HEIGHT 360

/* What is behind the text, and its own color. */
typedef struct
{
  const gchar *name;
  const gchar *format;
  guint ground, color;
} Picture;

static const Picture pictures[] = {
  {"light", "I420", 0xffe0e0e0, 0xff202020},
  {"dark", "NV12", 0xff282828, 0xffe8e8e8},
  {"deep", "P010_10LE", 0xffd0d0d0, 0xff103080},
};

/* The picture with its text after @fill, as gray, with the result on it. */
static GstBuffer *
hide (const Picture * picture, const gchar * fill)
{
  g_autofree gchar *description = g_strdup_printf ("videotestsrc "
      "num-buffers=1 pattern=solid-color foreground-color=%u ! "
      "video/x-raw,format=BGRx," FRAME_CAPS " ! textoverlay "
      "font-desc=\"Noto Sans CJK KR 30\" halignment=center "
      "valignment=center draw-shadow=false draw-outline=false color=%u "
      "text=\"" TEXT "\" ! videoconvert ! video/x-raw,format=%s ! "
      "kakaoocr timing=exact interval=0 ! "
      "kakaoocroverlay show-boxes=false show-text=false fill=%s ! "
      "videoconvert ! video/x-raw,format=GRAY8 ! fakesink name=sink",
      picture->ground, picture->color, picture->format, fill);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) end = NULL;
  g_autoptr (GstSample) sample = NULL;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  end = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS |
      GST_MESSAGE_ERROR);
  g_assert_true (end && GST_MESSAGE_TYPE (end) == GST_MESSAGE_EOS);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_get (sink, "last-sample", &sample, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return gst_buffer_ref (gst_sample_get_buffer (sample));
}

/* Within the bounds of each region all between its darkest and its brightest
 * pixel becomes all between black and white. */
static GstBuffer *
stretch (GstBuffer * frame)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);
  GstBuffer *stretched = gst_buffer_copy_deep (frame);
  GstMapInfo map;
  guint i;
  gint x, y, pass;

  g_assert_true (gst_buffer_map (stretched, &map, GST_MAP_READWRITE));
  for (i = 0; i < gst_kakao_ocr_result_get_n_regions (meta->result); i++) {
    gdouble box[GST_KAKAO_OCR_BOX_LEN];
    gint low = 255, high = 0;

    gst_kakao_ocr_meta_get_box (meta, i, box);
    for (pass = 0; pass < 2; pass++) {
      for (y = MAX (box[1], 0); y < MIN (box[5], HEIGHT); y++) {
        for (x = MAX (box[0], 0); x < MIN (box[4], WIDTH); x++) {
          guint8 *pixel = &map.data[y * WIDTH + x];

          if (pass && high > low)
            *pixel = (*pixel - low) * 255 / (high - low);
          low = pass ? low : MIN (low, *pixel);
          high = pass ? high : MAX (high, *pixel);
        }
      }
    }
  }
  gst_buffer_unmap (stretched, &map);
  return stretched;
}

/* What there is to be read, (transfer full). */
static gchar *
read_again (GstBuffer * frame)
{
  GstHarness *h = gst_harness_new_parse ("kakaoocr timing=exact interval=0");
  GstBuffer *picture = gst_buffer_copy (frame);
  g_autoptr (GstBuffer) read = NULL;
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (picture);

  gst_buffer_remove_meta (picture, &meta->meta);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=GRAY8," FRAME_CAPS);
  read = gst_harness_push_and_pull (h, picture);
  g_assert_nonnull (read);
  gst_harness_teardown (h);
  meta = gst_buffer_get_kakao_ocr_meta (read);
  g_assert_nonnull (meta);
  return g_strdup (gst_kakao_ocr_result_get_text (meta->result));
}

static void
can_be_read_when_it_is_not_hidden (gconstpointer data)
{
  g_autoptr (GstBuffer) frame = hide (data, "none");
  g_autoptr (GstBuffer) stretched = stretch (frame);
  g_autofree gchar *text = read_again (frame);
  g_autofree gchar *again = read_again (stretched);

  g_assert_nonnull (strstr (text, "010-1234-5678"));
  g_assert_nonnull (strstr (text, "고객센터"));
  g_assert_nonnull (strstr (again, "1234"));
}

static void
cannot_be_read (const Picture * picture, const gchar * fill)
{
  g_autoptr (GstBuffer) frame = hide (picture, fill);
  g_autoptr (GstBuffer) stretched = stretch (frame);
  g_autofree gchar *text = read_again (frame);
  g_autofree gchar *again = read_again (stretched);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions
      (gst_buffer_get_kakao_ocr_meta (frame)->result), >=, 2);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (again, ==, "");
}

static void
cannot_be_read_after_redact (gconstpointer data)
{
  cannot_be_read (data, "redact");
}

static void
cannot_be_read_after_blur (gconstpointer data)
{
  cannot_be_read (data, "blur");
}

int
main (int argc, char **argv)
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (i = 0; i < G_N_ELEMENTS (pictures); i++) {
#define ADD(test) { \
    g_autofree gchar *path = g_strdup_printf ("/kakaoocroverlay/unreadable/" \
        #test "/%s", pictures[i].name); \
    g_test_add_data_func (path, &pictures[i], test); \
  }
    ADD (can_be_read_when_it_is_not_hidden);
    ADD (cannot_be_read_after_redact);
    ADD (cannot_be_read_after_blur);
#undef ADD
  }
  return g_test_run ();
}
