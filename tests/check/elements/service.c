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

Service *
service_new (const gchar * answer, const gchar * arguments)
{
  const gchar *program = g_getenv (SERVICE_VARIABLE) ?
      g_getenv (SERVICE_VARIABLE) : g_getenv ("KAKAOOCR_SERVER");
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) more = g_strsplit (arguments ? arguments : "", " ", 0);
  g_auto (GStrv) command = NULL;
  g_autofree gchar *replay = NULL;
  g_autoptr (GError) error = NULL;
  Service *self = g_new0 (Service, 1);

  g_assert_nonnull (program);
  self->answer = service_write_file (answer, 0600);
  replay = g_strconcat ("--engine=replay:", self->answer, NULL);
  g_strv_builder_add_many (words, program, "--exit-with-stdin", replay, NULL);
  g_strv_builder_addv (words, (const char **) more);
  command = g_strv_builder_end (words);

  self->process = g_subprocess_newv ((const gchar * const *) command,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->url = read_line (g_subprocess_get_stdout_pipe (self->process));
  g_assert_cmpstr (self->url, !=, "");
  return self;
}

void
service_free (Service * self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL,
      NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  service_remove_file (self->answer);
  g_free (self->url);
  g_free (self);
}
