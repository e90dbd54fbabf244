/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "service.h"

#include <glib/gstdio.h>
#include <string.h>

const gchar service_answer[] =
    "{\"responses\":[{\"page\":1,\"results\":[{\"box\":"
    "[[8,4],[24,4],[24,12],[8,12]],\"recognized_word\":[\"EXIT\"]}]}]}";

gchar *
service_write_file (const gchar * contents, gint mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *directory = g_dir_make_tmp ("kakaoocr-XXXXXX", &error);
  gchar *path;

  g_assert_no_error (error);
  path = g_build_filename (directory, "file", NULL);
  g_file_set_contents_full (path, contents, -1, G_FILE_SET_CONTENTS_NONE, mode,
      &error);
  g_assert_no_error (error);
  return path;
}

void
service_remove_file (gchar * path)
{
  g_autofree gchar *directory = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (directory);
  g_free (path);
}

static gchar *
read_line (GInputStream * stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gchar c;

  while (g_input_stream_read (stream, &c, 1, NULL, NULL) == 1 && c != '\n')
    g_string_append_c (line, c);
  return g_strdup (line->str);
}

static const gchar *
get_program (void)
{
  const gchar *program = g_getenv (SERVICE_VARIABLE) ?
      g_getenv (SERVICE_VARIABLE) : g_getenv ("KAKAOOCR_SERVER");

  g_assert_nonnull (program);
  return program;
}

static void
start (Service * self, const gchar * const *command)
{
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_newv (command,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->url = read_line (g_subprocess_get_stdout_pipe (self->process));
  g_assert_cmpstr (self->url, !=, "");
}

Service *
service_new (const gchar * answer, const gchar * arguments)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) more = g_strsplit (arguments ? arguments : "", " ", 0);
  g_auto (GStrv) command = NULL;
  g_autofree gchar *replay = NULL;
  Service *self = g_new0 (Service, 1);

  self->answer = service_write_file (answer, 0600);
  replay = g_strconcat ("--engine=replay:", self->answer, NULL);
  g_strv_builder_add_many (words, get_program (), "--exit-with-stdin", replay,
      NULL);
  g_strv_builder_addv (words, (const char **) more);
  command = g_strv_builder_end (words);

  start (self, (const gchar * const *) command);
  return self;
}

Service *
service_new_reading (void)
{
  const gchar *command[] = { get_program (), "--exit-with-stdin", NULL };
  Service *self = g_new0 (Service, 1);

  start (self, command);
  return self;
}

void
service_free (Service * self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL,
      NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_clear_pointer (&self->answer, service_remove_file);
  g_free (self->url);
  g_free (self);
}
