/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocrenc`: their types, defaults and texts.
 */
#pragma once

#include <gst/gst.h>

#include "enc/frametimes.h"
#include "enc/vocabulary.h"

G_BEGIN_DECLS

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
  gchar *source;                /* own copy, valid UTF-8 */
  gboolean absolute_time;
  KocrTimeLine time;

  GstClockTime exclude_static;  /* 0: off */
  gboolean exclude_moving;
  GRegex *include, *exclude;    /* NULL: off */
  guint min_height;             /* in pixels */
  gchar *vocabulary_path;
  KocrVocabulary *vocabulary;       /* of it; NULL: off, or not loaded yet */
} KocrEncSettings;

void kocr_enc_settings_install (GObjectClass * klass);
void kocr_enc_settings_init (KocrEncSettings * self);
void kocr_enc_settings_copy (
    const KocrEncSettings *self, KocrEncSettings *copy);
void kocr_enc_settings_clear (KocrEncSettings * self);

/* Reads the vocabulary; FALSE with @error set when it cannot be read. */
gboolean kocr_enc_settings_load (KocrEncSettings * self, GError ** error);

/* FALSE: no such property. The caller holds the lock that protects self. */
gboolean kocr_enc_settings_set (
    KocrEncSettings *self, guint id, const GValue *value);
gboolean kocr_enc_settings_get (
    const KocrEncSettings *self, guint id, GValue *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KocrEncSettings, kocr_enc_settings_clear)

G_END_DECLS
