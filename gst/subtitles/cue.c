/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/cue.h"

#include <string.h>

static void
cue_add_box (KocrSubtitleCue * cue, const GstKakaoOcrTextTrack * track)
{
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2) {
    gdouble x = CLAMP (track->box[i] / track->width, 0.0, 1.0);
    gdouble y = CLAMP (track->box[i + 1] / track->height, 0.0, 1.0);

    cue->left = MIN (cue->left, x);
    cue->right = MAX (cue->right, x);
    cue->top = MIN (cue->top, y);
    cue->bottom = MAX (cue->bottom, y);
  }
}

/* The library knows in which order lines are read. */
static gchar **
read_lines (const GstKakaoOcrTextTrack * const *tracks, guint n_tracks)
{
  g_autofree GstKakaoOcrRegion *regions = g_new0 (GstKakaoOcrRegion, n_tracks);
  g_autoptr (GstKakaoOcrResult) result = NULL;

  for (guint i = 0; i < n_tracks; i++) {
    regions[i].text = tracks[i]->text;
    memcpy (regions[i].box, tracks[i]->box, sizeof (tracks[i]->box));
  }
  result = gst_kakao_ocr_result_new (GST_CLOCK_TIME_NONE, tracks[0]->width,
      tracks[0]->height, regions, n_tracks, FALSE, GST_CLOCK_TIME_NONE);
  return gst_kakao_ocr_result_get_lines (result);
}

KocrSubtitleCue *
kocr_subtitle_cue_new (GstClockTime start, GstClockTime end,
    const GstKakaoOcrTextTrack * const *tracks, guint n_tracks)
{
  KocrSubtitleCue *cue = g_new0 (KocrSubtitleCue, 1);

  cue->start = start;
  cue->end = end;
  cue->lines = read_lines (tracks, n_tracks);
  cue->left = cue->top = 1.0;
  for (guint i = 0; i < n_tracks; i++)
    cue_add_box (cue, tracks[i]);
  return cue;
}

void
kocr_subtitle_cue_free (KocrSubtitleCue * cue)
{
  g_strfreev (cue->lines);
  g_free (cue);
}
