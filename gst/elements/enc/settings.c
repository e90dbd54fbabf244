/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/settings.h"

#include <string.h>

#include "enc/textfilter.h"

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
  PROP_TIME,
  PROP_EXCLUDE_STATIC,
  PROP_EXCLUDE_MOVING,
  PROP_INCLUDE,
  PROP_EXCLUDE,
  PROP_MIN_HEIGHT,
  PROP_VOCABULARY
};

static GType
granularity_get_type (void)
{
  static const GEnumValue granularities[]
      = { { KOCR_ENC_GRANULARITY_RESULT, "A line for each result", "result" },
          { KOCR_ENC_GRANULARITY_TRACK, "A line for each text, when it is gone",
              "track" },
          { 0, NULL, NULL } };
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
    {KOCR_TIME_LINE_RUNNING, "Running time, which goes on from clip to clip",
        "running"},
    {KOCR_TIME_LINE_STREAM, "Stream time, which begins anew with each clip",
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
          "keep it in one." IN_PLAYING,
          0, MAX_MS, DEFAULT_MAX_DURATION, PLAYING));
}

static void
install_filters (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_EXCLUDE_STATIC,
      g_param_spec_uint ("exclude-static", "Exclude static",
          "Leave out texts that stand longer (ms), such as a channel's logo; "
          "what stands is told of so much later. 0: off. Not in lines of "
          "results." IN_PLAYING, 0, MAX_MS, 0, PLAYING));
  g_object_class_install_property (klass, PROP_EXCLUDE_MOVING,
      g_param_spec_boolean ("exclude-moving", "Exclude moving",
          "Leave out texts that move, such as a ticker. Not in lines of "
          "results." IN_PLAYING, FALSE, PLAYING));
  g_object_class_install_property (klass, PROP_INCLUDE,
      g_param_spec_string ("include", "Include",
          "Leave out texts that this regular expression (PCRE) is not found "
          "in; unset: none. Not in lines of results." IN_PLAYING, NULL,
          PLAYING));
  g_object_class_install_property (klass, PROP_EXCLUDE,
      g_param_spec_string ("exclude", "Exclude",
          "Leave out texts that this regular expression (PCRE) is found in. "
          "Not in lines of results." IN_PLAYING, NULL, PLAYING));
  g_object_class_install_property (klass, PROP_MIN_HEIGHT,
      g_param_spec_uint ("min-height", "Minimum height",
          "Leave out texts that are lower, in pixels of the frame. Not in "
          "lines "
          "of results." IN_PLAYING,
          0, G_MAXINT, 0, PLAYING));
  g_object_class_install_property (klass, PROP_VOCABULARY,
      g_param_spec_string ("vocabulary", "Vocabulary",
          "A file with a known word or line each: a text within a fifth of its "
          "letters of one becomes it. Not in lines of results." IN_READY, NULL,
          READY));
}

void
kocr_enc_settings_install (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_GRANULARITY,
      g_param_spec_enum ("granularity", "Granularity",
          "What becomes a line of NDJSON. Subtitles are always "
          "tracks." IN_READY,
          granularity_get_type (), KOCR_ENC_GRANULARITY_RESULT, READY));
  install_durations (klass);
  install_filters (klass);
  g_object_class_install_property (klass, PROP_CUE_POSITIONS,
      g_param_spec_boolean ("cue-positions", "Cue positions",
          "WebVTT, ASS: place each cue where its text is in the picture; SRT: "
          "at "
          "the top if it is in the upper third." IN_PLAYING,
          TRUE, PLAYING));
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
          "What the times of texts count. Buffers have time stamps of the "
          "video "
          "either way." IN_READY,
          time_line_get_type (), KOCR_TIME_LINE_RUNNING, READY));
}

void
kocr_enc_settings_init (KocrEncSettings * self)
{
  memset (self, 0, sizeof (*self));
  self->min_duration = DEFAULT_MIN_DURATION * GST_MSECOND;
  self->max_duration = DEFAULT_MAX_DURATION * GST_MSECOND;
  self->cue_positions = TRUE;
}

void
kocr_enc_settings_copy (const KocrEncSettings * self, KocrEncSettings * copy)
{
  *copy = *self;
  copy->source = g_strdup (self->source);
  copy->vocabulary_path = NULL;
  if (copy->include)
    g_regex_ref (copy->include);
  if (copy->exclude)
    g_regex_ref (copy->exclude);
  if (copy->vocabulary)
    kocr_vocabulary_ref (copy->vocabulary);
}

void
kocr_enc_settings_clear (KocrEncSettings * self)
{
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->include, g_regex_unref);
  g_clear_pointer (&self->exclude, g_regex_unref);
  g_clear_pointer (&self->vocabulary_path, g_free);
  g_clear_pointer (&self->vocabulary, kocr_vocabulary_unref);
}

gboolean
kocr_enc_settings_load (KocrEncSettings * self, GError ** error)
{
  if (!self->vocabulary_path || self->vocabulary)
    return TRUE;
  self->vocabulary = kocr_vocabulary_load (self->vocabulary_path, error);
  return self->vocabulary != NULL;
}

/* One that is wrong is refused: without it other texts would be told of. */
static void
set_regex (GRegex ** regex, const gchar * name, const gchar * pattern)
{
  g_autoptr (GError) error = NULL;
  GRegex *compiled = NULL;

  if (pattern && *pattern)
    compiled = kocr_text_filter_compile (pattern, &error);
  if (error) {
    g_warning ("%s refused, the one before it stays: %s", name,
        error->message);
    return;
  }
  g_clear_pointer (regex, g_regex_unref);
  *regex = compiled;
}

/* As it was set. */
static const gchar *
get_pattern (const GRegex * regex)
{
  return regex ? kocr_text_filter_get_pattern (regex) : NULL;
}

gboolean
kocr_enc_settings_set (KocrEncSettings * self, guint id, const GValue * value)
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
    case PROP_EXCLUDE_STATIC:
      self->exclude_static = g_value_get_uint (value) * GST_MSECOND;
      break;
    case PROP_EXCLUDE_MOVING:
      self->exclude_moving = g_value_get_boolean (value);
      break;
    case PROP_INCLUDE:
      set_regex (&self->include, "include", g_value_get_string (value));
      break;
    case PROP_EXCLUDE:
      set_regex (&self->exclude, "exclude", g_value_get_string (value));
      break;
    case PROP_MIN_HEIGHT:
      self->min_height = g_value_get_uint (value);
      break;
    case PROP_VOCABULARY:
      g_free (self->vocabulary_path);
      self->vocabulary_path = g_value_dup_string (value);
      g_clear_pointer (&self->vocabulary, kocr_vocabulary_unref);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_enc_settings_get (const KocrEncSettings * self, guint id, GValue * value)
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
    case PROP_EXCLUDE_STATIC:
      g_value_set_uint (value, self->exclude_static / GST_MSECOND);
      break;
    case PROP_EXCLUDE_MOVING:
      g_value_set_boolean (value, self->exclude_moving);
      break;
    case PROP_INCLUDE:
      g_value_set_string (value, get_pattern (self->include));
      break;
    case PROP_EXCLUDE:
      g_value_set_string (value, get_pattern (self->exclude));
      break;
    case PROP_MIN_HEIGHT:
      g_value_set_uint (value, self->min_height);
      break;
    case PROP_VOCABULARY:
      g_value_set_string (value, self->vocabulary_path);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}
