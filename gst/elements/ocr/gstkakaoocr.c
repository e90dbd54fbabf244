/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-kakaoocr
 * @title: kakaoocr
 * @short_description: recognises the text in a video
 *
 * Samples frames, sends them to the Kakao i Cloud General OCR API or to the
 * same API served on this machine, and attaches what was read to the frames as
 * #GstKakaoOcrMeta, which `kakaoocroverlay` draws and `kakaoocrenc` writes.
 *
 * ## Timing
 *
 * - `latest`: no frame waits. A sample is taken when it is due and a request
 *   may go out; frames carry the newest result for `result-lifetime`.
 * - `aligned`: frames wait up to `latency` for the result of the newest sample
 *   at or before them.
 * - `exact`: every due frame is recognised and none is lost; upstream waits.
 * - `auto`: `latest` behind a live source, else `exact`.
 *
 * ## What is read
 *
 * What a viewer would see: the rectangle of a #GstVideoCropMeta, with what is
 * attached as #GstVideoOverlayCompositionMeta, transparent pixels over a ground
 * that contrasts with them, one field of an interlaced frame, turned upright as
 * the tag `image-orientation` says; of that the `region`, without the `mask`.
 *
 * ## Messages
 *
 * Each result is an element message `kakaoocr-result` with the fields
 *
 * - `timestamp`, `stream-time`, `running-time`, `duration` (#guint64): when the
 *   sampled frame was, in nanoseconds
 * - `width`, `height` (#gint): of the frame, or of its crop
 * - `text` (string): the lines, joined by newlines
 * - `json` (string): the line of NDJSON that `kakaoocrenc` writes
 * - `truncated` (#gboolean): the service may have left regions out
 * - `latency` (#guint64): from the sample to the result, nanoseconds
 * - `result` (#GstKakaoOcrResult)
 * - `regions` (#GstValueList of #GstStructure `region`): `text` (string),
 *   `page` (#guint), `track` (#guint64), `box` (#GstValueArray of 8 doubles:
 *   x0,y0 … x3,y3 in pixels of the frame, or of its crop)
 *
 * With #kakaoocr:stats-interval an element message `kakaoocr-stats` has the
 * fields of #kakaoocr:stats that often, and at EOS.
 *
 * WARNING and ERROR messages have the details `http-status` (#guint), `code`
 * (string), `frames-lost` (#guint64) and `resume-pts` (#guint64).
 *
 * ## Example launch line
 *
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! video/x-raw,framerate=30/1 !
 * textoverlay text="Hello 안녕하세요" font-desc="Sans 48" ! videoconvert !
 * kakaoocr ! kakaoocrenc ! fdsink
 * ]| The text that is read, as NDJSON, with no key and no network.
 */
#include "ocr/gstkakaoocr.h"

#include "elements.h"
#include "result/messages.h"
#include "ocr/queries.h"
#include "result/samplelog.h"
#include "ocr/stats.h"

/* Behind those of the table. */
#define PROP_STATS (kocr_ocr_properties.n_rows + 1)

struct _GstKakaoOcr
{
  GstElement parent;

  GstPad *sinkpad, *srcpad;
  guint producer;               /* tells our metas from others' */

  /* Locks are taken in this order: stream, run, object. */

  /* Held by a flush, which no stream lock keeps from a stop at the same time.
   */
  GMutex run_lock;

  /* Object lock. */
  KocrOcrSettings settings;
  GstStructure *last_stats;     /* of the run that ended; never NULL */
  KocrRun *run;                 /* changes between READY and PAUSED only, under
                                 * all locks: who holds one keeps it */
};

enum
{
  SIGNAL_RECOGNIZE,
  SIGNAL_RESULT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define CAPS GST_STATIC_CAPS ("video/x-raw; video/x-raw(ANY)")
static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, CAPS);
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, CAPS);

G_DEFINE_TYPE (GstKakaoOcr, gst_kakao_ocr, GST_TYPE_ELEMENT);
GST_ELEMENT_REGISTER_DEFINE (kakaoocr, "kakaoocr", GST_RANK_NONE,
    GST_TYPE_KAKAO_OCR);

/* Copied. */
static void
get_frame_settings (GstKakaoOcr * self, KocrFrameSettings * settings)
{
  GST_OBJECT_LOCK (self);
  *settings = self->settings.frame;
  GST_OBJECT_UNLOCK (self);
}

/* From any thread: events and queries come from downstream in any state. */
static KocrTiming
get_timing (GstKakaoOcr * self)
{
  KocrTiming timing = KOCR_TIMING_AUTO;

  GST_OBJECT_LOCK (self);
  if (self->run)
    timing = kocr_run_get_timing (self->run);
  GST_OBJECT_UNLOCK (self);
  return timing;
}

static void
deliver (KocrRequest * request, gpointer user_data)
{
  GstKakaoOcr *self = user_data;
  g_autoptr (GstKakaoOcrResult) result
      = kocr_ocr_message_shown_result (request);
  KocrFrameSettings settings;

  get_frame_settings (self, &settings);
  if (settings.emit_signals)
    g_signal_emit (self, signals[SIGNAL_RESULT], 0, result);
  if (settings.post_messages)
    gst_element_post_message (GST_ELEMENT (self),
        kocr_ocr_message_new_result (GST_OBJECT (self), request, result));
}

static void
recognize (GstKakaoOcr * self)
{
  GST_OBJECT_LOCK (self);
  if (self->run)
    kocr_run_force_sample (self->run);
  GST_OBJECT_UNLOCK (self);
}

/* Pads: streaming. */

static GstFlowReturn
chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  KocrFrameSettings settings;

  get_frame_settings (self, &settings);
  return kocr_run_push_frame (self->run, buffer, &settings);
}

/* Why an event was not passed. A stop or a flush that came between, or what
 * downstream said of a frame before, is no fault of the event: upstream would
 * take it for caps that nobody wants. */
static GstFlowReturn
explain_refusal (GstKakaoOcr *self, GstEventType type)
{
  GstFlowReturn flow = kocr_run_get_flow (self->run);

  if (GST_PAD_IS_FLUSHING (self->srcpad))
    return GST_FLOW_FLUSHING;
  if (flow != GST_FLOW_OK)
    return flow;
  return type == GST_EVENT_CAPS ? GST_FLOW_NOT_NEGOTIATED : GST_FLOW_ERROR;
}

static gboolean
take_event (GstKakaoOcr *self, GstEvent *event)
{
  KocrFrameSettings settings;
  gboolean passed;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      gst_pad_push_event (self->srcpad, event);
      g_mutex_lock (&self->run_lock);
      if (self->run)
        kocr_run_start_flush (self->run);
      g_mutex_unlock (&self->run_lock);
      gst_pad_pause_task (self->srcpad);
      return TRUE;
    case GST_EVENT_FLUSH_STOP:
      passed = gst_pad_push_event (self->srcpad, event);
      kocr_run_stop_flush (self->run);
      return passed;
    default:
      break;
  }
  get_frame_settings (self, &settings);
  if (GST_EVENT_IS_SERIALIZED (event)
      && kocr_run_take_event (self->run, event, &settings, &passed))
    return passed;
  return gst_pad_event_default (self->sinkpad, GST_OBJECT (self), event);
}

static GstFlowReturn
sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  GstEventType type = GST_EVENT_TYPE (event);

  return take_event (self, event) ? GST_FLOW_OK : explain_refusal (self, type);
}

static gboolean
sink_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  KocrFrameSettings settings;

  get_frame_settings (self, &settings);
  return kocr_query_answer_upstream (
      pad, self->srcpad, query, self->run, &settings);
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

static gboolean
src_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);
  KocrFrameSettings settings;

  get_frame_settings (self, &settings);
  return kocr_query_answer_downstream (
      pad, self->sinkpad, query, get_timing (self), &settings);
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
    kocr_run_set_receiving (self->run, active);
  g_mutex_unlock (&self->run_lock);
  return TRUE;
}

/* Under no lock, as it waits for the task: the run ends after its pads. */
static gboolean
src_activate_mode (GstPad * pad, GstObject * parent, GstPadMode mode,
    gboolean active)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (parent);

  return mode == GST_PAD_MODE_PUSH
      && (!self->run || kocr_run_set_sending (self->run, active));
}

