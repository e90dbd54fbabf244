/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/run.h"

#include "common/framecaps.h"
#include "ocr/framesampler.h"
#include "ocr/lastframe.h"
#include "ocr/liveresults.h"
#include "result/messages.h"
#include "ocr/output.h"
#include "ocr/runtiming.h"
#include "result/samplelog.h"

struct _KocrRun
{
  KocrRunPlace place;
  KocrRunFunc deliver;
  gpointer user_data;
  gboolean posts_stats;
  KocrRunTiming timing;

  KocrRunStats *stats;
  KocrDelivery *delivery;
  KocrFailures *failures;
  KocrFrameHistory *history;
  KocrRecognition *recognition;
  KocrLiveResults *live;        /* of latest */
  KocrOutput *output;           /* of aligned and exact; and flushes */

  /* Streaming thread. */
  KocrFrameSampler *sampler;
  KocrLastFrame *last;
};

KocrTiming
kocr_run_get_timing (KocrRun * self)
{
  return kocr_run_timing_get (&self->timing);
}

gboolean
kocr_run_holds_frames (KocrRun * self)
{
  return kocr_run_timing_holds_frames (&self->timing);
}

void
kocr_run_force_sample (KocrRun * self)
{
  kocr_frame_sampler_force (self->sampler);
}

GstStructure *
kocr_run_get_stats (KocrRun * self)
{
  KocrEngineStats engine;

  kocr_recognition_get_stats (self->recognition, &engine);
  return kocr_run_stats_to_structure (self->stats, &engine,
      kocr_run_get_timing (self));
}

/* Results. */

/* Each one comes here, once, whatever became of its sample: in latest it goes
 * on to the frames that come, else the frame that waits for it may leave; and
 * in its turn it is told. From any thread, one at a time. */
static void
take_result (KocrRequest * request, gpointer user_data)
{
  KocrRun *self = user_data;

  kocr_sample_log_settled (self->place.element, request);
  kocr_run_stats_note_settled (self->stats, kocr_request_is_failure (request));
  if (kocr_run_get_timing (self) == KOCR_TIMING_LATEST)
    kocr_live_results_take (self->live, request);
  kocr_output_wake (self->output);
  kocr_delivery_take (self->delivery, request);
}

/* The delivery's thread. What an unchanged one shows was told when it was new.
 */
static void
tell (KocrRequest * request, gpointer user_data)
{
  KocrRun *self = user_data;

  kocr_live_results_wait (self->live, request);
  if (kocr_failures_take_turn (self->failures, request)
      && request->outcome.result
      && request->outcome.match != KOCR_PICTURE_UNCHANGED)
    self->deliver (request, self->user_data);
}

/* The delivery's thread, and that which sends EOS. */
static void
post_stats (gpointer user_data)
{
  KocrRun *self = user_data;

  gst_element_post_message (self->place.element,
      kocr_ocr_message_new_stats (GST_OBJECT (self->place.element),
          kocr_run_get_stats (self)));
}

/* Waits until all results are in and delivered, or @deadline (monotonic, us),
 * or a flush. */
static void
drain (KocrRun * self, gint64 deadline)
{
  kocr_recognition_drain (self->recognition, deadline);
  kocr_delivery_drain (self->delivery);
}

/* All that was read is delivered, and EOS comes. */
static void
tell_end (KocrRun * self)
{
  g_autoptr (GstStructure) stats = kocr_run_get_stats (self);

  GST_INFO_OBJECT (self->place.element, "at EOS: %" GST_PTR_FORMAT, stats);
  if (self->posts_stats)
    post_stats (self);
}

/* The output's task. */
static void
output_ended (gpointer user_data)
{
  drain (user_data, 0);
  tell_end (user_data);
}

/* Samples. */

/* Takes @buffer, which was looked at, as a sample if it is to be one. @sample:
 * (out) (transfer full) (nullable). Not OK: flushing. */
