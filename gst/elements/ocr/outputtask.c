/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/outputtask.h"

#include "ocr/attachments.h"

GST_DEBUG_CATEGORY_EXTERN (gst_kakao_ocr_debug);
#define GST_CAT_DEFAULT gst_kakao_ocr_debug

/* A preroll that takes longer than this is explained to the user. */
#define PREROLL_PATIENCE (2 * G_USEC_PER_SEC)

struct _KocrOutputTask
{
  GstPad *srcpad;               /* not owned: it is the element's */
  guint producer;
  KocrFrameQueue *queue;
  KocrRecognition *run;             /* set while the task is stopped */
  gint flow;                    /* GstFlowReturn, atomic: set under the lock */

  /* Of starts, ends and flushes, and of segments that end early: what they
   * change in flow, the queue and the run belongs together. Never held while
   * something is pushed. */
  GMutex lock;

  /* lock */
  gboolean active;              /* the pad is */
  gboolean flushing;            /* from FLUSH_START to FLUSH_STOP */
  gboolean eos;                 /* upstream sent its last */
  gboolean told;                /* and the bus knows why it was in vain */

  /* The task's own. */
  gboolean pushed;              /* a frame went out since the start */
  gboolean explained;
  gboolean satisfied;           /* downstream wants no more of this segment */
};

KocrOutputTask *
kocr_output_task_new (GstPad * srcpad, guint producer)
{
  KocrOutputTask *self = g_new0 (KocrOutputTask, 1);

  self->srcpad = srcpad;
  self->producer = producer;
  self->queue = kocr_frame_queue_new ();
  g_mutex_init (&self->lock);
  self->flow = GST_FLOW_FLUSHING;
  return self;
}

