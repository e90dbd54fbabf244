/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocrenc`: their types, defaults and texts.
 */
#pragma once

#include <gst/gst.h>

#include "frametimes.h"

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
} EncSettings;

void enc_settings_install (GObjectClass * klass);
void enc_settings_init (EncSettings * self);
void enc_settings_copy (const EncSettings * self, EncSettings * copy);
void enc_settings_clear (EncSettings * self);

/* FALSE: no such property. The caller holds the lock that protects self. */
gboolean enc_settings_set (EncSettings * self, guint id, const GValue * value);
gboolean enc_settings_get (const EncSettings * self, guint id, GValue * value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EncSettings, enc_settings_clear)

G_END_DECLS
