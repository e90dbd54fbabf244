/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * recognize FILE|URI|/dev/videoN DIR
 *
 * The whole job as one application: reads a video, recognises its text, and
 * leaves in DIR
 *   annotated.mkv      the video with its text drawn, sound kept
 *   text.jsonl         a line for each picture that was read
 *   text.vtt           the texts as subtitles
 *   crops/             a picture of each text
 *   contact-sheet.png  all of it at a glance
 * It tells at the end what was seen when. Ctrl-C ends a camera or a long video
 * early; what was read until then is kept.
 *
 * examples/quickstart installs what this needs, builds it and runs it.
 */
#include "contactsheet.h"
#include "mediapipeline.h"
#include "outputs.h"
#include "videoencoder.h"

#include <glib-unix.h>
#include <gst/gst.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

/* On a terminal one line that changes; elsewhere a line now and then. */
#define TERMINAL_PROGRESS_MS 250
#define LOG_PROGRESS_MS 2000

typedef struct
{
  GMainLoop *loop;
  GstElement *pipeline;
  GstElement *ocr;
  gchar *title;
  Outputs *outputs;
  guint n_pictures;
  gboolean interactive;         /* stdout is a terminal */
  gboolean stopping;
  gboolean failed;
} Job;

/* --- The pipeline --- */

/* Frames are turned upright as the file says (a telephone's are often not),
 * their text is recognised, and several branches use it. Encoders need even
 * sizes, so the last pixel of an odd one is scaled away after drawing. What has
 * data only now and then is not waited for at the start (async=false). */
#define PIPELINE \
  "videoconvert name=video ! videoflip video-direction=auto ! " \
  "kakaoocr name=ocr interval=500 ! tee name=frames " \
  "frames. ! queue ! kakaoocroverlay ! videoconvert ! videoscale ! " \
  "video/x-raw,width=[2,16384,2],height=[2,16384,2] ! %s ! queue ! " \
  "matroskamux name=mux ! filesink name=annotated " \
  "frames. ! queue name=news ! videoscale ! " \
  "video/x-raw,height=%d,pixel-aspect-ratio=1/1 ! " \
  "kakaoocroverlay show-text=false ! videoconvert ! " \
  "video/x-raw,format=BGRx ! appsink name=thumbnails async=false sync=false " \
  "frames. ! queue ! tee name=texts " \
  "texts. ! kakaoocrenc name=enc ! application/x-ndjson ! " \
  "filesink name=text async=false " \
  "texts. ! kakaoocrenc ! application/x-subtitle-vtt ! " \
  "filesink name=subtitles async=false " \
  "texts. ! kakaoocrenc granularity=track ! application/x-ndjson ! " \
  "appsink name=tracks async=false sync=false " \
  "texts. ! kakaoocrcrop padding=4 ! videoconvert ! " \
  "video/x-raw,format=BGRx ! appsink name=crops async=false sync=false"

static void
set_file (Job * job, const gchar * sink, const gchar * dir, const gchar * name)
{
  g_autofree gchar *path = g_build_filename (dir, name, NULL);

  media_pipeline_set (job->pipeline, sink, "location", path);
}

static gboolean
create_pipeline (Job * job, const gchar * source, const gchar * dir,
    GError ** error)
{
  const gchar *encoder = video_encoder_describe (media_is_camera (source)
      || g_str_has_prefix (source, "rtsp"), error);
  g_autofree gchar *description = g_strdup_printf (PIPELINE, encoder,
      CONTACT_SHEET_FRAME_HEIGHT);

  if (!encoder)
    return FALSE;
  job->pipeline = media_pipeline_new (source, description, MEDIA_DECODED,
      error);
  if (!job->pipeline)
    return FALSE;
  set_file (job, "annotated", dir, "annotated.mkv");
  set_file (job, "text", dir, "text.jsonl");
  set_file (job, "subtitles", dir, "text.vtt");
  media_pipeline_set (job->pipeline, "enc", "source", job->title);
  job->ocr = gst_bin_get_by_name (GST_BIN (job->pipeline), "ocr");
  job->outputs = outputs_new (job->pipeline, dir);
  return TRUE;
}

/* --- While it runs --- */

static gboolean
on_progress (gpointer data)
{
  Job *job = data;
  gint64 position, duration;
  g_autofree gchar *at = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (!gst_element_query_position (job->ocr, GST_FORMAT_TIME, &position))
    return G_SOURCE_CONTINUE;
  at = track_format_time (position);
  g_string_append_printf (line, "  at %s", at);
  if (gst_element_query_duration (job->ocr, GST_FORMAT_TIME, &duration)
      && duration > 0)
    g_string_append_printf (line, " (%d %%)", (gint) (100 * position /
            duration));
  g_string_append_printf (line, ", %u pictures read", job->n_pictures);
  g_print (job->interactive ? "\r%s  " : "%s\n", line->str);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer data)
{
  Job *job = data;

  if (job->stopping) {
    job->failed = TRUE;
    g_main_loop_quit (job->loop);
    return G_SOURCE_CONTINUE;
  }
  job->stopping = TRUE;
  g_print ("\nEnding; once more to give up.\n");
  gst_element_send_event (job->pipeline, gst_event_new_eos ());
  return G_SOURCE_CONTINUE;
}

