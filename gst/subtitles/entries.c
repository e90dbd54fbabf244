/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/entries.h"

static void
entry_free (gpointer data)
{
  KocrCueEntry *entry = data;

  gst_kakao_ocr_text_track_free (entry->track);
  g_free (entry);
}

gboolean
kocr_cue_track_is_short (
    const GstKakaoOcrTextTrack *track, GstClockTime min_duration)
{
  return track->state != GST_KAKAO_OCR_TEXT_TRACK_CUT
         && track->end < track->start + min_duration;
}

GPtrArray *
kocr_cue_entries_new (void)
{
  return g_ptr_array_new_with_free_func (entry_free);
}

KocrCueEntry *
kocr_cue_entries_get (const GPtrArray * entries, guint i)
{
  return g_ptr_array_index (entries, i);
}

gboolean
kocr_cue_entry_is_open (const KocrCueEntry * entry)
{
  return entry->track->state == GST_KAKAO_OCR_TEXT_TRACK_OPEN;
}

GstClockTime
kocr_cue_entry_get_known_end (const KocrCueEntry * entry)
{
  return kocr_cue_entry_is_open (entry) ? entry->track->last_seen
      : entry->track->end;
}

static gboolean
is_whole (const KocrCueEntry * entry)
{
  return entry->from == entry->track->start;
}

/* What one sample alone has shown at the place of another may be that other,
 * misread. */
static gboolean
may_be_slip (const GstKakaoOcrTextTrack * track)
{
  return track->n_samples == 1 && track->previous > 0;
}

gboolean
kocr_cue_entry_is_uncertain (
    const KocrCueEntry *entry, const KocrCueLimits *limits)
{
  const GstKakaoOcrTextTrack *track = entry->track;

  if (!kocr_cue_entry_is_open (entry))
    return FALSE;
  return limits->hold > 0 || (is_whole (entry) && (may_be_slip (track)
          || track->last_seen < entry->from + limits->min_duration));
}

gboolean
kocr_cue_times_are_together (GstClockTime a, GstClockTime b)
{
  return (a > b ? a - b : b - a) <= KOCR_CUE_TOGETHER;
}

/* Puts entry where its from belongs; new ones belong at the end. */
static void
insert (GPtrArray * entries, KocrCueEntry * entry)
{
  guint n = entries->len;

  while (n > 0 && kocr_cue_entries_get (entries, n - 1)->from > entry->from)
    n--;
  g_ptr_array_insert (entries, n, entry);
}

/* When a text came may be told better while it goes on: what is not out of it
 * begins then, but not before @earliest. */
static void
update (GPtrArray * entries, KocrCueEntry * entry, GstKakaoOcrTextTrack * track,
    GstClockTime earliest)
{
  GstClockTime from = is_whole (entry) && entry->from > earliest
      ? MAX (track->start, earliest) : entry->from;

  gst_kakao_ocr_text_track_free (entry->track);
  entry->track = track;
  entry->updated = TRUE;
  if (from != entry->from)
    kocr_cue_entries_advance (entries, entry, from);
}

void
kocr_cue_entries_take (GPtrArray * entries, guint producer,
    GstKakaoOcrTextTrack * track, GstClockTime out, GstClockTime earliest)
{
  KocrCueEntry *entry;

  for (guint i = 0; i < entries->len; i++) {
    entry = kocr_cue_entries_get (entries, i);
    if (entry->producer == producer && entry->track->id == track->id) {
      update (entries, entry, track, MAX (out, earliest));
      return;
    }
  }
  /* Without times there is nothing to show it at. */
  if (!GST_CLOCK_TIME_IS_VALID (track->start)) {
    gst_kakao_ocr_text_track_free (track);
    return;
  }
  entry = g_new0 (KocrCueEntry, 1);
  entry->producer = producer;
  entry->track = track;
  entry->from = MAX (track->start, out);
  entry->updated = TRUE;
  insert (entries, entry);
}

void
kocr_cue_entries_drop_stale (GPtrArray * entries)
{
  for (guint i = entries->len; i-- > 0;) {
    KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (kocr_cue_entry_is_open (entry) && !entry->updated)
      g_ptr_array_remove_index (entries, i);
    else
      entry->updated = FALSE;
  }
}

void
kocr_cue_entries_drop_short (GPtrArray * entries, GstClockTime min_duration)
{
  for (guint i = entries->len; i-- > 0;) {
    const KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (kocr_cue_entry_is_open (entry))
      continue;
    if (is_whole (entry)
            ? kocr_cue_track_is_short (entry->track, min_duration)
            : entry->track->end <= entry->from)
      g_ptr_array_remove_index (entries, i);
  }
}

void
kocr_cue_entries_advance (
    GPtrArray *entries, KocrCueEntry *entry, GstClockTime end)
{
  guint index;

  g_ptr_array_find (entries, entry, &index);
  g_ptr_array_steal_index (entries, index);
  entry->from = end;
  insert (entries, entry);
}
