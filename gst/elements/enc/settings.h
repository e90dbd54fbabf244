/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The settings of `kakaoocrenc` and the table of its properties: a new one takes
 * a field here and a row in enc/settings.c.
 */
#pragma once

#include "common/propertytable.h"
#include "enc/frametimes.h"
#include "enc/vocabulary.h"

typedef enum
{
  KOCR_ENC_GRANULARITY_RESULT,
  KOCR_ENC_GRANULARITY_TRACK
} KocrEncGranularity;

typedef struct
{
  KocrEncGranularity granularity;
  GstClockTime min_duration;
  GstClockTime max_duration;
  gboolean cue_positions;
  gchar *source;                /* valid UTF-8 */
  gboolean absolute_time;
  KocrEncTime time;

  GstClockTime exclude_static;  /* 0: off */
  gboolean exclude_moving;
  GRegex *include, *exclude;    /* NULL: off */
  guint min_height;             /* in pixels */
  gchar *vocabulary;            /* the file's path; NULL: off */
  KocrVocabulary *words;        /* in it; NULL: not loaded yet. No property */
} KocrEncSettings;

/* Of a KocrEncSettings. */
extern const KocrPropertyTable kocr_enc_properties;

void kocr_enc_settings_copy (
    const KocrEncSettings *self, KocrEncSettings *copy);
void kocr_enc_settings_clear (KocrEncSettings * self);

/* Reads the vocabulary; FALSE with @error set when it cannot be read. */
gboolean kocr_enc_settings_load (KocrEncSettings * self, GError ** error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KocrEncSettings, kocr_enc_settings_clear)
