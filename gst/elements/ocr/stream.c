/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/stream.h"

#include "common/framecaps.h"
#include "common/lateresult.h"
#include "common/liveness.h"
#include "ocr/attachments.h"
#include "common/samplingquery.h"
#include "ocr/orientation.h"

GST_DEBUG_CATEGORY_EXTERN (gst_kakao_ocr_debug);
#define GST_CAT_DEFAULT gst_kakao_ocr_debug

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK,
    GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-raw; video/x-raw(ANY)"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC,
    GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-raw; video/x-raw(ANY)"));

/* From any thread: events and queries come from downstream in any state. */
static KocrTiming
get_timing (GstKakaoOcr * self)
{
  KocrTiming timing = KOCR_TIMING_AUTO;

  GST_OBJECT_LOCK (self);
  if (self->run)
    timing = kocr_recognition_get_timing (self->run);
  GST_OBJECT_UNLOCK (self);
  return timing;
}

static gboolean
frames_wait (GstKakaoOcr * self)
{
  KocrTiming timing = get_timing (self);

  return timing == KOCR_TIMING_ALIGNED
      || timing == KOCR_TIMING_EXACT;
}

/* What was read before does not belong to what follows. */
static void
forget (GstKakaoOcr * self)
{
  g_clear_pointer (&self->newest, kocr_request_unref);
  kocr_recognition_forget (self->run);
}

/* The same of places in the frame; texts go on. */
static void
forget_places (GstKakaoOcr * self)
{
  g_clear_pointer (&self->newest, kocr_request_unref);
  kocr_recognition_forget_places (self->run);
}

static GstFlowReturn
sample (GstKakaoOcr * self, GstBuffer * buffer,
    const KocrFrameSettings * settings, KocrRequest ** request)
{
  gboolean changed = settings->sample_on_change
      && kocr_frame_history_watch (kocr_recognition_get_history (self->run));
  GstFlowReturn flow;
  gboolean forced;

  if (kocr_frame_sampler_look (&self->sampler, self->run, buffer)
      || (!settings->active && self->sampler.was_active))
    forget (self);

  GST_OBJECT_LOCK (self);
  forced = self->recognize;
  GST_OBJECT_UNLOCK (self);

  flow = kocr_frame_sampler_sample (&self->sampler, self->run, buffer, settings,
      forced, changed, request);
  if (forced && *request) {
    GST_OBJECT_LOCK (self);
    self->recognize = FALSE;
    GST_OBJECT_UNLOCK (self);
  }
  return flow;
}

/* Until the next sample and one more, should that fail: else boxes blink, and
 * texts end, where samples are far apart. */
static GstClockTime
get_lifetime (const KocrFrameSettings * settings)
{
  return settings->result_lifetime == 0 ? 0 :
      MAX (settings->result_lifetime, 2 * settings->interval);
}

static GstFlowReturn
push_now (GstKakaoOcr * self, GstBuffer * buffer,
    const KocrFrameSettings * settings)
{
  KocrCarried carried = { NULL, };

  if (settings->active)
    kocr_carried_result_get (kocr_recognition_get_carried (self->run),
        self->sampler.moment, get_lifetime (settings), &carried);
  if (carried.serial > self->seen) {
    kocr_recognition_note_carried (self->run, self->seen, carried.serial);
    self->seen = carried.serial;
  }
  if (!settings->track_motion)
    g_clear_pointer (&carried.motion, kocr_motion_unref);
  kocr_box_motion_follow (
      kocr_recognition_get_follower (self->run), carried.motion);
  buffer
      = kocr_result_attach (buffer, &carried, settings->attach, self->producer);
  kocr_carried_clear (&carried);
  return gst_pad_push (self->srcpad, buffer);
}

