/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which texts are told of, and as what, by the settings of `kakaoocrenc`. Pure
 * but for what a vocabulary remembers.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "enc/settings.h"

G_BEGIN_DECLS

/* A regular expression (PCRE) that takes a bounded time on any text; NULL with
 * a G_REGEX_ERROR when it is wrong. */
GRegex *kocr_text_filter_compile (const gchar * pattern, GError ** error);

/* What it was made from. */
const gchar *kocr_text_filter_get_pattern (const GRegex * regex);

/* FALSE: @track is left out. Else its text is what the vocabulary says. */
gboolean kocr_text_filter_admit (const KocrEncSettings * settings,
    GstKakaoOcrTextTrack * track);

G_END_DECLS
