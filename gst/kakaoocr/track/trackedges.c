/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/trackedges.h"

#include "track/passage.h"
#include "track/sampletimes.h"

/* A sample may show a text that fades for so long before and after it. */
#define MAX_FADE (2 * GST_SECOND)
/* A sample shows a text that was there for so long before it as well as any. */
#define LEAST_STAND (250 * GST_MSECOND)
/* So soon after its first sight a line's pace tells when it came in. */
#define MAX_ENTRY (2 * GST_SECOND)

void
kocr_track_edges_look (const KocrEdges * self, KocrLineTrack * track,
    const KocrSample * sample)
{
  if (kocr_edges_was_told_new (self, track->id, GST_KAKAO_OCR_TEXT_EDGE_STAYED)
      && !track->displaced)
    track->look = KOCR_LOOK_SAME;
  else if (kocr_edges_has_changed (self, track->id,
          kocr_line_track_get_last_seen (track), sample->time))
    track->look = KOCR_LOOK_CHANGED;
  else if (kocr_edges_was_told_new (self, track->id,
          GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR))
    track->look = KOCR_LOOK_UNCLEAR;
  else
    track->look = KOCR_LOOK_UNKNOWN;
}

void
kocr_track_edges_note_start (const KocrEdges * self, KocrLineTrack * track,
    const KocrLineTrack * replaced, const KocrSample * sample)
{
  GstClockTime told = GST_CLOCK_TIME_NONE;

  track->start = sample->time;
  if (!GST_CLOCK_TIME_IS_VALID (sample->before))
    return;
  told = kocr_edges_find_new (self, track->id, GST_KAKAO_OCR_TEXT_EDGE_CAME,
      sample->before - MIN (sample->before, MAX_FADE), sample->time);
  track->start_told = GST_CLOCK_TIME_IS_VALID (told);
  track->unread = track->start_told && told + LEAST_STAND <= sample->before;
  if (track->start_told)
    track->start = told;
  else if (replaced)
    track->start = kocr_edges_find_change (self, replaced->id, sample->before,
        sample->time);
  else
    track->start = kocr_time_between (sample->before, sample->time);
}

void
kocr_track_edges_note_rise (const KocrEdges * self, KocrLineTrack * track,
    const KocrLine * line, const KocrSample * sample)
{
  GstClockTime start = GST_CLOCK_TIME_IS_VALID (track->start) ?
      kocr_edges_find_new (self, track->id, GST_KAKAO_OCR_TEXT_EDGE_CAME,
          track->start, sample->time)
      : GST_CLOCK_TIME_NONE;

  if (GST_CLOCK_TIME_IS_VALID (start) && start - track->start <= MAX_FADE
      && track->look == KOCR_LOOK_SAME)
    kocr_line_track_rise (track, line, start);
}

void
kocr_track_edges_note_entry (KocrLineTrack * track, GstClockTime time)
{
  GstClockTime entry = track->previous == 0
      && (!track->start_told || kocr_passage_is_entry (track))
      && time - track->first_seen <= MAX_ENTRY ?
      kocr_passage_find_entry (track) : GST_CLOCK_TIME_NONE;

  if (!GST_CLOCK_TIME_IS_VALID (entry)) {
    kocr_track_edges_note_stand (track);
    return;
  }
  if (!GST_CLOCK_TIME_IS_VALID (track->start_unmoved))
    track->start_unmoved = track->start;
  track->start = entry;
}

void
kocr_track_edges_note_stand (KocrLineTrack * track)
{
  if (track->n_steps == 1 && !kocr_passage_moves (track)
      && GST_CLOCK_TIME_IS_VALID (track->start_unmoved))
    track->start = track->start_unmoved;
}

GstClockTime
kocr_track_edges_find_faded (const KocrEdges * self, const KocrLineTrack * track,
    GstClockTime seen)
{
  GstClockTime end;

  if (!GST_CLOCK_TIME_IS_VALID (track->start)
      || !GST_CLOCK_TIME_IS_VALID (seen))
    return GST_CLOCK_TIME_NONE;
  end = kocr_edges_find_new (self, track->id, GST_KAKAO_OCR_TEXT_EDGE_CHANGED,
      track->start, seen);
  return GST_CLOCK_TIME_IS_VALID (end) && seen - end <= MAX_FADE ?
      end : GST_CLOCK_TIME_NONE;
}

GstClockTime
kocr_track_edges_find_end (const KocrEdges * self, const KocrLineTrack * track,
    GstClockTime seen)
{
  GstClockTime end = kocr_passage_find_exit (track);

  if (GST_CLOCK_TIME_IS_VALID (end) && (track->runs
          || !kocr_edges_has_changed (self, track->id, seen,
              track->missed)))
    return MAX (end, seen);
  end = kocr_track_edges_find_faded (self, track, seen);
  return GST_CLOCK_TIME_IS_VALID (end) ? end :
      kocr_edges_find_change (self, track->id, seen, track->missed);
}
