/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/filter.h"

#include "common/category.h"
#include "common/framecaps.h"
#include "common/videogap.h"
#include "mask/queue.h"
#include "mask/warnings.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_OVERLAY

struct _KocrMaskFilter
{
  GstElement parent;

  GstPad *sinkpad, *srcpad;

  /* object lock */
  KocrMaskSettings settings;
  GstClockTime frame_duration;  /* by the caps; NONE: they do not say */
  GstClockTime delay;           /* of a frame, for its hold */

  /* stream lock */
  GstVideoInfo info;
  gboolean maskable;            /* frames of info */
  GstSegment segment;
  KocrVideoGap gap;
  KocrMaskQueue *queue;
  gint64 now;                   /* running time of the last frame */
  KocrMaskWarnings warnings;
  gboolean blanked;
  gboolean holding;             /* the queue remembers frames */
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_FINAL_TYPE (KocrMaskFilter, kocr_mask_filter, GST_TYPE_ELEMENT);

/* Object lock. A frame leaves with the first one that is a hold later. */
static gboolean
update_delay (KocrMaskFilter * self)
{
  GstClockTime old = self->delay, hold = self->settings.hold;

  self->delay = self->settings.active ? hold : 0;
  if (self->delay > 0 && GST_CLOCK_TIME_IS_VALID (self->frame_duration))
    self->delay = (hold + self->frame_duration - 1) / self->frame_duration
                  * self->frame_duration;
  return self->delay != old;
}

void
kocr_mask_filter_configure (
    KocrMaskFilter *self, const KocrMaskSettings *settings)
{
  KocrMaskSettings old;
  gboolean changed;

  GST_OBJECT_LOCK (self);
  old = self->settings;
  kocr_mask_settings_copy (&self->settings, settings);
  changed = update_delay (self);
  GST_OBJECT_UNLOCK (self);
  kocr_mask_settings_clear (&old);
  if (changed)
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_latency (GST_OBJECT (self)));
}

gboolean
kocr_mask_filter_is_blanked (KocrMaskFilter * self)
{
  return self->blanked;
}

/* --- A frame --- */

static void
log_mask (KocrMaskFilter *self, GstBuffer *buffer, const KocrFrameMask *mask,
    const GArray *boxes, gboolean overfull)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  guint n_boxes = boxes ? boxes->len : 0;

  if (mask->blank || overfull)
    GST_DEBUG_OBJECT (self, "%" GST_TIME_FORMAT ": blanked: %s",
        GST_TIME_ARGS (pts),
        overfull ? "too many texts are held" : mask->doubt);
  else if (mask->texts->len + mask->unread->len + n_boxes > 0)
    GST_DEBUG_OBJECT (self,
        "%" GST_TIME_FORMAT ": masked: %u texts, %u boxes "
        "held from frames beside it, %u unread parts%s%s",
        GST_TIME_ARGS (pts), mask->texts->len, n_boxes, mask->unread->len,
        mask->doubt ? "; " : "", mask->doubt ? mask->doubt : "");
  else
    GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": nothing to mask%s%s",
        GST_TIME_ARGS (pts), mask->doubt ? "; " : "",
        mask->doubt ? mask->doubt : "");
}

/* Takes @buffer. */
static GstFlowReturn
push (KocrMaskFilter * self, GstBuffer * buffer, const KocrFrameMask * mask,
    KocrHeldFrame * held)
{
  const GArray *boxes = held ? kocr_held_frame_get_boxes (held) : NULL;
  gboolean overfull = held && kocr_held_frame_is_overfull (held);
  KocrFrameMask now = *mask;

  log_mask (self, buffer, mask, boxes, overfull);
  now.blank |= overfull;
  self->blanked = now.blank;
  buffer = kocr_frame_mask_apply (&now, buffer, &self->info, boxes);
  if (buffer)
    return gst_pad_push (self->srcpad, buffer);
  GST_ELEMENT_ERROR (self, STREAM, FORMAT,
      ("The text of these frames cannot be made unreadable: their pixels "
          "cannot be changed here."),
      ("Put a converter before kakaoocroverlay, for example: videoconvert ! "
          "video/x-raw,format=I420"));
  return GST_FLOW_ERROR;
}

/* After an error events still go on, frames do not. */
static GstFlowReturn
send (KocrMaskFilter * self, KocrMaskItem * item, GstFlowReturn ret)
{
  if (GST_IS_EVENT (item->object))
    gst_pad_push_event (self->srcpad, GST_EVENT_CAST (item->object));
  else if (ret != GST_FLOW_OK)
    gst_mini_object_unref (item->object);
  else
    ret = push (self, GST_BUFFER_CAST (item->object), &item->mask, item->held);
  kocr_mask_queue_done (self->queue, item);
  return ret;
}

