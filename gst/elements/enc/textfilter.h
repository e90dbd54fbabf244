/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text filter: which texts are written and which are left out, by the settings of
 * `kakaoocrenc`. Pure but for what a vocabulary remembers.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "enc/settings.h"

/* Why @track is left out; NULL: it is not, and its text is what the vocabulary
 * says. */
const gchar *kocr_text_filter_apply (
    const KocrEncSettings *settings, GstKakaoOcrTextTrack *track);