static GstFlowReturn
push_later (GstKakaoOcr * self, GstBuffer * buffer, gboolean sampled,
    const KocrFrameSettings * settings)
{
  gboolean exact = get_timing (self) == KOCR_TIMING_EXACT;
  KocrOutputFrame frame = {
    .carried = self->newest,
    .sampled = sampled,
    .may_copy = self->may_copy,
    .deadline = exact ? G_MAXINT64 :
        g_get_monotonic_time () + (gint64) (settings->latency / GST_USECOND),
    .attach = settings->attach,
    .drop_unsampled = exact && settings->active && settings->drop_unsampled,
    .max_size_bytes = settings->max_size_bytes,
  };

  return kocr_output_task_push_buffer (self->output, buffer, &frame);
}

static GstFlowReturn
push_sampled (GstKakaoOcr * self, GstBuffer * buffer, KocrRequest * request,
    const KocrFrameSettings * settings)
{
  if (request) {
    g_clear_pointer (&self->newest, kocr_request_unref);
    self->newest = kocr_request_ref (request);
  }
  return push_later (self, buffer, request != NULL, settings);
}

/* Whether @buffer, which is no sample, is kept back until it is known whether
 * it is the last one; nobody waits for it, since a result is waited for. */
static gboolean
hold (GstKakaoOcr * self, GstBuffer * buffer,
    const KocrFrameSettings * settings)
{
  if (!settings->sample_on_change
      || get_timing (self) != KOCR_TIMING_EXACT
      || !kocr_frame_history_is_new (kocr_recognition_get_history (self->run)))
    return FALSE;
  self->held = buffer;
  return TRUE;
}

/* @last: nothing comes after it. */
static void
push_held (GstKakaoOcr * self, gboolean last)
{
  GstBuffer *buffer = g_steal_pointer (&self->held);
  g_autoptr (KocrRequest) request = NULL;
  KocrFrameSettings settings;

  if (!buffer)
    return;
  gst_kakao_ocr_get_frame_settings (self, &settings);
  if (last && kocr_frame_sampler_sample (&self->sampler, self->run, buffer,
          &settings, FALSE, TRUE, &request) != GST_FLOW_OK)
    gst_buffer_unref (buffer);
  else
    push_sampled (self, buffer, request, &settings);
}

/* Before anything is pushed. Nobody waits any more for what was sampled before
 * downstream came back. */
static void
resume (GstKakaoOcr * self)
{
  if (kocr_output_task_resume (self->output)) {
    forget (self);
    kocr_frame_sampler_begin (&self->sampler);
  }
}

static GstFlowReturn
chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  KocrFrameSettings settings;
  g_autoptr (KocrRequest) request = NULL;
  GstFlowReturn flow = GST_FLOW_OK;

  if (get_timing (self) == KOCR_TIMING_AUTO)
    flow = GST_FLOW_NOT_NEGOTIATED;
  if (frames_wait (self)) {
    resume (self);
    push_held (self, FALSE);
    flow = kocr_output_task_get_flow (self->output, GST_FLOW_OK);
  }
  if (flow != GST_FLOW_OK) {
    gst_buffer_unref (buffer);
    return flow;
  }
  gst_kakao_ocr_get_frame_settings (self, &settings);
  kocr_recognition_count_frame (self->run);
  kocr_box_motion_begin_frame (kocr_recognition_get_follower (self->run),
      buffer, settings.active && settings.track_motion);
  kocr_frame_history_begin_frame (kocr_recognition_get_history (self->run),
      buffer,
      settings.active && (frames_wait (self) || settings.sample_on_change));

  flow = sample (self, buffer, &settings, &request);
  kocr_frame_history_end_frame (kocr_recognition_get_history (self->run));
  if (flow != GST_FLOW_OK) {
    gst_buffer_unref (buffer);
    return kocr_output_task_get_flow (self->output, flow);
  }

  if (!frames_wait (self))
    return push_now (self, buffer, &settings);
  if (!request && hold (self, buffer, &settings))
    return GST_FLOW_OK;
  return push_sampled (self, buffer, request, &settings);
}

/* Events and queries. */

