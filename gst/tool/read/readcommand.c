/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr read FILE|URI|/dev/videoN
 *
 * Reads one video and leaves its text in a folder, in the forms of
 * readproducts.h. Ctrl-C ends a camera or a long video early; what was read
 * until then is written whole.
 */
#include "commands.h"

#include <glib-unix.h>
#include <gst/gst.h>

#include "archive/jsonmembers.h"
#include "commandline/terminaltext.h"
#include "media/mediapipeline.h"
#include "media/ocroptions.h"
#include "read/outputs.h"
#include "read/progress.h"
#include "read/readpipeline.h"

/* What is written and does not end so long after a failure, in which nothing
 * was read, does not end any more; the element itself waits less for its
 * service. */
#define PATIENCE_SECONDS 420

typedef struct
{
  /* What was asked for. */
  const gchar *source;
  gchar *dir;
  gchar *only;
  gboolean json;
  gboolean show_progress;
  OcrOptions options;
  ReadProducts products;

  /* While it runs. */
  gchar *title;
  GMainLoop *loop;
  GstElement *pipeline;
  Outputs *outputs;
  Progress *progress;
  gboolean stopping;
  gboolean failed;
  guint patience; /* the timer; 0: no end is waited for */
  ReadProducts written;
} Job;

static void
set_file (Job * job, ReadProducts product, const gchar * sink,
    const gchar * name)
{
  g_autofree gchar *path = g_build_filename (job->dir, name, NULL);

  if (job->products & product)
    media_pipeline_set (job->pipeline, sink, "location", path);
}

static gboolean
prepare (Job * job, GError ** error)
{
  g_autoptr (GstElement) ocr = NULL;

  if (!read_products_spare (job->products, job->source, job->dir, error))
    return FALSE;
  job->pipeline = read_pipeline_new (job->source, job->products, error);
  if (!job->pipeline)
    return FALSE;
  set_file (job, READ_ANNOTATED, "annotated", "annotated.mkv");
  set_file (job, READ_JSONL, "text", "text.jsonl");
  set_file (job, READ_VTT, "subtitles", "text.vtt");
  if (job->products & READ_JSONL)
    media_pipeline_set (job->pipeline, "enc", "source", job->title);
  ocr = gst_bin_get_by_name (GST_BIN (job->pipeline), "ocr");
  if (!ocr_options_apply (&job->options, ocr, error))
    return FALSE;
  job->outputs = outputs_new (job->pipeline, job->dir, job->products, error);
  return job->outputs != NULL;
}

/* While it runs. */

static gboolean
on_interrupt (gpointer data)
{
  Job *job = data;

  progress_clear_line (job->progress);
  if (job->stopping || job->failed) {
    job->failed = TRUE;
    g_main_loop_quit (job->loop);
    return G_SOURCE_CONTINUE;
  }
  job->stopping = TRUE;
  g_printerr ("Ending; once more to give up.\n");
  gst_element_send_event (job->pipeline, gst_event_new_eos ());
  return G_SOURCE_CONTINUE;
}

static gboolean
on_patience_over (gpointer data)
{
  Job *job = data;

  job->patience = 0;
  g_main_loop_quit (job->loop);
  return G_SOURCE_REMOVE;
}

static void
renew_patience (Job *job)
{
  if (job->patience)
    g_source_remove (job->patience);
  job->patience
      = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, job);
}

static gboolean
is_in (Job *job, GstObject *object, const gchar *name)
{
  g_autoptr (GstElement) element
      = gst_bin_get_by_name (GST_BIN (job->pipeline), name);

  return element
         && (object == GST_OBJECT (element)
             || gst_object_has_as_ancestor (object, GST_OBJECT (element)));
}

/* Whether what is written still ends as it should after a failure of @source:
 * sources and demuxers then end the streams that they have begun. */
