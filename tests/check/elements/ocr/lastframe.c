/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr sample-on-change=true: what only the last picture shows is read,
 * too, whatever ends the row of pictures.
 */
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define WIDTH 320
#define HEIGHT 240
#define CAPS(width)                                                            \
  "video/x-raw,format=GRAY8,width=" #width ",height=240,"                      \
  "framerate=25/1"
#define FRAMES 10 /* before the last one */
#define LATE "kakaoocr-late-result"

/* Letters on plain ground, or none. */
static GstBuffer *
make_frame (guint at, gboolean text)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT, NULL);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (guint i = 0; i < map.size; i++) {
    guint x = i % WIDTH, y = i / WIDTH;
    gboolean inside = x >= 60 && x < 260 && y >= 100 && y < 140;

    map.data[i] = text && inside && x / 4 % 2 == 0 ? 240 : 30;
  }
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = at * TEST_FRAME_DURATION;
  GST_BUFFER_DURATION (buffer) = TEST_FRAME_DURATION;
  return buffer;
}

/* What comes behind the last picture. */

static void
nothing (GstHarness *h)
{
}

static void
tags (GstHarness *h)
{
  gst_harness_push_event (
      h, gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "a", NULL)));
}

static void
gap (GstHarness *h)
{
  gst_harness_push_event (
      h, gst_event_new_gap (
             (FRAMES + 1) * TEST_FRAME_DURATION, TEST_FRAME_DURATION));
}

static void
segment (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = (FRAMES + 1) * TEST_FRAME_DURATION;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
}

static void
segment_done (GstHarness *h)
{
  gst_harness_push_event (h, gst_event_new_segment_done (GST_FORMAT_TIME,
                                 (FRAMES + 1) * TEST_FRAME_DURATION));
}

static void
another_size (GstHarness *h)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS (400));

  gst_harness_push_event (h, gst_event_new_caps (caps));
}

static void
another_rate (GstHarness *h)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS (320));

  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, 30, 1, NULL);
  gst_harness_push_event (h, gst_event_new_caps (caps));
}

static void
another_stream (GstHarness *h)
{
  gst_harness_push_event (h, gst_event_new_stream_start ("another"));
}

static void
drain (GstHarness *h)
{
  g_autoptr (GstQuery) query = gst_query_new_drain ();

  gst_pad_peer_query (h->srcpad, query);
}

static void
allocation (GstHarness *h)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS (320));
  g_autoptr (GstQuery) query = gst_query_new_allocation (caps, FALSE);

  gst_pad_peer_query (h->srcpad, query);
}

static void
flush (GstHarness *h)
{
  gst_harness_push_event (h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (h);
}

static void
a_plain_frame (GstHarness *h)
{
  gst_harness_push (h, make_frame (FRAMES + 1, FALSE));
}

typedef struct
{
  const gchar *name;
  void (*then) (GstHarness *h);
  guint sampled;
} Case;

static const Case cases[] = {
  { "eos", nothing, 2 },
  { "tags_and_eos", tags, 2 },
  { "a_gap_and_eos", gap, 2 },
  { "a_segment", segment, 2 },
  { "segment_done", segment_done, 2 },
  { "another_size", another_size, 2 },
  { "another_rate_and_eos", another_rate, 2 },
  { "another_stream", another_stream, 2 },
  { "a_drain", drain, 2 },
  /* It is not the last one, or is not held any more. */
  { "a_plain_frame", a_plain_frame, 1 },
  { "an_allocation", allocation, 1 },
  { "a_flush", flush, 1 },
};

static const gchar *const timings[] = { "exact", "latest", "aligned" };

/* Whose results a frame carries, each once. */
static void
note_result (GHashTable *read, GstBuffer *frame)
{
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);

  if (meta)
    g_hash_table_add (read,
        GUINT_TO_POINTER (
            gst_kakao_ocr_result_get_pts (meta->result) / TEST_FRAME_DURATION));
}

/* Until EOS: how many frames were read, as who reads results sees it. */
static guint
count_read (GstHarness *h)
{
  g_autoptr (GHashTable) read = g_hash_table_new (NULL, NULL);
  gboolean ended = FALSE;
  GstBuffer *buffer;

  while (!ended) {
    g_autoptr (GstEvent) event = gst_harness_pull_event (h);
    g_autoptr (GstBuffer) frame = NULL;

    g_assert_nonnull (event);
    ended = GST_EVENT_TYPE (event) == GST_EVENT_EOS;
    if (gst_event_has_name (event, LATE)) {
      gst_structure_get (gst_event_get_structure (event), "frame",
          GST_TYPE_BUFFER, &frame, NULL);
      note_result (read, frame);
    }
  }
  while ((buffer = gst_harness_try_pull (h))) {
    note_result (read, buffer);
    gst_buffer_unref (buffer);
  }
  return g_hash_table_size (read);
}

