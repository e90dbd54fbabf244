/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "texttracker.h"

#include "track/evidence.h"
#include "track/linematch.h"
#include "track/lineplace.h"
#include "track/lineruns.h"
#include "track/numbers.h"
#include "track/resultlines.h"
#include "track/sampletimes.h"
#include "track/trackedges.h"

/* How much of a part lies within the line that it is of. */
#define ABSORBED 0.8

/* How many finished tracks are remembered for results that come late. */
#define MAX_REMEMBERED KOCR_TIMES_REMEMBERED

struct _GstKakaoOcrTextTracker
{
  GObject parent;

  GPtrArray *open;              /* of KocrLineTrack, by their starts; each
                                 * is in one of the two, which own them */
  GPtrArray *past;              /* finished ones, for results that come late */
  GQueue finished;              /* of GstKakaoOcrTextTrack */
  gchar *producer;              /* of the newest result; NULL: unknown */
  KocrTrackNumbers numbers;
  KocrSampleTimes times;        /* since the last finish */
  KocrEdges edges;              /* that were told since then */
};

G_DEFINE_FINAL_TYPE (GstKakaoOcrTextTracker, gst_kakao_ocr_text_tracker,
    G_TYPE_OBJECT);

static void
gst_kakao_ocr_text_tracker_init (GstKakaoOcrTextTracker * self)
{
  self->open = g_ptr_array_new ();
  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify)
      kocr_line_track_free);
  g_queue_init (&self->finished);
  kocr_sample_times_init (&self->times);
  kocr_edges_init (&self->edges);
}

static void
gst_kakao_ocr_text_tracker_finalize (GObject * object)
{
  GstKakaoOcrTextTracker *self = GST_KAKAO_OCR_TEXT_TRACKER (object);

  g_ptr_array_set_free_func (self->open,
      (GDestroyNotify) kocr_line_track_free);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->past);
  kocr_sample_times_clear (&self->times);
  kocr_edges_clear (&self->edges);
  g_free (self->producer);
  g_queue_clear_full (&self->finished,
      (GDestroyNotify) gst_kakao_ocr_text_track_free);
  G_OBJECT_CLASS (gst_kakao_ocr_text_tracker_parent_class)->finalize (object);
}

static void
gst_kakao_ocr_text_tracker_class_init (GstKakaoOcrTextTrackerClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = gst_kakao_ocr_text_tracker_finalize;
}

GstKakaoOcrTextTracker *
gst_kakao_ocr_text_tracker_new (void)
{
  return g_object_new (GST_TYPE_KAKAO_OCR_TEXT_TRACKER, NULL);
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

static GstKakaoOcrTextTrack *
describe (GstKakaoOcrTextTracker * self, const KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  GstKakaoOcrTextTrack *described =
      kocr_line_track_describe (track, state, end);

  described->producer = g_strdup (self->producer);
  return described;
}

/* Takes @track. */
static void
finish_track (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  g_queue_push_tail (&self->finished, describe (self, track, state, end));
  g_ptr_array_add (self->past, track);
}

/* The text that @track has become at last, which begins when the picture
 * changed. */
static KocrLineTrack *
split_run (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    guint64 id)
{
  KocrLineTrack *other = kocr_line_track_split (track, id);

  other->start = kocr_edges_find (&self->edges, track->id, track->last_seen,
      other->first_seen);
  return other;
}

/* Ends an open track, and with it the other text that it may have become in the
 * end. @end: of what stood last. */
static void
end_track (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
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
    finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CHANGED, other->start);
    track = other;
  }
  finish_track (self, track, state, end);
}

/* Whether a few letters that were read once were a ground, which passed, or
 * stayed and was not read again. */
static gboolean
is_ground (GstKakaoOcrTextTracker * self, const KocrLineTrack * track)
{
  return track->n_read == 1 && track->run->len == 0
      && kocr_text_is_short (track->text.chars, track->text.n_chars)
      && (track->unread || kocr_edges_has_passed (&self->edges, track->id,
          track->last_seen));
}

/* Whether what was seen in one sample alone was the line that stands there
 * before and after, misread beyond recognition, or the part of one that rolled
 * in. */
static gboolean
is_slip (GstKakaoOcrTextTracker * self, const KocrLineTrack * track)
{
  const KocrLineTrack *other =
      track->previous ? kocr_tracks_find (self->open, track->previous) : NULL;

  return track->n_samples == 1 && track->run->len == 0 && (track->entering
      || (other && !GST_CLOCK_TIME_IS_VALID (other->missed)));
}

