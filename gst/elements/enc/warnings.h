/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encoder warnings: the WARNINGs of who writes text, each at most once a run:
 * what was asked for that cannot be told, and why. Streaming thread.
 */
#pragma once

#include "common/sourcecheck.h"
#include "enc/textencoder.h"

typedef struct
{
  KocrSourceCheck source;       /* it has the element that warns */
  gboolean warned_time_of_day;  /* that there is none */
  gboolean warned_untimed;      /* that frames have no times */
} KocrEncWarnings;

/* A new run. */
void kocr_enc_warnings_reset (KocrEncWarnings *self);

/* @frame is taken by @encoder, which knows whether its source is live. */
void kocr_enc_warnings_note_frame (KocrEncWarnings *self, GstBuffer *frame,
    const KocrTextEncoder *encoder, const KocrEncSettings *settings);
/* Nothing tells when a frame is. */
void kocr_enc_warnings_note_untimed (KocrEncWarnings *self,
    const KocrTextEncoder *encoder, const KocrEncSettings *settings);
