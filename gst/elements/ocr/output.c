/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/output.h"

#include "ocr/carriedresult.h"
#include "ocr/streamflow.h"
#include "result/resultviews.h"
#include "result/sample.h"
#include "result/samplelog.h"

/* A preroll that takes longer than this is explained to the user. */
#define PREROLL_PATIENCE (2 * G_USEC_PER_SEC)

struct _KocrOutput
{
  GstPad *srcpad;
  guint producer;
  KocrFailures *failures;
  KocrRunStats *stats;
  KocrOutputEndFunc at_end;
  gpointer user_data;
  KocrFrameQueue *queue;
  KocrStreamFlow *flow;

  /* Streaming thread. */
  KocrRequest *newest;          /* the newest sample, nullable */
  gboolean may_copy;

  /* The task's own. */
  gboolean pushed;              /* a frame went out since the start */
  gboolean explained;
  gboolean has_enough;          /* downstream wants no more of this segment */
  KocrResultViews *views;       /* nullable: since the last sample that left */
};

KocrOutput *
kocr_output_new (GstPad * srcpad, guint producer,
    KocrRecognition * recognition, KocrFailures * failures,
    KocrRunStats * stats, KocrOutputEndFunc at_end, gpointer user_data)
{
  KocrOutput *self = g_new0 (KocrOutput, 1);

  self->srcpad = srcpad;
  self->producer = producer;
  self->failures = failures;
  self->stats = stats;
  self->at_end = at_end;
  self->user_data = user_data;
  self->queue = kocr_frame_queue_new ();
  self->flow = kocr_stream_flow_new (srcpad, self->queue, recognition);
  return self;
}

void
kocr_output_free (KocrOutput * self)
{
  kocr_output_forget (self);
  kocr_stream_flow_free (self->flow);
  g_clear_pointer (&self->views, kocr_result_views_free);
  kocr_frame_queue_free (self->queue);
  g_free (self);
}

/* The task. */

static void
push_gap (KocrOutput * self, GstBuffer * buffer)
{
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    gst_pad_push_event (self->srcpad,
        gst_event_new_gap (GST_BUFFER_PTS (buffer),
            GST_BUFFER_DURATION (buffer)));
  gst_buffer_unref (buffer);
}

/* The frame that is @sample leaves with its result, or without one. */
static void
note_left (KocrOutput * self, const KocrRequest * sample, gboolean published)
{
  GstObject *element = GST_OBJECT_PARENT (self->srcpad);

  if (published) {
    KOCR_SAMPLE_DEBUG (element, sample->asked.serial,
        "carried by its own frame%s",
        kocr_sample_of (sample)->tracked ? "" : ", without a result");
  } else {
    KOCR_SAMPLE_DEBUG (element, sample->asked.serial,
        "late: its frame left without its result");
    kocr_run_stats_add (self->stats, KOCR_COUNT_LATE);
  }
}

/* How much of the time from the one to the other lies before @pts. */
static gdouble
get_part (GstClockTime from, GstClockTime to, GstClockTime pts)
{
  gdouble time = (gdouble) to - from;

  if (!GST_CLOCK_TIME_IS_VALID (from) || !GST_CLOCK_TIME_IS_VALID (to)
      || !GST_CLOCK_TIME_IS_VALID (pts) || time == 0)
    return 0;
  return CLAMP (((gdouble) pts - from) / time, 0, 1);
}

/* What the frame at @pts shows that lies behind the sample that @carried is of, when
 * that of @next is known. */
static void
look_ahead (KocrOutput * self, KocrCarried * carried, const KocrRequest * next,
    GstClockTime pts)
{
  GstKakaoOcrResult *before = carried->result;
  GstKakaoOcrResult *after = kocr_sample_of (next)->tracked;
  gdouble part = get_part (carried->last_seen, next->asked.pts, pts);

  if (!after || after == before)
    return;
  if (!self->views || !kocr_result_views_are_of (self->views, before, after)) {
    g_clear_pointer (&self->views, kocr_result_views_free);
    self->views = kocr_result_views_new (before, after);
  }
  carried->result = kocr_result_views_get (self->views, pts);
  kocr_result_views_place (self->views, part, &carried->boxes, &carried->lost);
  if (gst_kakao_ocr_result_get_pts (carried->result) ==
      gst_kakao_ocr_result_get_pts (after))
    carried->last_seen = gst_kakao_ocr_result_get_pts (after);
}

