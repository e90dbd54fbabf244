/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr behind elements that join and select streams: how it is timed, and
 * when the texts of clips are told that ffmpeg made, each of its own size, rate
 * and container.  The service of this machine reads them.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../../testrows.h"
#include "ffmpeg.h"
#include "ocrharness.h"
#include "service.h"

#define SMALL "video/x-raw,width=64,height=48,framerate=25/1"
#define TRACKS "kakaoocrenc granularity=track ! application/x-ndjson"

/* One for all that are read: what it reads is the same each time. */
static Service *reading;

/* Timing. */

typedef struct
{
  const gchar *name;
  const gchar *line; /* before kakaoocr */
  const gchar *timing;
} Timing;

static const Timing timings[] = {
  /* The second test picture tells of its latency when it has caps, which is
   * when the first one ends. */
  { "exact_behind_sources_that_are_joined",
      "concat name=j videotestsrc num-buffers=5 ! " SMALL " ! j. "
      "videotestsrc num-buffers=5 ! " SMALL " ! j. j.",
      "exact" },
  { "exact_behind_sources_of_which_one_is_selected",
      "input-selector name=j videotestsrc num-buffers=5 ! " SMALL " ! j. "
      "videotestsrc num-buffers=5 ! " SMALL " ! j. j.",
      "exact" },
  { "exact_behind_joined_bins",
      "concat name=j bin.( videotestsrc num-buffers=5 ! " SMALL " ! identity "
      ") ! j. bin.( videotestsrc num-buffers=5 ! " SMALL " ! identity ) ! j. "
      "j.",
      "exact" },
  /* Nobody has looked what the second one is. */
  { "exact_behind_a_file_that_is_not_typed_yet",
      "concat name=j videotestsrc num-buffers=5 ! " SMALL " ! j. "
      "appsrc ! decodebin ! videoconvert ! j. j.",
      "exact" },
  { "latest_where_the_second_source_is_live",
      "concat name=j videotestsrc num-buffers=5 ! " SMALL " ! j. "
      "videotestsrc num-buffers=5 is-live=true ! " SMALL " ! j. j.",
      "latest" },
  { "latest_where_a_live_source_may_be_selected",
      "input-selector name=j videotestsrc num-buffers=5 ! " SMALL " ! j. "
      "videotestsrc num-buffers=5 is-live=true ! " SMALL " ! j. j.",
      "latest" },
};

static void
timing_as_in_row (gconstpointer data)
{
  const Timing *row = data;
  Service *service = service_new (service_answer, NULL);
  g_autofree gchar *line = g_strdup_printf ("%s ! kakaoocr name=ocr "
      "endpoint=%s ! fakesink sync=false", row->line, service->url);
  g_autoptr (GstElement) pipeline = ocr_parse (line);
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  g_autofree gchar *timing = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  ocr_wait_stat (ocr, "frames", 1);
  timing = ocr_get_stat_string (ocr, "timing");
  g_assert_cmpstr (timing, ==, row->timing);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  service_free (service);
}

static gboolean
answer_seeking (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_LATENCY:
      return FALSE;
    case GST_QUERY_SEEKING:
      gst_query_set_seeking (query, GST_FORMAT_TIME, TRUE, 0, GST_SECOND);
      return TRUE;
    default:
      return gst_pad_query_default (pad, parent, query);
  }
}

static gboolean
answer_nothing (GstPad *pad, GstObject *parent, GstQuery *query)
{
  return GST_QUERY_TYPE (query) != GST_QUERY_LATENCY
         && gst_pad_query_default (pad, parent, query);
}

static void
check_timing_behind (GstPadQueryFunction answer, const gchar *expected)
{
  Service *service = service_new (service_answer, NULL);
  GstHarness *h = ocr_harness_new_without_caps (service->url, "timing=auto");
  g_autofree gchar *timing = NULL;

  gst_pad_set_query_function (h->srcpad, answer);
  gst_harness_set_src_caps_str (h, SMALL ",format=I420");
  timing = ocr_get_stat_string (h->element, "timing");
  g_assert_cmpstr (timing, ==, expected);
  ocr_harness_free (h);
  service_free (service);
}

/* As splitmuxsrc, whose sources are in pipelines of its own. */
static void
exact_where_nothing_tells_but_one_can_seek (void)
{
  check_timing_behind (answer_seeking, "exact");
}

static void
latest_where_nothing_tells (void)
{
  check_timing_behind (answer_nothing, "latest");
}

/* Texts. */

typedef struct
{
  const gchar *file;
  const gchar *size;
  guint rate;
  const gchar *text;            /* (nullable) */
} Clip;

