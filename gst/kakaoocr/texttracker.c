/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "texttracker.h"

#include <stdlib.h>

#include "linematch.h"

/* More lines than a page has; the work goes with the square of it. Those of a
 * result beyond it have no track. */
#define MAX_LINES 512

/* What stands at this much of a line's place took it. */
#define MIN_SHARED_PLACE 0.4

struct _GstKakaoOcrTextTracker
{
  GObject parent;

  GPtrArray *open;              /* of GstKakaoOcrLineTrack, as they began */
  GQueue finished;              /* of GstKakaoOcrTextTrack */
  guint64 last_id;
  GstClockTime newest;          /* of all samples since the last finish */
};

G_DEFINE_FINAL_TYPE (GstKakaoOcrTextTracker, gst_kakao_ocr_text_tracker,
    G_TYPE_OBJECT);

static void
gst_kakao_ocr_text_tracker_init (GstKakaoOcrTextTracker * self)
{
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify)
      gst_kakao_ocr_line_track_free);
  g_queue_init (&self->finished);
  self->newest = GST_CLOCK_TIME_NONE;
}

static void
gst_kakao_ocr_text_tracker_finalize (GObject * object)
{
  GstKakaoOcrTextTracker *self = GST_KAKAO_OCR_TEXT_TRACKER (object);

  g_ptr_array_unref (self->open);
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

/* --- Lines of a result --- */

static void
line_init (GstKakaoOcrLine * line, GstKakaoOcrResult * result, guint i,
    gchar * text)
{
  guint j, n_regions;
  const guint *numbers =
      gst_kakao_ocr_result_get_line_regions (result, i, &n_regions);
  glong n_chars;

  gst_kakao_ocr_line_box_init (&line->box,
      gst_kakao_ocr_result_get_region (result, numbers[0])->box,
      gst_kakao_ocr_result_get_region (result, numbers[n_regions - 1])->box);
  line->text = text;
  line->chars = g_utf8_to_ucs4_fast (text, -1, &n_chars);
  line->n_chars = n_chars;
  line->given = line->track = 0;
  for (j = 0; j < n_regions && line->given == 0; j++)
    line->given = gst_kakao_ocr_result_get_region (result, numbers[j])->track;
}

static GArray *
read_lines (GstKakaoOcrResult * result)
{
  guint i, n = MIN (gst_kakao_ocr_result_get_n_lines (result), MAX_LINES);
  GArray *lines = g_array_sized_new (FALSE, FALSE, sizeof (GstKakaoOcrLine), n);
  g_auto (GStrv) texts = gst_kakao_ocr_result_get_lines (result);

  g_array_set_clear_func (lines, (GDestroyNotify) gst_kakao_ocr_line_clear);
  g_array_set_size (lines, n);
  for (i = 0; i < n; i++)
    line_init (&g_array_index (lines, GstKakaoOcrLine, i), result, i,
        g_strdup (texts[i]));
  return lines;
}

static GstKakaoOcrResult *
with_tracks (GstKakaoOcrResult * result, GArray * lines)
{
  guint i, j, n = gst_kakao_ocr_result_get_n_regions (result);
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  gboolean changed = FALSE;

  for (i = 0; i < n; i++)
    regions[i] = *gst_kakao_ocr_result_get_region (result, i);
  for (i = 0; i < lines->len; i++) {
    guint64 track = g_array_index (lines, GstKakaoOcrLine, i).track;
    guint n_regions;
    const guint *numbers =
        gst_kakao_ocr_result_get_line_regions (result, i, &n_regions);

    for (j = 0; j < n_regions; j++) {
      if (regions[numbers[j]].track == 0) {
        regions[numbers[j]].track = track;
        changed = TRUE;
      }
    }
  }
  if (!changed)
    return gst_kakao_ocr_result_ref (result);
  return gst_kakao_ocr_result_new (gst_kakao_ocr_result_get_pts (result),
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result), regions, n,
      gst_kakao_ocr_result_get_truncated (result),
      gst_kakao_ocr_result_get_latency (result));
}