static void
decide_timing (GstKakaoOcr * self)
{
  KocrTiming timing;

  if (get_timing (self) != KOCR_TIMING_AUTO)
    return;

  GST_OBJECT_LOCK (self);
  timing = self->settings.timing;
  GST_OBJECT_UNLOCK (self);
  self->live = kocr_liveness_find (self->sinkpad) != KOCR_LIVENESS_NOT_LIVE;
  if (timing == KOCR_TIMING_AUTO)
    timing =
        self->live ? KOCR_TIMING_LATEST : KOCR_TIMING_EXACT;
  else if (timing == KOCR_TIMING_EXACT && self->live)
    kocr_recognition_post_warning (self->run,
        "timing=exact behind a live source: "
        "while frames wait for their results, the source may drop others. Use "
        "timing=latest or aligned for a live picture.");

  GST_INFO_OBJECT (self, "timing %s", kocr_timing_get_name (timing));
  kocr_recognition_set_timing (self->run, timing);
  if (frames_wait (self))
    kocr_output_task_start (self->output, self->run);
  if (timing == KOCR_TIMING_ALIGNED)
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_latency (GST_OBJECT (self)));
}

static void
set_caps (GstKakaoOcr * self, GstCaps * caps)
{
  decide_timing (self);
  self->may_copy = kocr_frame_caps_allow_copies (caps);
  if (kocr_frame_sampler_set_caps (&self->sampler, caps))
    forget_places (self);
  /* What other memory would cost to read, each frame would pay. */
  kocr_box_motion_set_up (kocr_recognition_get_follower (self->run),
      &self->sampler.info, self->sampler.readable && self->may_copy);
  kocr_frame_history_set_up (kocr_recognition_get_history (self->run),
      &self->sampler.info, self->sampler.readable && self->may_copy);
}

static void
start_flush (GstKakaoOcr * self, GstEvent * event)
{
  gst_pad_push_event (self->srcpad, event);
  kocr_output_task_set_flushing (self->output, TRUE);
  g_mutex_lock (&self->run_lock);
  if (self->run)
    kocr_recognition_flush (self->run);
  g_mutex_unlock (&self->run_lock);
  if (frames_wait (self))
    kocr_output_task_pause (self->output);
}

static gboolean
stop_flush (GstKakaoOcr * self, GstEvent * event)
{
  gboolean pushed = gst_pad_push_event (self->srcpad, event);

  gst_clear_buffer (&self->held);
  kocr_frame_sampler_flush (&self->sampler);
  forget (self);
  kocr_recognition_set_flushing (self->run, FALSE);
  kocr_output_task_set_flushing (self->output, FALSE);
  if (frames_wait (self))
    kocr_output_task_start (self->output, self->run);
  return pushed;
}

/* What came after the last frame, or with it, nobody has told of. */
static void
push_unseen (GstKakaoOcr * self)
{
  g_autoptr (GPtrArray) requests = kocr_recognition_list_unseen (self->run,
      self->seen);
  KocrFrameSettings settings;

  gst_kakao_ocr_get_frame_settings (self, &settings);
  if (!settings.active || !(settings.attach & KOCR_ATTACH_OCR))
    return;
  for (guint i = 0; i < requests->len; i++) {
    const KocrRequest *request = g_ptr_array_index (requests, i);
    const KocrCarried carried = {.result = request->tracked,
      .last_seen = request->pts
    };
    GstBuffer *frame = gst_buffer_new ();

    GST_BUFFER_PTS (frame) = request->pts;
    GST_BUFFER_DURATION (frame) = request->duration;
    GST_DEBUG_OBJECT (self, "sample %" G_GUINT64_FORMAT ": its result comes "
        "after the last frame, and goes on as an event", request->serial);
    gst_pad_push_event (
        self->srcpad, kocr_late_result_event_new (kocr_result_attach (frame,
                          &carried, KOCR_ATTACH_OCR, self->producer)));
    self->seen = request->serial;
  }
}