static void
forget_slip (GstKakaoOcrTextTracker * self, KocrLineTrack * track)
{
  g_ptr_array_remove (self->open, track);
  g_ptr_array_add (self->past, track);
}

/* One sample may miss what is there, two do not. */
static void
miss_track (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    GstClockTime time)
{
  GstClockTime seen = kocr_line_track_get_last_seen (track);

  track->unread |= track->look == KOCR_LOOK_SAME;
  if (!GST_CLOCK_TIME_IS_VALID (track->missed)) {
    track->missed = time;
    if (!GST_CLOCK_TIME_IS_VALID (kocr_track_edges_find_faded (&self->edges,
                track, seen))
        && !kocr_edges_was_told (&self->edges, track->id, seen, time))
      return;
  }
  if (is_ground (self, track) || is_slip (self, track)) {
    forget_slip (self, track);
  } else {
    end_track (self, track, track->successor ?
        GST_KAKAO_OCR_TEXT_TRACK_CHANGED : GST_KAKAO_OCR_TEXT_TRACK_GONE,
        kocr_track_edges_find_end (&self->edges, track, seen));
  }
}

/* What followed @track at its place. */
static KocrLineTrack *
split_track (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    guint64 given)
{
  KocrLineTrack *other =
      split_run (self, track, kocr_track_numbers_take (&self->numbers, given));

  g_ptr_array_remove (self->open, track);
  finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CHANGED, other->start);
  g_ptr_array_add (self->open, other);
  return other;
}

static void
read_line (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    KocrLine * line, const KocrSample * sample)
{
  KocrReading reading;

  kocr_track_edges_note_rise (&self->edges, track, line, sample);
  reading = kocr_line_track_read (track, line, sample);
  kocr_track_edges_note_entry (track, sample->time);

  if (reading != KOCR_READING_SAME)
    track = split_track (self, track, 0);
  line->track = track->id;
  if (reading == KOCR_READING_PASSED)
    read_line (self, track, line, sample);
}

static void
begin_track (GstKakaoOcrTextTracker * self, KocrLine * line,
    const KocrSample * sample, GPtrArray * unseen)
{
  KocrLineTrack *track, *replaced = kocr_line_find_replaced (line, unseen,
      sample->time);
  const KocrLineTrack *rolling;

  /* Who gave the line its track found that the text had changed. */
  if (replaced && line->given &&
      kocr_line_track_run_is_other (replaced, line)) {
    g_ptr_array_remove (unseen, replaced);
    track = split_track (self, replaced, line->given);
    read_line (self, track, line, sample);
    return;
  }
  track = kocr_line_track_new (kocr_track_numbers_take (&self->numbers,
          line->given), line, sample);
  /* Where it stands for what another one showed, too, that one's edge is its
   * own. */
  rolling = kocr_line_find_rolling (line, sample, self->open);
  if (rolling) {
    track->entering = TRUE;
    track->vy = rolling->vy;
  }
  kocr_track_edges_note_start (&self->edges, track, replaced, sample);
  if (replaced) {
    track->previous = replaced->id;
    replaced->successor = track->id;
    /* What moves goes on moving, whatever it says. */
    track->vx = replaced->vx;
    track->vy = replaced->vy;
  }
  line->track = track->id;
  g_ptr_array_add (self->open, track);
}

static void
take_new_line (GstKakaoOcrTextTracker * self, KocrLine * line,
    const KocrSample * sample, GPtrArray * unseen)
{
  KocrLineTrack *leaving = line->given ? NULL :
      kocr_line_find_leaving (line, sample, unseen);

  if (!leaving) {
    begin_track (self, line, sample, unseen);
    return;
  }
  g_ptr_array_remove (unseen, leaving);
  read_line (self, leaving, line, sample);
}

/* The tracks that a result can tell of; those that are over, too, when it is
 * late. */
static GPtrArray *
list_tracks (GstKakaoOcrTextTracker * self, gboolean late)
{
  GPtrArray *tracks = g_ptr_array_new ();

  g_ptr_array_extend (tracks, self->open, NULL, NULL);
  if (late)
    g_ptr_array_extend (tracks, self->past, NULL, NULL);
  return tracks;
}

/* The same, with their places in frames like that of @sample. */
static GPtrArray *
list_tracks_in (GstKakaoOcrTextTracker * self,
    const KocrSample * sample, gboolean late)
{
  GPtrArray *tracks = list_tracks (self, late);
  guint i;

  for (i = 0; i < tracks->len; i++)
    kocr_line_place_resize (g_ptr_array_index (tracks, i),
        sample->width, sample->height);
  return tracks;
}