/* --- Tracks --- */

static void
finish_track (GstKakaoOcrTextTracker * self, GstKakaoOcrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  g_queue_push_tail (&self->finished,
      gst_kakao_ocr_line_track_describe (track, state, end));
}

static GstKakaoOcrLineTrack *
find_track (GstKakaoOcrTextTracker * self, guint64 id)
{
  guint i;

  for (i = 0; i < self->open->len; i++) {
    GstKakaoOcrLineTrack *track = g_ptr_array_index (self->open, i);

    if (track->id == id)
      return track;
  }
  return NULL;
}

static guint64
new_id (GstKakaoOcrTextTracker * self, const GstKakaoOcrLine * line)
{
  guint64 id = line->given ? line->given : self->last_id + 1;

  self->last_id = MAX (self->last_id, id);
  return id;
}

/* The track that stood where @line is now, of those that were not seen. */
static GstKakaoOcrLineTrack *
find_replaced (GPtrArray * unseen, const GstKakaoOcrLine * line)
{
  GstKakaoOcrLineTrack *best = NULL;
  gdouble most = MIN_SHARED_PLACE;
  guint i;

  for (i = 0; i < unseen->len; i++) {
    GstKakaoOcrLineTrack *track = g_ptr_array_index (unseen, i);
    gdouble overlap = gst_kakao_ocr_line_box_overlap (&track->box, &line->box);

    if (overlap >= most) {
      most = overlap;
      best = track;
    }
  }
  return best;
}

/* The first sample without it ends it. */
static void
end_track (GstKakaoOcrTextTracker * self, GstKakaoOcrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime time)
{
  GstClockTime missed =
      GST_CLOCK_TIME_IS_VALID (track->missed) ? track->missed : time;

  finish_track (self, track, state,
      gst_kakao_ocr_time_between (track->last_seen, missed));
  g_ptr_array_remove (self->open, track);
}

/* One sample may miss what is there, two do not. */
static void
miss_tracks (GstKakaoOcrTextTracker * self, GPtrArray * unseen,
    GstClockTime time)
{
  guint i;

  for (i = 0; i < unseen->len; i++) {
    GstKakaoOcrLineTrack *track = g_ptr_array_index (unseen, i);

    if (GST_CLOCK_TIME_IS_VALID (track->missed))
      end_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_GONE, time);
    else
      track->missed = time;
  }
}

static void
begin_track (GstKakaoOcrTextTracker * self, GstKakaoOcrLine * line,
    const GstKakaoOcrSample * sample, GPtrArray * unseen)
{
  GstKakaoOcrLineTrack *track, *replaced = find_replaced (unseen, line);

  line->track = new_id (self, line);
  track = gst_kakao_ocr_line_track_new (line->track, line, sample);
  if (replaced) {
    track->previous = replaced->id;
    g_ptr_array_remove (unseen, replaced);
    end_track (self, replaced, GST_KAKAO_OCR_TEXT_TRACK_CHANGED, sample->time);
  }
  g_ptr_array_add (self->open, track);
}

/* What only a late result shows is over by now. */
static void
pass_track (GstKakaoOcrTextTracker * self, GstKakaoOcrLine * line,
    const GstKakaoOcrSample * sample)
{
  GstKakaoOcrSample alone = *sample;
  GstKakaoOcrLineTrack *track;

  line->track = new_id (self, line);
  alone.before = GST_CLOCK_TIME_NONE;
  track = gst_kakao_ocr_line_track_new (line->track, line, &alone);
  finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_GONE, sample->time);
  gst_kakao_ocr_line_track_free (track);
}

