/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/progress.h"

#include <unistd.h>

#include "commandline/terminaltext.h"

#define TERMINAL_PROGRESS_MS 250
#define LOG_PROGRESS_MS 2000
#define CLEAR_LINE "\r\033[K"

struct _Progress
{
  GstElement *pipeline;
  gboolean interactive;         /* stdout is a terminal */
  gint64 begin;                 /* monotonic, us */
  guint n_pictures;
  guint timer;                  /* 0: nothing is told */
};

static void
append_pace (GString * line, GstClockTime position, gint64 duration,
    gint64 elapsed)
{
  gdouble speed = elapsed > 0 ? position / (elapsed * 1e3) : 0.0;

  if (duration > 0)
    g_string_append_printf (line, " (%d %%)",
        (gint) MIN (100 * position / duration, 100));
  if (speed <= 0.0)
    return;
  g_string_append_printf (line, ", %.1f x real time", speed);
  if (duration > 0 && position < (guint64) duration) {
    g_autofree gchar *left = time_text_format ((duration - position) / speed);

    g_string_append_printf (line, ", %s left", left);
  }
}

static gboolean
tell (Progress * self)
{
  gint64 position, duration;
  g_autofree gchar *at = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (!gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position)
      || position < 0)
    return G_SOURCE_CONTINUE;
  if (!gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration))
    duration = 0;
  at = time_text_format (position);
  g_string_append_printf (line, "  at %s", at);
  append_pace (line, position, duration, g_get_monotonic_time () - self->begin);
  g_string_append_printf (line, ", %u pictures read", self->n_pictures);
  g_print (self->interactive ? CLEAR_LINE "%s" : "%s\n", line->str);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_timer (gpointer data)
{
  return tell (data);
}

Progress *
progress_new (GstElement * pipeline, gboolean always)
{
  Progress *self = g_new0 (Progress, 1);

  self->pipeline = gst_object_ref (pipeline);
  self->interactive = isatty (STDOUT_FILENO);
  self->begin = g_get_monotonic_time ();
  if (self->interactive || always)
    self->timer = g_timeout_add (self->interactive ? TERMINAL_PROGRESS_MS :
        LOG_PROGRESS_MS, on_timer, self);
  return self;
}

void
progress_free (Progress * self)
{
  if (self->timer)
    g_source_remove (self->timer);
  gst_object_unref (self->pipeline);
  g_free (self);
}

void
progress_count_picture (Progress * self)
{
  self->n_pictures++;
}

guint
progress_get_pictures (const Progress * self)
{
  return self->n_pictures;
}

void
progress_clear_line (Progress * self)
{
  if (self->timer && self->interactive)
    g_print (CLEAR_LINE);
}

void
progress_finish (Progress * self)
{
  if (!self->timer)
    return;
  tell (self);
  if (self->interactive)
    g_print ("\n");
}
