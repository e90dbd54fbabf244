/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/trackcollector.h"

#include "common/resultidentity.h"

/* A producer that is silent for longer (its service is gone, its results got
 * too old) no longer knows what the picture shows. Longer than the default
 * result-lifetime of kakaoocr, so that one failed sample ends no track. */
#define MAX_SILENCE (10 * GST_SECOND)

typedef struct
{
  guint id;
  GstKakaoOcrTextTracker *tracker;
  GstKakaoOcrResult *result;    /* the newest; NULL: none */
  GstClockTime last_seen;       /* of result */
  GstClockTime carried;         /* the last frame that carried one */
  GstClockTime paused;          /* the end of the segment that was sampled last;
                                 * NONE: this one was */
  gboolean silent;              /* its tracks are over, until result is seen
                                 * once more or another one comes */
} Producer;

struct _KocrTrackCollector
{
  GPtrArray *producers;         /* of Producer; a handful at most */
  gboolean upright;
};

static void
producer_free (gpointer data)
{
  Producer *producer = data;

  g_object_unref (producer->tracker);
  g_clear_pointer (&producer->result, gst_kakao_ocr_result_unref);
  g_free (producer);
}

static void
producer_finish (Producer * producer, GstClockTime end)
{
  gst_kakao_ocr_text_tracker_finish (producer->tracker,
      MIN (end, producer->paused));
  producer->silent = TRUE;
}

static Producer *
get_producer (KocrTrackCollector *self, guint id)
{
  Producer *producer;

  for (guint i = 0; i < self->producers->len; i++) {
    producer = g_ptr_array_index (self->producers, i);
    if (producer->id == id)
      return producer;
  }
  producer = g_new0 (Producer, 1);
  producer->id = id;
  producer->tracker = gst_kakao_ocr_text_tracker_new ();
  producer->paused = GST_CLOCK_TIME_NONE;
  g_ptr_array_add (self->producers, producer);
  return producer;
}

KocrTrackCollector *
kocr_track_collector_new (void)
{
  KocrTrackCollector *self = g_new0 (KocrTrackCollector, 1);

  self->producers = g_ptr_array_new_with_free_func (producer_free);
  return self;
}

void
kocr_track_collector_free (KocrTrackCollector *self)
{
  g_ptr_array_unref (self->producers);
  g_free (self);
}

void
kocr_track_collector_set_upright (KocrTrackCollector *self, gboolean upright)
{
  self->upright = upright;
}

void
kocr_track_collector_clear (KocrTrackCollector *self)
{
  g_ptr_array_set_size (self->producers, 0);
}

/* A frame, the time line it is on, and whether it is seen upright. */
typedef struct
{
  const KocrFrameTimes *times;
  GstClockTime pts;
  gboolean upright;
} SeenOn;

static void
tell_edges (Producer * producer, const GstKakaoOcrResult * result,
    const SeenOn * on)
{
  guint n = gst_kakao_ocr_result_get_n_edges (result);

  for (guint i = 0; i < n; i++) {
    guint64 track;
    GstClockTime pts, time;
    GstKakaoOcrTextEdge edge;

    edge = gst_kakao_ocr_result_get_edge (result, i, &track, &pts);
    time = kocr_frame_times_find (on->times, on->pts, pts);
    if (GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (pts))
      gst_kakao_ocr_text_tracker_tell_edge (
          producer->tracker, track, edge, time);
  }
}

static GstKakaoOcrResult *
read_result (const GstKakaoOcrMeta *meta, const SeenOn *on)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_meta_dup_result (meta);

  return on->upright && gst_kakao_ocr_result_get_orientation (result)
             ? gst_kakao_ocr_result_turn (result)
             : g_steal_pointer (&result);
}

/* Its texts were there at seen, and nothing is known of before. */
static void
take_result (Producer * producer, const GstKakaoOcrMeta * meta,
    const SeenOn * on, GstClockTime seen)
{
  g_autoptr (GstKakaoOcrResult) result = read_result (meta, on);

  g_clear_pointer (&producer->result, gst_kakao_ocr_result_unref);
  producer->result = gst_kakao_ocr_result_ref (meta->result);
  producer->silent = FALSE;
  /* What comes late, of the segment before, says nothing of this one. */
  if (!GST_CLOCK_TIME_IS_VALID (producer->paused) || seen >= producer->paused) {
    producer->last_seen = seen;
    producer->paused = GST_CLOCK_TIME_NONE;
  }
  tell_edges (producer, meta->result, on);
  gst_kakao_ocr_result_unref (gst_kakao_ocr_text_tracker_push
      (producer->tracker, result, seen));
}

/* read, last_seen: when the result was read and seen last; NONE: not in this
 * segment. */
static gboolean
look_at (Producer * producer, const GstKakaoOcrMeta * meta, const SeenOn * on,
    GstClockTime read, GstClockTime last_seen)
{
  gboolean is_new = !producer->result
      || !kocr_result_identity_matches (producer->result, meta);

  if (is_new && !GST_CLOCK_TIME_IS_VALID (read))
    return FALSE;
  if (is_new)
    take_result (producer, meta, on, read);
  if (!GST_CLOCK_TIME_IS_VALID (last_seen) || last_seen <= producer->last_seen)
    return is_new;
  if (producer->silent) {
    take_result (producer, meta, on, last_seen);
  } else {
    producer->last_seen = last_seen;
    producer->paused = GST_CLOCK_TIME_NONE;
    gst_kakao_ocr_text_tracker_extend (producer->tracker, last_seen);
  }
  return TRUE;
}

