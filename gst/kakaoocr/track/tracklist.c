/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/tracklist.h"

#include "track/evidence.h"
#include "track/passage.h"
#include "track/sampletimes.h"
#include "track/trackedges.h"

/* How many finished tracks are remembered for results that come late. */
#define MAX_REMEMBERED KOCR_TIMES_REMEMBERED

KocrLineTrack *
kocr_tracks_find (GPtrArray * tracks, guint64 id)
{
  guint i;

  for (i = 0; i < tracks->len; i++) {
    KocrLineTrack *track = g_ptr_array_index (tracks, i);

    if (track->id == id)
      return track;
  }
  return NULL;
}

void
kocr_track_list_init (KocrTrackList * self)
{
  self->open = g_ptr_array_new ();
  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify)
      kocr_line_track_free);
  g_queue_init (&self->finished);
  kocr_edges_init (&self->edges);
}

void
kocr_track_list_clear (KocrTrackList * self)
{
  g_ptr_array_set_free_func (self->open,
      (GDestroyNotify) kocr_line_track_free);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->past);
  kocr_edges_clear (&self->edges);
  g_free (self->producer);
  g_queue_clear_full (&self->finished,
      (GDestroyNotify) gst_kakao_ocr_text_track_free);
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const KocrLineTrack *s = *(KocrLineTrack * const *) a;
  const KocrLineTrack *t = *(KocrLineTrack * const *) b;

  if (s->start != t->start)
    return s->start < t->start ? -1 : 1;
  return s->id < t->id ? -1 : s->id > t->id;
}

GstKakaoOcrTextTrack *
kocr_track_list_describe (const KocrTrackList * self, const KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  GstKakaoOcrTextTrack *described =
      kocr_line_track_describe (track, state, end);

  described->producer = g_strdup (self->producer);
  return described;
}

void
kocr_track_list_finish (KocrTrackList * self, KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  g_queue_push_tail (&self->finished,
      kocr_track_list_describe (self, track, state, end));
  g_ptr_array_add (self->past, track);
}

/* The text that @track has become at last, which begins when the picture
 * changed. */
static KocrLineTrack *
split_run (KocrTrackList * self, KocrLineTrack * track,
    guint64 id)
{
  KocrLineTrack *other = kocr_line_track_split (track, id);

  other->start = kocr_edges_find_change (&self->edges, track->id,
      track->last_seen, other->first_seen);
  return other;
}

/* Ends an open track, and with it the other text that it may have become in the
 * end. @end: of what stood last. */
static void
end_track (KocrTrackList * self, KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  KocrLineTrack *other = NULL;

  if (kocr_line_track_run_is_other (track, NULL))
    other = split_run (self, track,
        kocr_track_numbers_take (&self->numbers, 0));
  else
    kocr_line_track_join (track);
  g_ptr_array_remove (self->open, track);
  if (other) {
    kocr_track_list_finish (self, track, GST_KAKAO_OCR_TEXT_TRACK_CHANGED,
        other->start);
    track = other;
  }
  kocr_track_list_finish (self, track, state, end);
}

/* Whether a few letters that were read once were a ground, which passed, or
 * stayed and was not read again. */
static gboolean
is_ground (KocrTrackList * self, const KocrLineTrack * track)
{
  return track->n_read == 1 && track->run.readings->len == 0
      && kocr_text_is_short (track->text.chars, track->text.n_chars)
      && (track->unread || kocr_edges_has_passed (&self->edges, track->id));
}

/* Whether what was seen in one sample alone was the line that stands there
 * before and after, misread beyond recognition, or the part of one that rolled
 * in. */
static gboolean
is_slip (KocrTrackList * self, const KocrLineTrack * track)
{
  const KocrLineTrack *other =
      track->previous ? kocr_tracks_find (self->open, track->previous) : NULL;

  return track->n_samples == 1 && track->run.readings->len == 0 && (track->entering
      || (other && !GST_CLOCK_TIME_IS_VALID (other->missed)));
}

