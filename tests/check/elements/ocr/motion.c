/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr track-motion: boxes follow the picture between results.
 */
#include <string.h>

#include "../../stopwatch.h"
#include "heldservice.h"
#include "movingworld.h"
#include "ocrharness.h"
#include "../../sanitized.h"
#include "../../testrows.h"

#define TESTS "/kakaoocr/motion/"

#define WIDTH 640
#define HEIGHT 360
#define CAPS "video/x-raw,format=%s,width=640,height=360,framerate=25/1"
/* A corner of the picture that says which frame it is: the service looks
 * there. */
#define LABEL 16
/* Frames that the answer comes late: half a second. */
#define LATE 13
#define BLACK 16
#define LEVEL_STEP 4
#define STOP_TIME (500 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)

typedef struct
{
  HeldService *service;
  GstHarness *h;
  MovingWorld *world;
  GstVideoInfo info;
} Fixture;

static void
setup_format (Fixture * f, const gchar * settings, const gchar * format)
{
  g_autofree gchar *caps = g_strdup_printf (CAPS, format);
  g_autoptr (GstCaps) parsed = gst_caps_from_string (caps);

  f->service = held_service_new ();
  f->h = ocr_harness_new_without_caps (held_service_get_url (f->service),
      "timing=latest interval=60000 result-lifetime=60000");
  ocr_set_properties (f->h->element, settings);
  gst_harness_set_src_caps_str (f->h, caps);
  gst_video_info_from_caps (&f->info, parsed);
  f->world = moving_world_new (1400, 700, WORLD_EDGES, 5);
  moving_world_add_sign (f->world, 500, 300, "EXIT 27", 40, 20);
  moving_world_add_sign (f->world, 700, 370, "SEOUL 3km", 28, 235);
}

static void
setup (Fixture * f, const gchar * settings)
{
  setup_format (f, settings, "I420");
}

static void
teardown (Fixture * f)
{
  ocr_harness_free (f->h);
  held_service_free (f->service);
  moving_world_free (f->world);
}

/* 100 pixels a second, and a little up and down. */
static KocrSimilarity
camera_at (guint frame)
{
  return (KocrSimilarity) {
  1, 0, -300 - 4.0 * frame, -200.0 - frame % 5};
}

static GstBuffer *
frame_new (Fixture * f, guint id, const KocrSimilarity * camera)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, f->info.size, NULL);
  g_autofree guint8 *luma = g_malloc (WIDTH * HEIGHT);
  GstVideoFrame frame;
  gint step;

  gst_buffer_memset (buffer, 0, 128, -1);
  moving_world_render (f->world, camera, 2, id, luma, WIDTH, HEIGHT, WIDTH);
  for (gint y = 0; y < LABEL; y++)
    memset (luma + y * WIDTH, BLACK + LEVEL_STEP * (id % TEST_FRAME_IDS),
        LABEL);

  g_assert_true (gst_video_frame_map (&frame, &f->info, buffer, GST_MAP_WRITE));
  step = GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, 0);
  for (gint y = 0; y < HEIGHT; y++) {
    guint8 *row = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame, 0)
        + y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, 0);

    for (gint x = 0; x < WIDTH; x++)
      row[x * step] = luma[y * WIDTH + x];
  }
  gst_video_frame_unmap (&frame);
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  GST_BUFFER_DURATION (buffer) = TEST_FRAME_DURATION;
  return buffer;
}

/* What comes out for frame @id. */
static GstBuffer *
pass (Fixture * f, guint id)
{
  KocrSimilarity camera = camera_at (id);

  g_assert_cmpint (gst_harness_push (f->h, frame_new (f, id, &camera)), ==,
      GST_FLOW_OK);
  return gst_harness_pull (f->h);
}

static void
pass_without_result (Fixture * f, guint from, guint to)
{
  for (guint id = from; id < to; id++) {
    GstBuffer *buffer = pass (f, id);

    g_assert_null (gst_buffer_get_kakao_ocr_meta (buffer));
    gst_buffer_unref (buffer);
  }
}

