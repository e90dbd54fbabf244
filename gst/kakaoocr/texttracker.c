/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "texttracker.h"

#include "track/evidence.h"
#include "track/linematch.h"
#include "track/lineplace.h"
#include "track/linereading.h"
#include "track/lineruns.h"
#include "track/passage.h"
#include "track/resultlines.h"
#include "track/sampletimes.h"
#include "track/trackedges.h"
#include "track/tracklist.h"

/* How much of a part lies within the line that it is of. */
#define ABSORBED 0.8

struct _GstKakaoOcrTextTracker
{
  GObject parent;

  KocrTrackList tracks;
  KocrSampleTimes times;        /* since the last finish */
};

G_DEFINE_FINAL_TYPE (GstKakaoOcrTextTracker, gst_kakao_ocr_text_tracker,
    G_TYPE_OBJECT);

static void
gst_kakao_ocr_text_tracker_init (GstKakaoOcrTextTracker * self)
{
  kocr_track_list_init (&self->tracks);
  kocr_sample_times_init (&self->times);
}

static void
gst_kakao_ocr_text_tracker_finalize (GObject * object)
{
  GstKakaoOcrTextTracker *self = GST_KAKAO_OCR_TEXT_TRACKER (object);

  kocr_track_list_clear (&self->tracks);
  kocr_sample_times_clear (&self->times);
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

static void
read_line (GstKakaoOcrTextTracker * self, KocrLineTrack * track,
    KocrLine * line, const KocrSample * sample)
{
  KocrLineTrack *other;
  KocrReading reading;

  kocr_track_edges_note_rise (&self->tracks.edges, track, line, sample);
  reading = kocr_line_track_read (track, line, sample);
  kocr_track_edges_note_entry (track, sample->time);

  if (reading == KOCR_READING_SAME) {
    line->track = track->id;
    return;
  }
  other = kocr_track_list_split (&self->tracks, track, 0);
  line->track = other->id;
  if (reading == KOCR_READING_PASSED) {
    if (track->look == KOCR_LOOK_CHANGED)
      other->look = KOCR_LOOK_CHANGED;
    kocr_edges_pass_on (&self->tracks.edges, track->id, other->id);
    read_line (self, other, line, sample);
  }
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
    track = kocr_track_list_split (&self->tracks, replaced, line->given);
    read_line (self, track, line, sample);
    return;
  }
  track = kocr_line_track_new (kocr_track_numbers_take (&self->tracks.numbers,
          line->given), line, sample);
  /* Where it stands for what another one showed, too, that one's edge is its
   * own. */
  rolling = kocr_line_find_rolling (line, sample, self->tracks.open);
  if (rolling) {
    track->entering = TRUE;
    track->vy = rolling->vy;
  }
  kocr_track_edges_note_start (&self->tracks.edges, track, replaced, sample);
  if (replaced) {
    track->previous = replaced->id;
    replaced->successor = track->id;
    /* What moves goes on moving, whatever it says. */
    track->vx = replaced->vx;
    track->vy = replaced->vy;
  }
  line->track = track->id;
  g_ptr_array_add (self->tracks.open, track);
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

  g_ptr_array_extend (tracks, self->tracks.open, NULL, NULL);
  if (late)
    g_ptr_array_extend (tracks, self->tracks.past, NULL, NULL);
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
      return kocr_tracks_find (self->tracks.open, line->track);
  }
  return NULL;
}

/* Whether it may be what was read first of a line that was coming: its strokes are
 * still there, or hardly anything was read of it, and once. */
static gboolean
may_be_part (const KocrLineTrack * track)
{
  return track->look == KOCR_LOOK_SAME
      || (track->n_read == 1 && track->look != KOCR_LOOK_CHANGED
      && !kocr_text_has_letters (track->text.chars, track->text.n_chars));
}

/* Of @unseen those that are now read as part of a longer line were that line. */
static void
absorb_parts (GstKakaoOcrTextTracker * self, GArray * lines, GPtrArray * unseen)
{
  for (guint i = unseen->len; i-- > 0;) {
    KocrLineTrack *part = g_ptr_array_index (unseen, i);
    KocrLineTrack *whole =
        may_be_part (part) ? find_whole (self, lines, part) : NULL;

    if (!whole)
      continue;
    kocr_line_track_absorb (whole, part);
    g_ptr_array_remove_index (unseen, i);
    kocr_track_list_forget (&self->tracks, part);
  }
}

