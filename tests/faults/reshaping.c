/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 26, 29 and 30 of the fault table where the frame goes again in another
 * shape: the whole element.
 */
#include "faultserver.h"
#include "ocrharness.h"

#include <gst/kakaoocr/kakaoocr.h>
#include <stdlib.h>
#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define WIDTH 640
#define HEIGHT 480
#define CAPS "video/x-raw,format=I420,width=640,height=480,framerate=25/1"
#define MAX_TILES 4

typedef struct
{
  guint status;
  const gchar *code;
  guint n_refused;
} Refusal;

static gboolean
refuse_first (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  const Refusal *refusal = data;

  if (number <= refusal->n_refused)
    return fault_connection_answer (c, refusal->status, NULL, refusal->code);
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static GstHarness *
harness_new (FaultServer * server)
{
  GstHarness *h = ocr_harness_new_without_caps (fault_server_get_url (server),
      "timing=exact interval=0 change-threshold=0 memory=0");

  gst_harness_set_live (h, FALSE);
  gst_harness_set_src_caps_str (h, CAPS);
  return h;
}

/* Noise, which takes many bytes in any format. */
static void
push (GstHarness * h, guint id)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (id);
  GstVideoInfo info;
  GstBuffer *frame;
  GstMapInfo map;
  gsize i;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  frame = test_frame_new_full (id, &info);
  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_WRITE));
  for (i = 0; i < map.size; i++)
    map.data[i] = g_rand_int (random);
  gst_buffer_unmap (frame, &map);
  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
}

/* Of the body of the @number-th request. */
static gulong
get_length (FaultServer * server, guint number)
{
  g_autofree gchar *head = fault_server_get_head (server, number);
  const gchar *length = strcasestr (head, "\r\nContent-Length: ");

  g_assert_nonnull (length);
  return strtoul (length + strlen ("\r\nContent-Length: "), NULL, 10);
}

static void
assert_recognized (GstHarness * h, guint n)
{
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, n);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), ==, 0);
}

/* One in the other format, and what comes after it too. */
static void
goes_in_the_other_format (gconstpointer data)
{
  FaultScript script = { refuse_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, (gpointer) data);
  GstHarness *h = harness_new (server);

  push (h, 0);
  g_assert_cmpint (ocr_harness_pull (h), >=, 0);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 2);
  g_assert_cmpuint (get_length (server, 1), !=, get_length (server, 2));
  assert_recognized (h, 1);
  ocr_harness_free (h);
}

static void
row_29_both_formats_unsupported (void)
{
  Refusal refusal = { 405, "UNSUPPORTED_IMAGE_FORMAT", 99 };
  FaultScript script = { refuse_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, &refusal);
  GstHarness *h = harness_new (server);
  g_autofree gchar *state = NULL;

  push (h, 0);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "neither JPEG nor PNG"));
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 2);
  state = ocr_get_stat_string (h->element, "state");
  g_assert_cmpstr (state, ==, "latched");
  ocr_harness_free (h);
}

static void
row_29_too_many_boxes (void)
{
  Refusal refusal = { 405, "TOO_MANY_BOXES", 1 };
  FaultScript script = { refuse_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, &refusal);
  GstHarness *h = harness_new (server);

  push (h, 0);
  g_assert_cmpint (ocr_harness_pull (h), >=, 0);
  g_assert_cmpuint (fault_server_get_n_requests (server), >, 2);
  g_assert_cmpuint (fault_server_get_n_requests (server), <=, 1 + MAX_TILES);
  assert_recognized (h, 1);
  ocr_harness_free (h);
}

/* A hundred words for the whole picture, none for three of its quarters, and a
 * refusal of the fourth. */
static gboolean
answer_three_quarters (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  g_autoptr (GString) answer = g_string_new ("{\"responses\":[{\"results\":[");

  if (number == 3)
    return fault_connection_answer (c, 501, NULL, "");
  for (guint i = 0; i < 100 && number == 1; i++) {
    guint x = i % 10 * 64 + 10, y = i / 10 * 48 + 10;

    g_string_append_printf (answer, "%s{\"box\":[[%u,%u],[%u,%u],[%u,%u],[%u,%u]]"
        ",\"recognized_word\":[\"w%u\"]}", i ? "," : "", x, y, x + 40, y, x + 40,
        y + 20, x, y + 20, i);
  }
  g_string_append (answer, "]}]}");
  return fault_connection_answer (c, 200, NULL, answer->str);
}