/* Answers frame @id with where its signs truly are. */
static void
answer (Fixture * f, guint id)
{
  g_autoptr (GString) text = g_string_new ("{\"responses\":[{\"page\":1,"
      "\"results\":[");
  KocrSimilarity camera = camera_at (id);

  for (guint i = 0; i < f->world->n_signs; i++) {
    gdouble b[8];

    moving_world_get_box (f->world, &camera, i, b);
    g_string_append_printf (text, "%s{\"box\":[[%.0f,%.0f],[%.0f,%.0f],"
        "[%.0f,%.0f],[%.0f,%.0f]],\"recognized_word\":[\"sign\"]}",
        i ? "," : "", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
  }
  g_string_append (text, "]}]}");
  held_service_answer_with (f->service, id, text->str);
}

static void
wait_result (Fixture * f)
{
  gst_message_unref (ocr_harness_wait_message (f->h, GST_MESSAGE_ELEMENT));
}

static gdouble
overlap (Fixture * f, GstBuffer * buffer, guint camera_of, guint i,
    gboolean * seen)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  KocrSimilarity camera = camera_at (camera_of);
  gdouble truth[8], box[8];

  g_assert_nonnull (meta);
  moving_world_get_box (f->world, &camera, i, truth);
  *seen = gst_kakao_ocr_meta_get_box (meta, i, box);
  return quad_overlap (box, truth);
}

/* Frame @id comes out with boxes where signs are in frame @camera_of. */
static void
assert_boxes (Fixture * f, guint id, guint camera_of)
{
  GstBuffer *buffer = pass (f, id);
  gboolean seen;

  for (guint i = 0; i < f->world->n_signs; i++) {
    g_assert_cmpfloat (overlap (f, buffer, camera_of, i, &seen), >, 0.9);
    g_assert_true (seen);
  }
  gst_buffer_unref (buffer);
}

static void
begin_late (Fixture * f)
{
  pass_without_result (f, 0, LATE);
  answer (f, 0);
  wait_result (f);
}

static void
boxes_are_right_when_they_are_first_shown (void)
{
  Fixture f;

  setup (&f, "");
  begin_late (&f);
  assert_boxes (&f, LATE, LATE);
  teardown (&f);
}

static void
boxes_follow (gconstpointer format)
{
  Fixture f;

  setup_format (&f, "", format);
  begin_late (&f);
  for (guint id = LATE; id < 3 * LATE; id++)
    assert_boxes (&f, id, id);
  teardown (&f);
}

static void
without_tracking_boxes_stay (void)
{
  Fixture f;

  setup (&f, "track-motion=false");
  begin_late (&f);
  for (guint id = LATE; id < 2 * LATE; id++)
    assert_boxes (&f, id, 0);
  teardown (&f);
}

static void
tracking_changes_while_playing (void)
{
  Fixture f;

  setup (&f, "");
  begin_late (&f);
  assert_boxes (&f, LATE, LATE);
  g_object_set (f.h->element, "track-motion", FALSE, NULL);
  assert_boxes (&f, LATE + 1, 0);
  g_object_set (f.h->element, "track-motion", TRUE, NULL);
  assert_boxes (&f, LATE + 2, LATE + 2);
  teardown (&f);
}

static void
frames_may_be_missing (void)
{
  Fixture f;

  setup (&f, "");
  begin_late (&f);
  for (guint id = LATE; id < 3 * LATE; id += 3)
    assert_boxes (&f, id, id);
  teardown (&f);
}

