/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/output.h"

#include "ocr/carriedresult.h"
#include "ocr/framequeue.h"
#include "result/sample.h"
#include "result/samplelog.h"

/* A preroll that takes longer than this is explained to the user. */
#define PREROLL_PATIENCE (2 * G_USEC_PER_SEC)

struct _KocrOutput
{
  GstPad *srcpad;
  guint producer;
  KocrRecognition *recognition;
  KocrFailures *failures;
  KocrRunStats *stats;
  KocrOutputEndFunc at_end;
  gpointer user_data;
  KocrFrameQueue *queue;
  gint flow;                    /* GstFlowReturn, atomic: set under the lock */

  /* Of starts, ends and flushes, and of segments that end early: what they
   * change in flow, the queue and the recognition belongs together. Never held
   * while something is pushed. */
  GMutex lock;

  /* lock */
  gboolean active;              /* the pad is */
  gboolean flushing;            /* from FLUSH_START to FLUSH_STOP */
  gboolean eos;                 /* upstream sent its last */
  gboolean explained_end;       /* the bus knows why it was in vain */

  /* Streaming thread. */
  KocrRequest *newest;          /* the newest sample, nullable */
  gboolean may_copy;

  /* The task's own. */
  gboolean pushed;              /* a frame went out since the start */
  gboolean explained;
  gboolean has_enough;          /* downstream wants no more of this segment */
};

KocrOutput *
kocr_output_new (GstPad * srcpad, guint producer,
    KocrRecognition * recognition, KocrFailures * failures,
    KocrRunStats * stats, KocrOutputEndFunc at_end, gpointer user_data)
{
  KocrOutput *self = g_new0 (KocrOutput, 1);

  self->srcpad = srcpad;
  self->producer = producer;
  self->recognition = recognition;
  self->failures = failures;
  self->stats = stats;
  self->at_end = at_end;
  self->user_data = user_data;
  self->queue = kocr_frame_queue_new ();
  g_mutex_init (&self->lock);
  self->active = gst_pad_is_active (srcpad);
  self->flow = GST_FLOW_FLUSHING;
  return self;
}