static void
follow (GstKakaoOcrTextTracker * self, GArray * lines,
    const GstKakaoOcrSample * sample, gboolean late)
{
  g_autoptr (GPtrArray) unseen = g_ptr_array_new ();
  g_autofree guint *matches = g_new (guint, lines->len);
  guint i;

  for (i = 0; i < self->open->len; i++)
    g_ptr_array_add (unseen, g_ptr_array_index (self->open, i));
  gst_kakao_ocr_lines_match ((const GstKakaoOcrLine *) lines->data, lines->len,
      (GstKakaoOcrLineTrack * const *) self->open->pdata, self->open->len,
      sample, matches);
  for (i = 0; i < lines->len; i++) {
    GstKakaoOcrLine *line = &g_array_index (lines, GstKakaoOcrLine, i);
    GstKakaoOcrLineTrack *track = NULL;

    if (line->given)
      track = find_track (self, line->given);
    else if (matches[i] != GST_KAKAO_OCR_NO_MATCH)
      track = g_ptr_array_index (self->open, matches[i]);
    if (!track)
      continue;
    line->track = track->id;
    if (!late && g_ptr_array_remove (unseen, track))
      gst_kakao_ocr_line_track_see (track, line, sample);
  }

  for (i = 0; i < lines->len; i++) {
    GstKakaoOcrLine *line = &g_array_index (lines, GstKakaoOcrLine, i);

    if (line->track != 0)
      continue;
    if (late)
      pass_track (self, line, sample);
    else
      begin_track (self, line, sample, unseen);
  }
  if (!late)
    miss_tracks (self, unseen, sample->time);
}

GstKakaoOcrResult *
gst_kakao_ocr_text_tracker_push (GstKakaoOcrTextTracker * self,
    GstKakaoOcrResult * result, GstClockTime time)
{
  g_autoptr (GArray) lines = NULL;
  gboolean late;

  g_return_val_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self), NULL);
  g_return_val_if_fail (result != NULL, NULL);

  if (!GST_CLOCK_TIME_IS_VALID (time))
    time = self->newest;
  late = GST_CLOCK_TIME_IS_VALID (self->newest) && time < self->newest;
  lines = read_lines (result);
  {
    GstKakaoOcrSample sample = { time, self->newest,
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result)
    };

    follow (self, lines, &sample, late);
  }
  if (!late)
    self->newest = time;
  return with_tracks (result, lines);
}

void
gst_kakao_ocr_text_tracker_extend (GstKakaoOcrTextTracker * self,
    GstClockTime time)
{
  g_autoptr (GPtrArray) unseen = g_ptr_array_new ();
  guint i;

  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  if (!GST_CLOCK_TIME_IS_VALID (time) ||
      (GST_CLOCK_TIME_IS_VALID (self->newest) && time < self->newest))
    return;
  for (i = 0; i < self->open->len; i++) {
    GstKakaoOcrLineTrack *track = g_ptr_array_index (self->open, i);

    if (GST_CLOCK_TIME_IS_VALID (track->missed)) {
      g_ptr_array_add (unseen, track);
    } else {
      track->last_seen = time;
      track->n_samples++;
    }
  }
  miss_tracks (self, unseen, time);
  self->newest = time;
}

void
gst_kakao_ocr_text_tracker_finish (GstKakaoOcrTextTracker * self,
    GstClockTime time)
{
  g_return_if_fail (GST_IS_KAKAO_OCR_TEXT_TRACKER (self));

  while (self->open->len > 0) {
    GstKakaoOcrLineTrack *track = g_ptr_array_index (self->open, 0);

    if (GST_CLOCK_TIME_IS_VALID (track->missed)) {
      end_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_GONE, track->missed);
      continue;
    }
    if (GST_CLOCK_TIME_IS_VALID (time) && time > track->last_seen)
      finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CUT, time);
    else
      finish_track (self, track, GST_KAKAO_OCR_TEXT_TRACK_CUT,
          track->last_seen);
    g_ptr_array_remove_index (self->open, 0);
  }
  self->newest = GST_CLOCK_TIME_NONE;
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

  return gst_kakao_ocr_line_track_describe (g_ptr_array_index (self->open, i),
      GST_KAKAO_OCR_TEXT_TRACK_OPEN, GST_CLOCK_TIME_NONE);
}