/* The track of a line that is all over the place of @part, or NULL. */
static KocrLineTrack *
find_whole (GstKakaoOcrTextTracker * self, GArray * lines,
    const KocrLineTrack * part)
{
  for (guint i = 0; i < lines->len; i++) {
    const KocrLine *line = &g_array_index (lines, KocrLine, i);

    if (line->box.width > part->box.width
        && kocr_line_box_overlap (&line->box, &part->box) >= ABSORBED)
      return kocr_tracks_find (self->open, line->track);
  }
  return NULL;
}

/* Of @unseen those whose strokes are still there, and are now read as part of a
 * longer line, were that line. */
static void
absorb_parts (GstKakaoOcrTextTracker * self, GArray * lines, GPtrArray * unseen)
{
  for (guint i = unseen->len; i-- > 0;) {
    KocrLineTrack *part = g_ptr_array_index (unseen, i);
    KocrLineTrack *whole = part->look == KOCR_LOOK_SAME
        ? find_whole (self, lines, part) : NULL;

    if (!whole)
      continue;
    kocr_line_track_absorb (whole, part);
    g_ptr_array_remove_index (unseen, i);
    forget_slip (self, part);
  }
}

static void
follow (GstKakaoOcrTextTracker * self, GArray * lines,
    const KocrSample * sample)
{
  g_autoptr (GPtrArray) tracks =
      list_tracks_in (self, sample, FALSE);
  g_autoptr (GPtrArray) matched = NULL;
  guint i;

  for (i = 0; i < tracks->len; i++)
    kocr_track_edges_look (&self->edges, g_ptr_array_index (tracks, i),
        sample);
  matched = kocr_lines_match (lines, tracks, sample);
  /* From here on @tracks are those that were not seen. */
  for (i = 0; i < lines->len; i++) {
    KocrLine *line = &g_array_index (lines, KocrLine, i);
    KocrLineTrack *track = g_ptr_array_index (matched, i);

    if (!track)
      continue;
    line->track = track->id;
    if (!g_ptr_array_remove (tracks, track))
      continue;
    if (!line->given && kocr_line_is_in_pieces (lines, i, matched))
      kocr_line_track_see (track, sample->time);
    else
      read_line (self, track, line, sample);
  }
  for (i = 0; i < lines->len; i++) {
    KocrLine *line = &g_array_index (lines, KocrLine, i);

    if (line->track == 0)
      take_new_line (self, line, sample, tracks);
  }
  absorb_parts (self, lines, tracks);
  for (i = 0; i < tracks->len; i++)
    miss_track (self, g_ptr_array_index (tracks, i), sample->time);
  g_ptr_array_sort (self->open, compare_starts);
}

/* A line that no track fits was there in this sample alone. */
static void
pass_line (GstKakaoOcrTextTracker * self, KocrLine * line,
    const KocrSample * sample, GstClockTime after)
{
  KocrLineTrack *track =
      kocr_line_track_new (kocr_track_numbers_take (&self->numbers,
          line->given), line, sample);

  line->track = track->id;
  finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_GONE,
      kocr_time_between (sample->time, after));
}

static void
follow_late (GstKakaoOcrTextTracker * self, GArray * lines,
    const KocrSample * sample, GstClockTime after)
{
  g_autoptr (GPtrArray) tracks =
      list_tracks_in (self, sample, TRUE);
  g_autoptr (GPtrArray) matched = kocr_lines_match (lines, tracks, sample);
  guint i;

  for (i = 0; i < lines->len; i++) {
    KocrLine *line = &g_array_index (lines, KocrLine, i);
    KocrLineTrack *track = g_ptr_array_index (matched, i);

    if (!track) {
      pass_line (self, line, sample, after);
      continue;
    }
    line->track = track->id;
    kocr_line_track_read_late (track, line);
  }
}

/* Before a sample at @time is taken: makes sure that it is late by no more than
 * it can be. */
static void
mend_times (GstKakaoOcrTextTracker * self, GstClockTime time)
{
  GstClockTime newest;
  guint i;

  switch (kocr_sample_times_mend (&self->times, time, &newest)) {
    case KOCR_TIMES_GO_ON:
      break;
    case KOCR_TIMES_WERE_ASTRAY:
      for (i = 0; i < self->open->len; i++)
        kocr_line_track_retract (g_ptr_array_index (self->open, i),
            newest);
      break;
    case KOCR_TIMES_FELL_BACK:
      gst_kakao_ocr_text_tracker_finish (self, GST_CLOCK_TIME_NONE);
      break;
  }
}