static GstHarness *
set_up (Service *service, const gchar *timing)
{
  g_autofree gchar *settings
      = g_strdup_printf ("change-threshold=12 "
                         "sample-on-change=true latency=60000 timing=%s",
          timing);
  GstHarness *h = ocr_harness_new_without_caps (service->url, settings);

  gst_harness_set_live (h, FALSE);
  gst_harness_set_src_caps_str (h, CAPS (320));
  return h;
}

static void
is_sampled (const gchar *timing, const Case *row)
{
  Service *service = service_new (service_answer, NULL);
  GstHarness *h = set_up (service, timing);

  for (guint i = 0; i < FRAMES; i++)
    g_assert_cmpint (
        gst_harness_push (h, make_frame (i, FALSE)), ==, GST_FLOW_OK);
  g_assert_cmpint (
      gst_harness_push (h, make_frame (FRAMES, TRUE)), ==, GST_FLOW_OK);
  row->then (h);
  gst_harness_push_event (h, gst_event_new_eos ());
  /* A flush takes what is in flight along. */
  if (row->then == flush)
    g_assert_cmpuint (count_read (h), <=, row->sampled);
  else
    g_assert_cmpuint (count_read (h), ==, row->sampled);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), <=, row->sampled);
  ocr_harness_free (h);
  service_free (service);
}

static void
is_sampled_in_exact (gconstpointer row)
{
  is_sampled ("exact", row);
}

static void
is_sampled_in_latest (gconstpointer row)
{
  is_sampled ("latest", row);
}

static void
is_sampled_in_aligned (gconstpointer row)
{
  is_sampled ("aligned", row);
}

/* The memory of a device, or of a pool of so many buffers. */
static GstBufferPool *
new_small_pool (void)
{
  GstBufferPool *pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);

  gst_buffer_pool_config_set_params (config, NULL, WIDTH * HEIGHT, 1, 1);
  g_assert_true (gst_buffer_pool_set_config (pool, config));
  g_assert_true (gst_buffer_pool_set_active (pool, TRUE));
  return pool;
}

static void
a_borrowed_frame_is_given_back_and_read (gconstpointer timing)
{
  Service *service = service_new (service_answer, NULL);
  GstHarness *h = set_up (service, timing);
  GstBufferPool *pool = new_small_pool ();
  g_autoptr (GstBuffer) plain = make_frame (1, FALSE);
  g_autoptr (GstBuffer) text = make_frame (1, TRUE);

  for (guint i = 0; i <= FRAMES; i++) {
    GstBuffer *frame = NULL;
    GstMapInfo map;

    /* Waits for the one before, which downstream has done with. */
    g_assert_cmpint (
        gst_buffer_pool_acquire_buffer (pool, &frame, NULL), ==, GST_FLOW_OK);
    g_assert_true (
        gst_buffer_map (i == FRAMES ? text : plain, &map, GST_MAP_READ));
    gst_buffer_fill (frame, 0, map.data, map.size);
    gst_buffer_unmap (i == FRAMES ? text : plain, &map);
    GST_BUFFER_PTS (frame) = i * TEST_FRAME_DURATION;
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
    gst_buffer_unref (gst_harness_pull (h));
  }
  gst_harness_push_event (h, gst_event_new_eos ());
  g_assert_cmpuint (count_read (h), >=, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, 2);
  ocr_harness_free (h);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  service_free (service);
}

/* The one slot is taken by the first picture, which is never answered. */
static void
a_live_end_waits_no_longer_for_it (gconstpointer timing)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *settings = g_strdup_printf (
      "change-threshold=12 "
      "sample-on-change=true latency=200 max-in-flight=1 timing=%s",
      (const gchar *)timing);
  GstHarness *h
      = ocr_harness_new_without_caps (held_service_get_url (service), settings);

  gst_harness_set_src_caps_str (h, CAPS (320));
  for (guint i = 0; i <= FRAMES; i++)
    gst_harness_push (h, make_frame (i, i == FRAMES));
  gst_harness_push_event (h, gst_event_new_eos ());
  g_assert_cmpuint (count_read (h), ==, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  static const GTestDataFunc tests[]
      = { is_sampled_in_exact, is_sampled_in_latest, is_sampled_in_aligned };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (tests); k++) {
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autofree gchar *path
          = g_strdup_printf ("/kakaoocr/lastframe/"
                             "what_is_new_before_%s_is%s_read/%s",
              cases[i].name, cases[i].sampled == 2 ? "" : "_not", timings[k]);

      g_test_add_data_func (path, &cases[i], tests[k]);
    }
  }
  g_test_add_data_func ("/kakaoocr/lastframe/a_borrowed_frame_is_given_back_"
                        "and_read/latest",
      "latest", a_borrowed_frame_is_given_back_and_read);
  g_test_add_data_func ("/kakaoocr/lastframe/a_live_end_waits_no_longer_for_it/"
                        "latest",
      "latest", a_live_end_waits_no_longer_for_it);
  g_test_add_data_func ("/kakaoocr/lastframe/a_live_end_waits_no_longer_for_it/"
                        "aligned",
      "aligned", a_live_end_waits_no_longer_for_it);
  return g_test_run ();
}