static void
end_with_error (KocrOutput * self, const KocrRequest * request)
{
  kocr_failures_post_fatal (self->failures, request);
  kocr_stream_flow_note_explained (self->flow);
  kocr_stream_flow_end (self->flow, GST_FLOW_ERROR);
  /* So that files downstream are finished. */
  gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

static void
output_buffer (KocrOutput * self, KocrFrameItem * item)
{
  GstBuffer *buffer = GST_BUFFER_CAST (g_steal_pointer (&item->object));
  KocrRequest *sample = item->carried;
  gboolean published = sample && kocr_sample_is_published (sample);
  KocrCarried carried
      = { .result = published ? kocr_sample_of (sample)->tracked : NULL,
          .last_seen = sample ? sample->asked.pts : GST_CLOCK_TIME_NONE };
  GstFlowReturn flow;

  if (self->has_enough) {
    gst_buffer_unref (buffer);
    return;
  }
  if (published && item->sampled && kocr_request_is_fatal (sample)
      && kocr_failures_is_lossless (self->failures)) {
    gst_buffer_unref (buffer);
    end_with_error (self, sample);
    return;
  }
  if (item->sampled)
    note_left (self, sample, published);

  self->pushed = TRUE;
  /* What was linked up to here is no news if the push fails. */
  gst_pad_check_reconfigure (self->srcpad);
  if (item->drop) {
    push_gap (self, buffer);
    return;
  }
  if (item->sampled && published)
    kocr_run_stats_note_carried (self->stats, sample);
  if (carried.result && item->next)
    look_ahead (self, &carried, item->next, GST_BUFFER_PTS (buffer));
  buffer = kocr_carried_attach (&carried, buffer, item->attach, self->producer);
  flow = gst_pad_push (self->srcpad, buffer);
  if (flow == GST_FLOW_EOS) {
    self->has_enough = TRUE;
    kocr_stream_flow_end_segment (self->flow);
  } else if (flow != GST_FLOW_OK) {
    kocr_stream_flow_end (self->flow, flow);
  }
}

static void
output_result (KocrOutput *self, const KocrFrameItem *item)
{
  const KocrRequest *sample = item->carried;
  gboolean published = kocr_sample_is_published (sample);
  const KocrCarried carried
      = { .result = published ? kocr_sample_of (sample)->tracked : NULL,
          .last_seen = sample->asked.pts };

  if (published && kocr_request_is_fatal (sample)
      && kocr_failures_is_lossless (self->failures))
    end_with_error (self, sample);
  else if (!carried.result || self->has_enough)
    note_left (self, sample, published);
  else if (item->attach & KOCR_ATTACH_OCR)
    gst_pad_push_event (self->srcpad,
        kocr_carried_to_event (
            &carried, kocr_sample_of (sample)->times.duration, self->producer));
}

static void
output_event (KocrOutput * self, KocrFrameItem * item)
{
  GstEvent *event = GST_EVENT_CAST (g_steal_pointer (&item->object));

  /* Every frame is out, so every result is in: delivered before EOS, too. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    self->at_end (self->user_data);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    self->has_enough = FALSE;
  gst_pad_push_event (self->srcpad, event);
}

static void
output_loop (gpointer data)
{
  KocrOutput *self = data;
  KocrFrameItem item = { 0, };
  gboolean lossless = kocr_failures_is_lossless (self->failures);
  gint64 patience = lossless && !self->pushed && !self->explained ?
      PREROLL_PATIENCE : G_MAXINT64;

  switch (kocr_frame_queue_pop (self->queue, &item, lossless, patience)) {
    case KOCR_FRAME_QUEUE_FLUSHING:
      gst_pad_pause_task (self->srcpad);
      return;
    case KOCR_FRAME_QUEUE_WAITING:
      self->explained = TRUE;
      kocr_failures_post_warning (self->failures,
          "Waiting for the text recognition "
          "service before the first frame can leave.");
      return;
    case KOCR_FRAME_QUEUE_ITEM:
      break;
  }

  if (item.type == KOCR_FRAME_ITEM_BUFFER)
    output_buffer (self, &item);
  else if (item.type == KOCR_FRAME_ITEM_EVENT)
    output_event (self, &item);
  else if (item.type == KOCR_FRAME_ITEM_RESULT)
    output_result (self, &item);
  else
    kocr_frame_queue_query_done (self->queue,
        gst_pad_peer_query (self->srcpad, GST_QUERY_CAST (item.object)));
  kocr_frame_item_clear (&item);
}

/* Starts and ends. */

/* Upstream does not send again what it has sent; the pad does, before the next
 * frame. EOS has nothing after it. */
static void
keep_on_pad (GstEvent * event, gpointer user_data)
{
  KocrOutput *self = user_data;

  if (GST_EVENT_IS_STICKY (event) && GST_EVENT_TYPE (event) != GST_EVENT_EOS)
    gst_pad_store_sticky_event (self->srcpad, event);
}

/* A new segment comes. */
static void
keep_after_flush (GstEvent * event, gpointer user_data)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    keep_on_pad (event, user_data);
}

/* The task does not run. */
static void
begin (KocrOutput * self)
{
  self->pushed = self->explained = self->has_enough = FALSE;
}

void
kocr_output_start (KocrOutput * self)
{
  kocr_frame_queue_clear (self->queue, keep_after_flush, self);
  begin (self);
  kocr_stream_flow_start (self->flow, output_loop, self);
}

gboolean
kocr_output_resume (KocrOutput * self)
{
  if (kocr_stream_flow_get (self->flow) != GST_FLOW_NOT_LINKED
      || !gst_pad_check_reconfigure (self->srcpad))
    return FALSE;

  GST_DEBUG_OBJECT (self->srcpad, "linked again");
  kocr_frame_queue_clear (self->queue, keep_on_pad, self);
  begin (self);
  return kocr_stream_flow_restart (self->flow, output_loop, self);
}

void
kocr_output_set_flushing (KocrOutput * self, gboolean flushing)
{
  kocr_stream_flow_set_flushing (self->flow, flushing);
}

void
kocr_output_set_receiving (KocrOutput * self, gboolean receiving)
{
  kocr_stream_flow_set_receiving (self->flow, receiving);
}

gboolean
kocr_output_set_active (KocrOutput * self, gboolean active)
{
  gboolean stopped;

  kocr_stream_flow_set_active (self->flow, active);
  if (active)
    return TRUE;

  stopped = gst_pad_stop_task (self->srcpad);
  kocr_frame_queue_clear (self->queue, NULL, NULL);
  return stopped;
}

void
kocr_output_wake (KocrOutput * self)
{
  kocr_frame_queue_wake (self->queue);
}

/* Streaming thread. */

void
kocr_output_set_may_copy (KocrOutput * self, gboolean may_copy)
{
  self->may_copy = may_copy;
}

void
kocr_output_forget (KocrOutput * self)
{
  g_clear_pointer (&self->newest, kocr_request_unref);
}

KocrOutputVisit *
kocr_output_enter (KocrOutput * self)
{
  kocr_frame_queue_set_busy (self->queue, TRUE);
  return self;
}

void
kocr_output_leave (KocrOutputVisit * self)
{
  kocr_frame_queue_set_busy (self->queue, FALSE);
}

GstFlowReturn
kocr_output_push_buffer (KocrOutput * self, GstBuffer * buffer,
    KocrRequest * sample, gboolean seen, const KocrFrameSettings * settings)
{
  gboolean lossless = kocr_failures_is_lossless (self->failures);
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_BUFFER,
    .object = GST_MINI_OBJECT_CAST (buffer),
    .sampled = sample != NULL,
    .may_copy = self->may_copy,
    .deadline = lossless ? G_MAXINT64 :
        g_get_monotonic_time () + (gint64) (settings->latency / GST_USECOND),
    .attach = settings->attach,
    .drop = lossless && settings->active && settings->drop_unsampled && !sample,
  };

  if (sample) {
    kocr_output_forget (self);
    self->newest = kocr_request_ref (sample);
  }
  item.carried = self->newest ? kocr_request_ref (self->newest) : NULL;
  item.awaits_next = lossless && seen && !sample && item.carried
      && settings->attach && !item.drop;
  if (!kocr_frame_queue_push (self->queue, &item, settings->max_size_bytes))
    return kocr_stream_flow_get (self->flow);
  return GST_FLOW_OK;
}

