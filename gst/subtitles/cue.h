/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a subtitle shows at one time: lines, when, and where they were read.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct
{
  GstClockTime start;
  GstClockTime end;             /* later than start */
  gchar **lines;                /* in reading order, as they were recognised */

  /* The box around all lines, as a part of the frame: 0 to 1. */
  gdouble left, top, right, bottom;
} KocrSubtitleCue;

/* What tracks say, a line or more each; at least one track. */
KocrSubtitleCue *kocr_subtitle_cue_new (GstClockTime start, GstClockTime end,
    const GstKakaoOcrTextTrack * const *tracks, guint n_tracks);
void kocr_subtitle_cue_free (KocrSubtitleCue * cue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrSubtitleCue, kocr_subtitle_cue_free)
