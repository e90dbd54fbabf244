/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enctools.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include "../../patience.h"

/* --- Files --- */

gchar *
enc_folder_new (void)
{
  gchar *folder = g_dir_make_tmp ("kakaoocrenc-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

gchar *
enc_folder_get_path (const gchar * folder, const gchar * name)
{
  return g_build_filename (folder, name, NULL);
}

void
enc_folder_remove (gchar * folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = enc_folder_get_path (folder, name);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

gchar *
enc_run_ffmpeg (const gchar * path, const gchar * codec, const gchar * format)
{
  g_autofree gchar *program = g_find_program_in_path ("ffmpeg");
  g_autoptr (GSubprocess) process = NULL;
  gchar *out = NULL;
  g_autofree gchar *complaints = NULL;

  if (!program) {
    g_test_skip ("there is no ffmpeg");
    return NULL;
  }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
      | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, program, "-nostdin", "-v",
      "warning", "-i", path, "-map", "0:s:0", "-c", codec, "-f", format, "-",
      NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out,
          &complaints, NULL));
  g_assert_cmpstr (complaints, ==, "");
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

/* --- Pipelines --- */

gboolean
enc_has_element (const gchar * name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  if (!factory)
    g_test_skip (name);
  return factory != NULL;
}

static GstPadProbeReturn
recognise (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  EncSampler *sampler = data;
  GstBuffer *frame = gst_buffer_make_writable (info->data);

  gst_buffer_add_kakao_ocr_meta (frame, enc_sampler_get (sampler,
          GST_BUFFER_PTS (frame)));
  info->data = frame;
  return GST_PAD_PROBE_OK;
}

static void
sampler_free (gpointer data)
{
  enc_sampler_clear (data);
  g_free (data);
}

GstElement *
enc_pipeline_new (const EncClip * clip, GstClockTime duration,
    const gchar * rest, ...)
{
  g_autofree gchar *tail = NULL, *line = NULL;
  GError *error = NULL;
  GstElement *pipeline;
  va_list args;

  va_start (args, rest);
  tail = g_strdup_vprintf (rest, args);
  va_end (args);
  line = g_strdup_printf ("videotestsrc name=source num-buffers=%u "
      "pattern=black ! video/x-raw,format=GRAY8,width=64,height=48,"
      "framerate=25/1 ! %s", (guint) (duration / ENC_FRAME_DURATION), tail);
  pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  if (clip) {
    g_autoptr (GstElement) source =
        gst_bin_get_by_name (GST_BIN (pipeline), "source");
    g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
    EncSampler *sampler = g_new0 (EncSampler, 1);

    sampler->clip = clip;
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, recognise, sampler,
        sampler_free);
  }
  return pipeline;
}

void
enc_pipeline_free (GstElement * pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

void
enc_pipeline_preroll (GstElement * pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL, PATIENCE), ==,
      GST_STATE_CHANGE_SUCCESS);
}

void
enc_pipeline_play (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpstr (GST_MESSAGE_TYPE_NAME (message), ==, "eos");
}