#define MAX_CLIPS 3
#define INTERVAL 500

typedef struct
{
  const gchar *text;
  GstClockTime start, end;      /* ms */
} Told;

/* What becomes of the time of frame @n of all. */
typedef GstClockTime (*StampFunc) (guint n, GstClockTime pts);

static GstClockTime
one_is_hours_ahead (guint n, GstClockTime pts)
{
  return n == 60 ? pts + 37600 * GST_SECOND : pts;
}

/* In the second clip, after its first second. */
static GstClockTime
time_falls_back (guint n, GstClockTime pts)
{
  return n >= 75 ? pts - GST_SECOND : pts;
}

typedef struct
{
  const gchar *name;
  const gchar *joined; /* by this element, or "file": in one */
  Clip clips[MAX_CLIPS];
  StampFunc stamp;
  guint n_requests; /* 0: any number */
  gboolean breaks;  /* texts end where they were seen last */
  Told told[3];
} Join;

static const Join joins[] = {
  { "a_text_goes_on_in_a_clip_of_another_size", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mkv", "640x480", 25,
              "EXIT" } },
      NULL, 0, FALSE, { { "EXIT", 0, 4000 } } },
  { "a_text_goes_on_through_sizes_and_rates", "concat",
      { { "a.mp4", "640x480", 25, "EXIT" }, { "b.ts", "320x240", 30, "EXIT" },
          { "c.avi", "480x360", 15, "EXIT" } },
      NULL, 0, FALSE, { { "EXIT", 0, 6000 } } },
  { "another_rate_alone_costs_no_request", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mp4", "320x240", 30,
              "EXIT" } },
      NULL, 1, FALSE, { { "EXIT", 0, 4000 } } },
  { "another_text_begins_where_its_clip_does", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mp4", "320x240", 25,
              "TRAIN" } },
      NULL, 0, FALSE, { { "EXIT", 0, 2000 }, { "TRAIN", 2000, 4000 } } },
  { "a_clip_without_text_ends_one", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mp4", "320x240", 25, NULL },
          { "c.mkv", "640x480", 25, "EXIT" } },
      NULL, 0, FALSE, { { "EXIT", 0, 2000 }, { "EXIT", 4000, 6000 } } },
  { "one_frame_hours_ahead_in_a_joined_clip_costs_no_text", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mp4", "640x480", 25,
              "EXIT" } },
      one_is_hours_ahead, 0, FALSE, { { "EXIT", 0, 4000 } } },
  { "time_that_falls_back_in_a_joined_clip_ends_a_text", "concat",
      { { "a.mp4", "320x240", 25, "EXIT" }, { "b.mp4", "640x480", 25,
              "EXIT" } },
      time_falls_back, 0, TRUE, { { "EXIT", 0, 3000 }, { "EXIT", 3000, 4000 } } },
  { "transport_streams_in_one_file_tell_both_texts", "file",
      { { "a.ts", "320x240", 25, "EXIT" }, { "b.ts", "320x240", 25,
              "TRAIN" } },
      NULL, 0, FALSE, { { "EXIT", 0, 2000 }, { "TRAIN", 2000, 4000 } } },
};

/* FALSE: there is no ffmpeg, and the test is skipped. */
static gboolean
make_clip (const gchar *folder, const Clip *clip)
{
  g_autofree gchar *path = g_build_filename (folder, clip->file, NULL);
  g_autofree gchar *source = g_strdup_printf (
      "color=c=white:s=%s:r=%u:d=2", clip->size, clip->rate);
  g_autofree gchar *filter = g_strdup_printf (
      "drawtext=text=%s:font=DejaVu Sans:fontsize=h/5:fontcolor=black:"
      "x=(w-text_w)/2:y=(h-text_h)/2", clip->text ? clip->text : "");

  return ffmpeg_make ("-f", "lavfi", "-i", source, "-vf",
      clip->text ? filter : "null", "-pix_fmt", "yuv420p", path, NULL);
}

static void
append_file (const gchar *folder, const gchar *name, GByteArray *bytes)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  g_autofree gchar *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_byte_array_append (bytes, (const guint8 *) contents, length);
}