/* In latest nothing waits but EOS, for what is in flight: no longer than a
 * live picture's budget, or than the requests themselves may take. */
static void
drain_at_eos (GstKakaoOcr * self)
{
  gint64 budget;

  GST_OBJECT_LOCK (self);
  budget = (gint64) (self->settings.timeout / GST_USECOND);
  if (self->live)
    budget = MIN (budget,
        (gint64) (self->settings.frame.latency / GST_USECOND));
  GST_OBJECT_UNLOCK (self);
  kocr_recognition_drain (self->run, g_get_monotonic_time () + budget);
}

static gboolean
sink_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  const GstSegment *segment;
  GstTagList *tags;
  GstCaps *caps;

  if (GST_EVENT_IS_SERIALIZED (event)
      && GST_EVENT_TYPE (event) != GST_EVENT_FLUSH_STOP)
    push_held (self, GST_EVENT_TYPE (event) == GST_EVENT_EOS);
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      start_flush (self, event);
      return TRUE;
    case GST_EVENT_FLUSH_STOP:
      return stop_flush (self, event);
    case GST_EVENT_STREAM_START:
      kocr_frame_sampler_begin_stream (&self->sampler);
      break;
    case GST_EVENT_TAG:
      gst_event_parse_tag (event, &tags);
      if (!kocr_orientation_is_followed (pad))
        kocr_frame_sampler_set_tags (&self->sampler, tags);
      break;
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      set_caps (self, caps);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_parse_segment (event, &segment);
      kocr_frame_sampler_set_segment (&self->sampler, segment);
      break;
    case GST_EVENT_EOS:
      if (!frames_wait (self)) {
        drain_at_eos (self);
        push_unseen (self);
        kocr_recognition_tell_end (self->run);
      }
      break;
    default:
      break;
  }

  if (GST_EVENT_IS_SERIALIZED (event) && frames_wait (self)) {
    resume (self);
    return kocr_output_task_push_event (self->output, event);
  }
  return gst_pad_event_default (pad, parent, event);
}

/* Frames that are being encoded are missing in upstream's pool; those that wait
 * for a result are copied when they are from one. */
static void
raise_pool_minimum (GstKakaoOcr * self, GstQuery * query)
{
  guint n = gst_query_get_n_allocation_pools (query);
  guint more = kocr_recognition_get_most_buffers (self->run);
  guint size, min, max;
  GstBufferPool *pool;

  for (guint i = 0; i < n; i++) {
    gst_query_parse_nth_allocation_pool (query, i, &pool, &size, &min, &max);
    min += more;
    gst_query_set_nth_allocation_pool (query, i, pool, size, min,
        max == 0 ? 0 : MAX (min, max));
    gst_clear_object (&pool);
  }
  if (n == 0 && self->sampler.readable)
    gst_query_add_allocation_pool (query, NULL,
        GST_VIDEO_INFO_SIZE (&self->sampler.info), more, 0);
}

/* What is attached to frames would be missing in their pixels: who finds nobody
 * here that draws it draws it himself. */
static void
refuse_compositions (GstQuery * query)
{
  guint index;

  while (gst_query_find_allocation_meta (query,
          GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, &index))
    gst_query_remove_nth_allocation_meta (query, index);
}

static gboolean
sink_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  gboolean answer;

  if (self->run && (GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION
          || GST_QUERY_TYPE (query) == GST_QUERY_DRAIN))
    kocr_recognition_release_buffers (self->run);

  if (GST_QUERY_IS_SERIALIZED (query) && frames_wait (self)) {
    resume (self);
    push_held (self, FALSE);
    answer = kocr_output_task_push_query (self->output, query);
  } else if (GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION) {
    answer = gst_pad_peer_query (self->srcpad, query);
  } else {
    return gst_pad_query_default (pad, parent, query);
  }

  if (answer && GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION) {
    refuse_compositions (query);
    if (self->run)
      raise_pool_minimum (self, query);
  }
  return answer;
}

