/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/textfilter.h"

#include <math.h>

/* @otherwise: what counts when the search takes too many steps. */
static gboolean
matches (const GRegex * regex, const gchar * text, gboolean otherwise)
{
  g_autoptr (GError) error = NULL;
  gboolean found = g_regex_match_full (regex, text, -1, 0, 0, NULL, &error);

  return error ? otherwise : found;
}

/* Along its sides, whatever its angle. */
static gdouble
get_height (const GstKakaoOcrTextTrack * track)
{
  const gdouble *box = track->box;

  return (hypot (box[6] - box[0], box[7] - box[1])
      + hypot (box[4] - box[2], box[5] - box[3])) / 2.0;
}

/* How long it stands, as far as is known. */
static gboolean
stands_longer (const GstKakaoOcrTextTrack * track, GstClockTime duration)
{
  GstClockTime end = track->state == GST_KAKAO_OCR_TEXT_TRACK_OPEN ?
      track->last_seen : track->end;

  return GST_CLOCK_TIME_IS_VALID (track->start)
      && GST_CLOCK_TIME_IS_VALID (end) && end > track->start
      && end - track->start > duration;
}

const gchar *
kocr_text_filter_apply (
    const KocrEncSettings *settings, GstKakaoOcrTextTrack *track)
{
  if (settings->words) {
    gchar *text = kocr_vocabulary_correct (settings->words, track->text);

    g_free (track->text);
    track->text = text;
  }
  if (settings->exclude_static > 0
      && stands_longer (track, settings->exclude_static))
    return "it stands longer than exclude-static";
  if (settings->exclude_moving && track->moving)
    return "it moves";
  if (settings->min_height > 0 && get_height (track) < settings->min_height)
    return "it is lower than min-height";
  if (settings->include && !matches (settings->include, track->text, TRUE))
    return "include does not match";
  if (settings->exclude && matches (settings->exclude, track->text, FALSE))
    return "exclude matches";
  return NULL;
}