static gboolean
ends_by_itself (Job *job, GstObject *source)
{
  g_autoptr (GstElement) video
      = gst_bin_get_by_name (GST_BIN (job->pipeline), "video");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (video, "sink");

  return gst_pad_has_current_caps (pad)
         && (is_in (job, source, "input") || is_in (job, source, "streams")
             || is_in (job, source, "ocr"));
}

static void
on_error (GstBus * bus, GstMessage * message, Job * job)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *details = NULL;
  g_autofree gchar *reason = NULL;

  /* What comes of the first one. */
  if (job->failed)
    return;
  gst_message_parse_error (message, &error, &details);
  reason = media_pipeline_describe_error (job->pipeline, error, NULL);
  progress_clear_line (job->progress);
  g_printerr ("Error from %s: %s\n%s\n", GST_OBJECT_NAME (message->src),
      reason, details ? details : "");
  job->failed = TRUE;
  if (ends_by_itself (job, GST_MESSAGE_SRC (message)))
    renew_patience (job);
  else
    g_main_loop_quit (job->loop);
}

static void
on_warning (GstBus * bus, GstMessage * message, Job * job)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_warning (message, &error, NULL);
  progress_clear_line (job->progress);
  g_printerr ("Warning from %s: %s\n", GST_OBJECT_NAME (message->src),
      error->message);
}

static void
on_element_message (GstBus * bus, GstMessage * message, Job * job)
{
  if (!gst_message_has_name (message, "kakaoocr-result"))
    return;
  progress_count_picture (job->progress);
  if (job->patience)
    renew_patience (job);
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
  progress_finish (job->progress);
  gst_element_set_state (job->pipeline, GST_STATE_NULL);
  gst_bus_remove_signal_watch (bus);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (job->patience)
    g_source_remove (job->patience);
}

/* Afterwards. */

static void
print_texts (Job * job)
{
  const GPtrArray *tracks = outputs_get_texts (job->outputs)->tracks;

  g_print ("\n%s\n", tracks->len > 0 ? "Text that was seen:" :
      "No text was seen.");
  for (guint i = 0; i < tracks->len; i++) {
    const TrackRecord *track = g_ptr_array_index (tracks, i);
    g_autofree gchar *start = time_text_format (track->start);
    g_autofree gchar *end = time_text_format (track->end);
    g_autofree gchar *text = printable_text (track->text);

    g_print ("  %s – %s  %s\n", start, end, text);
  }
}

static void
print_paths (Job * job)
{
  g_print ("\nWritten%s:\n", job->failed ? ", as far as it was read" : "");
  for (guint i = 0; i < READ_PRODUCT_COUNT; i++)
    if (job->written & read_products[i].product)
      g_print ("  %s/%-18s %s\n", job->dir, read_products[i].path,
          read_products[i].what);
}

static void
add_tracks (KocrJsonWriter * writer, const GPtrArray * tracks)
{
  kocr_json_open (writer, "tracks", '[');
  for (guint i = 0; i < tracks->len; i++) {
    const TrackRecord *track = g_ptr_array_index (tracks, i);
    g_autofree gchar *text = printable_text (track->text);

    kocr_json_open (writer, NULL, '{');
    json_add_int (writer, "track", track->track);
    json_add_int (writer, "start", track->start);
    json_add_int (writer, "end", track->end);
    json_add_string (writer, "text", text);
    kocr_json_close (writer, '}');
  }
  kocr_json_close (writer, ']');
}

/* One object on one line; what is as kakaoocrenc's has its names and units. */
static void
print_json (Job * job)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  kocr_json_open (&json, NULL, '{');
  json_add_string (&json, "source", job->title);
  json_add_boolean (&json, "complete",
      !job->failed && !job->stopping && job->written == job->products);
  json_add_int (&json, "pictures", progress_get_pictures (job->progress));
  add_tracks (&json, outputs_get_texts (job->outputs)->tracks);
  kocr_json_open (&json, "written", '[');
  for (guint i = 0; i < READ_PRODUCT_COUNT; i++) {
    g_autofree gchar *path = g_build_filename (job->dir,
        read_products[i].path, NULL);

    if (job->written & read_products[i].product)
      json_add_string (&json, NULL, path);
  }
  kocr_json_close (&json, ']');
  kocr_json_close (&json, '}');
  command_print_json (&json);
}

