/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc in pipelines of the usual shapes: none stands still, and others
 * read what they write.
 */
#include <string.h>

#include "enctools.h"
#include "../../testrows.h"

/* Beside the video, with queues that hold a text or as they are by default. */
#define MUXED "tee name=t " \
    "t. ! %s ! matroskamux name=m ! filesink location=\"%s\" " \
    "t. ! queue ! kakaoocrenc ! m."
#define LARGE_QUEUE "queue max-size-time=0 max-size-bytes=0 max-size-buffers=0"

static void
play_to_the_end (GstElement * pipeline)
{
  enc_pipeline_play (pipeline);
  enc_pipeline_free (pipeline);
}

typedef struct
{
  const gchar *name;
  const gchar *queue;
} QueueCase;

static const QueueCase queue_cases[] = {
  {"queue-that-holds-a-text", LARGE_QUEUE},
  {"default-queue", "queue"},
  {"smallest-queue", "queue max-size-buffers=1"},
};

static void
a_subtitle_track_has_the_captions (gconstpointer data)
{
  const QueueCase *row = data;
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video.mkv");
  g_autofree gchar *file = NULL;

  play_to_the_end (enc_pipeline_new (&enc_clip, enc_clip.duration, MUXED,
          row->queue, path));
  file = enc_run_ffmpeg (path, "copy", "srt");
  if (file) {
    g_autoptr (GArray) cues = enc_cues_parse (file);

    enc_cues_assert_screen (cues, &enc_clip);
  }
  enc_folder_remove (folder);
}

typedef struct
{
  const gchar *name;
  const gchar *part;            /* of the pipeline */
} PartCase;

/* What these have in common is that they know one text at a time. */
static const PartCase muxer_cases[] = {
  {"mp4", "mp4mux"},
  {"mov", "qtmux"},
  {"matroska", "matroskamux"},
};

/* A caption that stands from 0 to 9.5 s, and another from 3 to 6 s. Where the
 * first one begins later, ffmpeg takes the last sample of a track in MP4 to end
 * that much before it does. */
static const EncCaption overlapping_captions[] = {
  {{"Departures", 40, 40}, 0, 9500 * GST_MSECOND, 0},
  {{"<b> 서울역", 200, 420}, 3 * GST_SECOND, 6 * GST_SECOND, 0},
};

static const EncClip overlapping_clip = {
  overlapping_captions, 2, 12 * GST_SECOND, 100 * GST_MSECOND, 0
};

/* By ffmpeg, which hears of the text's times as the file has them. */
static void
a_muxer_gets_one_text_at_a_time (gconstpointer data)
{
  const PartCase *row = data;
  static const gchar *texts[] = { "Departures",
    ("Departures\r\n<\xe2\x81\xa0" "b> 서울역"), "Departures"
  };
  const GstClockTime changes[] = { 0, 3 * GST_SECOND,
    6 * GST_SECOND, 9500 * GST_MSECOND
  };
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video");
  g_autofree gchar *file = NULL;
  GstElement *pipeline;

  if (!enc_has_element ("x264enc"))
    goto out;
  pipeline = enc_pipeline_new (&overlapping_clip, overlapping_clip.duration,
      "tee name=t t. ! " LARGE_QUEUE " ! videoconvert ! x264enc ! "
      "h264parse ! %s name=m ! filesink location=\"%s\" "
      "t. ! queue ! kakaoocrenc max-duration=0 ! m.", row->part, path);
  play_to_the_end (pipeline);
  file = enc_run_ffmpeg (path, "text", "srt");
  if (file) {
    g_autoptr (GArray) cues = enc_cues_parse (file);

    g_assert_cmpuint (cues->len, ==, G_N_ELEMENTS (texts));
    for (guint i = 0; i < cues->len; i++) {
      const EncCue *cue = &g_array_index (cues, EncCue, i);

      g_assert_cmpstr (cue->text, ==, texts[i]);
      g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->start, changes[i])), <=,
          overlapping_clip.interval);
      g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->end, changes[i + 1])), <=,
          overlapping_clip.interval);
    }
  }
