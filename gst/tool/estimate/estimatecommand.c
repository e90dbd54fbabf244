/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr estimate FILE|DIR…
 *
 * What reading videos would cost: sampler and gate run as they would, and a
 * service that reads nothing takes what they let through.  Nothing is sent
 * anywhere.
 */
#include "commands.h"

#include <math.h>

#include "archive/jsonmembers.h"
#include "commandline/terminaltext.h"
#include "estimate/stubservice.h"
#include "index/filelist.h"
#include "index/videoreader.h"

typedef struct
{
  OcrOptions options;
  gdouble price;                /* of a request; 0: not asked for */
  gboolean json, keyframes;
  ReadingCost total;
  guint n_read, n_failed;
} Estimate;

static void
tell (Estimate * self, const gchar * name, const ReadingCost * cost)
{
  if (self->json) {
    g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

    kocr_json_open (&json, NULL, '{');
    json_add_string (&json, "video", name);
    json_add_int (&json, "samples", cost->samples);
    json_add_int (&json, "requests", cost->requests);
    json_add_int (&json, "bytes", cost->bytes);
    kocr_json_add_number (&json, "price",
        self->price > 0.0 ? cost->requests * self->price : NAN);
    kocr_json_close (&json, '}');
    command_print_json (&json);
    return;
  }
  g_print ("%s: %" G_GUINT64_FORMAT " samples, %" G_GUINT64_FORMAT
      " requests, %.1f MB", name, cost->samples, cost->requests,
      cost->bytes / 1e6);
  if (self->price > 0.0)
    g_print (", %.2f", cost->requests * self->price);
  g_print ("\n");
}

static void
on_bad_word (const gchar * name, const gchar * what, gpointer user_data)
{
  Estimate *self = user_data;

  command_tell_problem (name, what);
  self->n_failed++;
}

static void
estimate_video (Estimate * self, const VideoReaderSettings * settings,
    const gchar * path)
{
  g_autoptr (VideoRecord) video = video_record_new (path);
  g_autofree gchar *name = printable_file_name (path);
  ReadingCost cost = { 0 };

  video_reader_read (settings, video, &cost, NULL);
  if (video->error) {
    command_tell_problem (path, video->error);
    self->n_failed++;
    return;
  }
  self->total.samples += cost.samples;
  self->total.requests += cost.requests;
  self->total.bytes += cost.bytes;
  self->n_read++;
  tell (self, name, &cost);
}

static CommandStatus
estimate (Estimate * self, gchar ** words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StubService) service = stub_service_new (&error);
  VideoReaderSettings settings = { &self->options, self->keyframes, FALSE };
  g_autoptr (GPtrArray) paths = NULL;

  if (!service) {
    g_printerr ("Cannot estimate: %s\n", error->message);
    return COMMAND_NOTHING_DONE;
  }
  /* Whatever was asked for: to nobody else, as fast as it goes, no key. */
  g_free (self->options.endpoint);
  self->options.endpoint = g_strdup (stub_service_get_url (service));
  g_clear_pointer (&self->options.api_key_file, g_free);
  self->options.max_rate = 0.0;
  if (!video_reader_check (&settings, &error)) {
    g_printerr ("kakaoocr estimate: %s\n", error->message);
    return COMMAND_USAGE;
  }
  paths = file_list_expand (words, on_bad_word, self);
  for (guint i = 0; i < paths->len; i++)
    estimate_video (self, &settings, g_ptr_array_index (paths, i));
  if (!self->json && self->n_read > 1)
    tell (self, "all", &self->total);
  return command_get_status (self->n_read, self->n_failed);
}

static CommandStatus
run_estimate (gint argc, gchar ** argv)
{
  Estimate self = { {NULL} };
  const GOptionEntry entries[] = {
    {"price", 0, 0, G_OPTION_ARG_DOUBLE, &self.price,
        "of a request: what it costs is told", "P"},
    {"keyframes", 0, 0, G_OPTION_ARG_NONE, &self.keyframes,
        "of key frames alone, as index --keyframes reads", NULL},
    {"json", 0, 0, G_OPTION_ARG_NONE, &self.json,
        "print an object of JSON a video", NULL},
    G_OPTION_ENTRY_NULL
  };
  CommandStatus status = COMMAND_USAGE;

  if (command_parse (&argc, &argv, "FILE|DIR|-…",
          "Tells what reading videos would cost, in samples, requests and "
          "bytes. Nothing is sent.", entries,
          ocr_options_new_group (&self.options), 1, -1))
    status = estimate (&self, argv + 1);
  ocr_options_clear (&self.options);
  return status;
}

const Command estimate_command = {
  "estimate", "tells what reading videos would cost", run_estimate
};
