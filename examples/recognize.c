/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * recognize FILE|URI|/dev/videoN DIR
 *
 * The whole job as one application: reads a video, recognises its text, draws
 * it on the frames (DIR/annotated.mkv, sound kept), writes it down
 * (DIR/text.jsonl), and tells at the end what was seen when. Ctrl-C ends a
 * camera or a long video early; what was read until then is kept.
 *
 * examples/quickstart installs what this needs, builds it and runs it.
 */
#include "textspans.h"
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

/* While frames wait for their text and the encoder looks ahead, the sound of
 * that time waits here. */
#define SOUND_QUEUE "queue max-size-time=20000000000 max-size-bytes=0 " \
    "max-size-buffers=0"

typedef struct
{
  GMainLoop *loop;
  GstElement *pipeline;
  GstElement *ocr;
  TextSpans *spans;
  GstClockTime end;             /* of what was seen, stream time */
  guint n_pictures;
  gboolean interactive;         /* stdout is a terminal */
  gboolean stopping;
  gboolean failed;
  gint has_video, has_audio;    /* streaming threads */
} Job;

/* --- The pipeline --- */

static gboolean
is_camera (const gchar * source)
{
  return g_str_has_prefix (source, "/dev/video");
}

static gchar *
get_uri (const gchar * source, GError ** error)
{
  g_autofree gchar *absolute = NULL;

  if (gst_uri_is_valid (source))
    return g_strdup (source);
  if (!g_file_test (source, G_FILE_TEST_EXISTS)) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "there is no such file");
    return NULL;
  }
  absolute = g_canonicalize_filename (source, NULL);
  return gst_filename_to_uri (absolute, error);
}

/* Frames are turned upright as the file says (a telephone's are often not),
 * their text is recognised, and two branches use it. Encoders need even sizes,
 * so the last pixel of an odd one is scaled away after drawing. */
static gchar *
describe_pipeline (const gchar * source, GError ** error)
{
  const gchar *encoder = video_encoder_describe (is_camera (source)
      || g_str_has_prefix (source, "rtsp"), error);

  if (!encoder)
    return NULL;
  return g_strdup_printf ("%s "
      "videoconvert name=video ! videoflip video-direction=auto ! "
      "kakaoocr name=ocr interval=500 ! tee name=frames "
      "frames. ! queue ! kakaoocroverlay ! videoconvert ! videoscale ! "
      "video/x-raw,width=[2,16384,2],height=[2,16384,2] ! %s ! queue ! "
      "matroskamux name=mux ! filesink name=annotated "
      "frames. ! queue ! kakaoocrenc name=enc ! filesink name=text",
      is_camera (source) ? "v4l2src name=input ! decodebin name=decoder" :
      "uridecodebin name=decoder", encoder);
}

static void
set_string (Job * job, const gchar * element, const gchar * property,
    const gchar * value)
{
  g_autoptr (GstElement) child = gst_bin_get_by_name (GST_BIN (job->pipeline),
      element);

  g_object_set (child, property, value, NULL);
}

static void
link_pad (GstPad * pad, GstElement * element, const gchar * sink_name)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (element, sink_name);

  if (gst_pad_link (pad, sink) != GST_PAD_LINK_OK)
    g_printerr ("Cannot use the stream of pad %s\n", GST_PAD_NAME (pad));
}

/* The sound goes as it is into annotated.mkv. The decoder shows all of its
 * streams before the first data flows, so the muxer knows them in time. */
static void
add_sound (Job * job, GstPad * pad)
{
  g_autoptr (GstElement) mux = gst_bin_get_by_name (GST_BIN (job->pipeline),
      "mux");
  GstElement *sound = gst_parse_bin_from_description (SOUND_QUEUE
      " ! audioconvert ! audioresample ! audio/x-raw,channels=[1,2] ! opusenc",
      TRUE, NULL);

  if (!sound)
    return;
  gst_bin_add (GST_BIN (job->pipeline), sound);
  gst_element_link (sound, mux);
  gst_element_sync_state_with_parent (sound);
  link_pad (pad, sound, "sink");
}

static void
on_pad_added (GstElement * source, GstPad * pad, Job * job)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const gchar *media_type = gst_structure_get_name (gst_caps_get_structure
      (caps, 0));

  if (g_str_has_prefix (media_type, "video/")
      && g_atomic_int_compare_and_exchange (&job->has_video, FALSE, TRUE)) {
    g_autoptr (GstElement) video =
        gst_bin_get_by_name (GST_BIN (job->pipeline), "video");

    link_pad (pad, video, "sink");
  } else if (g_str_has_prefix (media_type, "audio/")
      && g_atomic_int_compare_and_exchange (&job->has_audio, FALSE, TRUE)) {
    add_sound (job, pad);
  }
}

static void
on_no_more_pads (GstElement * source, Job * job)
{
  if (!g_atomic_int_get (&job->has_video))
    GST_ELEMENT_ERROR (source, STREAM, FORMAT, ("There is no video in it"),
        (NULL));
}