void
kocr_output_task_free (KocrOutputTask * self)
{
  kocr_frame_queue_free (self->queue);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* After EOS upstream pushes nothing any more that could bring it the bad news.
 * Not OK, once: somebody else has to be told. With the lock held. */
static GstFlowReturn
take_bad_news (KocrOutputTask * self)
{
  GstFlowReturn flow = g_atomic_int_get (&self->flow);

  if (!self->eos || self->told
      || (flow != GST_FLOW_NOT_LINKED && flow >= GST_FLOW_EOS))
    return GST_FLOW_OK;
  self->told = TRUE;
  return flow;
}

/* TRUE: downstream has an EOS, by which files are finished. */
static gboolean
tell_bad_news (KocrOutputTask * self, GstFlowReturn news)
{
  GstElement *element = GST_PAD_PARENT (self->srcpad);

  if (news == GST_FLOW_OK)
    return FALSE;
  GST_ELEMENT_FLOW_ERROR (element, news);
  return gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

/* Upstream sees @flow from its next push on; nothing more is pushed. */
static void
end_with (KocrOutputTask * self, GstFlowReturn flow)
{
  GstFlowReturn news;

  GST_DEBUG_OBJECT (self->srcpad, "ends with %s", gst_flow_get_name (flow));
  g_mutex_lock (&self->lock);
  /* Who flushes or stops has ended it already, and says why. */
  if (self->active && !self->flushing) {
    g_atomic_int_set (&self->flow, flow);
    kocr_frame_queue_set_flushing (self->queue, TRUE);
    kocr_recognition_set_flushing (self->run, TRUE);
  }
  gst_pad_pause_task (self->srcpad);
  news = take_bad_news (self);
  g_mutex_unlock (&self->lock);
  tell_bad_news (self, news);
}

static void
end_with_error (KocrOutputTask * self, const KocrRequest * request)
{
  kocr_recognition_post_fatal (self->run, request);
  g_mutex_lock (&self->lock);
  self->told = TRUE;
  g_mutex_unlock (&self->lock);
  end_with (self, GST_FLOW_ERROR);
  /* So that files downstream are finished. */
  gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

/* Downstream has all it wanted. Frames end here, but the EOS that upstream now
 * sends must still come through, and so must a new segment. */
static void
end_segment (KocrOutputTask * self)
{
  GST_DEBUG_OBJECT (self->srcpad, "downstream has enough");
  self->satisfied = TRUE;
  g_mutex_lock (&self->lock);
  /* For what is still held nobody needs a result. */
  if (g_atomic_int_compare_and_exchange (&self->flow, GST_FLOW_OK,
          GST_FLOW_EOS))
    kocr_recognition_set_flushing (self->run, TRUE);
  g_mutex_unlock (&self->lock);
}

/* Streaming thread. */
static void
begin_segment (KocrOutputTask * self)
{
  g_mutex_lock (&self->lock);
  if (g_atomic_int_compare_and_exchange (&self->flow, GST_FLOW_EOS,
          GST_FLOW_OK))
    kocr_recognition_set_flushing (self->run, FALSE);
  g_mutex_unlock (&self->lock);
}

static void
output_buffer (KocrOutputTask * self, KocrFrameItem * item)
{
  GstBuffer *buffer = GST_BUFFER_CAST (g_steal_pointer (&item->object));
  KocrRequest *sample = item->carried;
  gboolean published = sample && kocr_request_is_published (sample);
  const KocrCarried carried = {.result = published ? sample->tracked : NULL,
    .last_seen = sample ? sample->pts : GST_CLOCK_TIME_NONE
  };
  GstFlowReturn flow;

  if (self->satisfied) {
    gst_buffer_unref (buffer);
    return;
  }
  if (published && item->sampled && kocr_recognition_is_fatal (sample)
      && kocr_recognition_get_timing (self->run)
             == KOCR_TIMING_EXACT) {
    gst_buffer_unref (buffer);
    end_with_error (self, sample);
    return;
  }
  if (item->sampled && !published)
    kocr_recognition_count_late (self->run);

  self->pushed = TRUE;
  /* What was linked up to here is no news if the push fails. */
  gst_pad_check_reconfigure (self->srcpad);
  if (item->drop) {
    if (GST_BUFFER_PTS_IS_VALID (buffer))
      gst_pad_push_event (self->srcpad,
          gst_event_new_gap (GST_BUFFER_PTS (buffer),
              GST_BUFFER_DURATION (buffer)));
    gst_buffer_unref (buffer);
    return;
  }
  if (item->sampled && published)
    kocr_recognition_note_own (self->run, sample);
  buffer = kocr_result_attach (buffer, &carried, item->attach, self->producer);
  flow = gst_pad_push (self->srcpad, buffer);
  if (flow == GST_FLOW_EOS)
    end_segment (self);
  else if (flow != GST_FLOW_OK)
    end_with (self, flow);
}

static void
output_event (KocrOutputTask * self, KocrFrameItem * item)
{
  GstEvent *event = GST_EVENT_CAST (g_steal_pointer (&item->object));

  /* Every frame is out, so every result is in: delivered before EOS, too. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    kocr_recognition_drain (self->run, 0);
    kocr_recognition_tell_end (self->run);
  }
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    self->satisfied = FALSE;
  gst_pad_push_event (self->srcpad, event);
}

static void
output_loop (gpointer data)
{
  KocrOutputTask *self = data;
  KocrFrameItem item = { 0, };
  gboolean lossless = kocr_recognition_get_timing (self->run) ==
      KOCR_TIMING_EXACT;
  gint64 patience = lossless && !self->pushed && !self->explained ?
      PREROLL_PATIENCE : G_MAXINT64;

  switch (kocr_frame_queue_pop (self->queue, &item, lossless, patience)) {
    case KOCR_FRAME_QUEUE_FLUSHING:
      gst_pad_pause_task (self->srcpad);
      return;
    case KOCR_FRAME_QUEUE_WAITING:
      self->explained = TRUE;
      kocr_recognition_post_warning (self->run,
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
  else
    kocr_frame_queue_query_done (self->queue,
        gst_pad_peer_query (self->srcpad, GST_QUERY_CAST (item.object)));
  kocr_frame_item_clear (&item);
}

/* With the lock held. */
static void
start (KocrOutputTask * self)
{
  self->pushed = self->explained = self->satisfied = FALSE;
  self->eos = self->told = FALSE;
  g_atomic_int_set (&self->flow, GST_FLOW_OK);
  kocr_frame_queue_set_flushing (self->queue, FALSE);
  gst_pad_start_task (self->srcpad, output_loop, self, NULL);
}

/* Upstream does not send again what it has sent; the pad does, before the next
 * frame. EOS has nothing after it. */
static void
keep_on_pad (GstEvent * event, gpointer user_data)
{
  KocrOutputTask *self = user_data;

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
kocr_output_task_start (KocrOutputTask * self, KocrRecognition * run)
{
  kocr_frame_queue_clear (self->queue, keep_after_flush, self);
  g_mutex_lock (&self->lock);
  self->run = run;
  if (self->active && !self->flushing)
    start (self);
  g_mutex_unlock (&self->lock);
}

gboolean
kocr_output_task_resume (KocrOutputTask * self)
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
    kocr_recognition_set_flushing (self->run, FALSE);
    start (self);
  }
  g_mutex_unlock (&self->lock);
  return resumes;
}

/* With the lock held. */
static void
end_waits (KocrOutputTask * self)
{
  g_atomic_int_set (&self->flow, GST_FLOW_FLUSHING);
  kocr_frame_queue_set_flushing (self->queue, TRUE);
}

void
kocr_output_task_set_flushing (KocrOutputTask * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  if (flushing)
    end_waits (self);
  g_mutex_unlock (&self->lock);
}

void
kocr_output_task_pause (KocrOutputTask * self)
{
  gst_pad_pause_task (self->srcpad);
}

gboolean
kocr_output_task_set_active (KocrOutputTask * self, gboolean active)
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
kocr_output_task_wake (KocrOutputTask * self)
{
  kocr_frame_queue_wake (self->queue);
}

GstFlowReturn
kocr_output_task_push_buffer (KocrOutputTask * self, GstBuffer * buffer,
    const KocrOutputFrame * frame)
{
  KocrFrameItem item = {
    .type = KOCR_FRAME_ITEM_BUFFER,
    .object = GST_MINI_OBJECT_CAST (buffer),
    .carried = frame->carried ? kocr_request_ref (frame->carried) : NULL,
    .sampled = frame->sampled,
    .may_copy = frame->may_copy,
    .deadline = frame->deadline,
    .attach = frame->attach,
    .drop = frame->drop_unsampled && !frame->sampled,
  };

  if (!kocr_frame_queue_push (self->queue, &item, frame->max_size_bytes))
    return g_atomic_int_get (&self->flow);
  return GST_FLOW_OK;
}

GstFlowReturn
kocr_output_task_get_flow (KocrOutputTask * self, GstFlowReturn flow)
{
  GstFlowReturn ended = g_atomic_int_get (&self->flow);

  return ended != GST_FLOW_OK && ended != GST_FLOW_FLUSHING ? ended : flow;
}

/* @event found the queue closed. FALSE: it is lost. */
static gboolean
keep_refused (KocrOutputTask * self, GstEvent * event)
{
  GstFlowReturn news;

  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    g_mutex_lock (&self->lock);
    news = take_bad_news (self);
    g_mutex_unlock (&self->lock);
    return tell_bad_news (self, news);
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
kocr_output_task_push_event (KocrOutputTask * self, GstEvent * event)
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
kocr_output_task_push_query (KocrOutputTask * self, GstQuery * query)
{
  gboolean answer = FALSE;

  return kocr_frame_queue_push_query (self->queue, query, &answer) && answer;
}
