/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "passage.h"

#define REGION(y) "{\"box\":[[10," #y "],[200," #y "],[200," #y "9],[10," #y \
    "9]],\"recognized_word\":[\"word\"]}"

const gchar passage_answer[] = "{\"responses\":[{\"page\":1,\"results\":["
    REGION (1)
    ","
    REGION (2)
    ","
    REGION (3)
    ","
    REGION (4)
    ","
    REGION (5)
    ","
    REGION (6)
    ","
    REGION (7)
    ","
    REGION (8)
    ","
    REGION (9)
    ","
    REGION (10)
    "]}]}";

#define PATIENCE (60 * GST_SECOND)

     static GstFlowReturn
         take (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  Passage *self = gst_pad_get_element_private (pad);
  gpointer state = NULL;

  /* It is the element's to pass frames, not to copy them. */
  g_assert_true (gst_buffer_peek_memory (buffer, 0) == self->memory);
  self->carries = gst_buffer_iterate_meta (buffer, &state) != NULL;
  self->n_out++;
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static gboolean
take_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  Passage *self = gst_pad_get_element_private (pad);

  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    g_mutex_lock (&self->lock);
    self->ended = TRUE;
    g_cond_signal (&self->cond);
    g_mutex_unlock (&self->lock);
  }
  gst_event_unref (event);
  return TRUE;
}

static gboolean
answer_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return gst_pad_query_default (pad, parent, query);
  gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
  return TRUE;
}

static GstPad *
link_pad (Passage * self, const gchar * name, GstPadDirection direction)
{
  g_autoptr (GstPad) peer = gst_element_get_static_pad (self->element, name);
  GstPad *pad = gst_pad_new (NULL, direction);

  if (direction == GST_PAD_SINK) {
    gst_pad_set_element_private (pad, self);
    gst_pad_set_chain_function (pad, take);
    gst_pad_set_event_function (pad, take_event);
    gst_pad_link (peer, pad);
  } else {
    gst_pad_set_query_function (pad, answer_query);
    gst_pad_link (pad, peer);
  }
  gst_pad_set_active (pad, TRUE);
  return pad;
}

Passage *
passage_new (const gchar * launch, const GstVideoInfo * info,
    GstMemory * memory)
{
  Passage *self = g_new0 (Passage, 1);
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (info);
  g_autoptr (GError) error = NULL;
  GstSegment segment;

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->element = gst_parse_launch (launch, &error);
  g_assert_no_error (error);
  self->duration = gst_util_uint64_scale_int (GST_SECOND, info->fps_d,
      info->fps_n);
  self->memory = gst_memory_ref (memory);

  self->bus = gst_bus_new ();
  gst_element_set_bus (self->element, self->bus);
  self->src = link_pad (self, "sink", GST_PAD_SRC);
  self->sink = link_pad (self, "src", GST_PAD_SINK);
  gst_element_set_state (self->element, GST_STATE_PLAYING);

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("bench"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
  return self;
}

void
passage_free (Passage * self)
{
  gst_pad_set_active (self->sink, FALSE);
  gst_element_set_state (self->element, GST_STATE_NULL);
  gst_pad_set_active (self->src, FALSE);
  gst_element_set_bus (self->element, NULL);
  gst_object_unref (self->src);
  gst_object_unref (self->sink);
  gst_object_unref (self->element);
  gst_object_unref (self->bus);
  gst_memory_unref (self->memory);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

static void
push_one (Passage * self)
{
  GstBuffer *frame = gst_buffer_new ();

  gst_buffer_append_memory (frame, gst_memory_ref (self->memory));
  GST_BUFFER_PTS (frame) = self->n_pushed++ * self->duration;
  GST_BUFFER_DURATION (frame) = self->duration;
  gst_pad_push (self->src, frame);
}

static void
end_pushing (Passage * self)
{
  self->n_dropped = self->n_pushed - self->n_out;
  gst_bus_set_flushing (self->bus, TRUE);
  gst_bus_set_flushing (self->bus, FALSE);
}

void
passage_push (Passage * self, guint n)
{
  while (n-- > 0)
    push_one (self);
  end_pushing (self);
}

void
passage_play (Passage * self, guint seconds)
{
  gint64 duration = self->duration / GST_USECOND;
  gint64 due = g_get_monotonic_time ();
  gint64 end = due + seconds * G_USEC_PER_SEC;

  for (; due < end; due += duration) {
    gint64 now = g_get_monotonic_time ();

    if (now < due)
      g_usleep (due - now);
    push_one (self);
    self->n_late += g_get_monotonic_time () > due + duration;
  }
  end_pushing (self);
}

void
passage_finish (Passage * self)
{
  gst_pad_push_event (self->src, gst_event_new_eos ());
  g_mutex_lock (&self->lock);
  while (!self->ended)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  self->n_dropped = self->n_pushed - self->n_out;
}

guint64
passage_get_stat (Passage * self, const gchar * name)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (self->element, "stats", &stats, NULL);
  gst_structure_get_uint64 (stats, name, &value);
  return value;
}

Passage *
passage_new_carrying (const gchar * url, const GstVideoInfo * info,
    GstMemory * memory, const gchar * more)
{
  g_autofree gchar *launch = g_strdup_printf ("kakaoocr timing=latest "
      "interval=86400000 result-lifetime=86400000 endpoint=%s %s", url, more);
  Passage *self = passage_new (launch, info, memory);

  GstMessage *message;

  push_one (self);
  message = gst_bus_timed_pop_filtered (self->bus, PATIENCE,
      GST_MESSAGE_ELEMENT);
  g_assert_nonnull (message);
  gst_message_unref (message);
  passage_push (self, 1);
  g_assert_true (self->carries);
  return self;
}