static void
what_a_cut_takes_away_is_lost (void)
{
  KocrSimilarity elsewhere = { 1, 0, -60, -320 };
  GstKakaoOcrMeta *meta;
  GstBuffer *buffer;
  gdouble box[8];
  Fixture f;

  setup (&f, "attach=ocr+roi");
  begin_late (&f);
  assert_boxes (&f, LATE, LATE);
  gst_harness_push (f.h, frame_new (&f, LATE + 1, &elsewhere));
  buffer = gst_harness_pull (f.h);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_nonnull (meta);
  for (guint i = 0; i < f.world->n_signs; i++)
    g_assert_false (gst_kakao_ocr_meta_get_box (meta, i, box));
  g_assert_null (gst_buffer_get_video_region_of_interest_meta (buffer));
  gst_buffer_unref (buffer);
  teardown (&f);
}

typedef struct
{
  GMutex lock;
  GString *lines;               /* lock */
} Log;

static void
keep_line (GstDebugCategory * category, GstDebugLevel level,
    const gchar * file, const gchar * function, gint line, GObject * object,
    GstDebugMessage * message, gpointer user_data)
{
  Log *log = user_data;

  g_mutex_lock (&log->lock);
  g_string_append_printf (log->lines, "%s: %s\n",
      gst_debug_category_get_name (category), gst_debug_message_get (message));
  g_mutex_unlock (&log->lock);
}

static void
the_log_tells_what_moves_and_what_is_lost (void)
{
  Log log = {.lines = g_string_new (NULL) };

  g_mutex_init (&log.lock);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (keep_line, &log, NULL);
  gst_debug_set_threshold_from_string ("kakaoocr:6", TRUE);
  what_a_cut_takes_away_is_lost ();
  gst_debug_set_threshold_from_string ("", TRUE);
  gst_debug_remove_log_function (keep_line);

  g_assert_nonnull (strstr (log.lines->str, "kakaoocr: sample 1: moved: "));
  g_assert_nonnull (strstr (log.lines->str, "kakaoocr: sample 1: lost: "));
  g_string_free (log.lines, TRUE);
  g_mutex_clear (&log.lock);
}

static void
regions_of_interest_move_too (void)
{
  const GstVideoRegionOfInterestMeta *roi;
  KocrSimilarity camera = camera_at (LATE + 5);
  GstBuffer *buffer = NULL;
  gdouble truth[8];
  Fixture f;

  setup (&f, "attach=roi");
  begin_late (&f);
  for (guint id = LATE; id <= LATE + 5; id++) {
    gst_clear_buffer (&buffer);
    buffer = pass (&f, id);
  }
  moving_world_get_box (f.world, &camera, 0, truth);
  roi = gst_buffer_get_video_region_of_interest_meta (buffer);
  g_assert_nonnull (roi);
  g_assert_cmpfloat_with_epsilon (roi->x, truth[0], 3);
  g_assert_cmpfloat_with_epsilon (roi->y, truth[1], 3);
  gst_buffer_unref (buffer);
  teardown (&f);
}

/* The second result is of a frame between: its boxes are brought up, too. */
static void
a_newer_result_takes_over (void)
{
  Fixture f;

  setup (&f, "interval=400");
  pass_without_result (&f, 0, 15);
  answer (&f, 0);
  wait_result (&f);
  assert_boxes (&f, 15, 15);
  answer (&f, 10);
  wait_result (&f);
  for (guint id = 16; id < 20; id++)
    assert_boxes (&f, id, id);
  teardown (&f);
}

/* With gate=text the second sample says the same elsewhere: from there its boxes
 * go on, or stay. */
static void
an_unchanged_sample_tells_where_texts_are (gconstpointer tracked)
{
  gboolean follow = GPOINTER_TO_INT (tracked);
  GstQuery *query = gst_query_new_drain ();
  Fixture f;

  setup (&f, "gate=text interval=400 change-threshold=2");
  g_object_set (f.h->element, "track-motion", follow, NULL);
  pass_without_result (&f, 0, 5);
  answer (&f, 0);
  wait_result (&f);
  for (guint id = 5; id < 10; id++)
    assert_boxes (&f, id, follow ? id : 0);
  /* The sample, which may be known to say the same before it leaves. */
  gst_buffer_unref (pass (&f, 10));
  gst_pad_peer_query (f.h->srcpad, query);
  gst_query_unref (query);
  for (guint id = 11; id < 20; id++)
    assert_boxes (&f, id, follow ? id : 10);
  g_assert_cmpint (ocr_get_stat (f.h->element, "unchanged"), ==, 1);
  teardown (&f);
}

