/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What kakaoocroverlay made of text is read by the service that finds text:
 * labels are legible, and what was hidden is not, also after all that is left
 * of it was brought to full contrast.
 */
#include <string.h>

#include "overlayharness.h"
#include "../../patience.h"

#define TEXT "Call 010-1234-5678&#10;고객센터 안내 전화"
#define FRAME_CAPS "width=640,height=360,framerate=25/1"
#define READER "kakaoocr timing=exact interval=0"
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
      "kakaoocr timing=exact interval=0 change-threshold=0 ! "
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

/* What is to be read on @frame after the elements of @description, which end
 * with a kakaoocr. Takes @frame; (transfer full). */
static gchar *
read_text (const gchar * description, const gchar * caps, GstBuffer * frame)
{
  GstHarness *h = gst_harness_new_parse (description);
  g_autoptr (GstBuffer) read = NULL;
  gpointer state = NULL;
  GstMeta *each, *last = NULL;

  gst_harness_set_src_caps_str (h, caps);
  read = gst_harness_push_and_pull (h, frame);
  g_assert_nonnull (read);
  gst_harness_teardown (h);
  while ((each = gst_buffer_iterate_meta_filtered (read, &state,
              GST_KAKAO_OCR_META_API_TYPE)))
    last = each;
  g_assert_nonnull (last);
  return g_strdup (gst_kakao_ocr_result_get_text (((GstKakaoOcrMeta *)
              last)->result));
}

static gchar *
read_again (GstBuffer * frame)
{
  return read_text (READER, "video/x-raw,format=GRAY8," FRAME_CAPS,
      gst_buffer_copy (frame));
}

static void
text_can_be_read_when_it_is_not_hidden (gconstpointer data)
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
text_cannot_be_read_after_redact (gconstpointer data)
{
  cannot_be_read (data, "redact");
}

static void
text_cannot_be_read_after_blur (gconstpointer data)
{
  cannot_be_read (data, "blur");
}

/* --- Labels --- */

#define LATIN "Gate 42 opens at 09:15"
#define HANGUL "서울역 출구 안내"
#define LABEL_CAPS "video/x-raw,format=GRAY8,framerate=25/1,width=%d,height=%d"

typedef struct
{
  const gchar *name;
  gint width, height;
  guint8 from, to;              /* levels of the noise behind */
} Ground;

static const Ground grounds[] = {
  {"360p/light", 640, 360, 0xe0, 0xe4},
  {"360p/busy", 640, 360, 0x00, 0xff},
  {"1080p/dark", 1920, 1080, 0x10, 0x14},
  {"2160p/light", 3840, 2160, 0xf8, 0xfc},
};

/* A frame of noise that is said to have two lines of text. */
static GstBuffer *
create_labelled (const Ground * ground)
{
  gdouble w = ground->width, h = ground->height;
  const GstKakaoOcrRegion regions[] = {
    {(gchar *) LATIN, NULL,
        BOX (0.1 * w, 0.3 * h, 0.7 * w, 0.38 * h), 1, 0},
    {(gchar *) HANGUL, NULL,
        BOX (0.1 * w, 0.6 * h, 0.7 * w, 0.68 * h), 1, 0},
  };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0,
      ground->width, ground->height, regions, G_N_ELEMENTS (regions), FALSE, 0);
  gsize i, size = ground->width * ground->height;
  guint8 *pixels = g_malloc (size);
  GRand *random = g_rand_new_with_seed (5);
  GstBuffer *frame;

  for (i = 0; i < size; i++)
    pixels[i] = g_rand_int_range (random, ground->from, ground->to + 1);
  g_rand_free (random);
  frame = gst_buffer_new_wrapped (pixels, size);
  GST_BUFFER_PTS (frame) = 0;
  gst_buffer_add_kakao_ocr_meta (frame, result);
  return frame;
}

static void
labels_are_legible (gconstpointer data)
{
  const Ground *ground = data;
  g_autofree gchar *caps = g_strdup_printf (LABEL_CAPS, ground->width,
      ground->height);
  g_autofree gchar *text = read_text ("kakaoocroverlay ! " READER, caps,
      create_labelled (ground));
  glong i, n_read = 0;

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, LATIN));
  for (i = 0; i < g_utf8_strlen (HANGUL, -1); i++) {
    gunichar c = g_utf8_get_char (g_utf8_offset_to_pointer (HANGUL, i));

    n_read += g_utf8_strchr (text, -1, c) != NULL;
  }
  /* The smallest letters have 11 pixels, which is little for Hangul. */
  g_assert_cmpint (n_read, >=, i - 2);
}

int
main (int argc, char **argv)
{
  GstHarness *holder;
  guint i;
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(test, of) { \
    g_autofree gchar *path = g_strdup_printf ("/kakaoocroverlay/reading/" \
        #test "/%s", (of)->name); \
    g_test_add_data_func (path, of, test); \
  }
  for (i = 0; i < G_N_ELEMENTS (grounds); i++)
    ADD (labels_are_legible, &grounds[i]);
  for (i = 0; i < G_N_ELEMENTS (pictures); i++) {
    ADD (text_can_be_read_when_it_is_not_hidden, &pictures[i]);
    ADD (text_cannot_be_read_after_redact, &pictures[i]);
    ADD (text_cannot_be_read_after_blur, &pictures[i]);
  }
#undef ADD

  /* The service is there as long as somebody uses it, and takes its time to
   * start. */
  holder = gst_harness_new_parse (READER);
  gst_harness_set_src_caps_str (holder, "video/x-raw,format=GRAY8," FRAME_CAPS);
  ret = g_test_run ();
  gst_harness_teardown (holder);
  return ret;
}