/* States. */

static void
set_run (GstKakaoOcr * self, KocrRun * run)
{
  GST_PAD_STREAM_LOCK (self->sinkpad);
  g_mutex_lock (&self->run_lock);
  GST_OBJECT_LOCK (self);
  self->run = run;
  GST_OBJECT_UNLOCK (self);
  g_mutex_unlock (&self->run_lock);
  GST_PAD_STREAM_UNLOCK (self->sinkpad);
}

static gboolean
start (GstKakaoOcr * self)
{
  const KocrRunPlace place = { GST_ELEMENT (self), self->sinkpad, self->srcpad,
    self->producer
  };
  g_autoptr (GError) error = NULL;
  KocrOcrSettings settings;
  KocrRun *run;

  /* Its strings change in NULL and READY only: here nobody sets them. */
  GST_OBJECT_LOCK (self);
  settings = self->settings;
  GST_OBJECT_UNLOCK (self);

  run = kocr_run_new (&place, &settings, deliver, self, &error);
  if (run) {
    set_run (self, run);
  } else {
    const KocrOcrProblem problem = { error, 0, NULL, 0, GST_CLOCK_TIME_NONE };

    gst_element_post_message (GST_ELEMENT (self),
        kocr_ocr_message_new_problem (GST_OBJECT (self),
            GST_MESSAGE_ERROR, &problem));
  }
  return run != NULL;
}

/* The pads are inactive: nothing streams, but queries still come. */
static void
stop (GstKakaoOcr * self)
{
  KocrRun *run = self->run;
  GstStructure *stats = kocr_run_get_stats (run);

  GST_OBJECT_LOCK (self);
  gst_clear_structure (&self->last_stats);
  self->last_stats = stats;
  GST_OBJECT_UNLOCK (self);
  set_run (self, NULL);
  kocr_run_free (run);
}