static GstFlowReturn
sample_frame (KocrRun *self, GstBuffer *buffer,
    const KocrFrameSettings *settings, KocrNews news, KocrRequest **sample)
{
  GstFlowReturn flow = kocr_frame_sampler_sample (
      self->sampler, buffer, settings, news, sample);

  if (!*sample || kocr_request_is_settled (*sample))
    return flow;
  if (kocr_run_get_timing (self) == KOCR_TIMING_LATEST)
    kocr_live_results_expect (self->live, (*sample)->asked.serial);
  kocr_frame_history_mark (self->history, (*sample)->asked.serial);
  kocr_recognition_submit (self->recognition, *sample, buffer);
  return flow;
}

static KocrRequest *
sample_last (
    GstBuffer *buffer, const KocrFrameSettings *settings, gpointer user_data)
{
  KocrRequest *sample = NULL;

  sample_frame (user_data, buffer, settings, KOCR_NEWS_LAST, &sample);
  return sample;
}

/* From READY to READY. */

KocrRun *
kocr_run_new (const KocrRunPlace * place, const KocrOcrSettings * settings,
    KocrRunFunc deliver, gpointer user_data, GError ** error)
{
  g_autofree gchar *name = gst_object_get_name (GST_OBJECT (place->element));
  GstObject *owner = GST_OBJECT (place->element);
  KocrRecognitionParts parts;
  KocrRun *self = g_new0 (KocrRun, 1);

  self->place = *place;
  self->deliver = deliver;
  self->user_data = user_data;
  kocr_run_timing_init (&self->timing, settings);
  self->posts_stats = settings->stats_interval > 0;
  self->stats = kocr_run_stats_new ();
  self->delivery = kocr_delivery_new (place->element, tell, self);
  self->failures =
      kocr_failures_new (place->element, self->delivery, self->stats);
  self->history = kocr_frame_history_new ();
  self->live = kocr_live_results_new (owner, self->stats, place->producer);
  parts = (KocrRecognitionParts) {
    self->history, self->failures, self->delivery, self->stats
  };
  self->recognition =
      kocr_recognition_new (name, settings, &parts, take_result, self, error);
  if (!self->recognition) {
    kocr_run_free (self);
    return NULL;
  }
  self->sampler = kocr_frame_sampler_new (owner, self->recognition,
      self->failures, self->stats);
  self->output = kocr_output_new (place->srcpad, place->producer,
      self->recognition, self->failures, self->stats, output_ended, self);
  self->last = kocr_last_frame_new (&self->timing, self->history, self->output,
      sample_last, self);
  if ((settings->frame.attach & KOCR_ATTACH_ANALYTICS)
      && gst_kakao_ocr_text_mtd_get_mtd_type () == 0)
    kocr_failures_post_warning (self->failures, "attach=analytics has no "
        "effect: this build has no GStreamer analytics library (1.24 or "
        "newer).");
  if (self->posts_stats)
    kocr_delivery_set_tick (self->delivery,
        (gint64) (settings->stats_interval / GST_USECOND), post_stats);
  return self;
}

void
kocr_run_free (KocrRun * self)
{
  kocr_delivery_set_tick (self->delivery, 0, NULL);
  /* The recognition first: its results wake the others. */
  g_clear_pointer (&self->recognition, kocr_recognition_free);
  kocr_delivery_free (self->delivery);
  g_clear_pointer (&self->output, kocr_output_free);
  kocr_live_results_free (self->live);
  g_clear_pointer (&self->sampler, kocr_frame_sampler_free);
  kocr_frame_history_free (self->history);
  kocr_failures_free (self->failures);
  kocr_run_stats_free (self->stats);
  g_clear_pointer (&self->last, kocr_last_frame_free);
  g_free (self);
}

/* What was read before does not belong to what follows; not @epoch: no place in
 * the frame does, but texts go on. */
static void
forget (KocrRun * self, gboolean epoch)
{
  kocr_output_forget (self->output);
  kocr_live_results_forget (self->live,
      kocr_recognition_get_serial (self->recognition), epoch);
  kocr_frame_history_forget (self->history, epoch);
  if (epoch)
    kocr_recognition_begin_epoch (self->recognition);
}

/* Frames. */

/* Before anything is pushed. Nobody waits any more for what was sampled before
 * downstream came back. */
