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
#include "ocr/messages.h"
#include "ocr/properties.h"
#include "ocr/stats.h"
#include "ocr/stream.h"

GST_DEBUG_CATEGORY (gst_kakao_ocr_debug);
#define GST_CAT_DEFAULT gst_kakao_ocr_debug

/* Behind those of the table. */
#define PROP_STATS (kocr_ocr_properties.n_rows + 1)

enum
{
  SIGNAL_RECOGNIZE,
  SIGNAL_RESULT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (GstKakaoOcr, gst_kakao_ocr, GST_TYPE_ELEMENT);
GST_ELEMENT_REGISTER_DEFINE (kakaoocr, "kakaoocr", GST_RANK_NONE,
    GST_TYPE_KAKAO_OCR);

void
gst_kakao_ocr_get_frame_settings (GstKakaoOcr * self,
    KocrFrameSettings * settings)
{
  GST_OBJECT_LOCK (self);
  *settings = self->settings.frame;
  GST_OBJECT_UNLOCK (self);
}

/* Results. */

static void
run_settled (gpointer user_data)
{
  GstKakaoOcr *self = user_data;

  kocr_output_task_wake (self->output);
}

static void
run_deliver (KocrRequest * request, gpointer user_data)
{
  GstKakaoOcr *self = user_data;
  g_autoptr (GstKakaoOcrResult) result
      = kocr_ocr_message_shown_result (request);
  KocrFrameSettings settings;

  gst_kakao_ocr_get_frame_settings (self, &settings);
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
  self->recognize = TRUE;
  GST_OBJECT_UNLOCK (self);
}

/* States. */

static void
set_run (GstKakaoOcr * self, KocrRecognition * run)
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
  static const KocrRecognitionCallbacks callbacks
      = { run_settled, run_deliver };
  g_autoptr (GError) error = NULL;
  KocrOcrSettings settings;
  KocrRecognition *run;

  /* Its strings change in NULL and READY only: here nobody sets them. */
  GST_OBJECT_LOCK (self);
  settings = self->settings;
  self->recognize = FALSE;
  GST_OBJECT_UNLOCK (self);

  if (settings.frame.view_problem)
    g_set_error_literal (&error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        settings.frame.view_problem);
  run = error ? NULL : kocr_recognition_new (GST_ELEMENT (self), &settings,
      &callbacks, self, &error);
  if (!run) {
    KocrOcrProblem problem = { error, 0, NULL, 0, GST_CLOCK_TIME_NONE };

    gst_element_post_message (GST_ELEMENT (self),
        kocr_ocr_message_new_problem (GST_OBJECT (self),
            GST_MESSAGE_ERROR, &problem));
    return FALSE;
  }
  if ((settings.frame.attach & KOCR_ATTACH_ANALYTICS)
      && gst_kakao_ocr_text_mtd_get_mtd_type () == 0)
    kocr_recognition_post_warning (run, "attach=analytics has no effect: this "
        "build has no GStreamer analytics library (1.24 or newer).");

  set_run (self, run);
  kocr_ocr_stream_reset (self);
  return TRUE;
}

/* The pads are inactive: nothing streams, but queries still come. */
static void
stop (GstKakaoOcr * self)
{
  KocrRecognition *run = self->run;
  GstStructure *stats = kocr_recognition_get_stats (run);

  GST_OBJECT_LOCK (self);
  gst_clear_structure (&self->last_stats);
  self->last_stats = stats;
  GST_OBJECT_UNLOCK (self);
  set_run (self, NULL);

  g_clear_pointer (&self->newest, kocr_request_unref);
  kocr_recognition_free (run);
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
  gboolean known = TRUE;

  GST_OBJECT_LOCK (self);
  if (id != PROP_STATS)
    known = kocr_ocr_settings_get (&self->settings, id, value);
  else if (self->run)
    g_value_take_boxed (value, kocr_recognition_get_stats (self->run));
  else
    g_value_set_boxed (value, self->last_stats);
  GST_OBJECT_UNLOCK (self);

  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject * object)
{
  GstKakaoOcr *self = GST_KAKAO_OCR (object);

  kocr_output_task_free (self->output);
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

  GST_DEBUG_CATEGORY_INIT (gst_kakao_ocr_debug, "kakaoocr", 0,
      "text recognition in video");

  object_class->set_property = set_property;
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  element_class->change_state = change_state;

  kocr_property_table_install (&kocr_ocr_properties, object_class);
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
      G_TYPE_FROM_CLASS
      (klass),
      G_SIGNAL_RUN_LAST |
      G_SIGNAL_ACTION,
      G_CALLBACK (recognize), NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * GstKakaoOcr::result:
   * @result: what was recognised
   *
   * With emit-signals, for each result in the order of the samples, from a
   * thread of the element's own with no lock held.
   */
  signals[SIGNAL_RESULT] = g_signal_new ("result", G_TYPE_FROM_CLASS (klass),
      G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, GST_TYPE_KAKAO_OCR_RESULT);

  kocr_ocr_stream_add_pad_templates (element_class);
  gst_element_class_set_static_metadata (element_class,
      "Kakao OCR text recogniser",
      "Filter/Analyzer/Video",
      "Recognises the text in video frames by the Kakao i Cloud General OCR "
      "API, or by the same API on this machine, and attaches it to them",
      "gst-kakaoocr");
}

static void
gst_kakao_ocr_init (GstKakaoOcr * self)
{
  static const KocrOcrStats no_run;

  kocr_ocr_settings_init (&self->settings);
  self->producer = gst_kakao_ocr_meta_new_producer ();
  self->last_stats = kocr_ocr_stats_to_structure (&no_run);
  g_mutex_init (&self->run_lock);

  kocr_ocr_stream_add_pads (self);
  self->output = kocr_output_task_new (self->srcpad, self->producer);
}
