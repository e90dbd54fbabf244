/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text tracker: which texts of one result go on in the next, by a number each.
 */
#pragma once

#include <glib-object.h>
#include <gst/kakaoocr/result.h>

G_BEGIN_DECLS

/**
 * GstKakaoOcrTextTrackState:
 * @GST_KAKAO_OCR_TEXT_TRACK_OPEN: still to be seen, as far as is known
 * @GST_KAKAO_OCR_TEXT_TRACK_GONE: no longer there
 * @GST_KAKAO_OCR_TEXT_TRACK_CHANGED: another text took its place; that one's
 *   @previous is this track
 * @GST_KAKAO_OCR_TEXT_TRACK_CUT: gst_kakao_ocr_text_tracker_finish() ended it:
 *   nobody saw it go
 *
 * What became of a track.
 *
 * Since: 0.1
 */
typedef enum
{
  GST_KAKAO_OCR_TEXT_TRACK_OPEN,
  GST_KAKAO_OCR_TEXT_TRACK_GONE,
  GST_KAKAO_OCR_TEXT_TRACK_CHANGED,
  GST_KAKAO_OCR_TEXT_TRACK_CUT
} GstKakaoOcrTextTrackState;

#define GST_TYPE_KAKAO_OCR_TEXT_TRACK_STATE \
  (gst_kakao_ocr_text_track_state_get_type ())
GST_KAKAO_OCR_API
GType gst_kakao_ocr_text_track_state_get_type (void);

#define GST_TYPE_KAKAO_OCR_TEXT_TRACK (gst_kakao_ocr_text_track_get_type ())

typedef struct _GstKakaoOcrTextTrack GstKakaoOcrTextTrack;

/**
 * GstKakaoOcrTextTrack:
 * @id: the number of the track, that no other one in the process has: the
 *   `track` of its regions
 * @text: its text, as the samples agree on it best; UTF-8, one line
 * @state: what became of it
 * @start: when it appeared: half way between the last sample that did not show
 *   it and the first that did, or when it was told. A text that was fading in when
 *   it was seen first may still be told to have come later
 * @end: when it went, likewise; while it is open, @last_seen. A text that was
 *   fading out when it was seen last may have gone before that
 * @first_seen: the first sample that showed it
 * @last_seen: the last sample that showed it, for certain: it never decreases
 * @n_samples: how many samples showed it
 * @box: (array fixed-size=8): the corners of the line where it was seen last,
 *   as those of a #GstKakaoOcrRegion
 * @width: the width of the frame in pixels, in which @box is measured
 * @height: the height of that frame
 * @previous: the track that stood here and changed to this one; 0 when this
 *   one appeared by itself
 * @agreement: the share of its samples that read this text, 0.0 to 1.0
 * @moving: whether it moved by more than its height
 * @producer: (nullable): the name of the element whose results it was found in
 *
 * One line of text at one place over time, as it was known when this was made:
 * a copy that does not change.
 *
 * Times are those of gst_kakao_ocr_text_tracker_push();
 * %GST_CLOCK_TIME_NONE as long as no sample had one.
 *
 * Since: 0.1
 */
struct _GstKakaoOcrTextTrack
{
  guint64 id;
  gchar *text;
  GstKakaoOcrTextTrackState state;
  GstClockTime start;
  GstClockTime end;
  GstClockTime first_seen;
  GstClockTime last_seen;
  guint64 n_samples;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  gint width;
  gint height;
  guint64 previous;
  gdouble agreement;
  gboolean moving;
  gchar *producer;
};

GST_KAKAO_OCR_API
GType gst_kakao_ocr_text_track_get_type (void);

/**
 * gst_kakao_ocr_text_track_copy:
 * @track: a track
 *
 * Returns: (transfer full): a copy of @track
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrTextTrack *gst_kakao_ocr_text_track_copy (
    const GstKakaoOcrTextTrack *track);

/**
 * gst_kakao_ocr_text_track_free:
 * @track: (transfer full): a track
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_text_track_free (GstKakaoOcrTextTrack * track);

#define GST_TYPE_KAKAO_OCR_TEXT_TRACKER \
  (gst_kakao_ocr_text_tracker_get_type ())
GST_KAKAO_OCR_API
G_DECLARE_FINAL_TYPE (GstKakaoOcrTextTracker, gst_kakao_ocr_text_tracker,
    GST, KAKAO_OCR_TEXT_TRACKER, GObject)

/**
 * GstKakaoOcrTextTracker:
 *
 * Follows lines of text from result to result: results in, text tracks out.
 *
 * |[<!-- language="C" -->
 * tracker = gst_kakao_ocr_text_tracker_new ();
 * for each result, in the order of the samples:
 *   tracked = gst_kakao_ocr_text_tracker_push (tracker, result, pts);
 *   while ((track = gst_kakao_ocr_text_tracker_pop (tracker)))
 *     … a text and its time span …
 * gst_kakao_ocr_text_tracker_finish (tracker, end_of_stream);
 * while ((track = gst_kakao_ocr_text_tracker_pop (tracker)))
 *   …
 * ]|
 *
 * A line is followed by its place, the way it moved before and its text, of
 * which some characters may be misread. One sample that misses it does not end
 * it. The text of a track is what its samples agree on, character by character.
 * Where frames change their size, lines are followed at the same part of them.
 *
 * A misread character and one that changed for good look alike at first. Five
 * samples in a row that differ in the same character are another text (fewer if
 * more characters differ, more if it was misread so before), and so are two that
 * did not go back to the old text when the line goes or changes once more; three
 * if the characters are easily taken for one another. The new track then begins
 * where the text changed, although regions of the samples between have had the
 * old one's number. A text of which nothing but digits changes with each sample
 * is a counter: from the fourth value on each is a track. A clock or a time code
 * that runs is one, with the values that it went through: "12:34:50–12:34:59".
 *
 * What one sample alone shows at the place of a line that stands before and
 * after is that line misread. Its track is open for as long as that is not
 * known, and then forgotten: gst_kakao_ocr_text_tracker_pop() never gives it.
 *
 * A tracker touches nothing but what it is given: no clock, no thread, no log.
 * It is not thread-safe; who uses one from several threads locks it.
 *
 * Since: 0.1
 */