out:
  enc_folder_remove (folder);
}

static void
take_text (GstElement * sink, GstBuffer * buffer, GstPad * pad, gpointer data)
{
  g_autofree gchar *text = NULL;

  /* In GStreamer 1.26 a gap comes as a buffer of nothing. */
  if (gst_buffer_get_size (buffer) == 0)
    return;
  text = enc_buffer_get_text (buffer);
  enc_cues_add (data, text, GST_BUFFER_PTS (buffer),
      GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer));
}

static void
gstreamer_reads_the_subtitle_track (void)
{
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video.mkv");
  g_autofree gchar *line = g_strdup_printf ("filesrc location=\"%s\" ! "
      "matroskademux name=d  d. ! queue ! video/x-raw ! fakesink  "
      "d. ! queue ! text/x-raw ! fakesink name=text signal-handoffs=true",
      path);
  g_autoptr (GArray) cues = enc_cues_new ();
  g_autoptr (GstElement) sink = NULL;
  GstElement *player;

  play_to_the_end (enc_pipeline_new (&enc_clip, enc_clip.duration, MUXED,
          LARGE_QUEUE, path));
  player = gst_parse_launch (line, NULL);
  sink = gst_bin_get_by_name (GST_BIN (player), "text");
  g_signal_connect (sink, "handoff", G_CALLBACK (take_text), cues);
  play_to_the_end (player);
  enc_cues_assert_screen (cues, &enc_clip);
  enc_folder_remove (folder);
}

static const EncCaption slide_line = {
  {"Information", 40, 100}, 0, 600 * GST_SECOND, 0
};

static const EncClip slide = {
  &slide_line, 1, 600 * GST_SECOND, GST_SECOND, 0
};

static void
a_slide_of_ten_minutes_is_muxed (gconstpointer data)
{
  const QueueCase *row = data;
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video.mkv");
  g_autofree gchar *file = NULL;

  play_to_the_end (enc_pipeline_new (&slide, slide.duration, MUXED, row->queue,
          path));
  file = enc_run_ffmpeg (path, "copy", "srt");
  if (file) {
    g_autoptr (GArray) cues = enc_cues_parse (file);

    g_assert_cmpuint (cues->len, ==, 120);
    for (guint i = 0; i < cues->len; i++) {
      const EncCue *cue = &g_array_index (cues, EncCue, i);

      g_assert_cmpuint (cue->start, ==, i * 5 * GST_SECOND);
      g_assert_cmpuint (cue->end, ==, (i + 1) * 5 * GST_SECOND);
    }
  }
  enc_folder_remove (folder);
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  const gchar *empty;           /* a file without text */
} FileCase;

static const FileCase file_cases[] = {
  {"ndjson", ENC_NDJSON, ""},
  {"webvtt", ENC_VTT, "WEBVTT\n\n"},
  {"subrip", ENC_SRT, ""},
};

static gchar *
read_file (const gchar * path)
{
  gchar *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

/* With no recognition before it at all, and with one that finds nothing. */
static void
a_video_without_text_makes_an_empty_file (gconstpointer data)
{
  const FileCase *row = data;
  const EncClip silence = { NULL, 0, GST_SECOND, 200 * GST_MSECOND, 0 };
  const EncClip *clips[] = { NULL, &silence };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++) {
    gchar *folder = enc_folder_new ();
    g_autofree gchar *path = enc_folder_get_path (folder, "text");
    g_autofree gchar *contents = NULL;
    GstElement *pipeline = enc_pipeline_new (clips[i], GST_SECOND,
        "kakaoocrenc granularity=track ! %s ! filesink location=\"%s\"",
        row->form, path);

    enc_pipeline_preroll (pipeline);
    play_to_the_end (pipeline);
    contents = read_file (path);
    g_assert_cmpstr (contents, ==, row->empty);
    enc_folder_remove (folder);
  }
}