static GstFlowReturn
send_due (KocrMaskFilter * self, GstClockTime hold)
{
  GstFlowReturn ret = GST_FLOW_OK;
  gboolean shortened;
  KocrMaskItem item;

  while (kocr_mask_queue_pop_due (
      self->queue, self->now, hold, &item, &shortened)) {
    if (shortened) {
      GST_DEBUG_OBJECT (self, "not held for all of the hold: too many wait");
      kocr_mask_warnings_note_short_hold (&self->warnings);
    }
    ret = send (self, &item, ret);
  }
  return ret;
}

static GstFlowReturn
drain (KocrMaskFilter * self)
{
  GstFlowReturn ret = GST_FLOW_OK;
  KocrMaskItem item;

  while (kocr_mask_queue_pop (self->queue, &item))
    ret = send (self, &item, ret);
  return ret;
}

/* Nothing is held any more, and the pictures of half a second are not kept. */
static GstFlowReturn
end_hold (KocrMaskFilter * self)
{
  GstFlowReturn ret = drain (self);

  if (self->holding)
    kocr_mask_queue_clear (self->queue);
  self->holding = FALSE;
  return ret;
}

/* What has no time comes after what came before. */
static void
advance (KocrMaskFilter * self, GstClockTime pts)
{
  guint64 running = 0;
  gint sign = self->segment.format != GST_FORMAT_TIME ? 0 :
      gst_segment_to_running_time_full (&self->segment, GST_FORMAT_TIME, pts,
      &running);

  if (sign != 0)
    self->now = sign * (gint64) running;
  else if (GST_CLOCK_TIME_IS_VALID (self->frame_duration))
    self->now += self->frame_duration;
}

static GstFlowReturn
hide (KocrMaskFilter *self, GstBuffer *buffer, const KocrMaskSettings *settings)
{
  GstFlowReturn ret;
  KocrFrameMask mask;

  kocr_frame_mask_init (&mask, buffer, &self->info, settings);
  kocr_mask_warnings_note_mask (
      &self->warnings, mask.doubt, settings->fail_closed);
  if (settings->hold > 0) {
    self->holding = TRUE;
    kocr_mask_queue_push_frame (self->queue, buffer, &mask, self->now,
        settings->hold);
    return send_due (self, settings->hold);
  }
  ret = end_hold (self);
  if (ret == GST_FLOW_OK)
    ret = push (self, buffer, &mask, NULL);
  else
    gst_buffer_unref (buffer);
  kocr_frame_mask_clear (&mask);
  return ret;
}

static GstFlowReturn
chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  KocrMaskFilter *self = KOCR_MASK_FILTER (parent);
  KocrMaskSettings settings;
  GstFlowReturn ret;

  GST_OBJECT_LOCK (self);
  kocr_mask_settings_copy (&settings, &self->settings);
  GST_OBJECT_UNLOCK (self);

  kocr_video_gap_reset (&self->gap);
  advance (self, GST_BUFFER_PTS (buffer));
  kocr_source_check_note_frame (&self->warnings.source, buffer, self->now);
  if (settings.active) {
    ret = hide (self, buffer, &settings);
  } else {
    ret = end_hold (self);
    self->blanked = FALSE;
    if (ret == GST_FLOW_OK)
      ret = gst_pad_push (self->srcpad, buffer);
    else
      gst_buffer_unref (buffer);
  }
  kocr_mask_settings_clear (&settings);
  return ret;
}

/* --- Events and queries --- */

static void
set_caps (KocrMaskFilter * self, const GstCaps * caps)
{
  const gchar *reason;
  gboolean changed;

  /* Without a reason it is that fields alternate, which matters not here. */
  self->maskable = kocr_frame_caps_to_video_info (caps, &self->info, &reason) ||
      !reason;
  if (!self->maskable)
    gst_video_info_init (&self->info);
  kocr_mask_queue_set_up (self->queue, &self->info, self->maskable &&
      kocr_frame_caps_allow_copies (caps));

  GST_OBJECT_LOCK (self);
  self->frame_duration = GST_CLOCK_TIME_NONE;
  if (GST_VIDEO_INFO_FPS_N (&self->info) > 0)
    self->frame_duration = gst_util_uint64_scale_ceil (GST_SECOND,
        GST_VIDEO_INFO_FPS_D (&self->info), GST_VIDEO_INFO_FPS_N (&self->info));
  changed = update_delay (self);
  GST_OBJECT_UNLOCK (self);
  if (changed)
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_latency (GST_OBJECT (self)));
}

