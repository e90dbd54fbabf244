/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocrenc`: their types, defaults and texts.
 */
#pragma once

#include <gst/gst.h>

#include "frametimes.h"
#include "vocabulary.h"

G_BEGIN_DECLS

typedef enum
{
  ENC_GRANULARITY_RESULT,
  ENC_GRANULARITY_TRACK
} EncGranularity;

typedef struct
{
  EncGranularity granularity;
  GstClockTime min_duration;
  GstClockTime max_duration;
  gboolean cue_positions;
  gchar *source;                /* own copy, valid UTF-8 */
  gboolean absolute_time;
  TimeLine time;

  GstClockTime exclude_static;  /* 0: off */
  gboolean exclude_moving;
  GRegex *include, *exclude;    /* NULL: off */
  guint min_height;             /* in pixels */
  gchar *vocabulary_path;
  Vocabulary *vocabulary;       /* of it; NULL: off, or not loaded yet */
} EncSettings;

void enc_settings_install (GObjectClass * klass);
void enc_settings_init (EncSettings * self);
void enc_settings_copy (const EncSettings * self, EncSettings * copy);
void enc_settings_clear (EncSettings * self);

/* Reads the vocabulary; FALSE with @error set when it cannot be read. */
gboolean enc_settings_load (EncSettings * self, GError ** error);

/* FALSE: no such property. The caller holds the lock that protects self. */
gboolean enc_settings_set (EncSettings * self, guint id, const GValue * value);
gboolean enc_settings_get (const EncSettings * self, guint id, GValue * value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EncSettings, enc_settings_clear)

G_END_DECLS