/**
 * gst_kakao_ocr_text_tracker_new:
 *
 * Returns: (transfer full): a tracker that has seen nothing yet
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrTextTracker *gst_kakao_ocr_text_tracker_new (void);

/**
 * gst_kakao_ocr_text_tracker_push:
 * @self: a tracker
 * @result: what one sample showed
 * @time: when that was, in any time that grows from sample to sample;
 *   %GST_CLOCK_TIME_NONE: just after all others. A time line that jumps is
 *   mended: see below
 *
 * Follows the lines of @result. Regions that have a track already (another
 * tracker gave it) keep it, and it becomes a track of this tracker's.
 *
 * A result that comes after one of a later time gets the tracks that fit, and
 * counts for their texts; it opens none, ends none and moves none: a line of
 * it that no track fits makes one that is finished at once.
 *
 * No result is late by more than a minute. When one of so much before comes and
 * goes on from the samples before those that were after it, those were astray:
 * what they showed was there when their predecessors were. When it does not, time
 * has fallen back, and all tracks end as by gst_kakao_ocr_text_tracker_finish().
 *
 * Returns: (transfer full): @result with the track of each region set. All
 *   regions of a line have the same
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_text_tracker_push (
    GstKakaoOcrTextTracker *self, GstKakaoOcrResult *result, GstClockTime time);

/**
 * gst_kakao_ocr_text_tracker_tell_edge:
 * @self: a tracker
 * @track: the number of a track
 * @edge: what became of its text
 * @time: when; of what has no time %GST_CLOCK_TIME_NONE
 *
 * Says what was seen of the time between two samples, before the second one of
 * them is pushed: the track begins or ends then, and not half way. A text that
 * was seen to go is over with the first sample that misses it, and one that was
 * seen to change has changed with the first sample that reads it otherwise; what
 * is read otherwise of one that stayed is misread, and of one that is unclear it
 * takes as many readings as of one that nobody looked at, however long it stood
 * before. Of one that stayed and came (two calls), the samples before showed it
 * while it was coming. What passed is no text if it is no longer than what any
 * ground may be read as, and is seen no other time. A moment that has no part in
 * what becomes of the track changes nothing.
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_text_tracker_tell_edge (GstKakaoOcrTextTracker *self,
    guint64 track, GstKakaoOcrTextEdge edge, GstClockTime time);

/**
 * gst_kakao_ocr_text_tracker_extend:
 * @self: a tracker
 * @time: when the picture was found to be the same
 *
 * Says that a sample showed the same as the one before: what was there is still
 * there, without another reading of it.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_text_tracker_extend (GstKakaoOcrTextTracker * self,
    GstClockTime time);

/**
 * gst_kakao_ocr_text_tracker_finish:
 * @self: a tracker
 * @time: until when the picture that was sampled last is known to have gone
 *   on, as at the end of a stream; %GST_CLOCK_TIME_NONE: not known, as at a
 *   seek
 *
 * Ends all tracks: the stream ends, or what follows has nothing to do with what
 * was before. Results that follow may have any times. Numbers of tracks go on.
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
void gst_kakao_ocr_text_tracker_finish (GstKakaoOcrTextTracker * self,
    GstClockTime time);

/**
 * gst_kakao_ocr_text_tracker_pop:
 * @self: a tracker
 *
 * Takes the next finished track, in the order in which they were found to be
 * over; those of one moment in the order of their starts.
 *
 * Returns: (transfer full) (nullable): the track, or %NULL when there is none
 *   for now
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrTextTrack *gst_kakao_ocr_text_tracker_pop (
    GstKakaoOcrTextTracker *self);

/**
 * gst_kakao_ocr_text_tracker_get_n_open:
 * @self: a tracker
 *
 * Returns: the number of tracks that are not over yet
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_text_tracker_get_n_open (GstKakaoOcrTextTracker * self);

/**
 * gst_kakao_ocr_text_tracker_get_open:
 * @self: a tracker
 * @i: which, less than gst_kakao_ocr_text_tracker_get_n_open(), in the order
 *   of their starts
 *
 * A track that is not over yet.
 *
 * Returns: (transfer full): the track as it is now
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrTextTrack *gst_kakao_ocr_text_tracker_get_open (
    GstKakaoOcrTextTracker * self, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstKakaoOcrTextTrack,
    gst_kakao_ocr_text_track_free)

G_END_DECLS