static gboolean
set_input (Job * job, const gchar * source, GError ** error)
{
  g_autofree gchar *uri = NULL;

  if (is_camera (source)) {
    set_string (job, "input", "device", source);
    return TRUE;
  }
  uri = get_uri (source, error);
  if (!uri)
    return FALSE;
  set_string (job, "decoder", "uri", uri);
  return TRUE;
}

static gboolean
create_pipeline (Job * job, const gchar * source, const gchar * dir,
    GError ** error)
{
  g_autofree gchar *annotated = g_build_filename (dir, "annotated.mkv", NULL);
  g_autofree gchar *text = g_build_filename (dir, "text.jsonl", NULL);
  g_autofree gchar *name = g_path_get_basename (source);
  g_autofree gchar *description = describe_pipeline (source, error);
  g_autoptr (GstElement) decoder = NULL;

  if (!description)
    return FALSE;
  job->pipeline = gst_parse_launch (description, error);
  if (!job->pipeline || !set_input (job, source, error))
    return FALSE;
  set_string (job, "annotated", "location", annotated);
  set_string (job, "text", "location", text);
  set_string (job, "enc", "source", name);
  job->ocr = gst_bin_get_by_name (GST_BIN (job->pipeline), "ocr");
  decoder = gst_bin_get_by_name (GST_BIN (job->pipeline), "decoder");
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_pad_added), job);
  g_signal_connect (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), job);
  return TRUE;
}

/* --- While it runs --- */

static gchar *
format_time (GstClockTime time)
{
  return g_strdup_printf ("%u:%02u:%04.1f", (guint) (time / (3600 *
              GST_SECOND)), (guint) (time / (60 * GST_SECOND) % 60),
      (gdouble) (time % (60 * GST_SECOND)) / GST_SECOND);
}

static gboolean
on_progress (gpointer data)
{
  Job *job = data;
  gint64 position, duration;
  g_autofree gchar *at = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (!gst_element_query_position (job->ocr, GST_FORMAT_TIME, &position))
    return G_SOURCE_CONTINUE;
  at = format_time (position);
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
take_result (Job * job, const GstStructure * message)
{
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 time;

  if (!gst_structure_get (message, "result", GST_TYPE_KAKAO_OCR_RESULT,
          &result, "stream-time", G_TYPE_UINT64, &time, NULL))
    return;
  lines = gst_kakao_ocr_result_get_lines (result);
  text_spans_add (job->spans, time, (const gchar * const *) lines);
  job->n_pictures++;
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
    take_result (job, gst_message_get_structure (message));
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
  gint64 position;

  gst_bus_add_signal_watch (bus);
  g_signal_connect (bus, "message::error", G_CALLBACK (on_error), job);
  g_signal_connect (bus, "message::warning", G_CALLBACK (on_warning), job);
  g_signal_connect (bus, "message::element", G_CALLBACK (on_element_message),
      job);
  g_signal_connect (bus, "message::eos", G_CALLBACK (on_eos), job);
  gst_element_set_state (job->pipeline, GST_STATE_PLAYING);
  g_main_loop_run (job->loop);
  if (gst_element_query_position (job->ocr, GST_FORMAT_TIME, &position))
    job->end = position;
  on_progress (job);
  gst_element_set_state (job->pipeline, GST_STATE_NULL);
  gst_bus_remove_signal_watch (bus);
  g_source_remove (progress);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

/* --- Afterwards --- */

/* A picture may say anything, also what steers a terminal. */
static gchar *
make_printable (const gchar * text)
{
  GString *printable = g_string_new (NULL);

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar letter = g_utf8_get_char (text);

    g_string_append_unichar (printable, g_unichar_isprint (letter) ? letter :
        ' ');
  }
  return g_string_free (printable, FALSE);
}

static void
print_span (const gchar * text, guint64 start, guint64 end, gpointer data)
{
  g_autofree gchar *from = format_time (start);
  g_autofree gchar *to = format_time (end);
  g_autofree gchar *printable = make_printable (text);

  g_print ("  %s – %s  %s\n", from, to, printable);
}

static void
job_clear (Job * job)
{
  g_clear_object (&job->ocr);
  g_clear_object (&job->pipeline);
  g_clear_pointer (&job->loop, g_main_loop_unref);
  g_clear_pointer (&job->spans, text_spans_free);
}

static gboolean
recognize (Job * job, const gchar * source, const gchar * dir)
{
  g_autoptr (GError) error = NULL;

  if (!create_pipeline (job, source, dir, &error)) {
    g_printerr ("Cannot read %s: %s\n", source, error->message);
    return FALSE;
  }
  job->loop = g_main_loop_new (NULL, FALSE);
  job->spans = text_spans_new ();
  job->interactive = isatty (STDOUT_FILENO);
  g_print ("Reading the text of %s\n", source);
  run (job);
  g_print ("\nText that was seen:\n");
  text_spans_foreach (job->spans, job->end, print_span, NULL);
  g_print ("\nWritten:\n  %s/annotated.mkv  the video with its text drawn\n"
      "  %s/text.jsonl     a line for each picture that was read\n", dir, dir);
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