/* What is sticky besides a segment outlives a flush. */
static void
flush (KocrMaskFilter * self)
{
  KocrMaskItem item;

  while (kocr_mask_queue_pop (self->queue, &item)) {
    GST_DEBUG_OBJECT (
        self, "dropped by a flush: %" GST_PTR_FORMAT, item.object);
    if (GST_IS_EVENT (item.object)) {
      GstEvent *event = GST_EVENT_CAST (item.object);

      if (GST_EVENT_IS_STICKY (event) &&
          GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
        gst_pad_store_sticky_event (self->srcpad, event);
    }
    gst_mini_object_unref (item.object);
    kocr_mask_queue_done (self->queue, &item);
  }
  kocr_mask_queue_clear (self->queue);
  kocr_video_gap_reset (&self->gap);
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
}

static void
note_event (KocrMaskFilter * self, GstEvent * event)
{
  GstClockTime pts, duration;
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      drain (self);
      set_caps (self, caps);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment (event, &self->segment);
      kocr_video_gap_reset (&self->gap);
      break;
    case GST_EVENT_GAP:
      gst_event_parse_gap (event, &pts, &duration);
      if (kocr_video_gap_goes_on (&self->gap, pts, duration))
        advance (self, self->gap.end);
      break;
    case GST_EVENT_FLUSH_STOP:
      flush (self);
      break;
    case GST_EVENT_EOS:
      kocr_source_check_note_end (&self->warnings.source);
      drain (self);
      break;
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_STREAM_START:
      drain (self);
      break;
    default:
      break;
  }
}

static gboolean
sink_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  KocrMaskFilter *self = KOCR_MASK_FILTER (parent);
  GstClockTime hold;

  if (!GST_EVENT_IS_SERIALIZED (event))
    return gst_pad_event_default (pad, parent, event);
  note_event (self, event);
  if (kocr_mask_queue_is_empty (self->queue))
    return gst_pad_event_default (pad, parent, event);

  GST_OBJECT_LOCK (self);
  hold = self->settings.active ? self->settings.hold : 0;
  GST_OBJECT_UNLOCK (self);
  kocr_mask_queue_push_event (self->queue, event);
  send_due (self, hold);
  return TRUE;
}

static gboolean
sink_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_DRAIN)
    drain (KOCR_MASK_FILTER (parent));
  return gst_pad_query_default (pad, parent, query);
}

static gboolean
src_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  KocrMaskFilter *self = KOCR_MASK_FILTER (parent);
  GstClockTime min, max, delay;
  gboolean live;

  if (!gst_pad_query_default (pad, parent, query))
    return FALSE;
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return TRUE;
  GST_OBJECT_LOCK (self);
  delay = self->delay;
  GST_OBJECT_UNLOCK (self);
  gst_query_parse_latency (query, &live, &min, &max);
  gst_query_set_latency (query, live, min + delay,
      GST_CLOCK_TIME_IS_VALID (max) ? max + delay : GST_CLOCK_TIME_NONE);
  return TRUE;
}

/* --- --- */

static void
reset (KocrMaskFilter * self)
{
  kocr_mask_queue_clear (self->queue);
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  self->now = 0;
  kocr_mask_warnings_reset (&self->warnings);
}

static GstStateChangeReturn
kocr_mask_filter_change_state (GstElement * element, GstStateChange transition)
{
  KocrMaskFilter *self = KOCR_MASK_FILTER (element);
  GstStateChangeReturn ret;

  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED) {
    gst_video_info_init (&self->info);
    reset (self);
  }
  ret = GST_ELEMENT_CLASS (kocr_mask_filter_parent_class)
            ->change_state (element, transition);
  /* Streaming has stopped. */
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    reset (self);
  return ret;
}

static void
kocr_mask_filter_finalize (GObject * object)
{
  KocrMaskFilter *self = KOCR_MASK_FILTER (object);

  kocr_mask_settings_clear (&self->settings);
  kocr_mask_queue_free (self->queue);
  G_OBJECT_CLASS (kocr_mask_filter_parent_class)->finalize (object);
}

static GstPad *
add_pad (KocrMaskFilter * self, GstStaticPadTemplate * template)
{
  GstPad *pad = gst_pad_new_from_static_template (template,
      template->name_template);

  GST_PAD_SET_PROXY_CAPS (pad);
  GST_PAD_SET_PROXY_ALLOCATION (pad);
  GST_PAD_SET_PROXY_SCHEDULING (pad);
  gst_element_add_pad (GST_ELEMENT (self), pad);
  return pad;
}

static void
kocr_mask_filter_init (KocrMaskFilter * self)
{
  self->queue = kocr_mask_queue_new ();
  self->frame_duration = GST_CLOCK_TIME_NONE;
  gst_video_info_init (&self->info);
  reset (self);
  self->sinkpad = add_pad (self, &sink_template);
  gst_pad_set_chain_function (self->sinkpad, chain);
  gst_pad_set_event_function (self->sinkpad, sink_event);
  gst_pad_set_query_function (self->sinkpad, sink_query);
  self->warnings.source.element = GST_ELEMENT (self);
  self->warnings.source.name = "kakaoocroverlay";
  self->warnings.source.sinkpad = self->sinkpad;
  self->srcpad = add_pad (self, &src_template);
  gst_pad_set_query_function (self->srcpad, src_query);
}

static void
kocr_mask_filter_class_init (KocrMaskFilterClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kocr_mask_filter_finalize;
  element_class->change_state = kocr_mask_filter_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Text mask",
      "Filter/Editor/Video", "Makes recognised text unreadable",
      "gst-kakaoocr");
}
