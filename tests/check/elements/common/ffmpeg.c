/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ffmpeg.h"

gboolean
ffmpeg_run (gboolean must, const gchar *const *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) command = NULL;
  g_autofree gchar *complaints = NULL;
  g_autoptr (GError) error = NULL;
  gint status;

  g_strv_builder_add_many (
      builder, "ffmpeg", "-nostdin", "-v", "error", "-y", NULL);
  g_strv_builder_addv (builder, (const gchar **)words);
  command = g_strv_builder_end (builder);
  if (!g_spawn_sync (NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
          &complaints, &status, &error)) {
    g_test_skip (error->message);
    return FALSE;
  }
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;
  if (must)
    g_test_fail_printf ("ffmpeg: %s", complaints);
  return FALSE;
}
