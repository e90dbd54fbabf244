/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What it costs to know with which frame each text came and went: the small
 * pictures of all frames, and the search in them, a frame of 1080p; and the
 * memory that they take.
 */
#include <malloc.h>
#include <string.h>

#include "measure.h"
#include "result/framehistory.h"
#include "painting.h"

#define WIDTH 1920
#define HEIGHT 1080
#define FRAMES 25 /* from sample to sample */
#define TEXTS 4
#define ROUNDS 15
/* More frames than a cache holds; they come forwards and backwards. */
#define BUFFERS 12
#define ROUND (2 * (BUFFERS - 1))
#define PAN 3 /* rows from frame to frame */
/* Half a minute without an answer. */
#define WAITING (30 * FRAMES)
#define MEGABYTE (1024.0 * 1024)

typedef struct
{
  KocrFrameHistory *history;
  GstBuffer *buffers[BUFFERS];
  guint64 n; /* frames */
  guint64 serial;
  gboolean watches;
  KocrFrameStretch *stretch; /* nullable */
  guint8 luma[WIDTH * HEIGHT];
} Stream;

/* @pan: the rows that a camera goes from frame to frame. */
static void
stream_init (Stream *stream, guint pan)
{
  GstVideoInfo info;
  GstMemory *memory
      = painting_memory_new (WIDTH, HEIGHT + BUFFERS * PAN, &info);

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  stream->history = kocr_frame_history_new ();
  kocr_frame_history_set_up (stream->history, &info, TRUE);
  for (guint i = 0; i < BUFFERS; i++) {
    stream->buffers[i] = gst_buffer_new ();
    gst_buffer_append_memory (stream->buffers[i],
        gst_memory_copy (memory, i * pan * WIDTH, info.size));
    gst_buffer_add_video_meta (stream->buffers[i], GST_VIDEO_FRAME_FLAG_NONE,
        GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  }
  gst_memory_unref (memory);
}

static void
stream_clear (Stream *stream)
{
  for (guint i = 0; i < BUFFERS; i++)
    gst_buffer_unref (stream->buffers[i]);
  g_clear_pointer (&stream->stretch, kocr_frame_stretch_free);
  kocr_frame_history_free (stream->history);
}

static void
pass (Stream *stream, gboolean is_sample)
{
  guint i = stream->n % ROUND;
  GstBuffer *buffer = stream->buffers[MIN (i, ROUND - i)];

  GST_BUFFER_PTS (buffer) = stream->n++ * GST_SECOND / FRAMES;
  kocr_frame_history_begin_frame (stream->history, buffer, TRUE);
  if (stream->watches)
    kocr_frame_history_watch (stream->history);
  if (is_sample)
    kocr_frame_history_mark (stream->history, ++stream->serial);
  kocr_frame_history_end_frame (stream->history);
}

/* The corners of a text. */
static void
get_box (guint i, gdouble box[8])
{
  const gdouble top = 200 + 200 * i;
  const gdouble corners[8]
      = { 500, top, 1300, top, 1300, top + 60, 500, top + 60 };

  memcpy (box, corners, sizeof corners);
}

/* Of texts that came, each from its first letter, and of those that went. */
static void
search (Stream *stream)
{
  g_autoptr (KocrFrameStretch) stretch = kocr_frame_history_take (
      stream->history, stream->serial - 1, stream->serial);

  for (guint i = 0; i < TEXTS; i++) {
    gdouble box[8];

    get_box (i, box);
    kocr_frame_stretch_compare (stretch, box);
    kocr_frame_stretch_find_edge (
        stretch, box, i % 2 ? KOCR_FRAME_EDGE_BEGAN : KOCR_FRAME_EDGE_WENT);
  }
  kocr_frame_history_release (stream->history, stream->serial);
}

static void
run (gpointer data)
{
  Stream *stream = data;

  for (guint i = 0; i < FRAMES; i++)
    pass (stream, i == 0);
  if (stream->serial > 1)
    search (stream);
}

/* Of texts that look the same, whether a letter became another. */
static void
search_jumps (gpointer data)
{
  Stream *stream = data;

  for (guint i = 0; i < TEXTS; i++) {
    gdouble box[8];

    get_box (i, box);
    kocr_frame_stretch_find_edge (stream->stretch, box, KOCR_FRAME_EDGE_JUMPED);
  }
}

/* What any look at a frame costs: its brightness read once. */
static void
copy (gpointer data)
{
  Stream *stream = data;

  for (guint i = 0; i < FRAMES; i++) {
    GstMapInfo map;

    gst_buffer_map (stream->buffers[i % BUFFERS], &map, GST_MAP_READ);
    memcpy (stream->luma, map.data, sizeof stream->luma);
    gst_buffer_unmap (stream->buffers[i % BUFFERS], &map);
  }
}

static void
measure_time (const gchar *name, MeasureFunc function, gboolean watches,
    guint pan, gdouble limit)
{
  g_autofree Stream *stream = g_new0 (Stream, 1);
  MeasureRow row = {
    .group = "edges", .name = name, .unit = "ms", .peer = "a copy of its luma"
  };

  stream->watches = watches;
  stream_init (stream, pan);
  for (guint i = 0; i <= FRAMES; i++)
    pass (stream, i % FRAMES == 0);
  stream->stretch = kocr_frame_history_take (
      stream->history, stream->serial - 1, stream->serial);
  measure_pair (function, copy, stream, ROUNDS, &row.value, &row.peer_value);
  row.value /= FRAMES;
  row.peer_value /= FRAMES;
  row.held = limit > 0 ? MEASURE_VALUE : MEASURE_UNHELD;
  row.limit = limit;
  measure_report (&row);
  stream_clear (stream);
}

static gdouble
get_used (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (info.uordblks + info.hblkhd) / MEGABYTE;
}

static void
measure_memory (void)
{
  MeasureRow row = { .group = "edges",
    .name = "half a minute without an answer",
    .unit = "MB",
    .held = MEASURE_VALUE,
    .limit = 32 };
  g_autofree Stream *stream = g_new0 (Stream, 1);
  gdouble before;

  stream_init (stream, 0);
  before = get_used ();
  for (guint i = 0; i < WAITING; i++)
    pass (stream, i == 0);
  row.value = get_used () - before;
  measure_report (&row);
  stream_clear (stream);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  measure_time ("a 1080p frame, four texts a second", run, FALSE, 0, 0.15);
  measure_time ("the same with sample-on-change", run, TRUE, 0, 0);
  measure_time ("the same, and the picture moves", run, TRUE, PAN, 0);
  measure_time (
      "whether their letters became others", search_jumps, FALSE, 0, 0);
  measure_time (
      "the same search where the picture moves", search_jumps, FALSE, PAN, 0);
  measure_memory ();
  return measure_finish ();
}