/* Frame @id, which shows what frame 0 did, or black: whether its first region is
 * there. */
static gboolean
pass_still (Fixture * f, guint id, gboolean black)
{
  KocrSimilarity camera = camera_at (0);
  GstBuffer *buffer = frame_new (f, 0, &camera);
  gboolean seen;

  if (black)
    gst_buffer_memset (buffer, 0, BLACK, WIDTH * HEIGHT);
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  gst_harness_push (f->h, buffer);
  buffer = gst_harness_pull (f->h);
  overlap (f, buffer, 0, 0, &seen);
  gst_buffer_unref (buffer);
  return seen;
}

/* What a blackout took away for good is back where it was read. */
static void
an_unchanged_sample_finds_lost_regions_again (void)
{
  Fixture f;

  setup (&f, "interval=2000 change-threshold=12");
  pass_without_result (&f, 0, 1);
  answer (&f, 0);
  wait_result (&f);
  for (guint id = 1; id < 50; id++)
    g_assert_cmpint (pass_still (&f, id, id >= 10 && id < 40), ==, id < 10);
  pass_still (&f, 50, FALSE);
  ocr_wait_stat (f.h->element, "unchanged", 1);
  /* It is on its way to the present frame; a later one shows it. */
  for (guint id = 51; !pass_still (&f, id, FALSE); id++)
    g_assert_cmpuint (id, <, 1000);
  teardown (&f);
}

static void
a_flush_gives_up_what_is_on_its_way (void)
{
  Stopwatch watch;
  Fixture f;

  setup (&f, "");
  pass_without_result (&f, 0, 3 * LATE);
  answer (&f, 0);
  watch = stopwatch_start ();
  gst_harness_push_event (f.h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (f.h);
  g_assert_cmpint (stopwatch_stop (&watch), <, STOP_TIME);
  pass_without_result (&f, 40, 44);
  teardown (&f);
}

static void
a_stop_gives_up_what_is_on_its_way (void)
{
  Stopwatch watch;
  Fixture f;

  for (guint round = 0; round < 5; round++) {
    setup (&f, "");
    pass_without_result (&f, 0, LATE);
    answer (&f, 0);
    watch = stopwatch_start ();
    gst_element_set_state (f.h->element, GST_STATE_NULL);
    g_assert_cmpint (stopwatch_stop (&watch), <, STOP_TIME);
    teardown (&f);
  }
}

int
main (int argc, char **argv)
{
  static const gchar *const formats[] = { "I420", "NV12", "YUY2" };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/kakaoocr/motion/boxes_follow/%s", formats[i]);

    g_test_add_data_func (path, formats[i], boxes_follow);
  }
  g_test_add_data_func (TESTS "an_unchanged_sample_tells_where_texts_are",
      GINT_TO_POINTER (FALSE), an_unchanged_sample_tells_where_texts_are);
  g_test_add_data_func (
      TESTS "an_unchanged_sample_tells_where_texts_are/tracked",
      GINT_TO_POINTER (TRUE), an_unchanged_sample_tells_where_texts_are);
  ADD (boxes_are_right_when_they_are_first_shown);
  ADD (without_tracking_boxes_stay);
  ADD (tracking_changes_while_playing);
  ADD (frames_may_be_missing);
  ADD (what_a_cut_takes_away_is_lost);
  ADD (the_log_tells_what_moves_and_what_is_lost);
  ADD (regions_of_interest_move_too);
  ADD (a_newer_result_takes_over);
  ADD (an_unchanged_sample_finds_lost_regions_again);
  ADD (a_flush_gives_up_what_is_on_its_way);
  ADD (a_stop_gives_up_what_is_on_its_way);
  return g_test_run ();
}