/* The part of the pipeline before kakaoocr. (nullable): skipped */
static gchar *
describe_clips (const gchar *folder, const Join *row)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean one_file = strcmp (row->joined, "file") == 0;
  g_autoptr (GString) line = g_string_new (NULL);

  if (!one_file)
    g_string_append_printf (line, "%s name=j ", row->joined);
  for (guint i = 0; i < MAX_CLIPS && row->clips[i].file; i++) {
    const Clip *clip = &row->clips[i];

    if (!make_clip (folder, clip))
      return NULL;
    if (one_file)
      append_file (folder, clip->file, bytes);
    else
      g_string_append_printf (line,
          "filesrc location=%s/%s ! decodebin ! videoconvert ! j. ", folder,
          clip->file);
  }
  if (one_file) {
    g_autofree gchar *path = g_build_filename (folder, "joined", NULL);

    g_assert_true (g_file_set_contents (path, (const gchar *) bytes->data,
        bytes->len, NULL));
    g_string_append_printf (line, "filesrc location=%s ! decodebin ! "
        "videoconvert", path);
  } else {
    g_string_append (line, "j.");
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
remove_folder (const gchar *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

typedef struct
{
  StampFunc func;
  guint n;
} Stamper;

static GstPadProbeReturn
stamp (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer
      = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  Stamper *stamper = data;

  GST_BUFFER_PTS (buffer)
      = stamper->func (stamper->n++, GST_BUFFER_PTS (buffer));
  info->data = buffer;
  return GST_PAD_PROBE_OK;
}

static void
take_line (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer lines)
{
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_ptr_array_add (lines, g_strndup ((const gchar *) map.data, map.size));
  gst_buffer_unmap (buffer, &map);
}

static guint64
get_number (const gchar *line, const gchar *key)
{
  const gchar *found = strstr (line, key);

  g_assert_nonnull (found);
  return g_ascii_strtoull (found + strlen (key), NULL, 10);
}

/* Frames of the slowest clip, where codecs begin. */
#define TOLERANCE (150 * GST_MSECOND)

static void
assert_between (GstClockTime time, GstClockTime from, GstClockTime to)
{
  g_assert_cmpuint (time + TOLERANCE, >=, from);
  g_assert_cmpuint (time, <=, to + TOLERANCE);
}

static void
assert_told (GPtrArray *lines, const Join *row)
{
  GstClockTime unseen = row->breaks ? INTERVAL * GST_MSECOND : 0;
  const Told *told = row->told;
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    g_test_message ("%s", (const gchar *) g_ptr_array_index (lines, i));
  for (guint i = 0; i < G_N_ELEMENTS (row->told) && told[i].text; i++, n++) {
    g_autofree gchar *text
        = g_strdup_printf ("\"text\":\"%s\"", told[i].text);
    GstClockTime start, end;
    const gchar *line;

    g_assert_cmpuint (i, <, lines->len);
    line = g_ptr_array_index (lines, i);
    g_assert_nonnull (strstr (line, text));
    start = told[i].start * GST_MSECOND;
    end = told[i].end * GST_MSECOND;
    assert_between (get_number (line, "\"start\":"), start, start);
    assert_between (get_number (line, "\"end\":"), end - unseen, end);
  }
  g_assert_cmpuint (lines->len, ==, n);
}

static void
join_as_in_row (gconstpointer data)
{
  const Join *row = data;
  g_autofree gchar *folder = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_autofree gchar *clips = describe_clips (folder, row);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Stamper stamper = { row->stamp, 0 };
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) ocr = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autofree gchar *timing = NULL;
  g_autofree gchar *line = NULL;

  if (!clips)
    goto skip;
  line = g_strdup_printf ("%s ! kakaoocr name=ocr endpoint=%s interval=%u ! "
      TRACKS " ! fakesink name=out sync=false signal-handoffs=true", clips,
      reading->url, INTERVAL);
  pipeline = ocr_parse (line);
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_signal_connect (out, "handoff", G_CALLBACK (take_line), lines);
  ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  if (stamper.func) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (ocr, "sink");

    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, stamp, &stamper, NULL);
  }
  ocr_run_to_eos (pipeline);
  timing = ocr_get_stat_string (ocr, "timing");
  g_assert_cmpstr (timing, ==, "exact");
  assert_told (lines, row);
  if (row->n_requests > 0)
    g_assert_cmpuint (ocr_get_stat (ocr, "submitted"), ==,
        row->n_requests);
  gst_element_set_state (pipeline, GST_STATE_NULL);
skip:
  remove_folder (folder);
}

#define TESTS "/kakaoocr/joined/"

int
main (int argc, char **argv)
{
  gint failed;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (timing_as_in_row, timings);
  ADD (exact_where_nothing_tells_but_one_can_seek);
  ADD (latest_where_nothing_tells);
  ADD_ROWS (join_as_in_row, joins);
  reading = service_new_reading ();
  failed = g_test_run ();
  service_free (reading);
  return failed;
}