void
kocr_output_push_result (KocrOutput *self, KocrRequest *sample,
    const KocrFrameSettings *settings, gint64 deadline)
{
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_RESULT,
    .carried = kocr_request_ref (sample),
    .deadline = deadline,
    .attach = settings->attach,
  };

  kocr_output_forget (self);
  self->newest = kocr_request_ref (sample);
  kocr_frame_queue_push (self->queue, &item, G_MAXUINT64);
}

GstFlowReturn
kocr_output_get_flow (KocrOutput * self, GstFlowReturn flow)
{
  GstFlowReturn ended = kocr_stream_flow_get (self->flow);

  return ended != GST_FLOW_OK && ended != GST_FLOW_FLUSHING ? ended : flow;
}

/* @event found the queue closed. FALSE: it is lost. */
static gboolean
keep_refused (KocrOutput * self, GstEvent * event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    return kocr_stream_flow_explain_end (self->flow);
  if (!GST_EVENT_IS_STICKY (event)
      || kocr_stream_flow_get (self->flow) != GST_FLOW_NOT_LINKED)
    return FALSE;
  /* Behind what came before it. */
  kocr_frame_queue_clear (self->queue, keep_on_pad, self);
  keep_on_pad (event, self);
  return TRUE;
}

gboolean
kocr_output_push_event (KocrOutput * self, GstEvent * event)
{
  g_autoptr (GstEvent) kept = gst_event_ref (event);
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_EVENT,
    .object = GST_MINI_OBJECT_CAST (event),
  };

  kocr_stream_flow_note_event (
      self->flow, GST_EVENT_TYPE (event) == GST_EVENT_EOS);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    kocr_stream_flow_begin_segment (self->flow);
  return kocr_frame_queue_push (self->queue, &item, G_MAXUINT64)
      || keep_refused (self, kept);
}

gboolean
kocr_output_push_query (KocrOutput * self, GstQuery * query)
{
  gboolean answer = FALSE;

  return kocr_frame_queue_push_query (self->queue, query, &answer) && answer;
}