static CommandStatus
finish (Job *job)
{
  g_autoptr (GError) error = NULL;

  if (job->failed && progress_get_pictures (job->progress) == 0) {
    outputs_discard (job->outputs);
    return COMMAND_NOTHING_DONE;
  }
  job->written = outputs_finish (job->outputs, job->title, &error);
  if (error)
    g_printerr ("Error: %s\n", error->message);
  return job->failed || error ? COMMAND_SOME_FAILED : COMMAND_DONE;
}

static CommandStatus
read_video (Job * job)
{
  g_autofree gchar *name = media_get_display_name (job->source);
  g_autoptr (GError) error = NULL;
  CommandStatus status;

  job->title = media_get_title (job->source);
  if (!prepare (job, &error)) {
    g_printerr ("Cannot read %s: %s\n", name, error->message);
    return error->domain == G_OPTION_ERROR ? COMMAND_USAGE :
        COMMAND_NOTHING_DONE;
  }
  job->loop = g_main_loop_new (NULL, FALSE);
  job->progress = progress_new (job->pipeline,
      job->show_progress && !job->json);
  if (!job->json)
    g_print ("Reading the text of %s\n", name);
  run (job);
  status = finish (job);
  if (job->json) {
    print_json (job);
  } else if (status != COMMAND_NOTHING_DONE) {
    print_texts (job);
    if (job->written)
      print_paths (job);
  }
  return status;
}

static void
job_clear (Job * job)
{
  g_clear_pointer (&job->progress, progress_free);
  g_clear_object (&job->pipeline);
  g_clear_pointer (&job->outputs, outputs_free);
  g_clear_pointer (&job->loop, g_main_loop_unref);
  ocr_options_clear (&job->options);
  g_free (job->title);
  g_free (job->dir);
  g_free (job->only);
}

/* *INDENT-OFF* */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)
/* *INDENT-ON* */

static gboolean
parse (Job * job, gint argc, gchar ** argv)
{
  const GOptionEntry entries[] = {
    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &job->dir,
        "the folder it is left in (out)", "DIR"},
    {"only", 0, 0, G_OPTION_ARG_STRING, &job->only,
        "of it only these: mkv,jsonl,vtt,crops,sheet", "LIST"},
    {"progress", 0, 0, G_OPTION_ARG_NONE, &job->show_progress,
        "tell how far it is also where there is no terminal", NULL},
    {"json", 0, 0, G_OPTION_ARG_NONE, &job->json,
        "print what was done as one object of JSON", NULL},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;

  if (!command_parse (&argc, &argv, "FILE|URI|/dev/videoN",
          "Reads a video and leaves its text in a folder: annotated.mkv, "
          "text.jsonl, text.vtt,\ncrops/ and contact-sheet.png. Ctrl-C ends "
          "early and keeps what was read.", entries,
          ocr_options_new_group (&job->options), 1, 1))
    return FALSE;
  job->source = argv[1];
  if (!job->dir)
    job->dir = g_strdup ("out");
  job->products = READ_EVERYTHING;
  if (job->only)
    job->products = read_products_parse (job->only, &error);
  if (error)
    g_printerr ("kakaoocr read: %s\n", error->message);
  return !error;
}

static CommandStatus
run_read (gint argc, gchar ** argv)
{
  g_auto (Job) job = { NULL };

  if (!parse (&job, argc, argv))
    return COMMAND_USAGE;
  return read_video (&job);
}

const Command read_command = {
  "read", "reads a video and leaves its text in a folder", run_read
};
