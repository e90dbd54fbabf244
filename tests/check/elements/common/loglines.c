/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "loglines.h"

static GMutex lock;
static GString *lines; /* lock */

static void
take_line (GstDebugCategory *category, GstDebugLevel level, const gchar *file,
    const gchar *function, gint line, GObject *object, GstDebugMessage *message,
    gpointer wanted)
{
  if (category != wanted)
    return;
  g_mutex_lock (&lock);
  g_string_append_printf (lines, "%s\n", gst_debug_message_get (message));
  g_mutex_unlock (&lock);
}

void
log_lines_start (const gchar *name)
{
  GstDebugCategory *category = _gst_debug_get_category (name);

  g_assert_nonnull (category);
  lines = g_string_new (NULL);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (take_line, category, NULL);
  gst_debug_set_threshold_for_name (name, GST_LEVEL_LOG);
  gst_debug_set_active (TRUE);
}

gchar *
log_lines_stop (void)
{
  GString *said = lines;

  gst_debug_remove_log_function (take_line);
  g_mutex_lock (&lock);
  lines = NULL;
  g_mutex_unlock (&lock);
  g_test_message ("%s", said->str);
  return g_string_free (said, FALSE);
}