static void
a_video_without_text_is_muxed (void)
{
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video.mkv");
  GstElement *pipeline = enc_pipeline_new (NULL, 5 * GST_SECOND, MUXED,
      "queue max-size-buffers=1", path);

  enc_pipeline_preroll (pipeline);
  play_to_the_end (pipeline);
  enc_folder_remove (folder);
}

/* The other sinks take one frame before all have prerolled, a text stands from
 * the first frame on, and the muxer's sink needs its first data all the same. */
static void
preroll_waits_for_no_text (void)
{
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "video.mkv");
  GstElement *pipeline = enc_pipeline_new (&slide, 5 * GST_SECOND, MUXED
      " t. ! queue max-size-buffers=1 ! fakesink"
      " t. ! queue max-size-buffers=1 ! kakaoocrenc ! " ENC_VTT " ! fakesink"
      " t. ! queue max-size-buffers=1 ! kakaoocrenc ! " ENC_PLAIN
      " ! fakesink", "queue max-size-buffers=1", path);

  enc_pipeline_preroll (pipeline);
  play_to_the_end (pipeline);
  enc_folder_remove (folder);
}

/* A flip that learns with the first frame that it has to turn it asks for memory
 * when the segment is there already. The query waits in the queue of a branch
 * whose sink has prerolled; the other sink waits for the frame after it. */
static const PartCase early_branches[] = {
  {"ndjson", "kakaoocrenc ! " ENC_NDJSON " ! fakesink"},
  {"webvtt", "kakaoocrenc ! " ENC_VTT " ! fakesink"},
  {"plain-text", "kakaoocrenc ! " ENC_PLAIN " ! fakesink"},
  {"crops", "kakaoocrcrop ! fakesink"},
  {"two", "tee name=two two. ! queue ! kakaoocrcrop ! fakesink async=false "
        "two. ! queue ! kakaoocrenc ! " ENC_SRT " ! fakesink async=false"},
};

static void
a_turned_video_beside_text_prerolls (gconstpointer data)
{
  const PartCase *row = data;
  GstElement *pipeline = enc_pipeline_new (NULL, GST_SECOND,
      "taginject tags=image-orientation=rotate-90 ! "
      "videoflip video-direction=auto ! tee name=t t. ! queue ! %s "
      "t. ! queue ! fakesink", row->part);

  enc_pipeline_preroll (pipeline);
  g_assert_true (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH, 0));
  enc_pipeline_preroll (pipeline);
  play_to_the_end (pipeline);
}

static void
a_seek_begins_the_file_anew (void)
{
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "text.vtt");
  g_autofree gchar *file = NULL;
  g_autoptr (GArray) cues = NULL;
  GstElement *pipeline = enc_pipeline_new (&enc_clip, enc_clip.duration,
      "kakaoocrenc time=stream ! " ENC_VTT " ! filesink location=\"%s\"",
      path);

  enc_pipeline_preroll (pipeline);
  g_assert_true (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, 13500 * GST_MSECOND));
  enc_pipeline_preroll (pipeline);
  play_to_the_end (pipeline);
  file = read_file (path);
  g_assert_true (g_str_has_prefix (file, "WEBVTT\n\n00:00:1"));
  cues = enc_cues_parse (file);
  g_assert_cmpuint (cues->len, ==, 1);
  g_assert_cmpint (ABS (GST_CLOCK_DIFF (g_array_index (cues, EncCue, 0).start,
              14 * GST_SECOND)), <=, enc_clip.interval);
  enc_folder_remove (folder);
}

#define TESTS "/enc/pipelines/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (a_subtitle_track_has_the_captions, queue_cases);
  ADD_ROWS (a_muxer_gets_one_text_at_a_time, muxer_cases);
  ADD (gstreamer_reads_the_subtitle_track);
  ADD_ROWS (a_slide_of_ten_minutes_is_muxed, queue_cases);
  ADD_ROWS (a_video_without_text_makes_an_empty_file, file_cases);
  ADD (a_video_without_text_is_muxed);
  ADD (preroll_waits_for_no_text);
  ADD_ROWS (a_turned_video_beside_text_prerolls, early_branches);
  ADD (a_seek_begins_the_file_anew);
  return g_test_run ();
}