static void
row_29_a_tile_that_fails_leaves_the_first_answer_there (void)
{
  FaultScript script = { answer_three_quarters };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  GstHarness *h = harness_new (server);

  push (h, 0);
  gst_buffer_unref (gst_harness_pull (h));
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 1 + MAX_TILES);
  assert_recognized (h, 1);
  /* A quarter of the page, and what it shares with the others. */
  g_assert_cmpuint (ocr_get_stat (h->element, "regions"), >=, 25);
  g_assert_cmpuint (ocr_get_stat (h->element, "regions"), <=, 36);
  ocr_harness_free (h);
}

/* Too many boxes for the whole picture; in each quarter one that nobody can
 * place. */
static gboolean
answer_with_a_crossed_box (FaultConnection * c, const gchar * head,
    guint number, gpointer data)
{
  if (number == 1)
    return fault_connection_answer (c, 405, NULL, "TOO_MANY_BOXES");
  return fault_connection_answer (c, 200, NULL, "{\"responses\":[{\"results\":"
      "[{\"box\":[[10,10],[60,30],[60,10],[10,30]],\"recognized_word\":"
      "[\"x\"]}]}]}");
}

/* Who hides text has to know of it. */
static void
row_29_tiles_tell_what_they_do_not_show (void)
{
  FaultScript script = { answer_with_a_crossed_box };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  GstHarness *h = harness_new (server);
  g_autoptr (GstBuffer) frame = NULL;
  GstKakaoOcrResult *result;

  ocr_set_properties (h->element, "region=<0,0,640,240>");
  push (h, 0);
  frame = gst_harness_pull (h);
  assert_recognized (h, 1);
  g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (frame));
  result = gst_buffer_get_kakao_ocr_meta (frame)->result;
  g_assert_cmpuint (gst_kakao_ocr_result_get_regions_dropped (result), ==,
      MAX_TILES);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_unread (result), >, 0);
  ocr_harness_free (h);
}

/* And the next frame does not try the old shape again. */
static void
goes_smaller (gconstpointer data)
{
  FaultScript script = { refuse_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, (gpointer) data);
  GstHarness *h = harness_new (server);

  push (h, 0);
  g_assert_cmpint (ocr_harness_pull (h), >=, 0);
  push (h, 1);
  g_assert_cmpint (ocr_harness_pull (h), >=, 0);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  g_assert_cmpuint (get_length (server, 2), <, get_length (server, 1));
  g_assert_cmpuint (get_length (server, 3), <, get_length (server, 1));
  assert_recognized (h, 2);
  ocr_harness_free (h);
}

int
main (int argc, char **argv)
{
  static const Refusal no_image = { 400, "NO_IMAGE", 1 };
  static const Refusal format = { 405, "UNSUPPORTED_IMAGE_FORMAT", 1 };
  static const Refusal too_large = { 413, "Request Entity Too Large", 1 };
  static const Refusal max_len = { 413, "EXCEED_MAX_LEN", 1 };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/faults/row_26_no_image_goes_in_the_other_format",
      &no_image, goes_in_the_other_format);
  g_test_add_data_func ("/faults/row_29_format_goes_in_the_other_one",
      &format, goes_in_the_other_format);
  g_test_add_data_func ("/faults/row_30_too_large_goes_smaller",
      &too_large, goes_smaller);
  g_test_add_data_func ("/faults/row_30_exceed_max_len_goes_halved",
      &max_len, goes_smaller);
  ADD (row_29_both_formats_unsupported);
  ADD (row_29_too_many_boxes);
  ADD (row_29_a_tile_that_fails_leaves_the_first_answer_there);
  ADD (row_29_tiles_tell_what_they_do_not_show);
  return g_test_run ();
}