static void
resume (KocrRun * self)
{
  if (kocr_output_resume (self->output)) {
    forget (self, TRUE);
    kocr_frame_sampler_begin (self->sampler);
  }
}

/* The frame as it comes, before it is known whether it is a sample. */
static KocrNews
look (KocrRun *self, GstBuffer *buffer, const KocrFrameSettings *settings)
{
  KocrNews news = KOCR_NEWS_UNKNOWN;

  kocr_last_frame_drop (self->last);
  kocr_run_stats_add (self->stats, KOCR_COUNT_FRAMES);
  kocr_live_results_begin_frame (self->live, buffer,
      settings->active && settings->track_motion);
  kocr_frame_history_begin_frame (self->history, buffer, settings->active
      && (kocr_run_holds_frames (self) || settings->sample_on_change));
  if (settings->sample_on_change)
    news = kocr_frame_history_watch (self->history) ? KOCR_NEWS_STAND
                                                    : KOCR_NEWS_NONE;
  if (kocr_frame_sampler_look (self->sampler, buffer, settings))
    forget (self, TRUE);
  return news;
}

GstFlowReturn
kocr_run_push_frame (KocrRun * self, GstBuffer * buffer,
    const KocrFrameSettings * settings)
{
  gboolean waits = kocr_run_holds_frames (self), seen = FALSE;
  g_autoptr (KocrOutputVisit) visit G_GNUC_UNUSED =
      waits ? kocr_output_enter (self->output) : NULL;
  g_autoptr (KocrRequest) sample = NULL;
  GstFlowReturn flow = kocr_run_get_timing (self) == KOCR_TIMING_AUTO ?
      GST_FLOW_NOT_NEGOTIATED : GST_FLOW_OK;

  if (waits) {
    resume (self);
    kocr_last_frame_pass (self->last, settings);
    flow = kocr_output_get_flow (self->output, GST_FLOW_OK);
  }
  if (flow == GST_FLOW_OK) {
    KocrNews news = look (self, buffer, settings);

    flow = sample_frame (self, buffer, settings, news, &sample);
    seen = kocr_frame_history_end_frame (self->history);
    if (flow != GST_FLOW_OK)
      flow = kocr_output_get_flow (self->output, flow);
  }
  if (flow != GST_FLOW_OK) {
    gst_buffer_unref (buffer);
    return flow;
  }

  if (!sample && kocr_last_frame_keep (self->last, buffer, settings))
    return GST_FLOW_OK;
  if (!waits)
    return gst_pad_push (self->place.srcpad,
        kocr_live_results_attach (self->live, buffer,
            kocr_frame_sampler_get_moment (self->sampler), settings));
  return kocr_output_push_buffer (self->output, buffer, sample, seen, settings);
}

/* Events and queries. */

static void
decide_timing (KocrRun * self)
{
  KocrTiming timing;

  if (!kocr_run_timing_find (&self->timing, self->place.sinkpad, &timing))
    return;
  if (self->timing.wanted == KOCR_TIMING_EXACT && self->timing.is_live)
    kocr_failures_post_warning (self->failures,
        "timing=exact behind a live source: "
        "while frames wait for their results, the source may drop others. Use "
        "timing=latest or aligned for a live picture.");

  GST_INFO_OBJECT (self->place.element, "timing %s",
      kocr_timing_get_name (timing));
  kocr_recognition_set_lossless (self->recognition,
      timing == KOCR_TIMING_EXACT);
  kocr_failures_set_lossless (self->failures, timing == KOCR_TIMING_EXACT);
  kocr_run_timing_set (&self->timing, timing);
  if (kocr_run_holds_frames (self))
    kocr_output_start (self->output);
  if (timing == KOCR_TIMING_ALIGNED)
    gst_element_post_message (self->place.element,
        gst_message_new_latency (GST_OBJECT (self->place.element)));
}