static void
on_error (GstBus * bus, GstMessage * message, Job * job)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *details = NULL;

  gst_message_parse_error (message, &error, &details);
  g_printerr ("\nError from %s: %s\n%s\n", GST_OBJECT_NAME (message->src),
      error->message, details ? details : "");
  job->failed = TRUE;
  g_main_loop_quit (job->loop);
}

static void
on_warning (GstBus * bus, GstMessage * message, Job * job)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_warning (message, &error, NULL);
  g_printerr ("\nWarning from %s: %s\n", GST_OBJECT_NAME (message->src),
      error->message);
}

static void
on_element_message (GstBus * bus, GstMessage * message, Job * job)
{
  if (gst_message_has_name (message, "kakaoocr-result"))
    job->n_pictures++;
}

static void
on_eos (GstBus * bus, GstMessage * message, Job * job)
{
  g_main_loop_quit (job->loop);
}

static void
run (Job * job)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (job->pipeline);
  guint progress = g_timeout_add (job->interactive ? TERMINAL_PROGRESS_MS :
      LOG_PROGRESS_MS, on_progress, job);
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, job);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, job);

  gst_bus_add_signal_watch (bus);
  g_signal_connect (bus, "message::error", G_CALLBACK (on_error), job);
  g_signal_connect (bus, "message::warning", G_CALLBACK (on_warning), job);
  g_signal_connect (bus, "message::element", G_CALLBACK (on_element_message),
      job);
  g_signal_connect (bus, "message::eos", G_CALLBACK (on_eos), job);
  gst_element_set_state (job->pipeline, GST_STATE_PLAYING);
  g_main_loop_run (job->loop);
  on_progress (job);
  gst_element_set_state (job->pipeline, GST_STATE_NULL);
  gst_bus_remove_signal_watch (bus);
  g_source_remove (progress);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

/* --- Afterwards --- */

static void
print_tracks (const TrackList * tracks)
{
  guint n = track_list_get_n (tracks), i;

  g_print ("\n%s\n", n > 0 ? "Text that was seen:" : "No text was seen.");
  for (i = 0; i < n; i++) {
    const Track *track = track_list_get (tracks, i);
    g_autofree gchar *start = track_format_time (track->start);
    g_autofree gchar *end = track_format_time (track->end);

    g_print ("  %s – %s  %s\n", start, end, track->text);
  }
}

static void
print_paths (const gchar * dir)
{
  static const gchar *written[][2] = {
    {"annotated.mkv", "the video with its text drawn"},
    {"text.jsonl", "a line for each picture that was read"},
    {"text.vtt", "the texts as subtitles"},
    {"crops/", "a picture of each text"},
    {"contact-sheet.png", "all of it at a glance"},
  };
  guint i;

  g_print ("\nWritten:\n");
  for (i = 0; i < G_N_ELEMENTS (written); i++)
    g_print ("  %s/%-18s %s\n", dir, written[i][0], written[i][1]);
}

static void
job_clear (Job * job)
{
  g_clear_object (&job->ocr);
  g_clear_object (&job->pipeline);
  g_clear_pointer (&job->outputs, outputs_free);
  g_clear_pointer (&job->loop, g_main_loop_unref);
  g_free (job->title);
}

static gboolean
recognize (Job * job, const gchar * source, const gchar * dir)
{
  g_autoptr (GError) error = NULL;

  job->title = g_path_get_basename (source);
  if (!create_pipeline (job, source, dir, &error)) {
    g_printerr ("Cannot read %s: %s\n", source, error->message);
    return FALSE;
  }
  job->loop = g_main_loop_new (NULL, FALSE);
  job->interactive = isatty (STDOUT_FILENO);
  g_print ("Reading the text of %s\n", source);
  run (job);
  print_tracks (outputs_get_tracks (job->outputs));
  if (!outputs_finish (job->outputs, job->title))
    return FALSE;
  print_paths (dir);
  return !job->failed;
}

int
main (int argc, char **argv)
{
  Job job = { NULL };
  gboolean ok;

  /* Texts are printed in the user's character set. */
  setlocale (LC_ALL, "");
  gst_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("Usage: recognize FILE|URI|/dev/videoN DIR\n");
    return EXIT_FAILURE;
  }
  ok = recognize (&job, argv[1], argv[2]);
  job_clear (&job);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
