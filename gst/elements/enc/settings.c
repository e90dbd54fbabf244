/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/settings.h"

#define DAY KOCR_PROPERTY_DAY
#define READY KOCR_PROPERTY_READY
#define PLAYING KOCR_PROPERTY_PLAYING

static const GEnumValue granularities[] = {
  {KOCR_ENC_GRANULARITY_RESULT, "A line for each result", "result"},
  {KOCR_ENC_GRANULARITY_TRACK,
      "A line for each text, when it is gone", "track"},
  {0, NULL, NULL}
};

static const GEnumValue time_lines[] = {
  {KOCR_ENC_TIME_RUNNING,
      "Running time, which goes on from clip to clip", "running"},
  {KOCR_ENC_TIME_STREAM,
      "Stream time, which begins anew with each clip", "stream"},
  {0, NULL, NULL}
};

#define FIELD(field) G_STRUCT_OFFSET (KocrEncSettings, field)

/* *INDENT-OFF* */
static const KocrProperty rows[] = {
  {"granularity", "Granularity",
      READY ("What becomes a line of NDJSON. Subtitles are always tracks."),
      KOCR_ROW_ENUM (FIELD (granularity), KOCR_ENC_GRANULARITY_RESULT,
          "GstKakaoOcrEncGranularity", granularities)},
  {"min-duration", "Minimum duration",
      PLAYING ("Subtitles leave out text that was there for less (ms)."),
      KOCR_ROW_MILLISECONDS (FIELD (min_duration), 300, 0, DAY)},
  {"max-duration", "Maximum duration",
      PLAYING ("A text that stays longer becomes several subtitles, one right "
          "after the other (ms); 0: 30 s. Files (WebVTT, SRT, ASS) made of a "
          "file keep it in one."),
      KOCR_ROW_MILLISECONDS (FIELD (max_duration), 5000, 0, DAY)},
  {"exclude-static", "Exclude static",
      PLAYING ("Leave out texts that stay longer (ms), such as a channel's "
          "logo; whatever stays is written that much later. 0: off. Not in "
          "lines of results."),
      KOCR_ROW_MILLISECONDS (FIELD (exclude_static), 0, 0, DAY)},
  {"exclude-moving", "Exclude moving",
      PLAYING ("Leave out texts that move, such as a ticker. Not in lines of "
          "results."),
      KOCR_ROW_BOOLEAN (FIELD (exclude_moving), FALSE)},
  {"include", "Include",
      PLAYING ("Leave out texts that this regular expression (PCRE) is not "
          "found in; unset: none. Not in lines of results."),
      KOCR_ROW_REGEX (FIELD (include))},
  {"exclude", "Exclude",
      PLAYING ("Leave out texts that this regular expression (PCRE) is found "
          "in. Not in lines of results."),
      KOCR_ROW_REGEX (FIELD (exclude))},
  {"min-height", "Minimum height",
      PLAYING ("Leave out texts that are lower, in pixels of the frame. Not in "
          "lines of results."),
      KOCR_ROW_UINT (FIELD (min_height), 0, 0, G_MAXINT)},
  {"vocabulary", "Vocabulary",
      READY ("A file with a known word or line each: a text within a fifth of "
          "its letters of one becomes it. Not in lines of results."),
      KOCR_ROW_STRING (FIELD (vocabulary), NULL)},
  {"cue-positions", "Cue positions",
      PLAYING ("WebVTT, ASS: place each cue where its text is in the picture; "
          "SRT: at the top if it is in the upper third."),
      KOCR_ROW_BOOLEAN (FIELD (cue_positions), TRUE)},
  {"source", "Source",
      PLAYING ("Name of the video, written into each line of NDJSON; unset: "
          "null."),
      KOCR_ROW_TEXT (FIELD (source))},
  {"absolute-time", "Absolute time",
      PLAYING ("Write the time of day (UTC) into each line of a result: the "
          "frame's reference timestamp, else, live, the pipeline clock's."),
      KOCR_ROW_BOOLEAN (FIELD (absolute_time), FALSE)},
  {"time", "Time",
      READY ("What the times of texts count. Buffers have time stamps of the "
          "video either way."),
      KOCR_ROW_ENUM (FIELD (time), KOCR_ENC_TIME_RUNNING,
          "GstKakaoOcrEncTime", time_lines)},
};
/* *INDENT-ON* */

const KocrPropertyTable kocr_enc_properties = { rows, G_N_ELEMENTS (rows) };

void
kocr_enc_settings_copy (const KocrEncSettings * self, KocrEncSettings * copy)
{
  *copy = (KocrEncSettings) { 0, };
  kocr_property_table_copy (&kocr_enc_properties, self, copy);
  if (self->words)
    copy->words = kocr_vocabulary_ref (self->words);
}

void
kocr_enc_settings_clear (KocrEncSettings * self)
{
  kocr_property_table_clear (&kocr_enc_properties, self);
  g_clear_pointer (&self->words, kocr_vocabulary_unref);
}

gboolean
kocr_enc_settings_load (KocrEncSettings * self, GError ** error)
{
  g_clear_pointer (&self->words, kocr_vocabulary_unref);
  if (!self->vocabulary)
    return TRUE;
  self->words = kocr_vocabulary_load (self->vocabulary, error);
  return self->words != NULL;
}