/* Whether a line that moves is now where @track was seen: what stays there since is
 * not its text. */
static gboolean
is_displaced (GstKakaoOcrTextTracker * self, GArray * lines,
    const KocrLineTrack * track)
{
  for (guint i = 0; i < lines->len; i++) {
    const KocrLine *line = &g_array_index (lines, KocrLine, i);
    const KocrLineTrack *other =
        kocr_tracks_find (self->tracks.open, line->track);

    if (other && kocr_passage_moves (other)
        && kocr_line_box_overlap (&track->box, &line->box) >= ABSORBED)
      return TRUE;
  }
  return FALSE;
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
    kocr_track_edges_look (&self->tracks.edges, g_ptr_array_index (tracks, i),
        sample);
  matched = kocr_lines_match (lines, tracks, sample);
  /* From here on @tracks are those that were not seen. */
  for (i = 0; i < lines->len; i++) {
    KocrLine *line = &g_array_index (lines, KocrLine, i);
    KocrLineTrack *track = g_ptr_array_index (matched, i);

    if (!track)
      continue;
    line->track = track->id;
    if (kocr_line_is_misshapen (line, track, sample->time)
        || !g_ptr_array_remove (tracks, track))
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
  for (i = 0; i < tracks->len; i++) {
    KocrLineTrack *track = g_ptr_array_index (tracks, i);

    track->displaced |= is_displaced (self, lines, track);
    if (kocr_track_list_stays (&self->tracks, track, sample->time))
      kocr_line_track_stay (track, sample->time);
    else
      kocr_track_list_miss (&self->tracks, track, sample->time);
  }
  kocr_track_list_sort (&self->tracks);
}

/* A line that no track fits was there in this sample alone. */
static void
pass_line (GstKakaoOcrTextTracker * self, KocrLine * line,
    const KocrSample * sample, GstClockTime after)
{
  KocrLineTrack *track =
      kocr_line_track_new (kocr_track_numbers_take (&self->tracks.numbers,
          line->given), line, sample);

  line->track = track->id;
  kocr_track_list_finish (&self->tracks, track, GST_KAKAO_OCR_TEXT_TRACK_GONE,
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
      for (i = 0; i < self->tracks.open->len; i++)
        kocr_line_track_retract (g_ptr_array_index (self->tracks.open, i),
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
  kocr_track_list_trim (&self->tracks);
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

  g_free (self->tracks.producer);
  self->tracks.producer = g_strdup (gst_kakao_ocr_result_get_producer (result));
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
  kocr_edges_end_sample (&self->tracks.edges);
  note_time (self, sample.time);
  return kocr_result_lines_apply (result, lines);
}

void
gst_kakao_ocr_text_tracker_tell_edge (GstKakaoOcrTextTracker *self,
    guint64 track, GstKakaoOcrTextEdge edge, GstClockTime time)
{
  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  kocr_edges_tell (&self->tracks.edges, track, edge, time);
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
      kocr_track_list_miss (&self->tracks, track, time);
    else {
      kocr_line_track_stand (track, time);
      kocr_track_edges_note_stand (track);
    }
  }
  note_time (self, time);
}

void
gst_kakao_ocr_text_tracker_finish (GstKakaoOcrTextTracker * self,
    GstClockTime time)
{
  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  kocr_track_list_end_all (&self->tracks, time);
  kocr_sample_times_forget (&self->times);
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_text_tracker_pop (GstKakaoOcrTextTracker * self)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);

  return g_queue_pop_head (&self->tracks.finished);
}

guint
gst_kakao_ocr_text_tracker_get_n_open (GstKakaoOcrTextTracker * self)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), 0);

  return self->tracks.open->len;
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_text_tracker_get_open (GstKakaoOcrTextTracker * self, guint i)
{
  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);
  g_return_val_if_fail (i < self->tracks.open->len, NULL);

  return kocr_track_list_describe (&self->tracks,
      g_ptr_array_index (self->tracks.open, i),
      GST_KAKAO_OCR_TEXT_TRACK_OPEN, GST_CLOCK_TIME_NONE);
}
