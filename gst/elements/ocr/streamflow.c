/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/streamflow.h"

#include "result/samplelog.h"

struct _KocrStreamFlow
{
  GstPad *srcpad;
  KocrFrameQueue *queue;
  KocrRecognition *recognition;
  gint flow;                    /* GstFlowReturn, atomic: set under the lock */

  GMutex lock;

  /* lock */
  gboolean active;              /* the pad is */
  gboolean flushing;            /* from FLUSH_START to FLUSH_STOP */
  gboolean eos;                 /* upstream sent its last */
  gboolean explained_end;       /* the bus knows why it was in vain */
};

KocrStreamFlow *
kocr_stream_flow_new (
    GstPad *srcpad, KocrFrameQueue *queue, KocrRecognition *recognition)
{
  KocrStreamFlow *self = g_new0 (KocrStreamFlow, 1);

  self->srcpad = srcpad;
  self->queue = queue;
  self->recognition = recognition;
  g_mutex_init (&self->lock);
  self->active = gst_pad_is_active (srcpad);
  self->flow = GST_FLOW_FLUSHING;
  return self;
}

void
kocr_stream_flow_free (KocrStreamFlow *self)
{
  g_mutex_clear (&self->lock);
  g_free (self);
}

GstFlowReturn
kocr_stream_flow_get (KocrStreamFlow *self)
{
  return g_atomic_int_get (&self->flow);
}

/* Not OK, once: the bus has to be told. With the lock held. */
static GstFlowReturn
take_unexplained (KocrStreamFlow *self)
{
  GstFlowReturn flow = kocr_stream_flow_get (self);

  if (!self->eos || self->explained_end
      || (flow != GST_FLOW_NOT_LINKED && flow >= GST_FLOW_EOS))
    return GST_FLOW_OK;
  self->explained_end = TRUE;
  return flow;
}

/* TRUE: downstream has an EOS. */
static gboolean
post_unexplained (KocrStreamFlow *self, GstFlowReturn flow)
{
  GstElement *element = GST_PAD_PARENT (self->srcpad);

  if (flow == GST_FLOW_OK)
    return FALSE;
  GST_ELEMENT_FLOW_ERROR (element, flow);
  return gst_pad_push_event (self->srcpad, gst_event_new_eos ());
}

gboolean
kocr_stream_flow_explain_end (KocrStreamFlow *self)
{
  GstFlowReturn unexplained;

  g_mutex_lock (&self->lock);
  unexplained = take_unexplained (self);
  g_mutex_unlock (&self->lock);
  return post_unexplained (self, unexplained);
}

void
kocr_stream_flow_end (KocrStreamFlow *self, GstFlowReturn flow)
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

void
kocr_stream_flow_note_explained (KocrStreamFlow *self)
{
  g_mutex_lock (&self->lock);
  self->explained_end = TRUE;
  g_mutex_unlock (&self->lock);
}

void
kocr_stream_flow_end_segment (KocrStreamFlow *self)
{
  GST_DEBUG_OBJECT (self->srcpad, "downstream has enough");
  g_mutex_lock (&self->lock);
  /* For what is still held nobody needs a result. */
  if (g_atomic_int_compare_and_exchange (
          &self->flow, GST_FLOW_OK, GST_FLOW_EOS))
    kocr_recognition_set_flushing (self->recognition, TRUE);
  g_mutex_unlock (&self->lock);
}

void
kocr_stream_flow_begin_segment (KocrStreamFlow *self)
{
  g_mutex_lock (&self->lock);
  if (g_atomic_int_compare_and_exchange (
          &self->flow, GST_FLOW_EOS, GST_FLOW_OK))
    kocr_recognition_set_flushing (self->recognition, FALSE);
  g_mutex_unlock (&self->lock);
}

void
kocr_stream_flow_note_event (KocrStreamFlow *self, gboolean eos)
{
  g_mutex_lock (&self->lock);
  self->eos = eos;
  g_mutex_unlock (&self->lock);
}

/* With the lock held. */
static void
start (KocrStreamFlow *self, GstTaskFunction loop, gpointer user_data)
{
  self->eos = self->explained_end = FALSE;
  g_atomic_int_set (&self->flow, GST_FLOW_OK);
  kocr_frame_queue_set_flushing (self->queue, FALSE);
  gst_pad_start_task (self->srcpad, loop, user_data, NULL);
}

void
kocr_stream_flow_start (
    KocrStreamFlow *self, GstTaskFunction loop, gpointer user_data)
{
  g_mutex_lock (&self->lock);
  if (self->active && !self->flushing)
    start (self, loop, user_data);
  g_mutex_unlock (&self->lock);
}

gboolean
kocr_stream_flow_restart (
    KocrStreamFlow *self, GstTaskFunction loop, gpointer user_data)
{
  gboolean restarts;

  g_mutex_lock (&self->lock);
  restarts = kocr_stream_flow_get (self) == GST_FLOW_NOT_LINKED;
  if (restarts) {
    kocr_recognition_set_flushing (self->recognition, FALSE);
    start (self, loop, user_data);
  }
  g_mutex_unlock (&self->lock);
  return restarts;
}

/* With the lock held. */
static void
end_waits (KocrStreamFlow *self)
{
  g_atomic_int_set (&self->flow, GST_FLOW_FLUSHING);
  kocr_frame_queue_set_flushing (self->queue, TRUE);
}

void
kocr_stream_flow_set_flushing (KocrStreamFlow *self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  if (flushing)
    end_waits (self);
  kocr_recognition_set_flushing (self->recognition, flushing);
  g_mutex_unlock (&self->lock);
}

void
kocr_stream_flow_set_receiving (KocrStreamFlow *self, gboolean receiving)
{
  g_mutex_lock (&self->lock);
  kocr_recognition_set_flushing (self->recognition, !receiving);
  g_mutex_unlock (&self->lock);
}

void
kocr_stream_flow_set_active (KocrStreamFlow *self, gboolean active)
{
  g_mutex_lock (&self->lock);
  self->active = active;
  self->flushing = FALSE;
  if (!active)
    end_waits (self);
  g_mutex_unlock (&self->lock);
}