static gboolean
src_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);

  /* A decoder that drops late frames would drop some that are due. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS
      && get_timing (self) == KOCR_TIMING_EXACT) {
    gst_event_unref (event);
    return TRUE;
  }
  return gst_pad_event_default (pad, parent, event);
}

/* The settings by which frames are left unread. */
static gchar *
describe_unread (
    KocrTiming timing, const KocrFrameSettings *settings)
{
  GString *unread = g_string_new (NULL);

  if (timing != KOCR_TIMING_EXACT)
    g_string_append_printf (unread, " timing=%s",
        kocr_timing_get_name (timing));
  if (settings->interval > 0)
    g_string_append_printf (unread, " interval=%" G_GUINT64_FORMAT,
        settings->interval / GST_MSECOND);
  if (settings->gate.threshold > 0)
    g_string_append_printf (unread, " change-threshold=%u",
        settings->gate.threshold);
  if (!settings->active)
    g_string_append (unread, " active=false");
  return g_string_free (unread, FALSE);
}

static gboolean
src_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  KocrFrameSettings settings;
  GstClockTime min, max;
  gboolean live;

  gst_kakao_ocr_get_frame_settings (self, &settings);
  if (kocr_sampling_query_check (query)) {
    g_autofree gchar *unread = describe_unread (get_timing (self), &settings);

    kocr_sampling_query_answer (query, unread);
    return TRUE;
  }
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY
      || get_timing (self) != KOCR_TIMING_ALIGNED)
    return gst_pad_query_default (pad, parent, query);

  if (!gst_pad_peer_query (self->sinkpad, query))
    return FALSE;
  gst_query_parse_latency (query, &live, &min, &max);
  min += settings.latency;
  if (GST_CLOCK_TIME_IS_VALID (max))
    max += settings.latency;
  gst_query_set_latency (query, live, min, max);
  return TRUE;
}

/* Deactivation ends the waits of the streaming thread before it takes that
 * thread's lock. */
static gboolean
sink_activate_mode (GstPad * pad, GstObject * parent, GstPadMode mode,
    gboolean active)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);

  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;
  g_mutex_lock (&self->run_lock);
  if (self->run)
    kocr_recognition_set_flushing (self->run, !active);
  g_mutex_unlock (&self->run_lock);
  return TRUE;
}

static gboolean
src_activate_mode (GstPad * pad, GstObject * parent, GstPadMode mode,
    gboolean active)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);

  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;
  /* It starts with the caps, which decide whether there is a task at all. */
  return kocr_output_task_set_active (self->output, active);
}

void
kocr_ocr_stream_add_pad_templates (GstElementClass * klass)
{
  gst_element_class_add_static_pad_template (klass, &sink_template);
  gst_element_class_add_static_pad_template (klass, &src_template);
}

void
kocr_ocr_stream_add_pads (GstKakaoOcr * self)
{
  GstElement *element = GST_ELEMENT (self);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, chain);
  gst_pad_set_event_function (self->sinkpad, sink_event);
  gst_pad_set_query_function (self->sinkpad, sink_query);
  gst_pad_set_activatemode_function (self->sinkpad, sink_activate_mode);
  GST_PAD_SET_PROXY_CAPS (self->sinkpad);
  gst_element_add_pad (element, self->sinkpad);

  self->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_event_function (self->srcpad, src_event);
  gst_pad_set_query_function (self->srcpad, src_query);
  gst_pad_set_activatemode_function (self->srcpad, src_activate_mode);
  GST_PAD_SET_PROXY_CAPS (self->srcpad);
  gst_element_add_pad (element, self->srcpad);
}

void
kocr_ocr_stream_reset (GstKakaoOcr * self)
{
  gst_clear_buffer (&self->held);
  kocr_frame_sampler_init (&self->sampler, GST_OBJECT (self));
  self->seen = 0;
  forget (self);
}