/* A sample is over. */
static void
note_time (GstKakaoOcrTextTracker * self, GstClockTime time)
{
  if (self->past->len > MAX_REMEMBERED)
    g_ptr_array_remove_range (self->past, 0, self->past->len - MAX_REMEMBERED);
  if (GST_CLOCK_TIME_IS_VALID (time))
    kocr_sample_times_add (&self->times, time);
}

GstKakaoOcrResult *
gst_kakao_ocr_text_tracker_push (GstKakaoOcrTextTracker * self,
    GstKakaoOcrResult * result, GstClockTime time)
{
  g_autoptr (GArray) lines = NULL;
  KocrSample sample;
  GstClockTime after;

  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);
  g_return_val_if_fail (result != NULL, NULL);

  g_free (self->producer);
  self->producer = g_strdup (gst_kakao_ocr_result_get_producer (result));
  mend_times (self, time);
  sample.time = GST_CLOCK_TIME_IS_VALID (time)
                    ? time
                    : kocr_sample_times_get_newest (&self->times);
  sample.width = gst_kakao_ocr_result_get_width (result);
  sample.height = gst_kakao_ocr_result_get_height (result);
  kocr_sample_times_find (&self->times, sample.time, &sample.before,
      &after);
  lines = kocr_result_lines_read (result);
  if (kocr_sample_times_is_late (&self->times, sample.time))
    follow_late (self, lines, &sample, after);
  else
    follow (self, lines, &sample);
  kocr_edges_end_sample (&self->edges);
  note_time (self, sample.time);
  return kocr_result_lines_apply (result, lines);
}

void
gst_kakao_ocr_text_tracker_tell_edge (GstKakaoOcrTextTracker * self,
    guint64 track, GstClockTime time)
{
  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  if (GST_CLOCK_TIME_IS_VALID (time))
    kocr_edges_tell (&self->edges, track, time);
  else
    kocr_edges_tell_steady (&self->edges, track);
}

void
gst_kakao_ocr_text_tracker_extend (GstKakaoOcrTextTracker * self,
    GstClockTime time)
{
  g_autoptr (GPtrArray) tracks = NULL;
  guint i;

  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  mend_times (self, time);
  if (kocr_sample_times_is_late (&self->times, time))
    return;
  tracks = list_tracks (self, FALSE);
  for (i = 0; i < tracks->len; i++) {
    KocrLineTrack *track = g_ptr_array_index (tracks, i);

    if (GST_CLOCK_TIME_IS_VALID (track->missed))
      miss_track (self, track, time);
    else
      kocr_line_track_stand (track, time);
  }
  note_time (self, time);
}

void
gst_kakao_ocr_text_tracker_finish (GstKakaoOcrTextTracker * self,
    GstClockTime time)
{
  guint i;

  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  /* While the lines are there that they stood in for. */
  for (i = self->open->len; i-- > 0;) {
    KocrLineTrack *track = g_ptr_array_index (self->open, i);

    if (GST_CLOCK_TIME_IS_VALID (track->missed)
        && (is_ground (self, track) || is_slip (self, track)))
      forget_slip (self, track);
  }
  while (self->open->len > 0) {
    KocrLineTrack *track = g_ptr_array_index (self->open, 0);
    GstClockTime seen = kocr_line_track_get_last_seen (track);

    if (GST_CLOCK_TIME_IS_VALID (track->missed))
      miss_track (self, track, track->missed);
    else
      end_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CUT,
          GST_CLOCK_TIME_IS_VALID (time)
          && GST_CLOCK_TIME_IS_VALID (seen) ? MAX (seen, time) : seen);
  }
  g_ptr_array_set_size (self->past, 0);
  kocr_sample_times_forget (&self->times);
  kocr_edges_forget (&self->edges);
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_text_tracker_pop (GstKakaoOcrTextTracker * self)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);

  return g_queue_pop_head (&self->finished);
}

guint
gst_kakao_ocr_text_tracker_get_n_open (GstKakaoOcrTextTracker * self)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), 0);

  return self->open->len;
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_text_tracker_get_open (GstKakaoOcrTextTracker * self, guint i)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);
  g_return_val_if_fail (i < self->open->len, NULL);

  return describe (self, g_ptr_array_index (self->open, i),
      GST_KAKAO_OCR_TEXT_TRACK_OPEN, GST_CLOCK_TIME_NONE);
}