static gboolean
is_none (KocrTrackList * self, const KocrLineTrack * track)
{
  return is_ground (self, track) || is_slip (self, track);
}

void
kocr_track_list_forget (KocrTrackList * self, KocrLineTrack * track)
{
  g_ptr_array_remove (self->open, track);
  g_ptr_array_add (self->past, track);
}

/* Whether it was seen to go, since @seen. What moves leaves its place, and may be
 * elsewhere. */
static gboolean
has_gone (const KocrTrackList * self, const KocrLineTrack * track, GstClockTime seen,
    GstClockTime time)
{
  if (kocr_passage_moves (track))
    return FALSE;
  return GST_CLOCK_TIME_IS_VALID (
             kocr_track_edges_find_faded (&self->edges, track, seen))
      || kocr_edges_has_changed (&self->edges, track->id, seen, time);
}

gboolean
kocr_track_list_stays (const KocrTrackList * self, const KocrLineTrack * track,
    GstClockTime time)
{
  return track->look == KOCR_LOOK_SAME && !track->displaced
      && !GST_CLOCK_TIME_IS_VALID (track->missed) && track->successor == 0
      && !kocr_text_is_short (track->text.chars, track->text.n_chars)
      && !has_gone (self, track, kocr_line_track_get_last_seen (track), time);
}

void
kocr_track_list_miss (KocrTrackList * self, KocrLineTrack * track,
    GstClockTime time)
{
  GstClockTime seen = kocr_line_track_get_last_seen (track);

  track->unread |= track->look == KOCR_LOOK_SAME;
  if (!GST_CLOCK_TIME_IS_VALID (track->missed)) {
    track->missed = time;
    if (!has_gone (self, track, seen, time))
      return;
  }
  if (is_none (self, track)) {
    kocr_track_list_forget (self, track);
  } else {
    end_track (self, track, track->successor ?
        GST_KAKAO_OCR_TEXT_TRACK_CHANGED : GST_KAKAO_OCR_TEXT_TRACK_GONE,
        kocr_track_edges_find_end (&self->edges, track, seen));
  }
}

KocrLineTrack *
kocr_track_list_split (KocrTrackList * self, KocrLineTrack * track,
    guint64 given)
{
  KocrLineTrack *other =
      split_run (self, track, kocr_track_numbers_take (&self->numbers, given));

  g_ptr_array_remove (self->open, track);
  kocr_track_list_finish (self, track, GST_KAKAO_OCR_TEXT_TRACK_CHANGED,
      other->start);
  g_ptr_array_add (self->open, other);
  return other;
}

void
kocr_track_list_end_all (KocrTrackList * self, GstClockTime time)
{
  /* While the lines are there that they stood in for. */
  for (guint i = self->open->len; i-- > 0;) {
    KocrLineTrack *track = g_ptr_array_index (self->open, i);

    if (GST_CLOCK_TIME_IS_VALID (track->missed) && is_none (self, track))
      kocr_track_list_forget (self, track);
  }
  while (self->open->len > 0) {
    KocrLineTrack *track = g_ptr_array_index (self->open, 0);
    GstClockTime seen = kocr_line_track_get_last_seen (track);

    if (GST_CLOCK_TIME_IS_VALID (track->missed))
      kocr_track_list_miss (self, track, track->missed);
    else
      end_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CUT,
          GST_CLOCK_TIME_IS_VALID (time)
          && GST_CLOCK_TIME_IS_VALID (seen) ? MAX (seen, time) : seen);
  }
  g_ptr_array_set_size (self->past, 0);
  kocr_edges_forget (&self->edges);
}

void
kocr_track_list_sort (KocrTrackList * self)
{
  g_ptr_array_sort (self->open, compare_starts);
}

void
kocr_track_list_trim (KocrTrackList * self)
{
  if (self->past->len > MAX_REMEMBERED)
    g_ptr_array_remove_range (self->past, 0, self->past->len - MAX_REMEMBERED);
}