static void
set_caps (KocrRun * self, GstEvent * event)
{
  const GstVideoInfo *info;
  gboolean may_copy, readable;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  decide_timing (self);
  may_copy = kocr_frame_caps_allow_copies (caps);
  kocr_output_set_may_copy (self->output, may_copy);
  kocr_last_frame_set_may_copy (self->last, may_copy);
  if (kocr_frame_sampler_set_caps (self->sampler, caps))
    forget (self, FALSE);
  /* What other memory would cost to read, each frame would pay. */
  info = kocr_frame_sampler_get_info (self->sampler);
  readable = kocr_frame_sampler_is_readable (self->sampler) && may_copy;
  kocr_live_results_set_up (self->live, info, readable);
  kocr_frame_history_set_up (self->history, info, readable);
}

/* Where no frame waits nobody has told of what comes with the last one, or
 * after it. */
static void
end_stream (KocrRun *self, const KocrFrameSettings *settings)
{
  gint64 end;

  if (!kocr_last_frame_end (self->last, settings, &end)) {
    kocr_recognition_drain (self->recognition, end);
    kocr_last_frame_sample (self->last, settings, end);
  }
  if (kocr_run_holds_frames (self))
    return;
  drain (self, end);
  kocr_live_results_push_unseen (self->live, self->place.srcpad, settings);
  tell_end (self);
}

/* @ends: no frame follows it. */
static void
release_last (KocrRun *self, gboolean ends, const KocrFrameSettings *settings)
{
  gint64 end;

  if (ends)
    kocr_last_frame_end (self->last, settings, &end);
  kocr_last_frame_pass (self->last, settings);
}

gboolean
kocr_run_take_event (KocrRun * self, GstEvent * event,
    const KocrFrameSettings * settings, gboolean * passed)
{
  if (kocr_frame_sampler_is_ended_by (self->sampler, event))
    release_last (self, TRUE, settings);
  else if (GST_EVENT_TYPE (event) != GST_EVENT_EOS)
    kocr_last_frame_let_go (self->last, settings);
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
    case GST_EVENT_TAG:
    case GST_EVENT_SEGMENT:
      kocr_frame_sampler_take_event (
          self->sampler, event, self->place.sinkpad);
      break;
    case GST_EVENT_CAPS:
      set_caps (self, event);
      break;
    case GST_EVENT_EOS:
      end_stream (self, settings);
      break;
    default:
      break;
  }
  if (!kocr_run_holds_frames (self))
    return FALSE;
  resume (self);
  *passed = kocr_output_push_event (self->output, event);
  return TRUE;
}

GstFlowReturn
kocr_run_get_flow (KocrRun *self)
{
  return kocr_output_get_flow (self->output, GST_FLOW_OK);
}

gboolean
kocr_run_push_query (KocrRun * self, GstQuery * query,
    const KocrFrameSettings * settings)
{
  kocr_last_frame_let_go (self->last, settings);
  resume (self);
  return kocr_output_push_query (self->output, query);
}

void
kocr_run_release_buffers (
    KocrRun *self, gboolean ends, const KocrFrameSettings *settings)
{
  release_last (self, ends, settings);
  kocr_recognition_release_buffers (self->recognition);
}

guint
kocr_run_get_most_buffers (KocrRun * self, gsize * size)
{
  *size = kocr_frame_sampler_is_readable (self->sampler) ?
      GST_VIDEO_INFO_SIZE (kocr_frame_sampler_get_info (self->sampler)) : 0;
  return kocr_recognition_get_most_buffers (self->recognition);
}

/* Flushes and pads. */

void
kocr_run_start_flush (KocrRun * self)
{
  kocr_output_set_flushing (self->output, TRUE);
  kocr_delivery_discard (self->delivery);
  kocr_failures_begin_anew (self->failures);
}

void
kocr_run_stop_flush (KocrRun * self)
{
  kocr_last_frame_drop (self->last);
  kocr_frame_sampler_flush (self->sampler);
  forget (self, TRUE);
  kocr_output_set_flushing (self->output, FALSE);
  if (kocr_run_holds_frames (self))
    kocr_output_start (self->output);
}

void
kocr_run_set_receiving (KocrRun * self, gboolean receiving)
{
  kocr_output_set_receiving (self->output, receiving);
}

gboolean
kocr_run_set_sending (KocrRun * self, gboolean sending)
{
  /* The task starts with the caps, which decide whether there is one at all. */
  return kocr_output_set_active (self->output, sending);
}
