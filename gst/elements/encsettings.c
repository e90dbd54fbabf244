/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encsettings.h"

#include <string.h>

#define MAX_MS 86400000u        /* a day */
#define DEFAULT_MIN_DURATION 300
#define DEFAULT_MAX_DURATION 5000

enum
{
  PROP_0,
  PROP_GRANULARITY,
  PROP_MIN_DURATION,
  PROP_MAX_DURATION,
  PROP_CUE_POSITIONS,
  PROP_SOURCE,
  PROP_ABSOLUTE_TIME,
  PROP_TIME
};

static GType
granularity_get_type (void)
{
  static const GEnumValue granularities[] = {
    {ENC_GRANULARITY_RESULT, "A line for each result", "result"},
    {ENC_GRANULARITY_TRACK, "A line for each text, when it is gone", "track"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstKakaoOcrEncGranularity", granularities));
  return type;
}

static GType
time_line_get_type (void)
{
  static const GEnumValue lines[] = {
    {TIME_LINE_RUNNING, "Running time, which goes on from clip to clip",
        "running"},
    {TIME_LINE_STREAM, "Stream time, which begins anew with each clip",
        "stream"},
    {0, NULL, NULL}
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstKakaoOcrEncTime", lines));
  return type;
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS)
#define READY (FLAGS | GST_PARAM_MUTABLE_READY)
#define PLAYING (FLAGS | GST_PARAM_MUTABLE_PLAYING)
#define IN_READY " Changeable in NULL and READY."
#define IN_PLAYING " Changeable in any state."

static void
install_durations (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_MIN_DURATION,
      g_param_spec_uint ("min-duration", "Minimum duration",
          "Subtitles leave out text that was there for less (ms)." IN_PLAYING,
          0, MAX_MS, DEFAULT_MIN_DURATION, PLAYING));
  g_object_class_install_property (klass, PROP_MAX_DURATION,
      g_param_spec_uint ("max-duration", "Maximum duration",
          "A text that stays longer becomes several subtitles, one right after "
          "the other (ms); 0: 30 s. Files (WebVTT, SRT, ASS) made of a file "
          "keep it in one." IN_PLAYING, 0, MAX_MS, DEFAULT_MAX_DURATION, PLAYING));
}

void
enc_settings_install (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_GRANULARITY,
      g_param_spec_enum ("granularity", "Granularity",
          "What becomes a line of NDJSON. Subtitles are always tracks."
          IN_READY, granularity_get_type (), ENC_GRANULARITY_RESULT, READY));
  install_durations (klass);
  g_object_class_install_property (klass, PROP_CUE_POSITIONS,
      g_param_spec_boolean ("cue-positions", "Cue positions",
          "WebVTT: place each cue where its text is in the picture."
          IN_PLAYING, TRUE, PLAYING));
  g_object_class_install_property (klass, PROP_SOURCE,
      g_param_spec_string ("source", "Source",
          "Name of the video, written into each line of NDJSON; unset: null."
          IN_PLAYING, NULL, PLAYING));
  g_object_class_install_property (klass, PROP_ABSOLUTE_TIME,
      g_param_spec_boolean ("absolute-time", "Absolute time",
          "Write the time of day (UTC) into each line of a result: the frame's "
          "reference timestamp, else, live, the pipeline clock's." IN_PLAYING,
          FALSE, PLAYING));
  g_object_class_install_property (klass, PROP_TIME,
      g_param_spec_enum ("time", "Time",
          "What the times of texts count. Buffers have time stamps of the video "
          "either way." IN_READY, time_line_get_type (), TIME_LINE_RUNNING,
          READY));
}

void
enc_settings_init (EncSettings * self)
{
  memset (self, 0, sizeof (*self));
  self->min_duration = DEFAULT_MIN_DURATION * GST_MSECOND;
  self->max_duration = DEFAULT_MAX_DURATION * GST_MSECOND;
  self->cue_positions = TRUE;
}

void
enc_settings_copy (const EncSettings * self, EncSettings * copy)
{
  *copy = *self;
  copy->source = g_strdup (self->source);
}

void
enc_settings_clear (EncSettings * self)
{
  g_clear_pointer (&self->source, g_free);
}

gboolean
enc_settings_set (EncSettings * self, guint id, const GValue * value)
{
  switch (id) {
    case PROP_GRANULARITY:
      self->granularity = g_value_get_enum (value);
      break;
    case PROP_MIN_DURATION:
      self->min_duration = g_value_get_uint (value) * GST_MSECOND;
      break;
    case PROP_MAX_DURATION:
      self->max_duration = g_value_get_uint (value) * GST_MSECOND;
      break;
    case PROP_CUE_POSITIONS:
      self->cue_positions = g_value_get_boolean (value);
      break;
    case PROP_SOURCE:
      g_free (self->source);
      self->source = g_value_get_string (value) ?
          g_utf8_make_valid (g_value_get_string (value), -1) : NULL;
      break;
    case PROP_ABSOLUTE_TIME:
      self->absolute_time = g_value_get_boolean (value);
      break;
    case PROP_TIME:
      self->time = g_value_get_enum (value);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}

gboolean
enc_settings_get (const EncSettings * self, guint id, GValue * value)
{
  switch (id) {
    case PROP_GRANULARITY:
      g_value_set_enum (value, self->granularity);
      break;
    case PROP_MIN_DURATION:
      g_value_set_uint (value, self->min_duration / GST_MSECOND);
      break;
    case PROP_MAX_DURATION:
      g_value_set_uint (value, self->max_duration / GST_MSECOND);
      break;
    case PROP_CUE_POSITIONS:
      g_value_set_boolean (value, self->cue_positions);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_ABSOLUTE_TIME:
      g_value_set_boolean (value, self->absolute_time);
      break;
    case PROP_TIME:
      g_value_set_enum (value, self->time);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}