/* A result of a picture that nobody stamped does not tell when it was seen last:
 * it was there while frames carried it, until another one comes. */
static void
end_untimed (Producer * producer, const GstKakaoOcrMeta * next,
    GstClockTime carried)
{
  if (!producer->result || producer->silent || carried <= producer->last_seen
      || kocr_result_identity_matches (producer->result, next))
    return;
  producer->last_seen = carried;
  gst_kakao_ocr_text_tracker_extend (producer->tracker, carried);
}

/* Ends the tracks of those that say nothing any more. */
static gboolean
finish_silent (KocrTrackCollector *self, GstClockTime now)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->producers->len; i++) {
    Producer *producer = g_ptr_array_index (self->producers, i);

    if (producer->silent || now <= producer->carried
        || now - producer->carried <= MAX_SILENCE)
      continue;
    /* While frames carried it, it was taken to be there. */
    producer_finish (producer, producer->carried);
    found = TRUE;
  }
  return found;
}

gboolean
kocr_track_collector_look (KocrTrackCollector *self, GstBuffer * frame,
    const KocrFrameTimes * times)
{
  GstClockTime pts = GST_BUFFER_PTS (frame);
  GstClockTime now = kocr_frame_times_find (times, pts, pts);
  const SeenOn on = { times, pts, self->upright };
  GstKakaoOcrMeta *meta;
  gpointer state = NULL;
  gboolean is_new = FALSE;

  while ((meta = (GstKakaoOcrMeta *) gst_buffer_iterate_meta_filtered (frame,
              &state, GST_KAKAO_OCR_META_API_TYPE))) {
    guint id = gst_kakao_ocr_meta_get_producer (meta);
    GstClockTime carried, read, last_seen;
    Producer *producer;

    /* One sample is one result. */
    if (meta != gst_buffer_get_kakao_ocr_meta_by_producer (frame, id))
      continue;
    producer = get_producer (self, id);
    carried = producer->carried;
    producer->carried = now;
    /* The sample's own frame tells of it. */
    if (kocr_result_is_view (meta->result))
      continue;
    read = gst_kakao_ocr_result_get_pts (meta->result);
    last_seen = gst_kakao_ocr_meta_get_last_seen (meta);
    if (!GST_CLOCK_TIME_IS_VALID (read)) {
      read = pts;
      end_untimed (producer, meta, carried);
    }
    is_new |= look_at (producer, meta, &on, kocr_frame_times_find (times, pts,
            read), kocr_frame_times_find (times, pts, last_seen));
  }
  if (GST_CLOCK_TIME_IS_VALID (now))
    is_new |= finish_silent (self, now);
  return is_new;
}

void
kocr_track_collector_pause (KocrTrackCollector *self, GstClockTime end)
{
  if (!GST_CLOCK_TIME_IS_VALID (end) || end == 0)
    return;
  /* Just before the next segment's first frame, which is sampled: what is new
   * there came with it. */
  end--;
  for (guint i = 0; i < self->producers->len; i++) {
    Producer *producer = g_ptr_array_index (self->producers, i);

    if (producer->silent || GST_CLOCK_TIME_IS_VALID (producer->paused))
      continue;
    producer->paused = end;
    producer->last_seen = MAX (producer->last_seen, end);
    gst_kakao_ocr_text_tracker_extend (producer->tracker, end);
  }
}

void
kocr_track_collector_finish (KocrTrackCollector *self, GstClockTime end)
{
  for (guint i = 0; i < self->producers->len; i++)
    producer_finish (g_ptr_array_index (self->producers, i), end);
}

void
kocr_track_collector_break (KocrTrackCollector *self)
{
  for (guint i = 0; i < self->producers->len; i++) {
    Producer *producer = g_ptr_array_index (self->producers, i);

    g_clear_pointer (&producer->result, gst_kakao_ocr_result_unref);
    producer->paused = GST_CLOCK_TIME_NONE;
  }
}

void
kocr_track_collector_take_finished (KocrTrackCollector *self,
    KocrTrackCollectorFunc func, gpointer data)
{
  for (guint i = 0; i < self->producers->len; i++) {
    Producer *producer = g_ptr_array_index (self->producers, i);
    GstKakaoOcrTextTrack *track;

    while ((track = gst_kakao_ocr_text_tracker_pop (producer->tracker)))
      func (producer->id, track, data);
  }
}

void
kocr_track_collector_foreach_open (
    KocrTrackCollector *self, KocrTrackCollectorFunc func, gpointer data)
{
  for (guint i = 0; i < self->producers->len; i++) {
    Producer *producer = g_ptr_array_index (self->producers, i);
    guint n_open = gst_kakao_ocr_text_tracker_get_n_open (producer->tracker);

    for (guint n = 0; n < n_open; n++)
      func (producer->id,
          gst_kakao_ocr_text_tracker_get_open (producer->tracker, n), data);
  }
}