static GstStateChangeReturn
change_state (GstElement * element, GstStateChange transition)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (element);
  GstStateChangeReturn result;

  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED && !start (self))
    return GST_STATE_CHANGE_FAILURE;

  result = GST_ELEMENT_CLASS (gst_kakao_ocr_parent_class)->change_state
      (element, transition);

  if (self->run && (transition == GST_STATE_CHANGE_PAUSED_TO_READY
          || (transition == GST_STATE_CHANGE_READY_TO_PAUSED
              && result == GST_STATE_CHANGE_FAILURE)))
    stop (self);
  return result;
}

/* Object. */

static void
set_property (GObject * object, guint id, const GValue * value,
    GParamSpec * pspec)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (object);
  GstClockTime before, after;
  gboolean known;

  GST_OBJECT_LOCK (self);
  before = self->settings.frame.latency;
  known = kocr_ocr_settings_set (&self->settings, id, value);
  after = self->settings.frame.latency;
  GST_OBJECT_UNLOCK (self);

  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  if (before != after)
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_latency (GST_OBJECT (self)));
}

static void
get_property (GObject * object, guint id, GValue * value, GParamSpec * pspec)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (object);

  if (id != PROP_STATS) {
    kocr_property_table_get_property (object, id, value, pspec);
    return;
  }
  GST_OBJECT_LOCK (self);
  if (self->run)
    g_value_take_boxed (value, kocr_run_get_stats (self->run));
  else
    g_value_set_boxed (value, self->last_stats);
  GST_OBJECT_UNLOCK (self);
}

static void
finalize (GObject * object)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (object);

  g_mutex_clear (&self->run_lock);
  kocr_ocr_settings_clear (&self->settings);
  gst_clear_structure (&self->last_stats);
  G_OBJECT_CLASS (gst_kakao_ocr_parent_class)->finalize (object);
}

static void
gst_kakao_ocr_class_init (GstKakaoOcrClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  kocr_property_table_install (&kocr_ocr_properties, object_class,
      G_STRUCT_OFFSET (GstKakaoOcr, settings));
  object_class->set_property = set_property;
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  element_class->change_state = change_state;

  g_object_class_install_property (object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
          "Counters, service state and latencies of the run, or of the last "
          "one; 0 before the first. Readable in any state.",
          GST_TYPE_STRUCTURE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  /**
   * GstKakaoOcr::recognize:
   *
   * The next frame is sampled and sent, whatever the interval and the change
   * gate say.
   */
  signals[SIGNAL_RECOGNIZE] = g_signal_new_class_handler ("recognize",
      G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
      G_CALLBACK (recognize), NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * GstKakaoOcr::result:
   * @result: what was recognised
   *
   * With emit-signals, for each result in the order of the samples, from a
   * thread of the element's own with no lock held.
   */
  signals[SIGNAL_RESULT] = g_signal_new ("result", G_TYPE_FROM_CLASS (klass),
      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
      GST_TYPE_KAKAO_OCR_RESULT);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Kakao OCR text recogniser",
      "Filter/Analyzer/Video",
      "Recognises the text in video frames by the Kakao i Cloud General OCR "
      "API, or by the same API on this machine, and attaches it to them",
      "gst-kakaoocr");
  gst_element_class_add_static_metadata (element_class, "messages",
      "kakaoocr-result, for each result: timestamp, stream-time, running-time, "
      "duration, width, height, text, json, truncated, latency, result, regions "
      "(text, page, track, box). kakaoocr-stats, with stats-interval: as stats");
}

static void
gst_kakao_ocr_init (GstKakaoOcr * self)
{
  g_autoptr (KocrRunStats) no_run = kocr_run_stats_new ();
  const KocrEngineStats nothing = { 0, };

  kocr_ocr_settings_init (&self->settings);
  self->producer = gst_kakao_ocr_meta_new_producer ();
  self->last_stats =
      kocr_run_stats_to_structure (no_run, &nothing, KOCR_TIMING_AUTO);
  g_mutex_init (&self->run_lock);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, chain);
  gst_pad_set_event_full_function (self->sinkpad, sink_event);
  gst_pad_set_query_function (self->sinkpad, sink_query);
  gst_pad_set_activatemode_function (self->sinkpad, sink_activate_mode);
  GST_PAD_SET_PROXY_CAPS (self->sinkpad);
  gst_element_add_pad (GST_ELEMENT (self), self->sinkpad);

  self->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_event_function (self->srcpad, src_event);
  gst_pad_set_query_function (self->srcpad, src_query);
  gst_pad_set_activatemode_function (self->srcpad, src_activate_mode);
  GST_PAD_SET_PROXY_CAPS (self->srcpad);
  gst_element_add_pad (GST_ELEMENT (self), self->srcpad);
}
