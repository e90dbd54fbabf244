/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 44 and 45 of the fault table: text that means something to a terminal,
 * to a line of a log or to a layout.
 */
#include "faultserver.h"
#include "ocrharness.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

/* ESC, a newline, a right-to-left override; and as JSON. */
#define CONTROLS "a\x1b[31mred\nFAKE: line\xe2\x80\xae" "b"
#define CONTROLS_JSON "a\\u001b[31mred\\nFAKE: line\\u202eb"
#define MARKUP "<span>m</span> &amp; &"

#define ANSWER(word) "{\"responses\":[{\"page\":1,\"results\":[{\"box\":" \
  "[[8,4],[24,4],[24,12],[8,12]],\"recognized_word\":[\"" word "\"]}]}]}"

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, data);
}

/* What the frame carries whose answer is @json. (transfer full) */
static gchar *
recognize (const gchar * json)
{
  FaultScript script = { answer };
  g_autoptr (FaultServer) server = fault_server_new (&script, (gpointer) json);
  GstHarness *h = ocr_harness_new_not_live (fault_server_get_url (server),
      "timing=exact interval=0");
  g_autoptr (GstBuffer) frame = NULL;
  GstKakaoOcrMeta *meta;
  gchar *text;

  ocr_harness_push (h, 0);
  frame = gst_harness_pull (h);
  meta = gst_buffer_get_kakao_ocr_meta (frame);
  g_assert_nonnull (meta);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (meta->result), ==, 1);
  text = g_strdup (gst_kakao_ocr_result_get_region (meta->result, 0)->text);
  ocr_harness_free (h);
  return text;
}

static void
row_44_control_characters_are_kept_in_the_meta (void)
{
  g_autofree gchar *text = recognize (ANSWER (CONTROLS_JSON));

  g_assert_cmpstr (text, ==, CONTROLS);
}

/* In a run of its own, with every log on. */
static void
row_44_control_characters_are_escaped_in_logs (void)
{
  if (g_test_subprocess ()) {
    g_autofree gchar *text = NULL;

    gst_debug_set_color_mode (GST_DEBUG_COLOR_MODE_OFF);
    gst_debug_set_default_threshold (GST_LEVEL_MEMDUMP);
    text = recognize (ANSWER (CONTROLS_JSON));
    g_assert_cmpstr (text, ==, CONTROLS);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*kakaoocr*");
  g_test_trap_assert_stderr_unmatched ("*\x1b[[]31m*");
  g_test_trap_assert_stderr_unmatched ("*\nFAKE: line*");
  g_test_trap_assert_stderr_unmatched ("*\xe2\x80\xae*");
}

static void
row_45_markup_is_kept_in_the_meta (void)
{
  g_autofree gchar *text = recognize (ANSWER (MARKUP));

  g_assert_cmpstr (text, ==, MARKUP);
}

#define CAPS "video/x-raw,format=BGRx,width=320,height=240,framerate=25/1"
#define FRAME_SIZE (320 * 240 * 4)

/* A frame with @text drawn on it. */
static GBytes *
draw (const gchar * text)
{
  GstKakaoOcrRegion region = { (gchar *) text, NULL,
    {20, 100, 300, 100, 300, 140, 20, 140}, 1, 0
  };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, 320, 240,
      &region, 1, FALSE, 0);
  GstHarness *h = gst_harness_new ("kakaoocroverlay");
  GstBuffer *frame = gst_buffer_new_allocate (NULL, FRAME_SIZE, NULL);
  gpointer data;
  gsize size;

  g_object_set (h->element, "show-boxes", FALSE, "color", 0xff00ff00, NULL);
  gst_harness_set_src_caps_str (h, CAPS);
  gst_buffer_memset (frame, 0, 0x60, FRAME_SIZE);
  GST_BUFFER_PTS (frame) = 0;
  gst_buffer_add_kakao_ocr_meta (frame, result);
  frame = gst_harness_push_and_pull (h, frame);
  g_assert_nonnull (frame);
  gst_buffer_extract_dup (frame, 0, -1, &data, &size);
  gst_buffer_unref (frame);
  gst_harness_teardown (h);
  return g_bytes_new_take (data, size);
}

static void
assert_drawn_differently (const gchar * a, const gchar * b)
{
  g_autoptr (GBytes) drawn_a = draw (a), drawn_b = draw (b);

  g_assert_false (g_bytes_equal (drawn_a, drawn_b));
}

/* Each pair would look the same, or not at all, if it were markup. */
static void
row_45_markup_is_literal_on_screen (void)
{
  g_autoptr (GBytes) once = draw ("m"), again = draw ("m");

  g_assert_true (g_bytes_equal (once, again));
  assert_drawn_differently ("m", "n");
  assert_drawn_differently ("<span>m</span>", "m");
  assert_drawn_differently ("&amp;", "&");
  assert_drawn_differently ("<span>", "");
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (row_44_control_characters_are_kept_in_the_meta);
  ADD (row_44_control_characters_are_escaped_in_logs);
  ADD (row_45_markup_is_kept_in_the_meta);
  ADD (row_45_markup_is_literal_on_screen);
  return g_test_run ();
}