void
kocr_output_free (KocrOutput * self)
{
  kocr_output_forget (self);
  kocr_frame_queue_free (self->queue);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* After EOS upstream pushes nothing any more by which it could learn why the
 * stream ended. Not OK, once: the bus has to be told. With the lock held. */
static GstFlowReturn
take_unexplained (KocrOutput * self)
{
  GstFlowReturn flow = g_atomic_int_get (&self->flow);

  if (!self->eos || self->explained_end
      || (flow != GST_FLOW_NOT_LINKED && flow >= GST_FLOW_EOS))
    return GST_FLOW_OK;
  self->explained_end = TRUE;
  return flow;
}

/* TRUE: downstream has an EOS, by which files are finished. */
static gboolean
post_unexplained (KocrOutput * self, GstFlowReturn flow)
{
  GstElement *element = GST_PAD_PARENT (self->srcpad);

  if (flow == GST_FLOW_OK)
    return FALSE;
  GST_ELEMENT_FLOW_ERROR (element, flow);
  return gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

/* Upstream sees @flow from its next push on; nothing more is pushed. */
static void
end_with (KocrOutput * self, GstFlowReturn flow)
{
  GstFlowReturn unexplained;

  GST_DEBUG_OBJECT (self->srcpad, "ends with %s", gst_flow_get_name (flow));
  g_mutex_lock (&self->lock);
  /* Who flushes or stops has ended it already, and says why. */
  if (self->active && !self->flushing) {
    g_atomic_int_set (&self->flow, flow);
    kocr_frame_queue_set_flushing (self->queue, TRUE);
    kocr_recognition_set_flushing (self->recognition, TRUE);
  }
  gst_pad_pause_task (self->srcpad);
  unexplained = take_unexplained (self);
  g_mutex_unlock (&self->lock);
  post_unexplained (self, unexplained);
}

static void
end_with_error (KocrOutput * self, const KocrRequest * request)
{
  kocr_failures_post_fatal (self->failures, request);
  g_mutex_lock (&self->lock);
  self->explained_end = TRUE;
  g_mutex_unlock (&self->lock);
  end_with (self, GST_FLOW_ERROR);
  /* So that files downstream are finished. */
  gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

/* Downstream has all it wanted. Frames end here, but the EOS that upstream now
 * sends must still come through, and so must a new segment. */
static void
end_segment (KocrOutput * self)
{
  GST_DEBUG_OBJECT (self->srcpad, "downstream has enough");
  self->has_enough = TRUE;
  g_mutex_lock (&self->lock);
  /* For what is still held nobody needs a result. */
  if (g_atomic_int_compare_and_exchange (&self->flow, GST_FLOW_OK,
          GST_FLOW_EOS))
    kocr_recognition_set_flushing (self->recognition, TRUE);
  g_mutex_unlock (&self->lock);
}

/* Streaming thread. */
static void
begin_segment (KocrOutput * self)
{
  g_mutex_lock (&self->lock);
  if (g_atomic_int_compare_and_exchange (&self->flow, GST_FLOW_EOS,
          GST_FLOW_OK))
    kocr_recognition_set_flushing (self->recognition, FALSE);
  g_mutex_unlock (&self->lock);
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

static void
output_buffer (KocrOutput * self, KocrFrameItem * item)
{
  GstBuffer *buffer = GST_BUFFER_CAST (g_steal_pointer (&item->object));
  KocrRequest *sample = item->carried;
  gboolean published = sample && kocr_sample_is_published (sample);
  const KocrCarried carried
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
  buffer = kocr_carried_attach (&carried, buffer, item->attach, self->producer);
  flow = gst_pad_push (self->srcpad, buffer);
  if (flow == GST_FLOW_EOS)
    end_segment (self);
  else if (flow != GST_FLOW_OK)
    end_with (self, flow);
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

/* With the lock held. */
static void
start (KocrOutput * self)
{
  self->pushed = self->explained = self->has_enough = FALSE;
  self->eos = self->explained_end = FALSE;
  g_atomic_int_set (&self->flow, GST_FLOW_OK);
  kocr_frame_queue_set_flushing (self->queue, FALSE);
  gst_pad_start_task (self->srcpad, output_loop, self, NULL);
}

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

void
kocr_output_start (KocrOutput * self)
{
  kocr_frame_queue_clear (self->queue, keep_after_flush, self);
  g_mutex_lock (&self->lock);
  if (self->active && !self->flushing)
    start (self);
  g_mutex_unlock (&self->lock);
}

gboolean
kocr_output_resume (KocrOutput * self)
{
  gboolean resumes;

  if (g_atomic_int_get (&self->flow) != GST_FLOW_NOT_LINKED
      || !gst_pad_check_reconfigure (self->srcpad))
    return FALSE;

  GST_DEBUG_OBJECT (self->srcpad, "linked again");
  kocr_frame_queue_clear (self->queue, keep_on_pad, self);
  g_mutex_lock (&self->lock);
  /* Not if a flush or a stop came first. */
  resumes = g_atomic_int_get (&self->flow) == GST_FLOW_NOT_LINKED;
  if (resumes) {
    kocr_recognition_set_flushing (self->recognition, FALSE);
    start (self);
  }
  g_mutex_unlock (&self->lock);
  return resumes;
}

/* With the lock held. */
static void
end_waits (KocrOutput * self)
{
  g_atomic_int_set (&self->flow, GST_FLOW_FLUSHING);
  kocr_frame_queue_set_flushing (self->queue, TRUE);
}

void
kocr_output_set_flushing (KocrOutput * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  if (flushing)
    end_waits (self);
  kocr_recognition_set_flushing (self->recognition, flushing);
  g_mutex_unlock (&self->lock);
}

void
kocr_output_set_receiving (KocrOutput * self, gboolean receiving)
{
  g_mutex_lock (&self->lock);
  kocr_recognition_set_flushing (self->recognition, !receiving);
  g_mutex_unlock (&self->lock);
}

gboolean
kocr_output_set_active (KocrOutput * self, gboolean active)
{
  gboolean stopped;

  g_mutex_lock (&self->lock);
  self->active = active;
  self->flushing = FALSE;
  if (!active)
    end_waits (self);
  g_mutex_unlock (&self->lock);
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

GstFlowReturn
kocr_output_push_buffer (KocrOutput * self, GstBuffer * buffer,
    KocrRequest * sample, const KocrFrameSettings * settings)
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
  if (!kocr_frame_queue_push (self->queue, &item, settings->max_size_bytes))
    return g_atomic_int_get (&self->flow);
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
  GstFlowReturn ended = g_atomic_int_get (&self->flow);

  return ended != GST_FLOW_OK && ended != GST_FLOW_FLUSHING ? ended : flow;
}

/* @event found the queue closed. FALSE: it is lost. */
static gboolean
keep_refused (KocrOutput * self, GstEvent * event)
{
  GstFlowReturn unexplained;

  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    g_mutex_lock (&self->lock);
    unexplained = take_unexplained (self);
    g_mutex_unlock (&self->lock);
    return post_unexplained (self, unexplained);
  }
  if (!GST_EVENT_IS_STICKY (event)
      || g_atomic_int_get (&self->flow) != GST_FLOW_NOT_LINKED)
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

  g_mutex_lock (&self->lock);
  self->eos = GST_EVENT_TYPE (event) == GST_EVENT_EOS;
  g_mutex_unlock (&self->lock);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    begin_segment (self);
  return kocr_frame_queue_push (self->queue, &item, G_MAXUINT64)
      || keep_refused (self, kept);
}

gboolean
kocr_output_push_query (KocrOutput * self, GstQuery * query)
{
  gboolean answer = FALSE;

  return kocr_frame_queue_push_query (self->queue, query, &answer) && answer;
}
